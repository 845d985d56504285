namespace GatewayLsp.Cli.Tests;

/// <summary><c>diff -k</c> and <c>apply -k</c>: through kubectl where there is one, by the engine where not, with the same outcome.</summary>
public sealed class KustomizeApplyTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private const string Base = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: shop}
        spec:
          parentRefs: [{name: edge}]
          rules:
          - backendRefs:
            - name: cart
              port: 80
              weight: 1
        """;

    private static string Overlay(string weight) => $"""
        resources: [../base]
        namespace: default
        namePrefix: asia-
        patches:
        - patch: |-
            - op: replace
              path: /spec/rules/0/backendRefs/0/weight
              value: {weight}
          target: {"{"}kind: HTTPRoute{"}"}
        """;

    private static bool HasKubectl => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "kubectl")));

    private CliHost Host(bool withKubectl, string weight = "7")
    {
        CliHost host = sandbox.Host();
        host.Variables["PATH"] = withKubectl ? Environment.GetEnvironmentVariable("PATH")! : "";
        host.Write("base/route.yaml", Base);
        host.Write("base/kustomization.yaml", "resources: [route.yaml]\n");
        host.Write("asia/kustomization.yaml", Overlay(weight));
        return host;
    }

    public static TheoryData<bool> Ways => HasKubectl ? [true, false] : [false];

    [Theory]
    [MemberData(nameof(Ways))]
    public void What_it_makes_is_compared_applied_and_taken_back(bool withKubectl)
    {
        using CliHost host = Host(withKubectl);
        CliResult diff = host.Run("diff", "-k", "asia", "--context", SandboxFixture.Eks);
        Assert.Equal((1, ""), (diff.ExitCode, diff.Error));
        Assert.Contains("create HTTPRoute/default/asia-shop", diff.Out, StringComparison.Ordinal);
        Assert.Contains("weight: 7", diff.Out, StringComparison.Ordinal);

        Assert.Equal(0, host.Run("apply", "-k", "asia", "--yes", "--timeout", "0", "--context", SandboxFixture.Eks).ExitCode);
        Assert.Equal(0, host.Run("diff", "-k", "asia", "--context", SandboxFixture.Eks).ExitCode);
        Assert.Equal(0, host.Run("rollback", "--yes", "--context", SandboxFixture.Eks).ExitCode);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void One_that_only_names_files_is_applied_as_they_stand(bool withKubectl)
    {
        using CliHost host = Host(withKubectl);
        host.Write("plain/kustomization.yaml", "resources: [../listed, cart.yaml]\n")
            .Write("plain/cart.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: plain-cart, namespace: default}\nspec: {ports: [{port: 80}]} # the last line, without its end")
            .Write("plain/aside.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: plain-aside, namespace: default}\nspec: {ports: [{port: 80}]}\n")
            .Write("listed/kustomization.yaml", "resources: [route.yaml]\n")
            .Write("listed/route.yaml", Base.Replace("{name: shop}", "{name: plain-shop, namespace: default}", StringComparison.Ordinal));
        CliResult diff = host.Run("diff", "-k", "plain", "--context", SandboxFixture.Eks);
        Assert.Equal((1, ""), (diff.ExitCode, diff.Error));
        Assert.Contains("create HTTPRoute/default/plain-shop", diff.Out, StringComparison.Ordinal);
        Assert.Contains("create Service/default/plain-cart", diff.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("plain-aside", diff.Out, StringComparison.Ordinal);

        Assert.Equal(0, host.Run("apply", "-k", "plain", "--yes", "--timeout", "0", "--context", SandboxFixture.Eks).ExitCode);
        Assert.Equal(0, host.Run("diff", "-k", "plain", "--context", SandboxFixture.Eks).ExitCode);
        Assert.Equal(0, host.Run("rollback", "--yes", "--context", SandboxFixture.Eks).ExitCode);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_refusal_stands_where_the_value_is_written(bool withKubectl)
    {
        using CliHost host = Host(withKubectl, "-7");
        CliResult diff = host.Run("diff", "-k", "asia", "--context", SandboxFixture.Eks);
        Assert.Equal(1, diff.ExitCode);
        Assert.Contains("(kustomization.yaml:8): spec.rules[0].backendRefs[0].weight:", diff.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void What_only_kubectl_can_make_is_refused_without_it()
    {
        using CliHost host = Host(withKubectl: false);
        host.Write("asia/kustomization.yaml", Overlay("7") + "\nconfigMapGenerator: [{name: settings, literals: [a=b]}]\n");
        CliResult diff = host.Run("diff", "-k", "asia", "--context", SandboxFixture.Eks);
        Assert.Equal((2, "error: This kustomization has to be rendered by kubectl, and there is none on the PATH: `configMapGenerator` makes names and contents that are not worked out here.\n"), (diff.ExitCode, diff.Error));
    }

    [Theory]
    [InlineData("error: there is no kustomization in nowhere", "diff", "-k", "nowhere", "--context", SandboxFixture.Eks)]
    [InlineData("-k names all there is: leave the paths out", "apply", "base", "-k", "asia", "--context", SandboxFixture.Eks)]
    [InlineData("a path is missing (or -k)", "apply", "--context", SandboxFixture.Eks)]
    [InlineData("take what it makes: gateway-lsp diff -k asia", "diff", "asia", "--context", SandboxFixture.Eks)]
    public void Wrong_usage_is_told(string message, params string[] args)
    {
        using CliHost host = Host(withKubectl: false);
        CliResult result = host.Run(args);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }
}
