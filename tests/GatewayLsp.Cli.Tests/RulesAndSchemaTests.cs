using System.Text.Json;

namespace GatewayLsp.Cli.Tests;

/// <summary><c>rules</c> and <c>schema export</c>.</summary>
public sealed class RulesAndSchemaTests : IDisposable
{
    private readonly CliHost _cli = new();

    [Fact]
    public void Rules_are_listed_by_code()
    {
        string[] lines = _cli.Run("rules").Out.TrimEnd('\n').Split('\n');
        Assert.Contains(lines, l => l.StartsWith("unknown-field ", StringComparison.Ordinal) && l.Contains(" error ", StringComparison.Ordinal));
        Assert.Equal(lines.Order(StringComparer.Ordinal), lines);
        JsonElement rules = _cli.Run("rules", "--format", "json").Json.GetProperty("rules");
        Assert.Equal(lines.Select(l => l.Split(' ')[0]), rules.EnumerateArray().Select(r => r.GetProperty("code").GetString()));
    }

    [Fact]
    public void A_rule_is_explained()
    {
        string page = _cli.Run("rules", "unknown-field").Out;
        Assert.StartsWith("# unknown-field\n", page, StringComparison.Ordinal);
        Assert.Equal(page, _cli.Run("rules", "unknown-field", "--format", "json").Json.GetProperty("markdown").GetString());
    }

    [Fact]
    public void Schemas_are_unpacked()
    {
        CliResult result = _cli.Run("schema", "export", "--out", "a/b");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        string[] files = Directory.GetFiles(Path.Combine(_cli.Folder, "a/b"), "*.json", SearchOption.AllDirectories);
        Assert.Equal($"{files.Length} files written to a/b\n", result.Out);
        Assert.Contains(files, f => f.EndsWith("all-standard.json", StringComparison.Ordinal));
        Assert.All(files.Take(5), f => JsonDocument.Parse(File.ReadAllText(f)).Dispose());
        Assert.Equal(0, _cli.Run("schema", "export", "--out", "a/b").ExitCode);
    }

    [Fact]
    public void A_folder_that_can_not_be_written_is_an_error()
    {
        _cli.Write("file", "");
        CliResult result = _cli.Run("schema", "export", "--out", "file");
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("error: file: can't be written", result.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _cli.Dispose();
}
