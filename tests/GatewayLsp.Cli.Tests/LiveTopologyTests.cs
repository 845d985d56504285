using System.Text.Json;

namespace GatewayLsp.Cli.Tests;

/// <summary><c>topology --context</c>: the way through clusters as they are, and what the files would change of it.</summary>
public sealed class LiveTopologyTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private const string Gateway = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: edge, namespace: default}
        spec:
          gatewayClassName: sandbox
          listeners: [{name: web, port: 80, protocol: HTTP}]
        ---
        """;

    private static string Route(string name, string host) => $$"""

        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: {{name}}, namespace: default}
        spec:
          parentRefs: [{name: edge}]
          hostnames: [{{host}}]
          rules: [{backendRefs: [{name: shop, port: 80}]}]
        ---
        """;

    private static Dictionary<string, string> Marks(CliResult drawn)
    {
        Assert.True(drawn.ExitCode == 0, drawn.ToString());
        return JsonDocument.Parse(drawn.Out).RootElement.GetProperty("nodes").EnumerateArray()
            .ToDictionary(node => node.GetProperty("id").GetString()!, node => node.TryGetProperty("mark", out JsonElement mark) ? mark.GetString() ?? "" : "");
    }

    private static string[] MarksOf(Dictionary<string, string> marks, string id) =>
        [.. marks.Where(one => one.Key.EndsWith(':' + id, StringComparison.Ordinal)).Select(one => one.Value).Order(StringComparer.Ordinal)];

    [Fact]
    public async Task A_cluster_is_drawn_and_files_are_compared_with_it()
    {
        using CliHost host = sandbox.Host();
        await sandbox.Apply(host, Gateway + Route("stays", "a.example.com") + Route("goes", "b.example.com"), SandboxFixture.Eks);
        Dictionary<string, string> live = Marks(host.Run("topology", "--context", SandboxFixture.Eks, "--format", "json"));
        Assert.Equal(("", ""), (live["HTTPRoute/default/stays"], live["HTTPRoute/default/goes"]));

        host.Write("files/shop.yaml", Gateway + Route("stays", "a.example.com") + Route("comes", "c.example.com"));
        Dictionary<string, string> difference = Marks(host.Run("topology", "files", "--context", SandboxFixture.Eks, "--format", "json"));
        Assert.Equal(("", "removed", "added"), (difference["HTTPRoute/default/stays"], difference["HTTPRoute/default/goes"], difference["HTTPRoute/default/comes"]));

        // Files of no cluster are for both, as in the editor.
        Dictionary<string, string> two = Marks(host.Run("topology", "files", "--context", SandboxFixture.Eks, "--context", SandboxFixture.Gke, "--format", "json"));
        Assert.Equal(["", "added"], MarksOf(two, "HTTPRoute/default/stays"));
        Assert.Equal(["added", "added"], MarksOf(two, "HTTPRoute/default/comes"));
        Assert.Equal(["removed"], MarksOf(two, "HTTPRoute/default/goes"));

        // Files that are for one cluster are compared with that one.
        Dictionary<string, string> named = Marks(host.Run("topology", "files", "--cluster", SandboxFixture.Eks + "=files/**", "--context", SandboxFixture.Eks, "--format", "json"));
        Assert.Equal("added", named.Single(one => one.Key.EndsWith("HTTPRoute/default/comes", StringComparison.Ordinal)).Value);
        Assert.Equal("", named.Single(one => one.Key.EndsWith("HTTPRoute/default/stays", StringComparison.Ordinal)).Value);
    }

    [Theory]
    [InlineData("PATH or --context is missing", "topology")]
    [InlineData("--diff compares PATH with something", "topology", "--diff", ".", "--context", "c")]
    [InlineData("--diff and --context exclude each other", "topology", ".", "--diff", ".", "--context", "c")]
    [InlineData("there is no context 'c'", "topology", "--context", "c")]
    public void Wrong_usage_is_told(string message, params string[] args)
    {
        using CliHost host = sandbox.Host();
        CliResult result = host.Run(args);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }
}
