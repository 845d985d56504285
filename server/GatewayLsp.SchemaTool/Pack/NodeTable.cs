using System.Text.Json.Nodes;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.SchemaTool.Expansion;
using GatewayLsp.SchemaTool.Sources;

namespace GatewayLsp.SchemaTool.Pack;

/// <summary>
/// Writes schemas as records, children first. A record names its children by index, so two schemas are the same exactly when
/// their records are, and each is kept once however many versions, channels and kinds have it.
/// </summary>
internal sealed class NodeTable(PackTexts texts)
{
    private readonly Dictionary<string, uint> _known = new(StringComparer.Ordinal);
    private readonly List<byte[]> _records = [];

    public IReadOnlyList<byte[]> Records => _records;

    public uint Add(JsonObject schema)
    {
        var writer = new NodeWriter(this, texts, schema);
        var record = writer.Write();
        var key = Convert.ToBase64String(record);
        if (!_known.TryGetValue(key, out var index))
        {
            _known.Add(key, index = (uint)_records.Count);
            _records.Add(record);
        }

        return index;
    }

    /// <summary>Writes the record of one schema.</summary>
    private sealed class NodeWriter(NodeTable table, PackTexts texts, JsonObject schema)
    {
        private readonly PackBuffer _body = new();
        private NodeFields _fields;

        public byte[] Write()
        {
            Types();
            Flags();
            if (schema["properties"] is JsonObject { Count: > 0 } properties)
            {
                Properties(properties);
            }

            Texts(NodeFields.Required, "required");
            Child(NodeFields.AdditionalProperties, "additionalProperties");
            Child(NodeFields.Items, "items");
            if (schema["enum"] is JsonArray members)
            {
                _fields |= NodeFields.Enum;
                _body.Values(texts, members);
            }

            Text(NodeFields.Pattern, "pattern");
            Text(NodeFields.Format, "format");
            if (schema.TryGetPropertyValue("default", out var standard))
            {
                _fields |= NodeFields.Default;
                _body.Value(texts, standard);
            }

            Count(NodeFields.MinLength, "minLength");
            Count(NodeFields.MaxLength, "maxLength");
            Number(NodeFields.Minimum, "minimum");
            Number(NodeFields.Maximum, "maximum");
            Number(NodeFields.MultipleOf, "multipleOf");
            Count(NodeFields.MinItems, "minItems");
            Count(NodeFields.MaxItems, "maxItems");
            Count(NodeFields.MinProperties, "minProperties");
            Count(NodeFields.MaxProperties, "maxProperties");
            ListKind();
            Texts(NodeFields.ListMapKeys, "x-kubernetes-list-map-keys");
            Combinators();
            Child(NodeFields.Not, "not");
            Docs();
            var record = new PackBuffer();
            record.Varint((ulong)_fields);
            record.Bytes(_body.Written);
            return record.Written.ToArray();
        }

        private void Types()
        {
            var types = 0;
            foreach (var type in schema["type"] is JsonArray several ? several : schema["type"] is { } one ? [one.DeepClone()] : [])
            {
                types |= 1 << IndexOf(PackFormat.Types, "type", (string?)type);
            }

            if (types != 0)
            {
                _fields |= NodeFields.Types;
                _body.Byte((byte)types);
            }
        }

        private void Flags()
        {
            var flags = Flag("nullable", NodeFlags.Nullable)
                | Flag("x-kubernetes-int-or-string", NodeFlags.IntOrString)
                | Flag("x-kubernetes-preserve-unknown-fields", NodeFlags.PreserveUnknownFields)
                | Flag("x-kubernetes-embedded-resource", NodeFlags.EmbeddedResource)
                | Flag("uniqueItems", NodeFlags.UniqueItems)
                | Flag("exclusiveMinimum", NodeFlags.ExclusiveMinimum)
                | Flag("exclusiveMaximum", NodeFlags.ExclusiveMaximum)
                | (schema.ContainsKey(Keywords.Channel) ? NodeFlags.Experimental : 0);
            if (flags != 0)
            {
                _fields |= NodeFields.Flags;
                _body.Byte((byte)flags);
            }
        }

        private NodeFlags Flag(string keyword, NodeFlags flag) => schema[keyword] is { } value && (bool)value ? flag : 0;

        private void Properties(JsonObject properties)
        {
            var required = (schema["required"] as JsonArray ?? []).Select(name => (string)name!).ToHashSet(StringComparer.Ordinal);
            _fields |= NodeFields.Properties;
            _body.Varint((uint)properties.Count);
            foreach (var (name, child) in properties)
            {
                var flags = (required.Contains(name) ? PropertyFlags.Required : 0)
                    | (((JsonObject)child!).ContainsKey(Keywords.Channel) ? PropertyFlags.Experimental : 0);
                _body.Varint(texts.Text(name));
                _body.Varint(table.Add((JsonObject)child!));
                _body.Byte((byte)flags);
            }
        }

