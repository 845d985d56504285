using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Completion.Sources;

/// <summary>Values of an object's <c>apiVersion</c> and <c>kind</c>, each by the other.</summary>
internal static class HeadValues
{
    private static readonly string[] Usual =
        ["HTTPRoute", "Gateway", "GRPCRoute", "ReferenceGrant", "TLSRoute", "ListenerSet", "BackendTLSPolicy", "GatewayClass", "TCPRoute", "UDPRoute"];

    private const string UnservedDetail = "not in this channel";

    public static void Add(List<ValueOffer> offers, CompletionRequest request, ObjectScope scope)
    {
        if (scope.Path[0] == "kind")
        {
            AddKinds(offers, request, scope, scope.Root?.Get("apiVersion").Text() ?? "");
        }
        else
        {
            AddVersions(offers, request, scope.Root?.Get("kind").Text() ?? "");
        }
    }

    private static void AddKinds(List<ValueOffer> offers, CompletionRequest request, ObjectScope scope, string apiVersion)
    {
        bool any = apiVersion.Length == 0 || !request.Catalog.Kinds.Any(kind => kind.Gvk.ApiVersion == apiVersion);
        bool versionMissing = scope.Root?.Find("apiVersion") is null && !request.Place.IsFlow && !request.Place.Line.HasDash;
        bool served = any || request.Catalog.Kinds.Any(kind => kind.Gvk.ApiVersion == apiVersion && kind.IsServed(request.Channel));
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (ResourceKind kind in request.Catalog.Kinds)
        {
            bool fits = any ? kind.IsPreferred && kind.IsServed(request.Channel) : kind.Gvk.ApiVersion == apiVersion && (kind.IsServed(request.Channel) || !served);
            if (fits && names.Add(kind.Kind))
            {
                offers.Add(ValueOffer.Of(kind.Kind) with
                {
                    Kind = CompletionKind.Resource,
                    Detail = any ? kind.Gvk.ApiVersion : served ? null : UnservedDetail,
                    Documentation = () => kind.Description,
                    Rank = RankOf(kind),
                    Above = versionMissing ? "apiVersion: " + kind.Gvk.ApiVersion : null,
                    IsDeprecated = !any && kind.Deprecation is not null,
                });
            }
        }
    }

    private static void AddVersions(List<ValueOffer> offers, CompletionRequest request, string kindName)
    {
        bool any = request.Catalog.KindsNamed(kindName).IsEmpty;
        IEnumerable<ResourceKind> kinds = any ? request.Catalog.Kinds : request.Catalog.KindsNamed(kindName);
        bool served = kinds.Any(kind => kind.IsServed(request.Channel));
        var versions = new HashSet<string>(StringComparer.Ordinal);
        foreach (ResourceKind kind in kinds.OrderBy(kind => RankOf(kind) + (kind.IsPreferred ? 0 : 1)))
        {
            if ((kind.IsServed(request.Channel) || !served) && versions.Add(kind.Gvk.ApiVersion))
            {
                offers.Add(ValueOffer.Of(kind.Gvk.ApiVersion) with
                {
                    Kind = CompletionKind.Resource,
                    Detail = !served ? UnservedDetail : any ? null : kind.IsPreferred ? "preferred" : kind.Deprecation,
                    Documentation = any ? null : () => kind.Description,
                    IsDeprecated = !any && kind.Deprecation is not null,
                });
            }
        }
    }

    /// <summary>What people write most comes first, then the rest by owner.</summary>
    public static int RankOf(ResourceKind kind)
    {
        int usual = kind.Origin == KindOrigin.GatewayApi ? Array.IndexOf(Usual, kind.Kind) : -1;
        return usual >= 0 ? usual * 2 : kind.Origin switch
        {
            KindOrigin.GatewayApi => 50,
            KindOrigin.Kubernetes => 60,
            KindOrigin.MultiCluster => 70,
            KindOrigin.Gke => 80,
            _ => 90,
        };
    }
}
