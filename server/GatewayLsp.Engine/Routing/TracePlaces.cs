using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;
using Route = GatewayLsp.Engine.Model.Route;

namespace GatewayLsp.Engine.Routing;

/// <summary>Where something of a trace is written.</summary>
public sealed record TracedPlace(string Path, LineRange Range);

/// <summary>Finds the manifests that a trace speaks of.</summary>
internal static class TracePlaces
{
    /// <summary>The match that took the request, or else its rule; null when no route did.</summary>
    public static TracedPlace? OfRule(Workspace workspace, RequestTrace trace)
    {
        if (trace is not { Route: { } name, Rule: { } rule })
        {
            return null;
        }
        var key = new ObjectKey(ApiGroups.Gateway, name.Kind, name.Namespace, name.Name);
        if (KindGroups.Canonical(workspace.Index.Find(key)) is not { } found || found.Object.View<Route>() is not { } route
            || rule >= route.Rules.Length || workspace.File(found.Path) is not { } file)
        {
            return null;
        }
        YamlNode node = trace.Match is { } match && Matches(route.Rules[rule]) is { } matches && match < matches.Count ? matches[match].Node : route.Rules[rule].Node;
        foreach (DocumentSlot slot in file.Manifest.Documents)
        {
            if (ReferenceEquals(slot.Document, found.Object.Document))
            {
                return workspace.SourceOf(found.Path, slot, node.Span) is { } source ? new TracedPlace(source.Path, source.Range) : null;
            }
        }
        return null;
    }

    private static IReadOnlyList<ModelElement>? Matches(RouteRule rule) => rule switch
    {
        HttpRouteRule http => http.Matches,
        GrpcRouteRule grpc => grpc.Matches,
        _ => null,
    };
}
