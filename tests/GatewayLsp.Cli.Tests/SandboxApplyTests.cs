using System.Diagnostics;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Kubernetes;
using GatewayLsp.Kubernetes.Credentials;
using GatewayLsp.Kubernetes.Targets;
using GatewayLsp.Testing;

namespace GatewayLsp.Cli.Tests;

/// <summary><c>apply</c> and <c>rollback</c> where controllers run: what they made must not stand in the way.</summary>
public sealed class SandboxApplyTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private static readonly string[] Both = ["--context", SandboxFixture.Eks, "--context", SandboxFixture.Gke];

    [Fact]
    public async Task A_namespace_that_was_made_is_taken_back_with_what_runs_in_it()
    {
        using CliHost host = sandbox.Host();
        string[] names = ["10-gateway.yaml", "20-helloworld.yaml", "40-export.yaml"];
        host.Write("demo.yaml", string.Join("\n---\n", names.Select(name => File.ReadAllText(Path.Combine(SharedFiles.Root, "samples", "multi-cluster", name)))));
        CliResult applied = host.Run(["apply", "demo.yaml", "--create-namespaces", "--yes", .. Both]);
        Assert.True(applied.ExitCode == 0, applied.ToString());
        await sandbox.Clusters.Settle();
        foreach (string context in (string[])[SandboxFixture.Gke, SandboxFixture.Eks])
        {
            CliResult back = host.Run("rollback", "--context", context, "--yes");
            Assert.True(back.ExitCode == 0, back.ToString());
        }
        CliResult again = host.Run(["diff", "demo.yaml", .. Both]);
        Assert.Contains("The namespace `demo` does not exist", again.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_definition_and_its_objects_are_applied_at_once()
    {
        using CliHost host = sandbox.Host();
        host.Write("cat.yaml", """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: cats.example.com}
            spec:
              group: example.com
              scope: Namespaced
              names: {kind: Cat, plural: cats}
              versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}]
            ---
            apiVersion: example.com/v1
            kind: Cat
            metadata: {name: tom, namespace: default}
            """);
        long start = Stopwatch.GetTimestamp();
        CliResult applied = host.Run("apply", "cat.yaml", "--yes", "--timeout", "10", "--context", SandboxFixture.Eks);
        Assert.True(applied.ExitCode == 0 && applied.Out.Contains("Applied 2 objects.", StringComparison.Ordinal), applied.ToString());
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(10));
        CliResult back = host.Run("rollback", "--context", SandboxFixture.Eks, "--yes");
        Assert.True(back.ExitCode == 0, back.ToString());
    }

    /// <summary>What others changed stays theirs, and does not stand before what was applied earlier.</summary>
    [Fact]
    public async Task The_way_back_goes_on_behind_what_is_left_to_others()
    {
        static string Map(int a) => $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: left, namespace: default}}\ndata: {{a: \"{a}\", b: \"{a}\"}}\n";
        using CliHost host = sandbox.Host();
        await sandbox.Apply(host, Map(1), SandboxFixture.Eks);
        await sandbox.Apply(host, Map(2), SandboxFixture.Eks);
        using var directory = new ClusterDirectory(new KubeconfigLocation { Explicit = [sandbox.Clusters.Kubeconfig] }, ClusterSettings.Default, Trusted.Instance);
        IClusterClient client = directory.Connect(SandboxFixture.Eks).Value!;
        var address = new ResourceAddress((await client.DiscoverAsync(default)).Value!.Find("", "ConfigMap")!, "default", "left");
        Assert.True((await client.PatchAsync(address, PatchKind.Merge, """{"data":{"a":"9"}}"""u8.ToArray(), new WriteOptions(), null, default)).IsOk);

        string[] back = ["rollback", "--context", SandboxFixture.Eks, "--yes", "--force"];
        CliResult second = host.Run(back);
        Assert.True(second.ExitCode == 1 && second.Out.Contains("restored but for what others changed since: data.a", StringComparison.Ordinal), second.ToString());
        CliResult first = host.Run(back);
        Assert.True(first.ExitCode == 0, first.ToString());
        Assert.Equal(ClusterErrorKind.NotFound, (await client.GetAsync(address, default)).Error?.Kind);
        Assert.Equal(1, host.Run(back).ExitCode);
    }

    [Fact]
    public async Task An_issue_that_is_there_already_is_counted()
    {
        static string Route(string host) => "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: known, namespace: default}\n"
            + "spec: {hostnames: [" + host + "], parentRefs: [{name: known, sectionName: gone}], rules: [{filters: [{type: RequestRedirect, requestRedirect: {hostname: c.example}}]}]}\n";
        using CliHost host = sandbox.Host();
        await sandbox.Apply(host, "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: known, namespace: default}\n"
            + "spec: {gatewayClassName: sandbox, listeners: [{name: web, port: 8099, protocol: HTTP}]}\n", SandboxFixture.Eks);
        // Straight to the server: an apply would refuse what is wrong.
        using var directory = new ClusterDirectory(new KubeconfigLocation { Explicit = [sandbox.Clusters.Kubeconfig] }, ClusterSettings.Default, Trusted.Instance);
        IClusterClient client = directory.Connect(SandboxFixture.Eks).Value!;
        var address = new ResourceAddress((await client.DiscoverAsync(default)).Value!.Find("gateway.networking.k8s.io", "HTTPRoute")!, "default", "known");
        Assert.True((await client.ApplyAsync(address, System.Text.Encoding.UTF8.GetBytes(Route("a.example")), new WriteOptions(), default)).IsOk);
        CliResult diff = host.Write("route.yaml", Route("b.example")).Run("diff", "route.yaml", "--context", SandboxFixture.Eks);
        Assert.True(diff.Out.Contains("0 to create, 1 to change, 0 as they are; 1 known issue stays\n", StringComparison.Ordinal), diff.ToString());
        await client.DeleteAsync(address, new DeleteOptions(), default);
        Assert.Equal(0, host.Run("rollback", "--context", SandboxFixture.Eks, "--yes").ExitCode);
    }

    /// <summary>A server refuses the second definition of a kind; the objects of the first one are none of its own.</summary>
    [Fact]
    public void A_definition_that_never_came_up_is_taken_back_though_another_has_its_kind()
    {
        static string Definition(string plural) => """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: PLURAL.example.com}
            spec:
              group: example.com
              scope: Namespaced
              names: {kind: Dog, plural: PLURAL}
              versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
            """.Replace("PLURAL", plural, StringComparison.Ordinal);
        using CliHost host = sandbox.Host();
        host.Write("dogs.yaml", Definition("dogs") + "\n---\napiVersion: example.com/v1\nkind: Dog\nmetadata: {name: rex, namespace: default}\n");
        host.Write("dogz.yaml", Definition("dogz"));
        CliResult first = host.Run("apply", "dogs.yaml", "--yes", "--timeout", "10", "--context", SandboxFixture.Eks);
        Assert.True(first.ExitCode == 0, first.ToString());
        CliResult second = host.Run("apply", "dogz.yaml", "--yes", "--timeout", "1", "--context", SandboxFixture.Eks);
        Assert.True(second.ExitCode == 1 && second.Out.Contains("sandbox-eks  rolled back  CustomResourceDefinition/dogz.example.com", StringComparison.Ordinal), second.ToString());
        CliResult back = host.Run("rollback", "--context", SandboxFixture.Eks, "--yes");
        Assert.True(back.ExitCode == 0, back.ToString());
    }

    /// <summary>What other tools have beside manifests is no object without a name; named, it is told as what it is.</summary>
    [Fact]
    public void Files_of_other_tools_in_a_folder_are_passed_over()
    {
        using CliHost host = sandbox.Host();
        host.Write("chart/Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.0.0\n").Write("chart/templates/a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: passed-over, namespace: default}\n");
        CliResult diff = host.Run("diff", "chart", "--context", SandboxFixture.Eks);
        Assert.True(diff.Out.Contains("1 to create, 0 to change, 0 as they are\n", StringComparison.Ordinal) && !diff.Out.Contains("refused", StringComparison.Ordinal), diff.ToString());
        Assert.Contains("refused", host.Run("diff", "chart/Chart.yaml", "--context", SandboxFixture.Eks).Out, StringComparison.Ordinal);
    }

    /// <summary>The server did run it dry, and said no; nothing is made first.</summary>
    [Fact]
    public void What_is_refused_does_not_wait_for_anything()
    {
        using CliHost host = sandbox.Host();
        host.Write("route.yaml", """
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: shop, namespace: default}
            spec: {rules: [{backendRefs: [{name: cart, port: 80, weight: -7}]}]}
            """);
        CliResult apply = host.Run("apply", "route.yaml", "--dry-run", "--context", SandboxFixture.Eks);
        Assert.Equal(1, apply.ExitCode);
        Assert.Contains("create HTTPRoute/default/shop\n", apply.Out, StringComparison.Ordinal);
        Assert.Contains("refused: HTTPRoute/default/shop (route.yaml:1): spec.rules[0].backendRefs[0].weight:", apply.Out, StringComparison.Ordinal);

        host.Write("made.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: fresh}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: cart, namespace: fresh}\nspec: {ports: [{port: 80}]}\n");
        Assert.Contains("create Service/fresh/cart  (not run dry: what it needs is made first)\n", host.Run("diff", "made.yaml", "--context", SandboxFixture.Eks).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_template_is_called_by_its_kind_and_what_to_do_is_said()
    {
        using CliHost host = sandbox.Host();
        host.Write("templates/service.yaml", "apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Release.Name }}\nspec:\n  ports:\n  - port: 80\n");
        CliResult diff = host.Run("diff", "templates", "--context", SandboxFixture.Eks);
        Assert.Equal(1, diff.ExitCode);
        Assert.Contains("  refused: Service (service.yaml:1): This is a template: its values are not known. Render it first and apply the result.\n"
            + "  help: render the templates into a file and give that instead: helm template CHART > rendered.yaml\n", diff.Out, StringComparison.Ordinal);
    }
}
