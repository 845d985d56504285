using System.Globalization;
using System.Text.RegularExpressions;
using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Verdict;

namespace GatewayLsp.Engine.Migration.Ingresses;

/// <summary>
/// The routes as they are written, each tried by a dry run: what the API server would refuse, and no check before has seen,
/// is told and left out, so that the rest can be applied.
/// </summary>
internal static partial class FinalCheck
{
    private const int MaxRounds = 8;

    [GeneratedRegex(@"^spec\.rules\[(?<rule>\d{1,3})\](\.filters\[(?<filter>\d{1,3})\])?", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex InRule { get; }

    public static IEnumerable<JsonValue> Written(Conversion conversion, RouteDraft route, bool withNamespace)
    {
        for (int round = 0; round < MaxRounds; round++)
        {
            var written = new List<JsonValue>();
            bool isClean = true;
            RoutePart[] parts = [.. route.Parts()];
            string format = new('0', Math.Max(1, parts.Length.ToString(CultureInfo.InvariantCulture).Length));
            for (int i = 0; i < parts.Length; i++)
            {
                string number = (i + 1).ToString(format, CultureInfo.InvariantCulture);
                string name = i == 0 ? route.Name
                    : conversion.Names.Give(IngressWork.RouteScope(route.Namespace), $"{route.Name}#{number}", $"{route.Name}-{number}");
                JsonValue json = parts[i].ToJson(name, withNamespace);
                isClean &= IsAccepted(conversion, parts[i], json);
                written.Add(json);
            }
            if (isClean)
            {
                return written;
            }
        }
        return [];
    }

    private static bool IsAccepted(Conversion conversion, RoutePart part, JsonValue json)
    {
        DryRunResult verdict = DryRun.Of(new ManifestDocument(YamlText.Block(json, 0, "\n") + "\n"), SchemaCatalog.Bundled, Channel.Standard);
        if (verdict.Accepted)
        {
            return true;
        }
        RouteDraft route = part.Route;
        bool isMended = false;
        var filters = new List<(RuleDraft, JsonValue)>();
        var rules = new HashSet<RuleDraft>();
        foreach (VerdictCause cause in verdict.Causes)
        {
            if (InRule.Match(cause.Field) is not { Success: true } match || int.Parse(match.Groups["rule"].ValueSpan, CultureInfo.InvariantCulture) is var index && index >= part.Rules.Length)
            {
                continue;
            }
            RuleDraft rule = part.Rules[int.Parse(match.Groups["rule"].ValueSpan, CultureInfo.InvariantCulture)];
            isMended = true;
            if (match.Groups["filter"].Success && int.Parse(match.Groups["filter"].ValueSpan, CultureInfo.InvariantCulture) is var at && at < rule.Filters.Count)
            {
                filters.Add((rule, rule.Filters[at]));
                conversion.Lost(route.Source, rule.At, RuleDraft.TypeOf(rule.Filters[at]), $"The filter is left out, because the API server would refuse it: {cause.Message}");
            }
            else
            {
                rules.Add(rule);
                conversion.Lost(route.Source, rule.At, "path", $"The rule for `{rule.Path.Value}` is left out, because the API server would refuse it: {cause.Message}");
            }
        }
        foreach ((RuleDraft rule, JsonValue filter) in filters)
        {
            rule.Filters.Remove(filter);
            rule.Redirects &= rule.Filter("RequestRedirect") is not null;
        }
        route.Rules.RemoveAll(rules.Contains);
        if (!isMended)
        {
            conversion.Lost(route.Source, route.Source.Object.Node, "rules", $"The route `{route.Name}` is left out, because the API server would refuse it: {verdict.Causes[0].Message}");
            route.Rules.Clear();
        }
        return false;
    }
}
