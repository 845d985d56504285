using System.Text;
using System.Text.Json;

namespace GatewayLsp.Cli.Tests;

/// <summary><c>trace</c>: its output for people and programs, and what it says to bad input.</summary>
public sealed class TraceTests : IDisposable
{
    private const string Manifests = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: edge, namespace: shop}
        spec:
          gatewayClassName: any
          listeners: [{name: http, port: 80, protocol: HTTP}]
        ---
        {apiVersion: v1, kind: Service, metadata: {name: cart, namespace: shop}, spec: {ports: [{port: 80}]}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: next, namespace: shop}, spec: {ports: [{port: 80}]}}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: cart, namespace: shop}
        spec:
          parentRefs: [{name: edge}]
          rules:
          - matches: [{path: {value: /cart}, headers: [{name: x-beta, value: "1"}]}]
            backendRefs: [{name: next, port: 80}]
          - name: canary
            matches: [{path: {value: /cart}}]
            filters:
            - {type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: x-by, value: edge}]}}
            - {type: RequestMirror, requestMirror: {backendRef: {name: next, port: 80}, percent: 7}}
            backendRefs: [{name: cart, port: 80, weight: 9}, {name: next, port: 80}]
          - matches: [{path: {value: /old}}]
            filters: [{type: RequestRedirect, requestRedirect: {scheme: https, statusCode: 301}}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: mesh, namespace: shop}
        spec:
          parentRefs: [{group: "", kind: Service, name: cart}]
          rules: [{backendRefs: [{name: next, port: 80}]}]
        """;

    private readonly CliHost _cli = new();

    public TraceTests() => _cli.Write("shop.yaml", Manifests);

    [Fact]
    public void People_get_the_result_first_and_the_reasons_last()
    {
        CliResult result = _cli.Run("trace", "--gateway", "shop/edge", "http://shop.example.com/cart/1?x=1", "shop.yaml");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(
            """
            GET http://shop.example.com/cart/1?x=1 to Gateway shop/edge
            -> 90 % shop/cart:80, 10 % shop/next:80
              listener  http (HTTP 80, all hostnames)
              route     HTTPRoute shop/cart, rule 2 (canary), match 1
                        shop.yaml:21
              filter    RequestHeaderModifier: set x-by: edge
              filter    RequestMirror: 7 % to shop/next:80
              backend      90 %  shop/cart:80
              backend      10 %  shop/next:80
              mirror        7 %  shop/next:80
              gets      GET /cart/1?x=1, host shop.example.com
                        x-by: edge
            why
              - Listener http (HTTP 80, all hostnames) takes it for shop.example.com.
              - HTTPRoute shop/cart, rule 1 does not match: it needs header x-beta: 1.
              - HTTPRoute shop/cart, rule 2 (canary) takes it: paths under /cart.
              - RequestMirror: shop/next:80 gets copies of 7 %.
              - shop/cart:80 gets 90 % of the requests.
              - shop/next:80 gets 10 % of the requests.

            """.ReplaceLineEndings("\n"),
            result.Out);
    }

    [Theory]
    [InlineData("http://x/old/1", "301 redirect to https://x/old/1")]
    [InlineData("http://x/none", "404")]
    [InlineData("x/none", "404")]
    [InlineData("/cart", "90 % shop/cart:80, 10 % shop/next:80")]
    public void The_second_line_is_the_result(string url, string expected) =>
        Assert.Equal("-> " + expected, _cli.Run("trace", url, ".").Out.Split('\n')[1]);

    [Fact]
    public void Options_make_the_request()
    {
        JsonElement trace = _cli.Run(
            "trace", "--gateway", "shop/edge", "--port", "80", "--method", "POST", "--header", "X-Beta: 1", "-H", "x-beta:1", "--format", "json", "x/cart", "shop.yaml").Json;
        Assert.Equal((1, "1,1"), (trace.GetProperty("rule").GetInt32(), trace.GetProperty("upstreamRequest").GetProperty("headers").GetProperty("X-Beta").GetString()));
    }

    [Fact]
    public void Requests_stay_in_the_mesh_with_from()
    {
        CliResult result = _cli.Run("trace", "--from", "shop", "http://cart/x", "shop.yaml");
        Assert.Equal("GET http://cart/x from namespace shop\n-> shop/next:80", string.Join('\n', result.Out.Split('\n')[..2]));
    }

    [Fact]
    public void Lines_of_json_are_answered_in_order()
    {
        _cli.Stdin = Encoding.UTF8.GetBytes(
            """
            {"id":"a","gateway":{"namespace":"shop","name":"edge","port":80},"protocol":"http","request":{"method":"GET","host":"x","path":"/cart","headers":{"A":"b"},"sni":null}}

            {"id":{"n":2},"gateway":{"namespace":"shop","name":"edge","listener":"http"},"request":{"path":"/old"}}
            {"id":3,"client":{"namespace":"shop"},"request":{"host":"cart"}}
            {"id":4,"gateway":{"namespace":"shop","name":"edge"},"request":{"path":"/none"}}
            """);
        CliResult result = _cli.Run("trace", "--jsonl", "shop.yaml");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        string[] lines = result.Out.TrimEnd('\n').Split('\n');
        Assert.Equal(
            """
            {"id":"a","listener":"http","route":{"kind":"HTTPRoute","namespace":"shop","name":"cart"},"rule":1,"ruleName":"canary","match":0,"filters":[{"type":"RequestHeaderModifier","set":[{"name":"x-by","value":"edge"}]},{"type":"RequestMirror","backendRef":{"namespace":"shop","name":"next","port":80},"percent":7}],"response":null,"redirect":null,"backends":[{"namespace":"shop","name":"cart","port":80,"weight":9,"share":0.9},{"namespace":"shop","name":"next","port":80,"weight":1,"share":0.1}],"mirrors":[{"namespace":"shop","name":"next","port":80,"percent":7,"share":0.07}],"upstreamRequest":{"host":"x","path":"/cart","method":"GET","headers":{"A":"b","x-by":"edge"}},
            """.Trim(),
            lines[0][..(lines[0].IndexOf("\"why\"", StringComparison.Ordinal))]);
        JsonElement[] traces = [.. lines.Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal("""{"n":2}""", traces[1].GetProperty("id").GetRawText());
        Assert.Equal("""{"scheme":"https","host":"","port":null,"path":"/old","statusCode":301}""", traces[1].GetProperty("redirect").GetRawText());
        Assert.Equal("""{"statusCodes":[301]}""", traces[1].GetProperty("response").GetRawText());
        Assert.Equal("next", traces[2].GetProperty("backends")[0].GetProperty("name").GetString());
        Assert.Equal("""{"statusCodes":[404]}""", traces[3].GetProperty("response").GetRawText());
        Assert.False(traces[3].TryGetProperty("error", out _));
    }

    [Theory]
    [InlineData("{x", "the line is not JSON, see character 2")]
    [InlineData("[]", "a request is an object")]
    [InlineData("{}", "'request' is missing")]
    [InlineData("""{"protocol":"smtp","request":{}}""", "'protocol' is none of http, grpc, tls, tcp, udp: smtp")]
    [InlineData("""{"gateway":{"name":"edge","port":"x"},"request":{}}""", "'port' is not a number from 1 to 65535")]
    [InlineData("""{"gateway":{"name":"edge"},"request":{}}""", "There is no Gateway default/edge in these manifests; there are shop/edge.")]
    [InlineData("""{"gateway":{"namespace":"shop","name":"edge","port":81},"request":{}}""", "Gateway shop/edge has no listener for HTTP on port 81; it has HTTP 80.")]
    public void Lines_that_are_no_request_are_told(string line, string expected)
    {
        _cli.Stdin = Encoding.UTF8.GetBytes(line + "\n");
        CliResult result = _cli.Run("trace", "--jsonl", "shop.yaml");
        Assert.Equal((1, ""), (result.ExitCode, result.Error));
        Assert.Equal(expected, result.Json.GetProperty("error").GetString());
    }

    [Theory]
    [InlineData(2, "error: 'ftp://x' is no URL: the scheme 'ftp' is none of http, https, grpc, grpcs, tls, tcp, udp", "ftp://x", "shop.yaml")]
    [InlineData(2, "error: 'http://x:99999/' is no URL: '99999' is no port", "http://x:99999/", "shop.yaml")]
    [InlineData(2, "error: 'http://*.x/' is no URL: a request is for one host, without '*'", "http://*.x/", "shop.yaml")]
    [InlineData(2, "error: 'http://a b/' is no URL: it has blanks or control characters in it; write them as %20 and so on", "http://a b/", "shop.yaml")]
    [InlineData(2, "error: PATH is missing: where the manifests are", "http://x/")]
    [InlineData(2, "error: --header: 'x' is not 'Name: value'", "--header", "x", "http://x/", "shop.yaml")]
    [InlineData(2, "error: --gateway: 'a/b/c/d' is not NAMESPACE/NAME, nor CLUSTER/NAMESPACE/NAME", "--gateway", "a/b/c/d", "http://x/", "shop.yaml")]
    [InlineData(2, "error: --backend-delay: 'soon' is no duration like 500ms or 1s", "--backend-delay", "soon", "http://x/", "shop.yaml")]
    [InlineData(2, "error: --port: 0 is not from 1 to 65535", "--port", "0", "http://x/", "shop.yaml")]
    [InlineData(2, "error: stdin holds the requests with --jsonl; give manifests as files or folders", "--jsonl", "-")]
    [InlineData(1, "error: There is no Gateway shop/edgy in these manifests; there are shop/edge.", "--gateway", "shop/edgy", "http://x/", "shop.yaml")]
    [InlineData(1, "error: Gateway shop/edge has no listener for HTTP on port 8080; it has HTTP 80.", "--port", "8080", "http://x/", "shop.yaml")]
    public void Mistakes_are_told_plainly(int code, string message, params string[] args)
    {
        CliResult result = _cli.Run(["trace", .. args]);
        Assert.Equal((code, ""), (result.ExitCode, result.Out));
        Assert.Equal(message, result.Error.Split('\n')[0]);
    }

    [Fact]
    public void Without_a_gateway_nothing_can_be_followed()
    {
        _cli.Write("service.yaml", "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {ports: [{port: 80}]}}");
        CliResult result = _cli.Run("trace", "http://x/", "service.yaml");
        Assert.Equal((1, "error: there is no Gateway in these manifests\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public void One_of_several_gateways_must_be_named()
    {
        _cli.Write("more.yaml", "{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: other}, spec: {gatewayClassName: c, listeners: []}}");
        CliResult result = _cli.Run("trace", "http://x/", ".");
        Assert.Equal((2, "error: --gateway is missing; there are default/other, shop/edge\n"), (result.ExitCode, result.Error));
    }

    public void Dispose() => _cli.Dispose();
}
