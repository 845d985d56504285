using System.Globalization;
using System.Numerics;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.InlayHints;

/// <summary>
/// What share of the requests each of several backends gets: its weight of the sum of all, 1 where none is written (Gateway API,
/// BackendRef). And how many requests are mirrored, where a fraction says so.
/// </summary>
internal static class ShareHints
{
    private const int MaxBackends = 1024;

    public static void Add(ManifestObject route, HintList list)
    {
        if (route.At("spec", "rules") is not YamlSequence rules)
        {
            return;
        }
        foreach (YamlNode item in rules.Items)
        {
            if (item is YamlMapping rule && list.IsWanted(rule.Span))
            {
                if (rule.Find("backendRefs")?.Value is YamlSequence backends && !list.IsTemplated(backends))
                {
                    AddShares(backends, list);
                }
                AddFractions(rule, list);
            }
        }
    }

    private static void AddShares(YamlSequence backends, HintList list)
    {
        if (backends.Items.Length is < 2 or > MaxBackends)
        {
            return;
        }
        long total = 0;
        foreach (YamlNode item in backends.Items)
        {
            if (item.Resolved() is not YamlMapping backend || Weight(backend) is not { } weight)
            {
                return;
            }
            total += weight;
        }
        foreach (YamlNode item in backends.Items)
        {
            // Behind an alias the text is that of another place.
            if (item is YamlMapping backend && (backend.Find("weight") ?? backend.Find("name")) is { Value: YamlScalar { IsMissing: false } place })
            {
                long weight = Weight(backend)!.Value;
                string tooltip = total == 0
                    ? "All weights are 0: nothing is forwarded."
                    : string.Create(CultureInfo.InvariantCulture, $"Weight {weight} of {total} in all.");
                list.Add(place.Span.End, Percent(weight, total), tooltip);
            }
        }
    }

    private static void AddFractions(YamlMapping rule, HintList list)
    {
        if (rule.Find("filters")?.Value is not YamlSequence filters)
        {
            return;
        }
        foreach (YamlNode filter in filters.Items)
        {
            if ((filter as YamlMapping)?.At("requestMirror", "fraction") is YamlMapping fraction && Number(fraction.Get("numerator"), null) is { } numerator
                && Number(fraction.Get("denominator"), 100) is > 0 and { } denominator && fraction.Find("numerator")?.Value is YamlScalar place)
            {
                list.Add(place.Span.End, Percent(numerator, denominator), "Share of the requests that are mirrored.");
            }
        }
    }

    /// <summary>Null when it is not known or no weight.</summary>
    private static long? Weight(YamlMapping backend) => Number(backend.Get("weight"), 1);

    private static long? Number(YamlNode? node, long? orElse)
    {
        if (node.IsNull())
        {
            return orElse;
        }
        return node is YamlScalar { IsOpaque: false } scalar && ScalarResolver.KindOf(scalar) == ScalarKind.Integer
            && ScalarResolver.TryInteger(scalar.Value, out BigInteger number) && number >= 0 && number <= int.MaxValue
                ? (long)number
                : null;
    }

    private static string Percent(long part, long total)
    {
        double share = total == 0 ? 0 : 100.0 * part / total;
        return share is > 0 and < 0.1 ? "<0.1 %" : Math.Round(share, 1).ToString(CultureInfo.InvariantCulture) + " %";
    }
}
