using GatewayLsp.Engine.Text;
using GatewayLsp.Engine.Topology;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Topology;

/// <summary>What of the objects is in the graph, and how.</summary>
public sealed class TopologyBuilderTests
{
    [Fact]
    public void A_shop_from_clients_to_workloads()
    {
        TopologyGraph graph = TopologyCheck.Graph(TopologyFixtures.Shop);
        Assert.Equal(
        [
            "client:external \"Clients\" \"from outside\"",
            "GatewayClass/any \"any\" unknown",
            "Gateway/infra/front \"front\" \"any · 203.0.113.7\"",
            "Gateway/infra/front#listener:http \"http\" \"HTTP 80\"",
            "Gateway/infra/front#listener:https \"https\" \"HTTPS 443 *.example.com\"",
            "HTTPRoute/infra/upgrade \"upgrade\"",
            "HTTPRoute/shop/store \"store\" \"store.example.com\"",
            "HTTPRoute/infra/upgrade#rule:0 \"/*\"",
            "HTTPRoute/shop/store#rule:0 \"/cart/*\"",
            "HTTPRoute/shop/store#rule:rest \"rest: /*\"",
            "Service/shop/canary \"canary\" \":8080\"",
            "Service/shop/cart \"cart\" \":8080\"",
            "Service/shop/shadow \"shadow\" \":8080\"",
            "Service/shop/web \"web\" \":80\"",
            "Deployment/shop/cart \"cart\" \"Deployment · 3 replicas\"",
        ], TopologyCheck.Nodes(graph));
        Assert.Equal(
        [
            "HTTPRoute/infra/upgrade#rule:0 Redirects Gateway/infra/front#listener:https \"301\"",
            "HTTPRoute/shop/store#rule:0 Sends Service/shop/cart \"90 %\" 9/10",
            "HTTPRoute/shop/store#rule:0 Sends Service/shop/canary \"10 %\" 1/10",
            "HTTPRoute/shop/store#rule:0 Mirrors Service/shop/shadow \"copy of 5 %\" 1/20",
            "HTTPRoute/shop/store#rule:rest Sends Service/shop/web 1",
        ], TopologyCheck.Edges(graph, TopologyEdgeKind.Sends, TopologyEdgeKind.Mirrors, TopologyEdgeKind.Redirects));
        Assert.Equal(
        [
            "Gateway/infra/front#listener:http Attaches HTTPRoute/infra/upgrade",
            "Gateway/infra/front#listener:https Attaches HTTPRoute/shop/store",
        ], TopologyCheck.Edges(graph, TopologyEdgeKind.Attaches));
        Assert.Equal(["Service/shop/cart Selects Deployment/shop/cart"], TopologyCheck.Edges(graph, TopologyEdgeKind.Selects));
    }

    [Fact]
    public void Every_object_has_its_place()
    {
        TopologyGraph graph = TopologyCheck.Graph(TopologyFixtures.Shop);
        Assert.All(graph.Nodes.Where(node => node.Kind is not (TopologyNodeKind.Client or TopologyNodeKind.GatewayClass)), node => Assert.Equal(WorkspaceFixture.DefaultPath, node.Place!.Value.Path));
        Assert.Equal(new LineRange(new LinePosition(2, 17), new LinePosition(2, 22)), graph.Node("Gateway/infra/front")!.Place!.Value.Range);
        Assert.Equal(8, graph.Node("Gateway/infra/front#listener:https")!.Place!.Value.Range.Start.Line);
        Assert.Equal(29, graph.Edge("HTTPRoute/shop/store#rule:0 Sends Service/shop/canary 8080")!.Place!.Value.Range.Start.Line);
    }

    [Fact]
    public void A_mesh_has_fronts_of_Services_and_clients_by_namespace()
    {
        TopologyGraph graph = TopologyCheck.Graph(TopologyFixtures.Mesh);
        Assert.Equal(
        [
            "Service/mesh/echo#frontend Attaches HTTPRoute/client/own",
            "Service/mesh/echo#frontend Attaches HTTPRoute/mesh/split",
            "client:mesh Enters Service/mesh/echo#frontend",
            "client:mesh/client Enters Service/mesh/echo#frontend",
        ], TopologyCheck.Edges(graph, TopologyEdgeKind.Attaches, TopologyEdgeKind.Enters));
        Assert.Null(graph.Node("Service/mesh/echo"));
    }

