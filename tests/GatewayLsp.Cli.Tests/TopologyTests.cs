using System.Diagnostics;
using System.Text.Json;
using System.Xml.Linq;

namespace GatewayLsp.Cli.Tests;

/// <summary>What <c>topology</c> writes, in each of its forms.</summary>
public sealed class TopologyTests : IDisposable
{
    private const string Shop =
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: front, namespace: shop}
        spec:
          gatewayClassName: any
          listeners:
          - {name: http, port: 80, protocol: HTTP}
          - {name: https, port: 443, protocol: HTTPS, hostname: "*.example.com", tls: {certificateRefs: [{name: wild}]}}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: upgrade, namespace: shop}
        spec:
          parentRefs: [{name: front, sectionName: http}]
          rules:
          - filters: [{type: RequestRedirect, requestRedirect: {scheme: https, statusCode: 301}}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: store, namespace: shop}
        spec:
          parentRefs: [{name: front, sectionName: https}, {name: nobody}]
          hostnames: [store.example.com]
          rules:
          - matches: [{path: {value: /cart}}]
            backendRefs: [{name: cart, port: 8080, weight: 9}, {name: canary, port: 8080}]
        ---
        {apiVersion: v1, kind: Service, metadata: {name: cart, namespace: shop}, spec: {selector: {app: cart}, ports: [{port: 8080}]}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: cart, namespace: shop}
        spec:
          selector: {matchLabels: {app: cart}}
          template: {metadata: {labels: {app: cart}}, spec: {containers: [{name: cart, image: "cart:1"}]}}

        """;

    private readonly CliHost _cli = new();

    [Theory]
    [InlineData("mermaid", "topology.mmd")]
    [InlineData("dot", "topology.dot")]
    [InlineData("svg", "topology.svg")]
    public void Forms_are_as_reviewed(string format, string golden)
    {
        CliResult result = _cli.Write("shop.yaml", Shop).Run("topology", "shop.yaml", "--format", format);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Golden.Check(golden, result.Out);
    }

    [Fact]
    public void Json_has_the_shape_that_is_documented()
    {
        CliResult result = _cli.Write("shop.yaml", Shop).Run("topology", ".", "--format", "json");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Golden.Check("topology.json", JsonSerializer.Serialize(result.Json, Golden.Indented) + "\n");
    }

    [Fact]
    public void A_comparison_marks_the_difference()
    {
        _cli.Write("old/shop.yaml", Shop).Write("new/shop.yaml", Shop.Replace("weight: 9", "weight: 1", StringComparison.Ordinal).Replace("/cart}", "/basket}", StringComparison.Ordinal));
        CliResult result = _cli.Run("topology", "new", "--diff", "old", "--format", "json");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(["rule changed"], Marked(result.Json.GetProperty("nodes")));
        Assert.Equal(["sends changed", "sends changed"], Marked(result.Json.GetProperty("edges")));
        Assert.Equal("90 %", result.Json.GetProperty("edges").EnumerateArray().First(edge => edge.TryGetProperty("mark", out _)).GetProperty("labelBefore").GetString());
        Assert.Contains("|\"90 #37; → 50 #37;\"|", _cli.Run("topology", "new", "--diff", "old").Out, StringComparison.Ordinal);

        static IEnumerable<string> Marked(JsonElement list) => list.EnumerateArray().Where(one => one.TryGetProperty("mark", out _))
            .Select(one => one.GetProperty("kind").GetString() + " " + one.GetProperty("mark").GetString());
    }

    [Fact]
    public void Filters_choose()
    {
        _cli.Write("shop.yaml", Shop);
        Assert.DoesNotContain("upgrade", _cli.Run("topology", "shop.yaml", "--host", "store.example.com", "--gateway", "shop/nobody").Out, StringComparison.Ordinal);
        Assert.DoesNotContain("\"rule\"", _cli.Run("topology", "shop.yaml", "--format", "json", "--collapse", "rules", "--collapse", "workloads", "--namespace", "shop").Out, StringComparison.Ordinal);
        CliResult none = _cli.Run("topology", "shop.yaml", "--cluster", "west");
        Assert.Equal((0, "flowchart LR\n", "warning: nothing in these manifests fits the filters\n"), (none.ExitCode, none.Out, none.Error));
    }

    [Fact]
    public void Writes_to_a_file()
    {
        CliResult result = _cli.Write("shop.yaml", Shop).Run("topology", "shop.yaml", "--format", "svg", "--out", "shop.svg");
        Assert.Equal((0, "", ""), (result.ExitCode, result.Out, result.Error));
        Assert.Equal("svg", XDocument.Load(Path.Combine(_cli.Folder, "shop.svg")).Root!.Name.LocalName);
        result = _cli.Run("topology", "shop.yaml", "--out", "no/such/folder.svg");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("no/such/folder.svg: can't be written", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--collapse", "all")]
    [InlineData("--gateway", "a/b/c")]
    [InlineData("--format", "png")]
    public void Wrong_usage_ends_with_2(string option, string value)
    {
        CliResult result = _cli.Write("shop.yaml", Shop).Run("topology", "shop.yaml", option, value);
        Assert.Equal((2, ""), (result.ExitCode, result.Out));
        Assert.Contains(value, result.Error, StringComparison.Ordinal);
        Assert.Equal(2, _cli.Run("topology", "nowhere.yaml").ExitCode);
    }

    [GraphvizFact]
    public void Graphviz_reads_the_DOT_form()
    {
        using Process dot = Process.Start(new ProcessStartInfo("dot", ["-Tplain"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        dot.StandardInput.Write(_cli.Write("shop.yaml", Shop).Run("topology", "shop.yaml", "--format", "dot").Out);
        dot.StandardInput.Close();
        Assert.Contains("Gateway/shop/front", dot.StandardOutput.ReadToEnd(), StringComparison.Ordinal);
        dot.WaitForExit();
        Assert.Equal(0, dot.ExitCode);
    }

    public void Dispose() => _cli.Dispose();

    /// <summary>Skipped where Graphviz is not installed.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class GraphvizFactAttribute : FactAttribute
    {
        public GraphvizFactAttribute()
        {
            if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "dot"))))
            {
                Skip = "Graphviz (dot) is not installed.";
            }
        }
    }
}
