using System.Collections.Immutable;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Schemas;

/// <summary>
/// The entries of a mapping once its merge keys (<c>&lt;&lt;: *base</c>) are followed: own ones win, then those of the source named
/// first. Each mapping is merged once and has each key once, so that merges of merges stay small.
/// </summary>
internal sealed class MergedEntries
{
    private const int MaxDepth = 16;
    private Dictionary<YamlMapping, ImmutableArray<YamlEntry>>? _known;

    public ImmutableArray<YamlEntry> Of(YamlMapping mapping) => Of(mapping, 0);

    private ImmutableArray<YamlEntry> Of(YamlMapping mapping, int depth)
    {
        if (!HasMerge(mapping))
        {
            return mapping.Entries;
        }
        _known ??= [];
        if (_known.TryGetValue(mapping, out ImmutableArray<YamlEntry> known))
        {
            return known;
        }
        var names = new HashSet<string>(StringComparer.Ordinal);
        ImmutableArray<YamlEntry>.Builder merged = ImmutableArray.CreateBuilder<YamlEntry>();
        foreach (YamlEntry entry in mapping.Entries)
        {
            if (!entry.IsMerge)
            {
                merged.Add(entry);
                names.Add(entry.Name);
            }
        }
        foreach (YamlEntry entry in mapping.Entries)
        {
            if (entry.IsMerge && depth < MaxDepth)
            {
                AddAll(entry.Value.Resolved(), names, merged, depth + 1);
            }
        }
        return _known[mapping] = merged.DrainToImmutable();
    }

    private void AddAll(YamlNode? source, HashSet<string> names, ImmutableArray<YamlEntry>.Builder merged, int depth)
    {
        switch (source)
        {
            case YamlMapping mapping:
                foreach (YamlEntry entry in Of(mapping, depth))
                {
                    if (names.Add(entry.Name))
                    {
                        merged.Add(entry);
                    }
                }
                break;
            case YamlSequence sequence when depth < MaxDepth:
                foreach (YamlNode item in sequence.Items)
                {
                    AddAll(item.Resolved(), names, merged, depth + 1);
                }
                break;
        }
    }

    private static bool HasMerge(YamlMapping mapping)
    {
        foreach (YamlEntry entry in mapping.Entries)
        {
            if (entry.IsMerge)
            {
                return true;
            }
        }
        return false;
    }
}