        private void Combinators()
        {
            string[] names = ["oneOf", "anyOf", "allOf"];
            if (!names.Any(schema.ContainsKey))
            {
                return;
            }

            _fields |= NodeFields.Combinators;
            foreach (var name in names)
            {
                var branches = schema[name] as JsonArray ?? [];
                _body.Varint((uint)branches.Count);
                foreach (var branch in branches)
                {
                    _body.Varint(table.Add((JsonObject)branch!));
                }
            }
        }

        private void ListKind()
        {
            var list = IndexOf(PackFormat.ListTypes, "x-kubernetes-list-type", (string?)schema["x-kubernetes-list-type"] ?? "");
            var map = IndexOf(PackFormat.MapTypes, "x-kubernetes-map-type", (string?)schema["x-kubernetes-map-type"] ?? "");
            if (list != 0 || map != 0)
            {
                _fields |= NodeFields.ListKind;
                _body.Byte((byte)list);
                _body.Byte((byte)map);
            }
        }

        private void Docs()
        {
            if (texts.Doc(Description(schema)) is var doc and not 0)
            {
                _fields |= NodeFields.Description;
                _body.Varint(doc);
            }

            if (schema[Keywords.Values] is JsonArray { Count: > 0 } values)
            {
                _fields |= NodeFields.Values;
                _body.Varint((uint)values.Count);
                foreach (var value in values)
                {
                    _body.Value(texts, value!["value"]);
                    _body.Varint(texts.Doc(Description((JsonObject)value)));
                    _body.Byte(value["channel"] is null ? (byte)0 : (byte)1);
                }
            }

            Name(NodeFields.Support, "x-gateway-support", PackFormat.SupportLevels);
            Text(NodeFields.Feature, "x-gateway-feature");
            Text(NodeFields.Since, "x-gateway-since");
            Text(NodeFields.Link, "x-gateway-link");
            Text(NodeFields.Deprecated, "x-gateway-deprecated");
            Name(NodeFields.Completion, "x-gateway-complete", PackFormat.CompletionSources);
            Text(NodeFields.Snippet, "x-gateway-snippet");
            Validations();
        }

        private void Validations()
        {
            if (schema[Keywords.Validations] is not JsonArray { Count: > 0 } rules)
            {
                return;
            }

            _fields |= NodeFields.Validations;
            _body.Varint((uint)rules.Count);
            foreach (var rule in rules)
            {
                var flags = rule!["optionalOldSelf"] is { } optional && (bool)optional ? ValidationFlags.OptionalOldSelf : 0;
                _body.Byte((byte)flags);
                _body.Varint(texts.Text((string)rule["rule"]!));
                foreach (var keyword in (ReadOnlySpan<string>)["message", "messageExpression", "reason", "fieldPath", Keywords.Code])
                {
                    _body.Varint(texts.OptionalText((string?)rule[keyword]));
                }
            }
        }

        private static string? Description(JsonObject of) => ((string?)of["description"])?.Trim();

        private void Text(NodeFields field, string keyword)
        {
            if ((string?)schema[keyword] is { } text)
            {
                _fields |= field;
                _body.Varint(texts.Text(text));
            }
        }

        private void Name(NodeFields field, string keyword, string[] names)
        {
            if ((string?)schema[keyword] is { } name)
            {
                _fields |= field;
                _body.Byte((byte)IndexOf(names, keyword, name));
            }
        }

        private void Texts(NodeFields field, string keyword)
        {
            if (schema[keyword] is JsonArray { Count: > 0 } list)
            {
                _fields |= field;
                _body.Varint((uint)list.Count);
                foreach (var text in list)
                {
                    _body.Varint(texts.Text((string)text!));
                }
            }
        }

        private void Count(NodeFields field, string keyword)
        {
            if (schema[keyword] is { } count)
            {
                _fields |= field;
                _body.Varint((uint)(long)count);
            }
        }

        private void Number(NodeFields field, string keyword)
        {
            if (schema[keyword] is { } number)
            {
                _fields |= field;
                _body.Varint(texts.Text(number.ToJsonString()));
            }
        }

        private void Child(NodeFields field, string keyword)
        {
            if (schema[keyword] is JsonObject child)
            {
                _fields |= field;
                _body.Varint(table.Add(child));
            }
        }

        private static int IndexOf(string[] names, string keyword, string? name)
        {
            var index = Array.IndexOf(names, name);
            return index >= 0 ? index : throw new SchemaSourceException(keyword, $"unknown value {name}");
        }
    }
}
