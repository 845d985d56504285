using GatewayLsp.Engine.Expectations;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Engine.Text;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Expectations;

/// <summary>What became of a request, kept as an expectation: it holds at once, wherever it is written.</summary>
public sealed class ExpectationWriterTests
{
    private const string Gateways = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: front, namespace: infra}
        spec: {gatewayClassName: istio, listeners: [{name: web, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}]}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: back, namespace: infra}
        spec: {gatewayClassName: istio, listeners: [{name: web, port: 8080, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}]}

        """;

    private const string Rules = """
        rules:
          - matches: [{path: {value: /split}}]
            filters: [{type: RequestMirror, requestMirror: {backendRef: {name: shadow, port: 80}, percent: 10}}]
            backendRefs: [{name: a, port: 80, weight: 2}, {name: b, port: 80, weight: 1}, {name: c, port: 80, weight: 0}]
          - matches: [{path: {value: /ports}}]
            backendRefs: [{name: a, port: 80, weight: 1}, {name: a, port: 81, weight: 1}]
        """;

    private static string Route(string parents) =>
        $"---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {{name: shop, namespace: shop}}\nspec:\n  parentRefs: [{parents}]\n  hostnames: [shop.example.com]\n  {Rules}\n";

    private static readonly string OneParent = Route("{name: front, namespace: infra}");

    [Theory]
    [InlineData("/split", "GET http://shop.example.com/split -> a 66.7%, b 33.3%, mirror shadow 10%")]
    [InlineData("/ports?x=%20", "GET http://shop.example.com/ports?x=%20 -> a:80 50%, a:81 50%")]
    [InlineData("/none", "GET http://shop.example.com/none -> 404")]
    public void Shares_mirrors_and_ports_are_written_as_they_are_read(string path, string expected) => Holds(Gateways + OneParent, path, expected);

    /// <summary>The HTTPRoute would take it as a request of HTTP; a call of gRPC it does not get.</summary>
    [Theory]
    [InlineData("shop.example.com", "grpc://shop.example.com/split.Api/Get -> 404")]
    [InlineData("", "grpc:///split.Api/Get -> 404")]
    public void A_call_that_no_route_takes_stays_a_call(string host, string expected) =>
        Holds(Gateways + OneParent, Request("/split.Api/Get") with { Host = host, Protocol = TraceProtocol.Grpc }, expected);

    [Fact]
    public void A_call_beside_its_route_is_written_as_a_request() =>
        Holds(Gateways + "---\napiVersion: gateway.networking.k8s.io/v1\nkind: GRPCRoute\nmetadata: {name: api, namespace: infra}\nspec:\n  parentRefs: [{name: front}]\n  rules: [{backendRefs: [{name: a, port: 80}]}]\n",
            Request("/a.B/C") with { Protocol = TraceProtocol.Grpc }, "GET http://shop.example.com/a.B/C -> a");

    [Fact]
    public void A_route_of_several_parents_says_which() =>
        Holds(Gateways + Route("{name: front, namespace: infra}, {name: back, namespace: infra}"), "/split", "GET http://shop.example.com/split via infra/front -> a 66.7%, b 33.3%, mirror shadow 10%");

    [Fact]
    public void Within_a_list_it_stays_with_its_item()
    {
        string text = Gateways + "---\napiVersion: v1\nkind: List\nitems:\n- apiVersion: gateway.networking.k8s.io/v1\n  kind: HTTPRoute\n  metadata: {name: shop, namespace: shop}\n  spec:\n    parentRefs: [{name: front, namespace: infra}]\n    hostnames: [shop.example.com]\n    rules: [{backendRefs: [{name: a, port: 80}]}]\n";
        Assert.Contains("\n- apiVersion: gateway.networking.k8s.io/v1\n  # expect: GET http://shop.example.com/x -> a\n  kind", Holds(text, "/x", "GET http://shop.example.com/x -> a"), StringComparison.Ordinal);
    }

    [Fact]
    public void Line_ends_stay_those_of_the_file() =>
        Assert.Contains("mirror shadow 10%\r\n", Holds((Gateways + OneParent).ReplaceLineEndings("\r\n"), "/split", "GET http://shop.example.com/split -> a 66.7%, b 33.3%, mirror shadow 10%"), StringComparison.Ordinal);

    [Fact]
    public void What_has_no_words_is_refused_with_the_reason()
    {
        Analysis analysis = WorkspaceFixture.Parse(Gateways + OneParent).Analysis;
        Assert.Equal("The request can't be followed.", analysis.ExpectationOf(Request("/split") with { Gateway = new ObjectName("infra", "none") }).Problem);
        Assert.Equal("The request has signs that a comment can't hold.", analysis.ExpectationOf(Request("/split") with { Headers = HeaderList.Of([new("x-a", "both \" and '")]) }).Problem);
    }

    private static TraceRequest Request(string path) => new() { Gateway = new ObjectName("infra", "front"), Host = "shop.example.com", Path = path };

    /// <summary>Writes it, and gives the text with it in.</summary>
    private static string Holds(string text, string path, string expected) => Holds(text, Request(path), expected);

    private static string Holds(string text, TraceRequest request, string expected)
    {
        WorkspaceFixture fixture = WorkspaceFixture.Parse(text);
        NewExpectation made = fixture.Analysis.ExpectationOf(request);
        Assert.Null(made.Problem);
        Assert.Equal(expected, made.Text);
        TextEdit edit = Assert.Single(made.Edit!.Edits);
        string after = text.Insert(new LineIndex(text).OffsetOf(edit.Range.Start), edit.NewText);
        ExpectationResult read = Assert.Single(WorkspaceFixture.Parse(after).Analysis.Expectations(made.Edit.Path));
        Assert.Equal((expected, true, null), (read.Text, read.IsKnown, read.Problem));
        return after;
    }
}
