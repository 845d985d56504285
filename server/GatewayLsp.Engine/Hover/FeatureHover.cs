using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Features;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Hover;

/// <summary>Who supports what: a line for a field that is a feature, a few words for a GatewayClass.</summary>
internal static class FeatureHover
{
    private const int MaxNames = 6;

    /// <summary>Shown where the workspace has no Gateway of a known implementation: those that the most clusters have.</summary>
    private static readonly string[] Usual = ["istio", "gke", "aws-load-balancer", "envoy-gateway"];

    /// <summary><c>Istio 1.30: supported · GKE Gateway 1.36: not supported</c>; null when nothing is known of the feature.</summary>
    public static string? OfFeature(Workspace workspace, string feature)
    {
        var known = new SortedDictionary<string, Answer>(StringComparer.Ordinal);
        foreach (ClassImplementation by in Implementations(workspace))
        {
            known[by.Name] = by.Supports(feature);
        }
        if (known.Count == 0)
        {
            foreach (string id in Usual)
            {
                if (ImplementationCatalog.Named(id) is { Versions: [.., var newest] } one)
                {
                    known[$"{one.Title} {newest}"] = one.Supports(feature, null);
                }
            }
        }
        string[] parts = [.. known.Where(one => one.Value != Answer.Unknown).Take(MaxNames)
            .Select(one => $"{FieldDocumentation.Escape(one.Key)}: {(one.Value == Answer.Yes ? "supported" : "not supported")}")];
        return parts.Length == 0 ? null : string.Join(" · ", parts);
    }

    /// <summary>Who implements the class that a Gateway names; null for other values and unknown classes.</summary>
    public static string? OfClass(Workspace workspace, ManifestObject one, YamlScalar value)
    {
        if (value.Entry is not { Name: "gatewayClassName" } || one.Kind != "Gateway"
            || ClassImplementation.Of(value.Value, workspace.IndexAtHand, workspace.Settings.Implementations, workspace.Announced) is not { } by)
        {
            return null;
        }
        string note = Note(by) is { } words ? " " + words : "";
        return by.ControllerName is { } controller && by.Table is not null
            ? $"Implemented by {FieldDocumentation.Escape(by.Name)} ({FieldDocumentation.Code(controller)}).{note}"
            : $"Implemented by {FieldDocumentation.Escape(by.Name)}.{note}";
    }

    private static string? Note(ClassImplementation by) => by switch
    {
        { Table.Id: "istio", ClassName: "istio-remote" } => "Istio deploys nothing for it: the Gateway tells where a gateway of another cluster or network is reached.",
        { Table.Id: "istio", ClassName: "istio-waypoint" } => "A waypoint proxy of ambient mode: it serves requests inside the mesh, on port 15008.",
        { Table.Id: "istio", ClassName: "istio-east-west" } => "Takes requests of other networks of an ambient mesh, on port 15008.",
        { Table.Id: "aws-vpc-lattice" } => "The name of the Gateway is the name of the service network, whatever its namespace.",
        { IsMultiClusterGke: true } => "For several clusters of a fleet: the Gateway and its routes stand in the config cluster, ServiceExports in the clusters that serve.",
        _ => null,
    };

    private static IEnumerable<ClassImplementation> Implementations(Workspace workspace)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (IndexedObject one in workspace.IndexAtHand.OfKind(ApiGroups.Gateway, "Gateway"))
        {
            if (one.Object.View<Gateway>() is { } gateway && seen.Add(gateway.ClassName)
                && ClassImplementation.Of(gateway.ClassName, workspace.IndexAtHand, workspace.Settings.Implementations, workspace.Announced) is { } by)
            {
                yield return by;
            }
        }
    }
}
