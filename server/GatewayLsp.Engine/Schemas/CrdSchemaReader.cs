using System.Collections.Immutable;
using System.Globalization;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Schemas;

/// <summary>
/// Reads an <c>openAPIV3Schema</c>. Whatever is malformed or beyond the bounds becomes a schema that allows anything: a
/// definition that we can't follow must not make false errors.
/// </summary>
/// <param name="seen">Told of every schema with what it was read as; null when nobody wants to know.</param>
internal sealed class CrdSchemaReader(Action<YamlMapping, SchemaNode>? seen = null)
{
    /// <summary>Schemas and values that are read of one definition.</summary>
    public const int MaxParts = 60_000;

    /// <summary>Nesting of schemas. The API server's own limit for what it stores is of this order.</summary>
    public const int MaxDepth = 64;

    /// <summary>Values nested in a default or enum.</summary>
    private const int MaxValueDepth = 16;

    /// <summary>Schemas and values of one definition, all its versions together; aliases count each time, so that they can't explode.</summary>
    private int _budget = MaxParts;

    /// <summary>Something was left out because the definition is beyond the bounds.</summary>
    public bool IsCutShort { get; private set; }

    public SchemaNode Read(YamlNode node) => ReadSchema(node, 0);

    private SchemaNode ReadSchema(YamlNode? node, int depth)
    {
        if (node.Resolved() is not YamlMapping schema)
        {
            return SchemaNode.Any;
        }
        if (depth > MaxDepth || --_budget < 0)
        {
            IsCutShort = true;
            return SchemaNode.Any;
        }

        var required = Texts(schema, "required");
        var isEmbedded = Flag(schema, "x-kubernetes-embedded-resource");
        var properties = ReadProperties(schema, required, depth);
        var read = new SchemaNode
        {
            Types = TypesOf(schema),
            Nullable = Flag(schema, "nullable"),
            IntOrString = Flag(schema, "x-kubernetes-int-or-string"),

            // Out of budget, fields may be missing here: then any is fine, up to the root.
            PreserveUnknownFields = _budget <= 0 || Flag(schema, "x-kubernetes-preserve-unknown-fields"),
            EmbeddedResource = isEmbedded,
            Properties = isEmbedded ? ObjectHead.Complete(properties) : properties,
            Required = required,
            AdditionalProperties = ReadAdditional(schema, depth),
            Items = schema.Get("items") is YamlMapping items ? ReadSchema(items, depth + 1) : null,
            Enum = ReadValues(schema.Get("enum")),
            Pattern = schema.Get("pattern").Text(),
            Format = schema.Get("format").Text(),
            Default = schema.Get("default") is { } value ? ReadValue(value, 0) : null,
            MinLength = Count(schema, "minLength"),
            MaxLength = Count(schema, "maxLength"),
            Minimum = Number(schema, "minimum"),
            Maximum = Number(schema, "maximum"),
            ExclusiveMinimum = Flag(schema, "exclusiveMinimum"),
            ExclusiveMaximum = Flag(schema, "exclusiveMaximum"),
            MultipleOf = Number(schema, "multipleOf"),
            MinItems = Count(schema, "minItems"),
            MaxItems = Count(schema, "maxItems"),
            MinProperties = Count(schema, "minProperties"),
            MaxProperties = Count(schema, "maxProperties"),
            UniqueItems = Flag(schema, "uniqueItems"),
            ListType = schema.Get("x-kubernetes-list-type").Text() switch
            {
                "atomic" => SchemaListType.Atomic,
                "set" => SchemaListType.Set,
                "map" => SchemaListType.Map,
                _ => SchemaListType.None,
            },
            ListMapKeys = Texts(schema, "x-kubernetes-list-map-keys"),
            MapType = schema.Get("x-kubernetes-map-type").Text() switch
            {
                "granular" => SchemaMapType.Granular,
                "atomic" => SchemaMapType.Atomic,
                _ => SchemaMapType.None,
            },
            OneOf = ReadBranches(schema, "oneOf", depth),
            AnyOf = ReadBranches(schema, "anyOf", depth),
            AllOf = ReadBranches(schema, "allOf", depth),
            Not = schema.Get("not") is YamlMapping not ? ReadSchema(not, depth + 1) : null,
            Validations = ReadValidations(schema),
            Doc = schema.Get("description").Text(),
        };
        seen?.Invoke(schema, read);
        return read;
    }

    private ImmutableArray<SchemaProperty> ReadProperties(YamlMapping schema, ImmutableArray<string> required, int depth)
    {
        if (schema.Get("properties") is not YamlMapping map)
        {
            return [];
        }

        var properties = ImmutableArray.CreateBuilder<SchemaProperty>(map.Entries.Length);
        var demanded = new HashSet<string>(required, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in map.Entries)
        {
            if (_budget <= 0)
            {
                IsCutShort = true;
                break;
            }

            if (!entry.IsMerge && entry.Name.Length > 0 && seen.Add(entry.Name))
            {
                properties.Add(new SchemaProperty(entry.Name, ReadSchema(entry.Value, depth + 1), demanded.Contains(entry.Name), IsExperimental: false));
            }
        }

        return properties.ToImmutable();
    }

