using System.Text.Json;
using GatewayLsp.Testing;

namespace GatewayLsp.Cli.Tests;

/// <summary><c>gateway-lsp contexts</c>: what is listed, what is asked, what is said.</summary>
public sealed class ContextsTests : IDisposable
{
    private const string Config = """
        apiVersion: v1
        kind: Config
        current-context: staging
        clusters:
        - {name: c, cluster: {server: "https://127.0.0.1:1"}}
        contexts:
        - {name: "gke_demo_asia-northeast3_remote", context: {cluster: c, user: u, namespace: shop}}
        - {name: staging, context: {cluster: c, user: plugin}}
        users:
        - {name: u, user: {token: planted-secret}}
        - {name: plugin, user: {exec: {command: gateway-lsp-no-such-plugin, apiVersion: client.authentication.k8s.io/v1, installHint: Get it., args: [eks]}}}
        """;

    private readonly CliHost _host = new();

    public ContextsTests() => _host.Write("config", Config);

    public void Dispose() => _host.Dispose();

    private static string[] Names(CliResult result) => [.. result.Json.GetProperty("contexts").EnumerateArray().Select(one => one.GetProperty("name").GetString()!)];

    [Fact]
    public void Without_a_probe_nothing_is_asked()
    {
        CliResult result = _host.Run("contexts", "--kubeconfig", "config", "--no-probe", "--format", "json");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(["gke_demo_asia-northeast3_remote", "staging"], Names(result));
        JsonElement first = result.Json.GetProperty("contexts")[0];
        Assert.Equal(("gke", "remote (GKE, asia-northeast3)", "c", "shop"), (Text(first, "provider"), Text(first, "label"), Text(first, "cluster"), Text(first, "namespace")));
        Assert.Equal(JsonValueKind.Null, first.GetProperty("reachable").ValueKind);
        Assert.Equal(JsonValueKind.Null, first.GetProperty("version").ValueKind);
        Assert.Equal(JsonValueKind.Null, first.GetProperty("reason").ValueKind);
    }

