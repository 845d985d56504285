using System.Collections.Immutable;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Schemas;

/// <summary>What validation derives from a schema node once: the compiled pattern, and the default as a node.</summary>
internal sealed class SchemaFacts
{
    private SchemaFacts(SchemaNode schema)
    {
        Pattern = schema.Pattern is { } pattern ? PatternMatcher.Of(pattern) : null;
        Default = schema.Default is { Kind: not JsonKind.Null } value ? NodeOf(value) : null;
    }

    public PatternMatcher? Pattern { get; }

    /// <summary>What the API server puts in when the field is left out; stands nowhere in the text.</summary>
    public YamlNode? Default { get; }

    public static SchemaFacts Of(SchemaNode schema) => schema.Facts ??= new SchemaFacts(schema);

    private static YamlNode NodeOf(JsonValue value)
    {
        TextSpan nowhere = default;
        switch (value.Kind)
        {
            case JsonKind.Object:
                ImmutableArray<YamlEntry>.Builder entries = ImmutableArray.CreateBuilder<YamlEntry>(value.Members.Length);
                foreach ((string name, JsonValue member) in value.Members)
                {
                    entries.Add(new YamlEntry(new YamlScalar(nowhere, name, ScalarStyle.DoubleQuoted), NodeOf(member), isUnfinished: false));
                }
                return new YamlMapping(nowhere, entries.MoveToImmutable(), isFlow: true);
            case JsonKind.Array:
                ImmutableArray<YamlNode>.Builder items = ImmutableArray.CreateBuilder<YamlNode>(value.Items.Length);
                foreach (JsonValue item in value.Items)
                {
                    items.Add(NodeOf(item));
                }
                return new YamlSequence(nowhere, items.MoveToImmutable(), [], isFlow: true);
            default:
                return new YamlScalar(nowhere, value.Text, value.Kind == JsonKind.String ? ScalarStyle.DoubleQuoted : ScalarStyle.Plain);
        }
    }
}
