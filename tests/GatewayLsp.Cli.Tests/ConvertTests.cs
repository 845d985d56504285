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
        Assert.Equal("shop.yaml:6:5: not converted: nginx.ingress.kubernetes.io/limit-rps of Ingress shop: Gateway API has no rate limits: write a policy of your controller.\n"
            + "1 setting is not converted: what was printed works without it. The lines above say why, and what to write instead.\n", result.Error);
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
    public void A_setting_that_had_no_effect_is_no_work()
    {
        CliResult result = _cli.Write("shop.yaml", Ingress.Replace("limit-rps", "cors-max-age", StringComparison.Ordinal)).Run("convert", "ingress", "shop.yaml");
        Assert.Equal((0, "shop.yaml:6:5: note: nginx.ingress.kubernetes.io/cors-max-age of Ingress shop: It had no effect, because `enable-cors` is not `true`: nothing is to be done.\n"), (result.ExitCode, result.Error));
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
