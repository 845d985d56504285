using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Conditions;
using GatewayLsp.Engine.Resolution.Features;

namespace GatewayLsp.Engine.Diagnostics.Rules.Features;

/// <summary>What rules about implementations share.</summary>
internal static class FeatureRules
{
    /// <summary>Who implements the Gateway (or mesh) of each parent of a route, as far as that is known and no other file says otherwise.</summary>
    public static List<(ResolvedParent Parent, ClassImplementation By)> Parents(ResolvedRoute route, SemanticContext context)
    {
        var found = new List<(ResolvedParent, ClassImplementation)>();
        foreach (ResolvedParent parent in route.Parents)
        {
            string? className = parent.Gateway?.Gateway.ClassName ?? (parent.Ref.IsService ? ClassImplementation.Mesh : null);
            if (className is not null && context.Resolver.ImplementationOf(className) is { } by && context.IsSettled(parent))
            {
                found.Add((parent, by));
            }
        }
        return found;
    }

    /// <summary>Who implements a Gateway; null when nobody knows.</summary>
    public static ClassImplementation? Of(Gateway gateway, SemanticContext context) =>
        context.Resolver.ImplementationOf(gateway.ClassName) is { } by && context.IsSettled(Resolver.KeyOf(gateway)) ? by : null;

    /// <summary>That these implementations lack a feature, where that is known from, and for which parents it counts.</summary>
    public static string Message(string what, string? feature, IReadOnlyList<(string Parent, ClassImplementation By)> lacking)
    {
        string[] names = [.. lacking.Select(one => one.By.Name).Distinct()];
        string[] parents = [.. lacking.Select(one => one.Parent).Distinct()];
        string[] sources = [.. lacking.Select(one => one.By.Source).Distinct()];
        string verb = names.Length == 1 ? "does" : "do";
        string source = sources.Length == 1 ? ", " + (names.Length == 1 ? sources[0] : sources[0].Replace("its conformance report", "their conformance reports", StringComparison.Ordinal)) : "";
        string code = feature is null || feature == what ? "" : $" (`{feature}`)";
        return $"{Words.Capital(Naming.List(names))} {verb} not support {what}{code}{source}. {(names.Length == 1 ? "It implements" : "They implement")} {Naming.List(parents)}.";
    }

    /// <summary>That the conformance reports of these implementations do not list a feature, which says little about whether it works.</summary>
    public static string NotListed(string what, string feature, IReadOnlyList<(string Parent, ClassImplementation By)> lacking)
    {
        string[] names = [.. lacking.Select(one => one.By.Name).Distinct()];
        string[] parents = [.. lacking.Select(one => one.Parent).Distinct()];
        string reports = names.Length == 1 ? $"The conformance report of {names[0]} does" : $"The conformance reports of {Naming.List(names)} do";
        string code = feature == what ? $"`{feature}`" : $"{what} (`{feature}`)";
        return $"{reports} not list {code}, so it may not work. {Words.Capital(Naming.List(names))} {(names.Length == 1 ? "implements" : "implement")} {Naming.List(parents)}.";
    }

    public static string NameOf(ResolvedParent parent) =>
        parent.Gateway is { } gateway ? $"Gateway `{gateway.Gateway.FullName}`" : $"the mesh of Service `{parent.Ref.Namespace}/{parent.Ref.Name}`";
}
