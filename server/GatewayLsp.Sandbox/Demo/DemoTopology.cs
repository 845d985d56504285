using System.Text.Json.Nodes;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Topology;
using GatewayLsp.Sandbox.Objects;

namespace GatewayLsp.Sandbox.Demo;

/// <summary>Where requests go in one cluster, as the engine reads it from what the cluster's API answers.</summary>
/// <param name="Lines">One for each rule of a route: listener, hostnames, match, backends with their shares.</param>
/// <param name="Problems">What is not well, and lists that could not be read.</param>
internal sealed record DemoTopology(IReadOnlyList<string> Lines, IReadOnlyList<string> Problems)
{
    private static readonly (string Path, string ApiVersion, string Kind)[] Lists =
    [
        ("/apis/gateway.networking.k8s.io/v1/gatewayclasses", "gateway.networking.k8s.io/v1", "GatewayClass"),
        ("/api/v1/namespaces", "v1", "Namespace"),
        ("/apis/gateway.networking.k8s.io/v1/namespaces/demo/gateways", "gateway.networking.k8s.io/v1", "Gateway"),
        ("/apis/gateway.networking.k8s.io/v1/namespaces/demo/httproutes", "gateway.networking.k8s.io/v1", "HTTPRoute"),
        ("/apis/multicluster.x-k8s.io/v1alpha1/namespaces/demo/serviceimports", "multicluster.x-k8s.io/v1alpha1", "ServiceImport"),
        ("/apis/apps/v1/namespaces/demo/deployments", "apps/v1", "Deployment"),
        ("/api/v1/namespaces/demo/services", "v1", "Service"),
        ("/api/v1/namespaces/demo/secrets", "v1", "Secret"),
    ];

    public static async Task<DemoTopology> Read(ClusterApi api)
    {
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.Configured(new WorkspaceSettings { IsComplete = true }));
        var problems = new List<string>();
        foreach ((string path, string apiVersion, string kind) in Lists)
        {
            if ((await api.Get(path))?["items"] is not JsonArray items)
            {
                problems.Add($"{api.Name}: no answer to {path}");
                continue;
            }
            foreach (JsonObject item in items.OfType<JsonObject>())
            {
                JsonObject body = item.Copy();
                // The items of a list may leave to the list what they are.
                body["apiVersion"] = apiVersion;
                body["kind"] = kind;
                body.Remove("status");
                body.Child("metadata").Remove("managedFields");
                host.Apply(new WorkspaceChange.OnDisk($"{path}/{item.At("metadata", "name").Text()}", Json.Text(body)));
            }
        }
        TopologyGraph graph = new Analysis(host.Current).Topology();
        IEnumerable<TopologyReason> reasons = graph.Nodes.SelectMany(node => node.Reasons).Concat(graph.Edges.SelectMany(edge => edge.Reasons));
        problems.AddRange(reasons.Where(one => one.State == TopologyState.Error).Select(one => $"{api.Name}: {one.Code}: {one.Message}").Distinct());
        return new DemoTopology([.. graph.Nodes.Where(node => node.Kind == TopologyNodeKind.Rule).SelectMany(rule => Told(graph, rule))], problems);
    }

    private static IEnumerable<string> Told(TopologyGraph graph, TopologyNode rule)
    {
        TopologyNode route = graph.Node(rule.Parent!)!;
        string to = string.Join(", ", graph.Edges.Where(edge => edge.From == rule.Id && edge.Kind is TopologyEdgeKind.Sends or TopologyEdgeKind.Mirrors or TopologyEdgeKind.Redirects).Select(edge =>
            edge.Kind == TopologyEdgeKind.Sends ? $"{graph.Node(edge.To)!.Label} {edge.Label}".TrimEnd() : $"{graph.Node(edge.To)!.Label} ({edge.Label})"));
        return graph.Edges.Where(edge => edge.To == route.Id && edge.Kind == TopologyEdgeKind.Attaches)
            .Select(edge => $"{graph.Node(edge.From)!.Label,-5} {route.Detail,-24} {rule.Label} -> {to}");
    }
}