    [Fact]
    public void Clusters_that_do_not_answer_say_why()
    {
        CliResult result = _host.Run("contexts", "--kubeconfig", "config", "--format", "json");
        Assert.Equal(0, result.ExitCode);
        JsonElement[] contexts = [.. result.Json.GetProperty("contexts").EnumerateArray()];
        Assert.All(contexts, one => Assert.False(one.GetProperty("reachable").GetBoolean()));
        Assert.StartsWith("Nobody listens at `127.0.0.1:1`", Text(contexts[0], "reason"), StringComparison.Ordinal);
        Assert.StartsWith("The credential plugin `gateway-lsp-no-such-plugin` was not found", Text(contexts[1], "reason"), StringComparison.Ordinal);
        Assert.StartsWith("Get it.\nPATH that was searched:", Text(contexts[1], "hint"), StringComparison.Ordinal);
        Assert.DoesNotContain("planted-secret", result.Out + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_text_is_a_line_a_context()
    {
        string text = _host.Run("contexts", "--kubeconfig", "config").Out;
        Assert.Contains("bad  gke_demo_asia-northeast3_remote  remote (GKE, asia-northeast3)  Nobody listens", text, StringComparison.Ordinal);
        Assert.Contains("\n       Get it.\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_context_that_is_not_there_is_told_with_those_that_are()
    {
        CliResult other = _host.Run("status", "--kubeconfig", "config", "--context", "production");
        Assert.Equal(2, other.ExitCode);
        Assert.StartsWith("error: there is no context 'production'; there is ", other.Error, StringComparison.Ordinal);
        Assert.Contains("staging", other.Error, StringComparison.Ordinal);
        using var none = new CliHost();
        none.Variables["HOME"] = none.Folder;
        Assert.Equal($"error: there is no context 'production', nor any other; looked in {Path.Combine(none.Folder, ".kube", "config")} (KUBECONFIG or --kubeconfig name others)\nSee 'gateway-lsp status --help'.\n",
            none.Run("status", "--context", "production").Error);
    }

    [Fact]
    public void Contexts_can_be_chosen_and_must_exist()
    {
        Assert.Equal(["staging"], Names(_host.Run("contexts", "--kubeconfig", "config", "--no-probe", "--format", "json", "--context", "staging")));
        CliResult wrong = _host.Run("contexts", "--kubeconfig", "config", "--no-probe", "--context", "stagin");
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("there is no context 'stagin'", wrong.Error, StringComparison.Ordinal);
        Assert.Contains("staging", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_variable_names_several_files()
    {
        _host.Write("second", Config.Replace("staging", "production", StringComparison.Ordinal));
        _host.Variables["KUBECONFIG"] = $"{_host.Folder}/config:{_host.Folder}/second";
        Assert.Equal(["gke_demo_asia-northeast3_remote", "staging", "production"], Names(_host.Run("contexts", "--no-probe", "--format", "json")));
    }

    [Fact]
    public void What_is_missing_or_broken_is_told()
    {
        CliResult missing = _host.Run("contexts", "--kubeconfig", "nowhere", "--format", "json");
        Assert.Equal(2, missing.ExitCode);
        Assert.StartsWith("error: ", missing.Error, StringComparison.Ordinal);
        Assert.Contains("nowhere: There is no such file.", missing.Error, StringComparison.Ordinal);
        _host.Write("config", "contexts: {planted-secret\n");
        CliResult broken = _host.Run("contexts", "--kubeconfig", "config");
        Assert.Equal(2, broken.ExitCode);
        Assert.DoesNotContain("planted-secret", broken.Out + broken.Error, StringComparison.Ordinal);
        _host.Variables["HOME"] = _host.Folder;
        CliResult none = _host.Run("contexts", "--format", "json");
        Assert.Equal(0, none.ExitCode);
        Assert.Empty(Names(none));
        Assert.Contains(".kube/config", none.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_says_which_cluster_does_not_answer_why_and_what_to_do()
    {
        _host.Write("shop.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: demo}\n");
        foreach (string command in (string[])["diff", "apply"])
        {
            CliResult refused = _host.Run([command, "shop.yaml", "--kubeconfig", "config", "--context", "gke_demo_asia-northeast3_remote", .. command == "apply" ? (string[])["--yes"] : []]);
            Assert.Equal(2, refused.ExitCode);
            Assert.Contains("  Nobody listens at `127.0.0.1:1`", refused.Out, StringComparison.Ordinal);
            Assert.Contains("  help: once gateway-lsp contexts --context gke_demo_asia-northeast3_remote calls it ok, the same command again; or leave this --context out\n", refused.Out, StringComparison.Ordinal);
            Assert.Equal(command == "apply", refused.Out.Contains("\nNothing was written. remote (GKE, asia-northeast3): Nobody listens at `127.0.0.1:1`", StringComparison.Ordinal));
        }
        CliResult missing = _host.Run("apply", "shop.yaml", "--kubeconfig", "config", "--context", "staging", "--yes", "--format", "json");
        Assert.StartsWith("staging: The credential plugin `gateway-lsp-no-such-plugin` was not found", missing.Json.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("soon")]
    [InlineData("1e9")]
    public void Odd_times_are_refused(string seconds) => Assert.Equal(2, _host.Run("contexts", "--timeout", seconds, "--no-probe").ExitCode);

    [ClusterFact]
    public void Real_clusters_answer_as_each_user()
    {
        using RealCluster cluster = RealCluster.Start();
        _host.Variables["PATH"] = RealCluster.Plugins + ":/usr/bin:/bin";
        CliResult result = _host.Run("contexts", "--kubeconfig", cluster.KubeConfig, "--format", "json");
        Dictionary<string, JsonElement> contexts = result.Json.GetProperty("contexts").EnumerateArray().ToDictionary(one => Text(one, "name")!, StringComparer.Ordinal);
        JsonElement eks = contexts["arn:aws:eks:ap-northeast-2:111122223333:cluster/primary"], gke = contexts["gke_demo-project_asia-northeast3_remote"];
        Assert.Equal(("eks", "primary (EKS, ap-northeast-2)", "primary", "v1.36.4-eks-0000000"), (Text(eks, "provider"), Text(eks, "label"), Text(eks, "cluster"), Text(eks, "version")));
        Assert.Equal(("gke", "remote (GKE, asia-northeast3)", "remote", "v1.36.4-gke.1000000"), (Text(gke, "provider"), Text(gke, "label"), Text(gke, "cluster"), Text(gke, "version")));
        Assert.True(contexts["eks-dev"].GetProperty("reachable").GetBoolean());
        Assert.False(contexts["gke-expired"].GetProperty("reachable").GetBoolean());
        Assert.Contains("does not accept the credentials", Text(contexts["gke-expired"], "reason"), StringComparison.Ordinal);
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
