using System.Text.Json;

namespace GatewayLsp.Cli.Tests;

/// <summary><c>--cluster NAME=GLOB</c> on all commands that read manifests, and clusters by kustomization.</summary>
public sealed class SeveralClustersTests : IDisposable
{
    private readonly CliHost _cli = new();

    public SeveralClustersTests()
    {
        _cli.Write("base/kustomization.yaml", "resources: [gateway.yaml, route.yaml]\n")
            .Write("base/gateway.yaml", """
                apiVersion: gateway.networking.k8s.io/v1
                kind: Gateway
                metadata: {name: front, namespace: shop}
                spec: {gatewayClassName: any, listeners: [{name: web, port: 80, protocol: HTTP}]}
                """)
            .Write("base/route.yaml", """
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: shop, namespace: shop}
                spec: {parentRefs: [{name: front}], rules: [{backendRefs: [{name: cart, port: 80}]}]}
                """)
            .Write("clusters/west/kustomization.yaml", "resources: [../../base, cart.yaml]\n").Write("clusters/west/cart.yaml", Service(80))
            .Write("clusters/east/kustomization.yaml", "resources: [../../base, cart.yaml]\n").Write("clusters/east/cart.yaml", Service(81));
    }

    [Fact]
    public void Check_names_the_cluster_where_a_finding_of_the_base_holds()
    {
        CliResult result = Run("check", "--format", "json", ".");
        JsonElement found = Assert.Single(result.Json.GetProperty("files").EnumerateArray().SelectMany(file => file.GetProperty("diagnostics").EnumerateArray()));
        Assert.Equal("port-not-found", found.GetProperty("code").GetString());
        Assert.StartsWith("In cluster `east`: ", found.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("[\"east\",\"west\"]", found.GetProperty("object").GetProperty("clusters").GetRawText());
        Assert.Equal("", result.Error);
    }

    [Fact]
    public void Conditions_and_trace_are_those_of_each_cluster()
    {
        JsonElement[] routes = [.. Run("conditions", "--format", "json", ".").Json.GetProperty("objects").EnumerateArray().Where(one => one.GetProperty("kind").GetString() == "HTTPRoute")];
        Assert.Equal(["east", "west"], routes.Select(one => one.GetProperty("cluster").GetString()));
        CliResult west = Run("trace", "--gateway", "west/shop/front", "http://x/", ".");
        Assert.StartsWith("GET http://x/ to Gateway shop/front of cluster west\n-> shop/cart:80\n", west.Out, StringComparison.Ordinal);
        Assert.StartsWith("GET http://x/ to Gateway shop/front of cluster east\n-> 500\n", Run("trace", "--gateway", "east/shop/front", "http://x/", ".").Out, StringComparison.Ordinal);
        JsonElement share = Assert.Single(Run("trace", "--format", "json", "--gateway", "west/shop/front", "http://x/", ".").Json.GetProperty("clusterShares").EnumerateArray());
        Assert.Equal("""{"clusters":["west"],"share":1,"basis":"weights"}""", share.GetRawText());
    }

    /// <summary>It may be applied anywhere: what it would meet there nobody can say, and no controller is waited for.</summary>
    [Fact]
    public void Of_a_route_of_no_cluster_is_said_that_nothing_is_known()
    {
        _cli.Write("loose.yaml", "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: loose, namespace: shop}\nspec: {parentRefs: [{name: nowhere}]}\n");
        JsonElement loose = Run("conditions", "--format", "json", ".").Json.GetProperty("objects").EnumerateArray().Single(one => one.GetProperty("name").GetString() == "loose");
        JsonElement accepted = loose.GetProperty("parents")[0].GetProperty("conditions")[0];
        Assert.Equal("Unknown", accepted.GetProperty("status").GetString());
        Assert.Equal("HTTPRoute shop/loose is for no cluster in particular, so nothing is known of Gateway shop/nowhere; say which cluster its file is for.", accepted.GetProperty("message").GetString());
    }

    [Fact]
    public void Dry_run_and_topology_tell_the_clusters()
    {
        JsonElement[] files = [.. Run("dry-run", "--format", "json", ".").Json.GetProperty("files").EnumerateArray()];
        JsonElement Object(string path) => files.Single(file => file.GetProperty("path").GetString() == path).GetProperty("objects")[0].GetProperty("object");
        Assert.Equal("east", Object("clusters/east/cart.yaml").GetProperty("cluster").GetString());
        Assert.Equal("[\"east\",\"west\"]", Object("base/route.yaml").GetProperty("clusters").GetRawText());

        JsonElement graph = Run("topology", "--format", "json", ".").Json;
        Assert.Equal(["@east:Gateway/shop/front", "@west:Gateway/shop/front"],
            graph.GetProperty("nodes").EnumerateArray().Where(node => node.GetProperty("kind").GetString() == "gateway").Select(node => node.GetProperty("id").GetString()));
        // A name alone is a filter, as ever.
        JsonElement west = Run("topology", "--cluster", "west", "--format", "json", ".").Json;
        Assert.All(west.GetProperty("nodes").EnumerateArray().Where(node => node.GetProperty("kind").GetString() != "client"), node => Assert.Equal("west", node.GetProperty("cluster").GetString()));
    }

    [Theory]
    [InlineData("check")]
    [InlineData("conditions")]
    [InlineData("dry-run")]
    [InlineData("topology")]
    public void A_glob_that_nothing_fits_is_told(string command)
    {
        CliResult result = Run(command, "--cluster", "north=clusters/nroth", ".");
        Assert.Equal("warning: --cluster north=clusters/nroth: none of the files that were read fits it\n", result.Error);
    }

    [Fact]
    public void A_line_of_curl_is_a_request()
    {
        CliResult result = Run("trace", "--gateway", "west/shop/front", "-H", "x-b: 2", "curl -X POST -H 'X-A: 1' http://shop.example.com/buy", ".");
        Assert.StartsWith("POST http://shop.example.com/buy to Gateway shop/front of cluster west\n", result.Out, StringComparison.Ordinal);
        Assert.Contains("x-a: 1", result.Out, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("x-b: 2", result.Out, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("is no request: there is no URL in it", Run("trace", "curl -v", ".").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scheme_that_no_listener_speaks_is_told_in_clear_words()
    {
        CliResult result = Run("trace", "--gateway", "west/shop/front", "https://shop.example.com/", ".");
        Assert.Equal((1, "error: Gateway shop/front has no listener for HTTPS; it has HTTP 80. Nothing answers https:// there; ask with http://.\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public void A_request_within_the_mesh_may_name_its_cluster()
    {
        CliResult result = Run("trace", "--from", "east/shop", "http://cart:81/", ".");
        Assert.StartsWith("GET http://cart:81/ from namespace shop of cluster east\n-> shop/cart:81\n", result.Out, StringComparison.Ordinal);
    }

    public void Dispose() => _cli.Dispose();

    private CliResult Run(string command, params string[] args) => _cli.Run([command, "--cluster", "west=clusters/west", "--cluster", "east=clusters/east", .. args]);

    private static string Service(int port) => $"apiVersion: v1\nkind: Service\nmetadata: {{name: cart, namespace: shop}}\nspec: {{selector: {{app: cart}}, ports: [{{port: {port}}}]}}\n";
}