    [Fact]
    public void Imports_lead_to_clusters_and_to_the_Service_that_is_exported_here()
    {
        TopologyGraph graph = TopologyCheck.Graph(TopologyFixtures.ManyClusters);
        Assert.Equal(
        [
            "ServiceImport.net.gke.io/catalog/catalog Exports cluster:west",
            "ServiceImport.net.gke.io/catalog/catalog Exports cluster:east",
            "ServiceImport.net.gke.io/catalog/catalog Exports Service/catalog/catalog",
        ], TopologyCheck.Edges(graph, TopologyEdgeKind.Exports));
        Assert.Equal("ServiceImport.net.gke.io/catalog/elsewhere \"elsewhere\" (Unknown) unknown", TopologyCheck.Line(graph.Node("ServiceImport.net.gke.io/catalog/elsewhere")!));
        Assert.Equal("west", graph.Node("cluster:west")!.Cluster);
        Assert.Equal("blue", graph.Node("Gateway/catalog/global")!.Network);
        Assert.Equal(["Gateway/catalog/global Joins ListenerSet/team/more"], TopologyCheck.Edges(graph, TopologyEdgeKind.Joins));
        Assert.Contains("client:clusters Enters Gateway/istio-system/crossing", TopologyCheck.Edges(graph));
        Assert.Contains(new TopologyFact("role", "east-west"), graph.Node("Gateway/istio-system/crossing")!.Facts);
    }

    [Theory]
    [InlineData(false, "Unknown", "unknown")]
    [InlineData(true, "Error", "absent")]
    public void What_is_not_there_is_drawn_and_only_wrong_when_it_is_known_to_be_absent(bool isComplete, string state, string presence)
    {
        TopologyGraph graph = TopologyCheck.Graph(
            """
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: web}
            spec:
              parentRefs: [{name: edge, namespace: infra}]
              rules: [{backendRefs: [{name: web, port: 80}]}]
            """, isComplete);
        Assert.Equal($"({state}) {presence}", string.Join(' ', TopologyCheck.Line(graph.Node("Gateway/infra/edge")!).Split(' ')[2..]));
        Assert.Equal($"({state}) {presence}", string.Join(' ', TopologyCheck.Line(graph.Node("Service/default/web")!).Split(' ')[2..]));
        Assert.Equal(state, graph.Edge("Gateway/infra/edge Attaches HTTPRoute/default/web")!.State.ToString());
        Assert.Equal(state, graph.Edge("HTTPRoute/default/web#rule:0 Sends Service/default/web 80")!.State.ToString());
        Assert.Equal(state, graph.Node("HTTPRoute/default/web")!.State.ToString());
    }

    [Fact]
    public void Problems_are_marked_where_they_are()
    {
        TopologyGraph graph = TopologyCheck.Graph(
            """
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: edge}
            spec:
              gatewayClassName: any
              listeners:
              - {name: one, port: 80, protocol: HTTP}
              - {name: two, port: 80, protocol: HTTP}
              - {name: three, port: 81, protocol: HTTP, hostnme: x.example.com}
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: web}
            spec:
              parentRefs: [{name: edge, sectionName: four}]
              rules: [{backendRefs: [{name: web, namespace: other, port: 80}]}]
            ---
            {apiVersion: v1, kind: Service, metadata: {name: web, namespace: other}, spec: {ports: [{port: 80}]}}
            """);
        Assert.Equal(TopologyState.Warning, graph.Node("Gateway/default/edge")!.State);
        Assert.Contains(graph.Node("Gateway/default/edge#listener:two")!.Reasons, reason => reason.Code is "HostnameConflict" or "hostname-conflict");
        Assert.Contains(graph.Node("Gateway/default/edge#listener:three")!.Reasons, reason => reason.Code == "unknown-field");
        Assert.Contains(graph.Edge("Gateway/default/edge Attaches HTTPRoute/default/web")!.Reasons, reason => reason.Code == "NoMatchingParent");
        TopologyEdge backend = graph.Edge("HTTPRoute/default/web#rule:0 Sends Service/other/web 80")!;
        Assert.Equal(TopologyState.Error, backend.State);
        Assert.Contains(backend.Reasons, reason => reason.Code.Replace("-", "", StringComparison.Ordinal).Equals("RefNotPermitted", StringComparison.OrdinalIgnoreCase));
        Assert.Single(backend.Reasons);
        Assert.Equal(TopologyState.Ok, graph.Node("Service/other/web")!.State);
    }

