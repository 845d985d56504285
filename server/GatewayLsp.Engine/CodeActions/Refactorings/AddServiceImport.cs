using GatewayLsp.Engine.Migration.Rewriting;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.CodeActions.Refactorings;

/// <summary>The same Service in all clusters of a set, beside the one of this cluster.</summary>
internal sealed class AddServiceImport : IRefactoring
{
    /// <summary>Of a rule (Gateway API, HTTPRouteRule).</summary>
    private const int MaxBackends = 16;

    public string Kind => "refactor.rewrite.gatewayLsp.serviceImport";

    public RefactoringDoc Doc { get; } = new(
        "Add a ServiceImport as backend",
        "At a backend that is a Service, while the rule has no ServiceImport of that name.",
        "Adds a copy of the backend that names the ServiceImport: of the group `net.gke.io` for multi-cluster classes of GKE or where the workspace has one, else of `multicluster.x-k8s.io`. It gets no requests until you give it a weight.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: helloworld
        spec:
          parentRefs:
          - name: public
          rules:
          - backendRefs:
            - name: helloworld$0
              port: 5000

        """);

    public IEnumerable<RefactoringOffer> At(RefactoringPlace place)
    {
        if (place.View is not Route route || place.Backend is not { IsService: true } backend || place.PlainBackends(place.Rule!) is not { Count: < MaxBackends } backends
            || backends.All(other => other.Weight == 0) || backends.Any(other => other.IsServiceImport && other.Name == backend.Name && other.Namespace == backend.Namespace))
        {
            yield break;
        }
        string group = GroupFor(place.Workspace.Resolver, route, backend);
        yield return new RefactoringOffer($"Add ServiceImport {backend.Name} ({group}) as backend: weight 0", draft => Add(draft, backend, group));
    }

    private static string GroupFor(Resolver resolver, Route route, BackendRef backend)
    {
        foreach (ResolvedParent parent in resolver.Route(route).Parents)
        {
            // Classes of GKE that span clusters end in -mc.
            if (parent.Gateway?.Gateway.ClassName is { } name && name.StartsWith("gke-", StringComparison.Ordinal) && name.EndsWith("-mc", StringComparison.Ordinal))
            {
                return ApiGroups.GkeMultiCluster;
            }
        }
        var key = new ObjectKey(ApiGroups.GkeMultiCluster, "ServiceImport", backend.Namespace, backend.Name);
        return resolver.Find<ServiceImport>(key) is not null && resolver.Find<ServiceImport>(key with { Group = ApiGroups.MultiCluster }) is null ? ApiGroups.GkeMultiCluster : ApiGroups.MultiCluster;
    }

    private static bool Add(RefactoringDraft draft, BackendRef backend, string group)
    {
        if (draft.ItemOf(backend.Node) is not { } place || Copies.Of(place.Item) is not { Value: EditMapping copy } item)
        {
            return false;
        }
        foreach (string field in new[] { "group", "kind" })
        {
            if (copy.Find(field) is { } known)
            {
                copy.Entries.Remove(known);
            }
        }
        copy.Entries.Insert(0, EditEntry.New("kind", Edits.Scalar("ServiceImport")));
        copy.Entries.Insert(0, EditEntry.New("group", Edits.Scalar(group)));
        if (copy.Find("weight") is { } weight)
        {
            weight.Value = Edits.Number(0, isPlaceholder: true);
        }
        else
        {
            RefactoringDraft.Put(copy, EditEntry.New("weight", Edits.Number(0, isPlaceholder: true)), "port", "name");
        }
        draft.Insert(place.List, place.Item, item);
        return true;
    }
}
