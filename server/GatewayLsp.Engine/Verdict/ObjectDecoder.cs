using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Verdict;

/// <summary>
/// Reads an object as the API server holds it when it runs validation rules: aliases and merge keys resolved, unknown fields
/// dropped, nulls of fields that can't be null dropped, defaults put in.
/// </summary>
internal sealed class ObjectDecoder
{
    /// <summary>Whole floats up to here are integers once they are JSON (2^53 - 1).</summary>
    private const double MaxWholeFloat = 9007199254740991;

    private const int MaxDepth = 200;

    private const int LinearSearchLimit = 32;

    private readonly MergedEntries _merged = new();
    private Dictionary<(YamlNode, SchemaNode), PlainValue>? _anchored;

    /// <summary>The object without its <c>status</c>, which the API server takes from the stored one.</summary>
    public static PlainMap Read(YamlMapping root, SchemaNode schema) => new ObjectDecoder().Map(root, schema, 0, isRoot: true);

    public static PlainValue OfDefault(JsonValue value, SchemaNode schema)
    {
        switch (value.Kind)
        {
            case JsonKind.Object:
                var members = new List<KeyValuePair<string, PlainValue>>();
                foreach ((string name, JsonValue member) in value.Members)
                {
                    members.Add(new(name, OfDefault(member, schema.Child(name) ?? SchemaNode.Any)));
                }
                AddDefaults(members, schema);
                return new PlainMap(members, null);
            case JsonKind.Array:
                return new PlainList([.. value.Items.Select(item => OfDefault(item, schema.Items ?? SchemaNode.Any))], null);
            case JsonKind.Boolean:
                return new PlainBoolean(value.IsTrue, null);
            case JsonKind.Number:
                return long.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) ? new PlainInteger(whole, null)
                    : value.TryGetDouble(out double number) ? new PlainNumber(number, null) : new PlainUnknown(null);
            case JsonKind.String:
                return new PlainText(value.Text, null);
            default:
                return new PlainNull(null);
        }
    }

    private PlainValue Value(YamlNode written, SchemaNode schema, int depth)
    {
        if (written.Resolved() is not { } node || depth > MaxDepth)
        {
            return new PlainUnknown(written);
        }
        if (node is YamlScalar scalar)
        {
            return Scalar(scalar);
        }
        bool isShared = node.Properties?.Anchor is not null;
        if (isShared && (_anchored ??= []).TryGetValue((node, schema), out PlainValue? known))
        {
            return known;
        }
        PlainValue value = node is YamlMapping mapping ? Map(mapping, schema, depth, isRoot: false) : List((YamlSequence)node, schema, depth);
        if (isShared)
        {
            _anchored![(node, schema)] = value;
        }
        return value;
    }

    private PlainMap Map(YamlMapping mapping, SchemaNode schema, int depth, bool isRoot)
    {
        ImmutableArray<YamlEntry> entries = _merged.Of(mapping);
        var members = new List<KeyValuePair<string, PlainValue>>(entries.Length + RuleFacts.Of(schema).Defaulted.Length);
        Dictionary<string, int>? places = entries.Length > LinearSearchLimit ? new(StringComparer.Ordinal) : null;
        foreach (YamlEntry entry in entries)
        {
            string name = entry.Name;
            SchemaNode? field = schema.Child(name);
            if (entry.IsUnfinished || (field is null && !schema.PreserveUnknownFields) || (isRoot && name == "status"))
            {
                continue;
            }
            field ??= SchemaNode.Any;
            PlainValue? value = !entry.Value.IsNull() ? Value(entry.Value, field, depth + 1)
                : field.Nullable || (schema.PreserveUnknownFields && ReferenceEquals(field, SchemaNode.Any)) ? new PlainNull(entry.Value)
                : RuleFacts.Of(field).Default;
            if (value is null)
            {
                continue;
            }
            int index = places is null ? IndexOf(members, name) : places.GetValueOrDefault(name, -1);
            if (index >= 0)
            {
                // The last one written wins.
                members[index] = new(name, value);
                continue;
            }
            places?.Add(name, members.Count);
            members.Add(new(name, value));
        }
        AddDefaults(members, schema, isRoot);
        return new PlainMap(members, mapping);
    }

    private static void AddDefaults(List<KeyValuePair<string, PlainValue>> members, SchemaNode schema, bool isRoot = false)
    {
        foreach (SchemaProperty property in RuleFacts.Of(schema).Defaulted)
        {
            if (!(isRoot && property.Name == "status") && IndexOf(members, property.Name) < 0)
            {
                members.Add(new(property.Name, RuleFacts.Of(property.Schema).Default!));
            }
        }
    }

    private static int IndexOf(List<KeyValuePair<string, PlainValue>> members, string name)
    {
        for (int i = 0; i < members.Count; i++)
        {
            if (string.Equals(members[i].Key, name, StringComparison.Ordinal))
            {
                return i;
            }
        }
        return -1;
    }

    private PlainList List(YamlSequence sequence, SchemaNode schema, int depth)
    {
        SchemaNode items = schema.Items ?? SchemaNode.Any;
        var values = new PlainValue[sequence.Items.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Value(sequence.Items[i], items, depth + 1);
        }
        return new PlainList(values, sequence);
    }

    private static PlainValue Scalar(YamlScalar scalar)
    {
        if (scalar.IsOpaque)
        {
            return new PlainUnknown(scalar);
        }
        switch (ScalarResolver.KindOf(scalar))
        {
            case ScalarKind.Null:
                return new PlainNull(scalar);
            case ScalarKind.Boolean:
                return new PlainBoolean(scalar.Value.Length > 0 && ScalarResolver.Truth(scalar.Value), scalar);
            case ScalarKind.Integer when ScalarResolver.TryInteger(scalar.Value, out BigInteger whole):
                return whole >= long.MinValue && whole <= long.MaxValue ? new PlainInteger((long)whole, scalar) : new PlainNumber((double)whole, scalar);
            case ScalarKind.Float when ScalarResolver.TryNumber(scalar.Value, out double number):
                return Math.Abs(number) <= MaxWholeFloat && number == Math.Floor(number) ? new PlainInteger((long)number, scalar) : new PlainNumber(number, scalar);
            default:
                return new PlainText(scalar.Value, scalar);
        }
    }
}
