using System.Diagnostics;
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
}
