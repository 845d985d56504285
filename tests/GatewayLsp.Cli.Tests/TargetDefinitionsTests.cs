namespace GatewayLsp.Cli.Tests;

/// <summary><c>check --context</c> at API servers that have no definitions to read, as the sandbox's.</summary>
public sealed class TargetDefinitionsTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private const string Service = """
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: demo}
        spec:
          selector: {app: web}
          ports: [{port: 80}]
        """;

    private const string Gateway = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: web, namespace: demo}
        spec:
          gatewayClassName: sandbox
          listeners: [{name: http, protocol: HTTP, port: 80}]
        """;

    [Fact]
    public void Kinds_that_are_served_without_a_definition_are_no_failure()
    {
        using CliHost host = sandbox.Host().Write("web.yaml", Gateway);
        CliResult told = host.Run("check", "web.yaml", "--context", SandboxFixture.Eks);
        Assert.Equal((0, "note: sandbox-eks: it serves gateways.gateway.networking.k8s.io without a definition (CRD) to read; the bundled ones count\n"), (told.ExitCode, told.Error));
    }

    [Fact]
    public void Built_in_kinds_need_none()
    {
        using CliHost host = sandbox.Host().Write("web.yaml", Service);
        CliResult told = host.Run("check", "web.yaml", "--context", SandboxFixture.Eks);
        Assert.Equal((0, ""), (told.ExitCode, told.Error));
    }
}
