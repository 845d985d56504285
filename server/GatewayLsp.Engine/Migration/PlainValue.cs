using System.Collections.Immutable;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Migration;

/// <summary>What a document means with its aliases and merge keys resolved, for comparison.</summary>
internal static class PlainValue
{
    private const int MaxNodes = 50_000;

    /// <summary>Null when there is too much of it.</summary>
    public static JsonValue? Of(ManifestDocument document)
    {
        int count = 0;
        return document.Root is null ? JsonValue.Null : Of(document.Root, ref count, 0);
    }

    /// <summary>True when the document has an alias, which is what needs resolving.</summary>
    public static bool HasAliases(ManifestDocument document) => document.Text.Contains('*') && document.Root?.DescendantsAndSelf().Any(node => node is YamlAlias) == true;

    private static JsonValue? Of(YamlNode node, ref int count, int depth)
    {
        if (++count > MaxNodes || depth > 100)
        {
            return null;
        }
        switch (node.Resolved())
        {
            case YamlMapping mapping:
                var members = new List<KeyValuePair<string, JsonValue>>();
                foreach (YamlEntry entry in mapping.Entries)
                {
                    if (!entry.IsMerge)
                    {
                        if (Of(entry.Value, ref count, depth + 1) is not { } value)
                        {
                            return null;
                        }
                        members.Add(new(entry.Name, value));
                        continue;
                    }
                    foreach (YamlNode source in entry.Value is YamlSequence list ? list.Items : [entry.Value])
                    {
                        if (Of(source, ref count, depth + 1) is not { } merged)
                        {
                            return null;
                        }
                        members.AddRange(merged.Members.Where(one => mapping.FindOwn(one.Key) is null && !members.Exists(m => m.Key == one.Key)));
                    }
                }
                return JsonValue.OfMembers([.. members]);
            case YamlSequence sequence:
                ImmutableArray<JsonValue>.Builder items = ImmutableArray.CreateBuilder<JsonValue>();
                foreach (YamlNode item in sequence.Items)
                {
                    if (Of(item, ref count, depth + 1) is not { } value)
                    {
                        return null;
                    }
                    items.Add(value);
                }
                return JsonValue.Of(items.DrainToImmutable());
            case YamlScalar scalar:
                return scalar.IsOpaque ? JsonValue.Of(scalar.Value) : ScalarResolver.KindOf(scalar) switch
                {
                    ScalarKind.Integer or ScalarKind.Float => JsonValue.NumberOf(scalar.Value),
                    ScalarKind.Boolean => JsonValue.Of(ScalarResolver.Truth(scalar.Value)),
                    ScalarKind.Null => JsonValue.Null,
                    _ => JsonValue.Of(scalar.Value),
                };
            default:
                return JsonValue.Null;
        }
    }
}
