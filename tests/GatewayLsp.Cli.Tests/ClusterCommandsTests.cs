using GatewayLsp.Testing;

namespace GatewayLsp.Cli.Tests;

/// <summary>Commands against our own API servers: those of their users and definitions that another cluster does not have. All else is in <see cref="AnyClusterCommandsTests"/>.</summary>
public sealed class ClusterCommandsTests(RealClusterFixture real) : IClassFixture<RealClusterFixture>
{
    private const string Routes = "/apis/gateway.networking.k8s.io/v1/namespaces/demo/httproutes/";
    private const string Services = "/api/v1/namespaces/demo/services/";

    private static string Shop(string name, int weight = 1, int port = 80) =>
        $$"""
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: {{name}}, namespace: demo}
        spec:
          parentRefs:
          - name: {{name}}
          rules:
          - backendRefs:
            - {name: {{name}}, port: 80, weight: {{weight}}}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: {{name}}, namespace: demo}
        spec:
          gatewayClassName: ours
          listeners:
          - {name: web, port: {{port}}, protocol: HTTP}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: {{name}}, namespace: demo}
        spec:
          selector: {app: {{name}}}
          ports: [{port: 80}]
        """;

    [ClusterFact(OnlyRealServers = "no definitions of Gateway API to read")]
    public void The_definitions_of_a_named_cluster_count()
    {
        using CliHost host = real.Host().Write("shop.yaml", Shop("judged").Replace("  - backendRefs:", "  - retry: {attempts: 3}\n    backendRefs:", StringComparison.Ordinal));
        CliResult bundled = host.Run("check", "shop.yaml", "--channel", "experimental");
        Assert.True(bundled.ExitCode == 0, bundled.ToString());
        CliResult there = host.Run("check", "shop.yaml", "--channel", "experimental", "--context", RealClusterFixture.Eks);
        Assert.True(there.ExitCode == 1 && there.Out.Contains("At primary (EKS, ap-northeast-2) (Gateway API 1.6 standard): There is no field `retry`", StringComparison.Ordinal), there.ToString());
        CliResult both = host.Run("check", "shop.yaml", "--channel", "experimental", "--context", RealClusterFixture.Eks, "--context", RealClusterFixture.Gke);
        Assert.True(both.Out.Contains("At primary (EKS, ap-northeast-2) and remote (GKE, asia-northeast3) (Gateway API 1.6 standard): ", StringComparison.Ordinal), both.ToString());

        Assert.Equal(0, host.Run("dry-run", "shop.yaml", "--channel", "experimental").ExitCode);
        CliResult refused = host.Run("dry-run", "shop.yaml", "--channel", "experimental", "--context", RealClusterFixture.Eks, "--format", "json");
        Assert.True(refused.ExitCode == 1 && refused.Out.Contains("spec.rules[0].retry", StringComparison.Ordinal), refused.ToString());
        Assert.Null(real.Read(Routes + "judged"));

        Assert.Equal(2, host.Run("check", "shop.yaml", "--context", "nobody").ExitCode);
        CliResult expired = host.Run("check", "shop.yaml", "--context", "eks-expired");
        Assert.True(expired.ExitCode == 2 && expired.Error.StartsWith("error: eks-expired: ", StringComparison.Ordinal), expired.ToString());
    }

    [ClusterFact]
    public void Definitions_that_may_not_be_read_are_told_with_the_reason()
    {
        using CliHost host = real.Host().Write("shop.yaml", Shop("unread"));
        CliResult told = host.Run("check", "shop.yaml", "--context", "eks-dev");
        Assert.True(told.ExitCode == 0, told.ToString());
        Assert.Matches("^warning: .*: its definitions \\(CRDs\\) can't be read: .+; the bundled ones count\n$", told.Error);
    }

    [ClusterFact]
    public void Who_may_not_write_writes_nothing()
    {
        using CliHost host = real.Host().Write("shop.yaml", Shop("third"));
        CliResult viewer = host.Run("apply", "shop.yaml", "--context", "eks-viewer", "--yes");
        Assert.True(viewer.ExitCode == 1, viewer.ToString());
        Assert.Contains("refused", viewer.Out, StringComparison.Ordinal);
        CliResult expired = host.Run("apply", "shop.yaml", "--context", "eks-expired", "--yes");
        Assert.True(expired.ExitCode == 2, expired.ToString());
        Assert.Null(real.Read(Services + "third"));
    }
}
