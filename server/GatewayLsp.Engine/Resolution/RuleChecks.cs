using System.Collections.Immutable;
using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Resolution;

/// <summary>Finds rules that no implementation can carry out, as far as the specification says so.</summary>
internal static class RuleChecks
{
    public static ImmutableArray<RuleIssue> Of(Route route)
    {
        ImmutableArray<RuleIssue>.Builder? issues = null;
        foreach (RouteRule rule in route.Rules)
        {
            if (IssueOf(rule) is { } issue)
            {
                (issues ??= ImmutableArray.CreateBuilder<RuleIssue>()).Add(issue);
            }
        }
        return issues?.DrainToImmutable() ?? [];
    }

    private static RuleIssue? IssueOf(RouteRule rule)
    {
        RouteFilter? redirect = null;
        RouteFilter? rewrite = null;
        foreach (RouteFilter filter in rule.Filters)
        {
            if (filter is { Type: RouteFilterType.Unknown, IsTemplated: false, TypeName.Length: > 0 })
            {
                return new RuleIssue(rule, false, filter);
            }
            redirect = filter.Type == RouteFilterType.RequestRedirect ? filter : redirect;
            rewrite = filter.Type == RouteFilterType.UrlRewrite ? filter : rewrite;
        }
        if (redirect is not null && rewrite is not null)
        {
            return new RuleIssue(rule, true, rewrite);
        }
        foreach (HttpMatch match in (rule as HttpRouteRule)?.Matches ?? [])
        {
            if (match.Path is { Type: PathMatchType.Unknown, IsTemplated: false })
            {
                return new RuleIssue(rule, false, match.Path);
            }
        }
        return null;
    }
}
