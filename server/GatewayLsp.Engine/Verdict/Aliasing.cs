using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Verdict;

/// <summary>
/// Whether a document unfolds to much more than is written, by aliases of aliases. The YAML reader of the Kubernetes tools refuses
/// that; the thresholds are its own (gopkg.in/yaml: aliasRatio). Counted without unfolding anything.
/// </summary>
internal static class Aliasing
{
    private const long MinAliased = 100;
    private const long MinTotal = 1000;
    private const long GenerousUpTo = 400_000;
    private const long StrictFrom = 4_000_000;
    private const double GenerousShare = 0.99;
    private const double StrictShare = 0.10;

    /// <summary>Beyond, numbers make no difference any more, and must not overflow.</summary>
    private const long Enough = 1L << 40;

    /// <summary>The first alias in a document that has too many; null as a rule.</summary>
    public static YamlAlias? FirstOfTooMany(YamlNode? root)
    {
        var sizes = new Dictionary<YamlNode, (long Total, long Aliased)>(ReferenceEqualityComparer.Instance);
        YamlAlias? first = null;
        if (root is null)
        {
            return null;
        }
        (long total, long aliased) = Size(root);
        return aliased > MinAliased && total > MinTotal && aliased > total * Allowed(total) ? first : null;

        (long Total, long Aliased) Size(YamlNode node)
        {
            bool isAnchored = node.Properties?.Anchor is not null;
            if (isAnchored && sizes.TryGetValue(node, out (long Total, long Aliased) known))
            {
                return known;
            }
            long total = 1;
            long aliased = 0;
            switch (node)
            {
                case YamlAlias alias:
                    first ??= alias;
                    if (alias.Target is { } target)
                    {
                        long below = Size(target).Total;
                        (total, aliased) = (1 + below, below);
                    }
                    break;
                case YamlMapping mapping:
                    foreach (YamlEntry entry in mapping.Entries)
                    {
                        Add(entry.Key);
                        Add(entry.Value);
                    }
                    break;
                case YamlSequence sequence:
                    foreach (YamlNode item in sequence.Items)
                    {
                        Add(item);
                    }
                    break;
            }
            if (isAnchored)
            {
                sizes[node] = (total, aliased);
            }
            return (total, aliased);

            void Add(YamlNode child)
            {
                (long all, long again) = Size(child);
                total = Math.Min(Enough, total + all);
                aliased = Math.Min(Enough, aliased + again);
            }
        }
    }

    private static double Allowed(long total) =>
        total <= GenerousUpTo ? GenerousShare
        : total >= StrictFrom ? StrictShare
        : GenerousShare - ((GenerousShare - StrictShare) * ((double)(total - GenerousUpTo) / (StrictFrom - GenerousUpTo)));
}
