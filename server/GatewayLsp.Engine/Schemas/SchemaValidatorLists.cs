using System.Collections.Immutable;
using System.Globalization;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Schemas;

/// <summary>Items that may stand only once: scalars of sets, objects of maps by their keys, defaults of keys applied.</summary>
public sealed partial class SchemaValidator
{
    private void Duplicates(YamlSequence sequence, SchemaNode schema)
    {
        if (sequence.Items.Length < 2 || _options.Document.IsTemplate)
        {
            return;
        }
        bool isSet = schema.ListType == SchemaListType.Set || (schema.UniqueItems && schema.ListType == SchemaListType.None);
        if (!isSet && (schema.ListType != SchemaListType.Map || schema.ListMapKeys.Length == 0))
        {
            return;
        }
        var seen = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        HashSet<string>? reported = null;
        for (int i = 0; i < sequence.Items.Length; i++)
        {
            string? identity = isSet ? Identity(sequence.Items[i].Resolved()) : KeysOf(sequence.Items[i].Resolved(), schema);
            if (identity is null || seen.TryAdd(identity, sequence.Items[i]) || !(reported ??= []).Add(identity))
            {
                continue;
            }
            _path.Add(new Segment(null, i));
            _through = sequence.Items[i] as YamlAlias;
            AddValue(SchemaIssueKind.Duplicate, sequence.Items[i].Resolved()!, schema, seen[identity]);
            _path.RemoveAt(_path.Count - 1);
        }
    }

    /// <summary>A text that equal scalars share; null for what can't be compared.</summary>
    private static string? Identity(YamlNode? node)
    {
        if (node is not YamlScalar { IsOpaque: false } scalar)
        {
            return null;
        }
        ScalarKind kind = ScalarResolver.KindOf(scalar);
        return kind switch
        {
            ScalarKind.String => "s" + scalar.Value,
            ScalarKind.Boolean => ScalarResolver.Truth(scalar.Value) ? "true" : "false",
            ScalarKind.Null => null,
            _ => ScalarResolver.TryNumber(scalar.Value, out double value) ? "n" + value.ToString("R", CultureInfo.InvariantCulture) : "n" + scalar.Value,
        };
    }

    /// <summary>A text that equal lists of scalars share; null where a part can't be compared. Objects have unknown fields and get no further.</summary>
    private static string? Compared(YamlNode? value)
    {
        if (value is not YamlSequence sequence)
        {
            return null;
        }
        List<string?> items = [.. sequence.Items.Select(item => Identity(item.Resolved()))];
        return items.Contains(null) ? null : "[" + string.Join('\n', items) + "]";
    }

    /// <summary>The keys of an item of a list map as one text; null when it has none to compare.</summary>
    private string? KeysOf(YamlNode? item, SchemaNode schema)
    {
        if (item is not YamlMapping mapping || schema.Items is not { } items || MergeDirectives.Has(mapping))
        {
            return null;
        }
        ImmutableArray<YamlEntry> entries = EntriesOf(mapping);
        string keys = "";
        foreach (string name in schema.ListMapKeys)
        {
            YamlNode? value = Find(mapping, entries, name)?.Value.Resolved();
            if (value.IsNull() && _options.IsPartial)
            {
                return null;
            }
            if (value.IsNull())
            {
                value = items.Find(name)?.Schema is { Default: not null } field ? SchemaFacts.Of(field).Default : null;
            }
            if (value is null && items.Required.Contains(name) && !_options.WithConsequences)
            {
                return null;
            }
            // The API server compares keys even of the wrong type; in the editor the type is the one thing to mend.
            string? identity = value is null ? "-" : Identity(value) ?? (_options.WithConsequences ? Compared(value) : null);
            if (identity is null)
            {
                return null;
            }
            keys += identity + "\n";
        }
        return keys;
    }
}
