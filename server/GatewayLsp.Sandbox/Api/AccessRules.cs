using System.Collections.Immutable;

namespace GatewayLsp.Sandbox.Api;

/// <summary>What somebody may do. <c>*</c> stands for everything.</summary>
/// <param name="Namespaces">Empty for all of them and for what is in none.</param>
/// <param name="Resources">Plural names, with <c>/status</c> and the like behind them for subresources.</param>
internal sealed record AccessRule(ImmutableArray<string> Namespaces, ImmutableArray<string> Groups, ImmutableArray<string> Resources, ImmutableArray<string> Verbs)
{
    public static readonly AccessRule Everything = new([], ["*"], ["*"], ["*"]);

    public static readonly AccessRule Reading = new([], ["*"], ["*"], ["get", "list", "watch"]);

    public bool IsIn(string ns) => Namespaces.IsEmpty || Namespaces.Contains(ns);

    public bool Allows(string verb, string group, string resource, string ns) =>
        IsIn(ns) && Has(Groups, group) && Has(Resources, resource) && Has(Verbs, verb);

    private static bool Has(ImmutableArray<string> names, string name) => names.Contains("*") || names.Contains(name);
}

/// <summary>Somebody who may speak to a cluster.</summary>
internal sealed record ClusterUser(string Name, ImmutableArray<string> Groups, ImmutableArray<AccessRule> Rules)
{
    public bool May(string verb, string group, string resource, string ns)
    {
        foreach (AccessRule rule in Rules)
        {
            if (rule.Allows(verb, group, resource, ns))
            {
                return true;
            }
        }
        return false;
    }
}