    private ImmutableArray<ValidationRule> ReadValidations(YamlMapping schema)
    {
        if (schema.Get("x-kubernetes-validations") is not YamlSequence list)
        {
            return [];
        }

        var rules = ImmutableArray.CreateBuilder<ValidationRule>();
        foreach (var item in list.Items)
        {
            if (--_budget < 0)
            {
                break;
            }

            if (item.At("rule").Text() is { } expression && item.Resolved() is YamlMapping rule)
            {
                rules.Add(new ValidationRule(expression)
                {
                    Message = rule.Get("message").Text(),
                    MessageExpression = rule.Get("messageExpression").Text(),
                    Reason = rule.Get("reason").Text(),
                    FieldPath = rule.Get("fieldPath").Text(),
                    OptionalOldSelf = Flag(rule, "optionalOldSelf"),
                });
            }
        }

        return rules.ToImmutable();
    }

    private SchemaNode? ReadAdditional(YamlMapping schema, int depth) => schema.Get("additionalProperties") switch
    {
        YamlMapping values => ReadSchema(values, depth + 1),
        YamlScalar scalar when scalar.Text() == "true" => SchemaNode.Any,
        _ => null,
    };

    private ImmutableArray<SchemaNode> ReadBranches(YamlMapping schema, string name, int depth)
    {
        if (schema.Get(name) is not YamlSequence list)
        {
            return [];
        }

        var branches = ImmutableArray.CreateBuilder<SchemaNode>();
        foreach (var branch in list.Items)
        {
            if (_budget <= 0)
            {
                // Half a list of alternatives would refuse what the other half allows.
                return [];
            }

            branches.Add(ReadSchema(branch, depth + 1));
        }

        return branches.ToImmutable();
    }

    private ImmutableArray<JsonValue> ReadValues(YamlNode? node)
    {
        if (node is not YamlSequence list)
        {
            return [];
        }

        var values = ImmutableArray.CreateBuilder<JsonValue>(list.Items.Length);
        foreach (var item in list.Items)
        {
            if (ReadValue(item, 0) is not { } value)
            {
                return [];
            }

            values.Add(value);
        }

        return values.MoveToImmutable();
    }

    /// <summary>Null for what is unknown (a template) or beyond the bounds.</summary>
    private JsonValue? ReadValue(YamlNode? node, int depth)
    {
        if (depth > MaxValueDepth || --_budget < 0)
        {
            return null;
        }

        switch (node.Resolved())
        {
            case YamlScalar { IsOpaque: false } scalar:
                return Scalar(scalar);
            case YamlSequence list:
                var items = ReadItems(list, depth);
                return items.IsDefault ? null : JsonValue.Of(items);
            case YamlMapping map:
                var members = ImmutableArray.CreateBuilder<KeyValuePair<string, JsonValue>>(map.Entries.Length);
                foreach (var entry in map.Entries)
                {
                    if (ReadValue(entry.Value, depth + 1) is not { } value)
                    {
                        return null;
                    }

                    members.Add(KeyValuePair.Create(entry.Name, value));
                }

                return JsonValue.OfMembers(members.MoveToImmutable());
            default:
                return null;
        }
    }

    private ImmutableArray<JsonValue> ReadItems(YamlSequence list, int depth)
    {
        var items = ImmutableArray.CreateBuilder<JsonValue>(list.Items.Length);
        foreach (var item in list.Items)
        {
            if (ReadValue(item, depth + 1) is not { } value)
            {
                return default;
            }

            items.Add(value);
        }

        return items.MoveToImmutable();
    }

    private static JsonValue Scalar(YamlScalar scalar) => ScalarResolver.KindOf(scalar) switch
    {
        ScalarKind.Null => JsonValue.Null,
        ScalarKind.Boolean => JsonValue.Of(ScalarResolver.Truth(scalar.Value)),
        ScalarKind.Integer when ScalarResolver.TryInteger(scalar.Value, out var integer) => JsonValue.NumberOf(integer.ToString(CultureInfo.InvariantCulture)),
        ScalarKind.Float when double.TryParse(scalar.Value.Replace("_", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => JsonValue.Of(number),
        _ => JsonValue.Of(scalar.Value),
    };

    private static SchemaTypes TypesOf(YamlMapping schema) => schema.Get("type").Text() switch
    {
        "object" => SchemaTypes.Object,
        "array" => SchemaTypes.Array,
        "string" => SchemaTypes.String,
        "integer" => SchemaTypes.Integer,
        "number" => SchemaTypes.Number,
        "boolean" => SchemaTypes.Boolean,
        _ => SchemaTypes.Any,
    };

    private static bool Flag(YamlMapping schema, string name) => schema.Get(name).Text() == "true";

    private static int? Count(YamlMapping schema, string name) =>
        int.TryParse(schema.Get(name).Text(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;

    private static decimal? Number(YamlMapping schema, string name) =>
        decimal.TryParse(schema.Get(name).Text(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static ImmutableArray<string> Texts(YamlMapping schema, string name)
    {
        if (schema.Get(name) is not YamlSequence list)
        {
            return [];
        }

        var texts = ImmutableArray.CreateBuilder<string>(list.Items.Length);
        foreach (var item in list.Items)
        {
            if (item.Text() is { } text)
            {
                texts.Add(text);
            }
        }

        return texts.ToImmutable();
    }
}
