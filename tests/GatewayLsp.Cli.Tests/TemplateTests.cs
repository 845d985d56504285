namespace GatewayLsp.Cli.Tests;

/// <summary>Templates are not rendered here. Every command that would answer for less because of that says so, and what to do.</summary>
public sealed class TemplateTests : IDisposable
{
    private const string Template = """
        apiVersion: v1
        kind: Service
        metadata:
          name: {{ .Release.Name }}
        spec:
          ports:
          - port: {{ .Values.port }}
        """;

    private readonly CliHost _cli = new();

    public TemplateTests() => _cli.Write("charts/shop/Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.0.0\n").Write("charts/shop/templates/service.yaml", Template);

    [Theory]
    [InlineData("check", "check")]
    [InlineData("conditions", "conditions")]
    [InlineData("dry-run", "dry-run")]
    [InlineData("topology", "topology")]
    [InlineData("trace", "trace URL", "http://a/")]
    public void What_to_do_is_said(string command, string advised, params string[] more)
    {
        CliResult result = _cli.Run([command, .. more, "charts"]);
        Assert.Contains("note: charts/shop/templates/service.yaml is a template, and templates are not rendered here: what they fill in is not known. "
            + $"Give what they render to, as in: helm template charts/shop | gateway-lsp {advised} -\n", result.Error, StringComparison.Ordinal);
        _cli.Stdin = "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{port: 80}]}\n"u8.ToArray();
        Assert.DoesNotContain("template", _cli.Run([command, .. more, "-"]).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void No_verdict_is_given_on_a_template()
    {
        CliResult result = _cli.Run("dry-run", "charts/shop/templates");
        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("service without a name, line 1 skipped: a template that is not rendered\n", result.Out, StringComparison.Ordinal);
        Assert.Contains("0 accepted, 0 refused, 1 skipped in 1 file", result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("${CLUSTER}-gw")]
    [InlineData("$NAME")]
    public void None_is_given_on_an_object_whose_name_is_put_in_later(string name)
    {
        _cli.Write("gw.yaml", $"apiVersion: v1\nkind: Service\nmetadata:\n  name: {name}\nspec:\n  ports:\n  - port: $PORT\n");
        CliResult result = _cli.Run("dry-run", "gw.yaml");
        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith($"service/{name} skipped: a template that is not rendered\n", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_object_that_has_a_status_nothing_is_called_well() =>
        Assert.Equal("Nothing here has a status: there is no GatewayClass, Gateway, ListenerSet, route or BackendTLSPolicy whose fields are known\n", _cli.Run("conditions", "charts").Out);

    public void Dispose() => _cli.Dispose();
}
