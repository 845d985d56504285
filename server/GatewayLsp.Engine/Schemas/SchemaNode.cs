using System.Collections.Immutable;

namespace GatewayLsp.Engine.Schemas;

/// <summary>
/// Structural schema of one value. Immutable; a tree whose nodes may be shared, never a cycle, so every walk down ends.
/// Names follow JSON Schema and the Kubernetes extensions.
/// </summary>
public sealed class SchemaNode
{
    /// <summary>Above this number of properties a look-up goes through a dictionary.</summary>
    private const int LinearSearchLimit = 8;

    /// <summary>Says nothing: any value is valid.</summary>
    public static readonly SchemaNode Any = new() { PreserveUnknownFields = true };

    private Dictionary<string, int>? _index;

    /// <summary>Kept by <see cref="SchemaFacts.Of"/>. Two threads may both make them; they make the same.</summary>
    internal SchemaFacts? Facts;

    /// <summary>Kept by those who evaluate the rules, in the same way; what it is is their business.</summary>
    internal object? RuleFacts;

    public SchemaTypes Types { get; init; }

    public bool Nullable { get; init; }

    /// <summary>A port number or name, a quantity: integer and string are both fine.</summary>
    public bool IntOrString { get; init; }

    public bool PreserveUnknownFields { get; init; }

    /// <summary>A whole object with <c>apiVersion</c>, <c>kind</c> and <c>metadata</c>.</summary>
    public bool EmbeddedResource { get; init; }

    /// <summary>Known fields, in the order in which people like to read them.</summary>
    public ImmutableArray<SchemaProperty> Properties { get; init; } = [];

    public ImmutableArray<string> Required { get; init; } = [];

    /// <summary>Schema of the values of a map; null when this is no map.</summary>
    public SchemaNode? AdditionalProperties { get; init; }

    public SchemaNode? Items { get; init; }

    /// <summary>The only valid values; empty when the schema does not limit them.</summary>
    public ImmutableArray<JsonValue> Enum { get; init; } = [];

    public string? Pattern { get; init; }

    public string? Format { get; init; }

    /// <summary>What the API server writes when the field is left out.</summary>
    public JsonValue? Default { get; init; }

    /// <summary>In Unicode code points, as the API server counts.</summary>
    public int? MinLength { get; init; }

    public int? MaxLength { get; init; }

    public decimal? Minimum { get; init; }

    public decimal? Maximum { get; init; }

    public bool ExclusiveMinimum { get; init; }

    public bool ExclusiveMaximum { get; init; }

    public decimal? MultipleOf { get; init; }

    public int? MinItems { get; init; }

    public int? MaxItems { get; init; }

    public int? MinProperties { get; init; }

    public int? MaxProperties { get; init; }

    public bool UniqueItems { get; init; }

    public SchemaListType ListType { get; init; }

    public ImmutableArray<string> ListMapKeys { get; init; } = [];

    public SchemaMapType MapType { get; init; }

    public ImmutableArray<SchemaNode> OneOf { get; init; } = [];

    public ImmutableArray<SchemaNode> AnyOf { get; init; } = [];

    public ImmutableArray<SchemaNode> AllOf { get; init; } = [];

    public SchemaNode? Not { get; init; }

    /// <summary>CEL rules that a value must also satisfy (<c>x-kubernetes-validations</c>).</summary>
    public ImmutableArray<ValidationRule> Validations { get; init; } = [];

    /// <summary>Markdown, in a few sentences. Decoded at every read: keep it, don't poll it.</summary>
    public string? Description => Doc.Value;

    /// <summary>
    /// Documented values. Beside <see cref="Enum"/> they explain its members; without it they are well-known values of
    /// a free string and any other stays valid.
    /// </summary>
    public ImmutableArray<KnownValue> Values { get; init; } = [];

    public SupportLevel Support { get; init; }

    /// <summary>Name of the Gateway API feature that an implementation announces, such as <c>HTTPRouteRequestMirror</c>.</summary>
    public string? Feature { get; init; }

    /// <summary>Gateway API release that brought the field, such as <c>v1.2.0</c>.</summary>
    public string? Since { get; init; }

    public string? Link { get; init; }

    /// <summary>Why not to use it and what to use; null when it is not deprecated.</summary>
    public string? Deprecated { get; init; }

    public CompletionSource CompletionSource { get; init; }

    /// <summary>Body to insert below the key, with <c>${1:name}</c> placeholders.</summary>
    public string? Snippet { get; init; }

    /// <summary>The field exists only in the experimental channel.</summary>
    public bool IsExperimental { get; init; }

    /// <summary>True when a value of this schema is a map with free keys.</summary>
    public bool IsMap => AdditionalProperties is not null;

    internal LazyText Doc { get; init; }

    /// <summary>Schema of a named field; null when the schema does not know the name (a map's value schema not included).</summary>
    public SchemaProperty? Find(string name)
    {
        var properties = Properties.AsSpan();
        if (properties.Length > LinearSearchLimit)
        {
            return (_index ??= BuildIndex()).TryGetValue(name, out var found) ? properties[found] : null;
        }

        foreach (var property in properties)
        {
            if (string.Equals(property.Name, name, StringComparison.Ordinal))
            {
                return property;
            }
        }

        return null;
    }

    /// <summary>Schema of the value under a key: the named field's, else that of a map's values, else null.</summary>
    public SchemaNode? Child(string name) => Find(name)?.Schema ?? AdditionalProperties;

    public bool Allows(SchemaTypes type) => Types == SchemaTypes.Any || (Types & type) != 0;

    // Two threads may both build it; they build the same.
    private Dictionary<string, int> BuildIndex()
    {
        var index = new Dictionary<string, int>(Properties.Length, StringComparer.Ordinal);
        for (var i = 0; i < Properties.Length; i++)
        {
            index.TryAdd(Properties[i].Name, i);
        }

        return index;
    }
}
