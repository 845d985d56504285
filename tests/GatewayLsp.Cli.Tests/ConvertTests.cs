using System.Text.Json;

namespace GatewayLsp.Cli.Tests;

public sealed class ConvertTests : IDisposable
{
    private const string Ingress = "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: shop\n  annotations:\n    nginx.ingress.kubernetes.io/limit-rps: \"10\"\nspec:\n  ingressClassName: nginx\n"
        + "  rules:\n  - host: shop.example.com\n    http:\n      paths:\n      - path: /\n        pathType: Prefix\n        backend: {service: {name: web, port: {number: 8080}}}\n";

    private readonly CliHost _cli = new();

    [Fact]
    public void Manifests_go_to_stdout_and_what_is_lost_to_stderr()
    {
        CliResult result = _cli.Write("shop.yaml", Ingress).Run("convert", "ingress", ".", "--gateway-class", "lab");
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata:\n  name: nginx\nspec:\n  gatewayClassName: lab\n", result.Out, StringComparison.Ordinal);
        Assert.Equal("shop.yaml:6:5: not carried over: nginx.ingress.kubernetes.io/limit-rps: Gateway API has no rate limits: write a policy of your controller.\n", result.Error);
        _cli.Stdin = System.Text.Encoding.UTF8.GetBytes(result.Out);
        Assert.Equal(0, _cli.Run("check", "-").ExitCode);
    }

    [Fact]
    public void Json_holds_all_in_one_object()
    {
        CliResult result = _cli.Write("shop.yaml", Ingress.Replace("limit-rps", "ssl-redirect", StringComparison.Ordinal)).Run("convert", "ingress", ".", "--format", "json");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("kind: HTTPRoute", result.Json.GetProperty("manifest").GetString(), StringComparison.Ordinal);
        Assert.Equal("shop", result.Json.GetProperty("ingresses")[0].GetProperty("name").GetString());
        Assert.Equal(JsonValueKind.Array, result.Json.GetProperty("notes").ValueKind);
    }

    [Fact]
    public void Without_an_ingress_it_says_so()
    {
        CliResult result = _cli.Write("a.yaml", "a: b\n").Run("convert", "ingress", "a.yaml");
        Assert.Equal((0, "", "warning: there is no Ingress here\n"), (result.ExitCode, result.Out, result.Error));
        Assert.Equal(2, _cli.Run("convert", "ingress", "none.yaml").ExitCode);
        Assert.Equal(2, _cli.Run("convert").ExitCode);
    }

    public void Dispose() => _cli.Dispose();
}
