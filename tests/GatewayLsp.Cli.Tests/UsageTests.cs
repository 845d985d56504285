namespace GatewayLsp.Cli.Tests;

/// <summary>What the command line says to those who mistype or ask.</summary>
public sealed class UsageTests : IDisposable
{
    private readonly CliHost _cli = new();

    [Theory]
    [InlineData("error: unknown command 'chek'; did you mean 'check'?\nSee 'gateway-lsp --help'.\n", "chek", "x")]
    [InlineData("error: unknown command 'frobnicate'\nSee 'gateway-lsp --help'.\n", "frobnicate")]
    [InlineData("error: unknown option '--formt'; did you mean '--format'?\nSee 'gateway-lsp check --help'.\n", "check", "--formt", "json", "x.yaml")]
    [InlineData("error: unknown option '--formt'; did you mean '--format'?\nSee 'gateway-lsp check --help'.\n", "check", "x.yaml", "--formt=json")]
    [InlineData("error: unknown option '--versoin'; did you mean '--version'?\nSee 'gateway-lsp --help'.\n", "--versoin")]
    [InlineData("error: PATH is missing\nSee 'gateway-lsp check --help'.\n", "check")]
    [InlineData("error: --format: 'yaml' is not one of text, json, sarif, github\nSee 'gateway-lsp check --help'.\n", "check", "x", "--format", "yaml")]
    [InlineData("error: --gateway-api-version: '0.8' is not one of 1.6, 1.5, 1.4, 1.3, 1.2, 1.1, 1.0\nSee 'gateway-lsp check --help'.\n", "check", "x", "--gateway-api-version", "0.8")]
    [InlineData("error: --disable: there is no rule 'unknwn-field'; did you mean 'unknown-field'?\nSee 'gateway-lsp check --help'.\n", "check", "x", "--disable", "unknwn-field")]
    [InlineData("error: --rule-pages: 'docs/rules' is no absolute address\nSee 'gateway-lsp check --help'.\n", "check", "x", "--rule-pages", "docs/rules")]
    [InlineData("error: there is no rule 'x'\nSee 'gateway-lsp rules --help'.\n", "rules", "x")]
    [InlineData("error: schema needs a command: export\nSee 'gateway-lsp schema --help'.\n", "schema")]
    [InlineData("error: unknown command 'exprot'; did you mean 'export'?\nSee 'gateway-lsp schema --help'.\n", "schema", "exprot")]
    [InlineData("error: --out is missing\nSee 'gateway-lsp schema export --help'.\n", "schema", "export")]
    [InlineData("error: --context is missing: name a cluster of the kubeconfig; gateway-lsp contexts lists them\nSee 'gateway-lsp status --help'.\n", "status")]
    [InlineData("error: --context is missing: name a cluster of the kubeconfig; gateway-lsp contexts lists them\nSee 'gateway-lsp apply --help'.\n", "apply", "shop.yaml")]
    public void Wrong_usage_names_the_nearest_right_word(string message, params string[] args)
    {
        CliResult result = _cli.Run(args);
        Assert.Equal((2, message, ""), (result.ExitCode, result.Error, result.Out));
    }

    [Fact]
    public void Behind_two_dashes_everything_is_a_path()
    {
        _cli.Write("--formt.yaml", "");
        Assert.Equal("No findings in 1 file, 0 documents\n", _cli.Run("check", "--", "--formt.yaml").Out);
    }

    [Theory]
    [InlineData("check", "Exit code: 0", "--help")]
    [InlineData("check", "--warnings-as-errors", "-h")]
    [InlineData("schema export", "--out <DIR>", "--help")]
    [InlineData("rules", "CODE", "--help")]
    public void Help_of_a_command(string command, string part, string flag)
    {
        CliResult result = _cli.Run([.. command.Split(' '), flag]);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains(part, result.Out, StringComparison.Ordinal);
        Assert.Equal(result.Out, _cli.Run(["help", .. command.Split(' ')]).Out);
    }

    [Fact]
    public void Version() => Assert.Matches(@"^gateway-lsp \d+\.\d+\.\d+\n$", _cli.Run("--version").Out);

    public void Dispose() => _cli.Dispose();
}
