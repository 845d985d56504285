using GatewayLsp.Server.Cli;
using GatewayLsp.Testing;

namespace GatewayLsp.Cli.Tests;

/// <summary><c>docs/cli.md</c> knows every command and option, and no others.</summary>
public class DocumentationTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(SharedFiles.Root, "server", "docs", "cli.md"));

    private static string[] Known =>
        [.. CommandLine.Build(Terminal.OfProcess()).Subcommands.SelectMany(c => c.Subcommands.Prepend(c)).SelectMany(c => c.Options).Select(o => o.Name).Distinct(StringComparer.Ordinal)];

    public static TheoryData<string> Options => [.. Known];

    [Theory]
    [MemberData(nameof(Options))]
    public void Every_option_is_documented(string name) => Assert.Contains(name, Page, StringComparison.Ordinal);

    [Fact]
    public void Every_option_of_the_page_exists()
    {
        string[] known = [.. Known, "--version", "--help"];
        foreach (string word in Page.Split([' ', '`', '|', '\n', '\\', ',', ')', ']']))
        {
            Assert.True(!word.StartsWith("--", StringComparison.Ordinal) || word.Trim('-').Length == 0 || known.Contains(word), word);
        }
    }

    [Fact]
    public void Every_command_is_documented() =>
        Assert.All(CommandLine.Build(Terminal.OfProcess()).Subcommands, c => Assert.Contains("gateway-lsp " + c.Name, Page.Replace("[serve", "serve", StringComparison.Ordinal), StringComparison.Ordinal));
}
