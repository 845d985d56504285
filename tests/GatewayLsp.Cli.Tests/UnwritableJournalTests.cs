namespace GatewayLsp.Cli.Tests;

/// <summary>An apply that could not be gone back from is not begun.</summary>
public sealed class UnwritableJournalTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private const string Gateway = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: unjournaled, namespace: default}
        spec:
          gatewayClassName: sandbox
          listeners: [{name: web, port: 80, protocol: HTTP}]
        """;

    [Fact]
    public void Nothing_is_written_to_the_cluster_and_the_reason_is_told()
    {
        using CliHost host = sandbox.Host();
        host.Write("state", "a file where the folder of the journal would be");
        host.Write("shop.yaml", Gateway);
        CliResult refused = host.Run("apply", "shop.yaml", "--context", SandboxFixture.Eks, "--yes", "--timeout", "0");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("\nNothing was written. The journal can't be written: ", refused.ToString(), StringComparison.Ordinal);
        Assert.Contains(Path.Combine(host.Folder, "state"), refused.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("another apply", refused.ToString(), StringComparison.Ordinal);

        CliResult live = host.Run("topology", "--context", SandboxFixture.Eks, "--format", "json");
        Assert.DoesNotContain("unjournaled", live.Out, StringComparison.Ordinal);

        // With a place for it, the same apply goes through.
        host.Variables["XDG_STATE_HOME"] = Path.Combine(host.Folder, "other");
        Assert.Equal(0, host.Run("apply", "shop.yaml", "--context", SandboxFixture.Eks, "--yes", "--timeout", "0").ExitCode);
    }
}