    [Fact]
    public void Endpoints_and_policies_are_told_of_Services()
    {
        TopologyGraph graph = TopologyCheck.Graph(TopologyFixtures.Shop +
            """
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: web-1, namespace: shop, labels: {kubernetes.io/service-name: web}}
            addressType: IPv4
            endpoints: [{addresses: [10.0.0.1], conditions: {ready: false}}]
            ports: [{port: 80}]
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: BackendTLSPolicy
            metadata: {name: web, namespace: shop}
            spec:
              targetRefs: [{group: "", kind: Service, name: web}]
              validation: {hostname: web.internal, wellKnownCACertificates: System}
            """);
        Assert.Equal("Service/shop/web \"web\" \":80 · 0 ready\" (Warning) NoReadyEndpoints", TopologyCheck.Line(graph.Node("Service/shop/web")!));
        Assert.Equal("HTTPRoute/shop/store#rule:rest Sends Service/shop/web 1 tls:web.internal", TopologyCheck.Line(graph.Edge("HTTPRoute/shop/store#rule:rest Sends Service/shop/web 80")!));
    }

    [Fact]
    public void Templates_and_parts_without_a_name_are_nodes_too()
    {
        TopologyGraph graph = TopologyCheck.Graph(
            """
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: edge}
            spec: {gatewayClassName: any, listeners: [{port: 80, protocol: HTTP}, {name: same, port: 81, protocol: HTTP}, {name: same, port: 82, protocol: HTTP}]}
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: web}
            spec:
              parentRefs: [{name: edge}]
              rules: [{backendRefs: [{name: "{{ .Values.backend }}", port: 80}, {name: "{{ .Values.other }}", port: 80}]}]
            """);
        Assert.Equal(["Gateway/default/edge#listener:0", "Gateway/default/edge#listener:same", "Gateway/default/edge#listener:same~2"],
            graph.Nodes.Where(node => node.Kind == TopologyNodeKind.Listener).Select(node => node.Id));
        Assert.Equal(2, graph.Nodes.Count(node => node.Kind == TopologyNodeKind.Other && node.State == TopologyState.Unknown));
        Assert.DoesNotContain(graph.Edges, edge => edge.Kind == TopologyEdgeKind.Sends && edge.State == TopologyState.Error);
    }

    [Fact]
    public void Redirects_lead_to_listeners_of_other_Gateways_or_to_hosts()
    {
        TopologyGraph graph = TopologyCheck.Graph(
            """
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: one}
            spec: {gatewayClassName: any, listeners: [{name: http, port: 80, protocol: HTTP}]}
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: two}
            spec: {gatewayClassName: any, listeners: [{name: new, port: 80, protocol: HTTP, hostname: new.example.com}]}
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: moved}
            spec:
              parentRefs: [{name: one}]
              hostnames: [old.example.com]
              rules:
              - filters: [{type: RequestRedirect, requestRedirect: {hostname: www.example.org, scheme: https}}]
              - matches: [{path: {value: /x}}]
                filters: [{type: RequestRedirect, requestRedirect: {hostname: old.example.com, port: 8443}}]
            """);
        Assert.Equal(
        [
            "HTTPRoute/default/moved#rule:0 Redirects host:https://www.example.org \"302\"",
            "HTTPRoute/default/moved#rule:1 Redirects host:http://old.example.com:8443 \"302\"",
        ], TopologyCheck.Edges(graph, TopologyEdgeKind.Redirects));
    }

    [Fact]
    public void An_empty_workspace_is_an_empty_graph()
    {
        Assert.True(TopologyCheck.Graph("").HasSameContent(TopologyGraph.Empty));
        Assert.True(TopologyCheck.Graph("kind: [").HasSameContent(TopologyGraph.Empty));
    }
}
