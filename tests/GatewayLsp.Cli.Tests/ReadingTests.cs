using System.Text;
using System.Text.Json;

namespace GatewayLsp.Cli.Tests;

/// <summary>Encodings, odd content and stdin.</summary>
public sealed class ReadingTests : IDisposable
{
    private const string Broken = "a: 1\na: 2 # é\n";

    private readonly CliHost _cli = new();

    public static TheoryData<string> Encodings => ["utf-8", "utf-16", "utf-16BE", "utf-32", "utf-32BE"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Byte_order_marks_tell_the_encoding_and_take_no_column(string name)
    {
        Encoding encoding = Encoding.GetEncoding(name);
        _cli.Write("a.yaml", [.. encoding.GetPreamble(), .. encoding.GetBytes("a: [\n" + Broken)]);
        JsonElement first = _cli.Run("check", "a.yaml", "--format", "json").Json.GetProperty("files")[0].GetProperty("diagnostics")[0];
        Assert.Equal("unclosed-bracket", first.GetProperty("code").GetString());
        Assert.Equal(3, first.GetProperty("range").GetProperty("start").GetProperty("character").GetInt32());
    }

    [Theory]
    [InlineData(new byte[] { (byte)'a', (byte)'\n', 0xE9, (byte)'b' }, "is not UTF-8: byte 0xE9 in line 2")]
    [InlineData(new byte[] { (byte)'a', 0, (byte)'b' }, "is not text (it holds NUL bytes)")]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x00, 0xD8 }, "is not valid UTF-16")]
    public void What_is_no_text_is_told_and_left_out(byte[] content, string message)
    {
        _cli.Write("m/a.yaml", content).Write("m/b.yaml", "");
        CliResult named = _cli.Run("check", "m/a.yaml");
        Assert.Equal((2, $"error: m/a.yaml: {message}\n"), (named.ExitCode, named.Error));
        CliResult found = _cli.Run("check", "m");
        Assert.Equal((0, $"warning: m/a.yaml: {message}\n"), (found.ExitCode, found.Error));
    }

    [Theory]
    [InlineData("check")]
    [InlineData("dry-run")]
    [InlineData("migrate")]
    [InlineData("convert", "ingress")]
    public void A_folder_without_manifests_is_told(params string[] command)
    {
        _cli.Write("docs/readme.txt", "").Write("more/readme.txt", "");
        Assert.StartsWith("warning: no *.yaml, *.yml or *.json in docs, more that git does not ignore\n", _cli.Run([.. command, "docs", "more"]).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_file_is_fine()
    {
        _cli.Write("a.yaml", "");
        CliResult result = _cli.Run("check", "a.yaml");
        Assert.Equal((0, "No findings in 1 file, 0 documents\n"), (result.ExitCode, result.Out));
    }

    [Fact]
    public void Stdin_is_a_file_of_the_name_given()
    {
        _cli.Stdin = Encoding.UTF8.GetBytes(Broken);
        CliResult result = _cli.Run("check", "-", "--stdin-path", "x/y.yaml", "--format", "json");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal("x/y.yaml", result.Json.GetProperty("files")[0].GetProperty("path").GetString());
        Assert.StartsWith("<stdin>:2:1: error[duplicate-key]", _cli.Run("check", "-").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_manifests_are_checked()
    {
        _cli.Write("a.json", "{\r\n\t\"apiVersion\": \"v1\",\r\n\t\"kind\": \"Service\",\r\n\t\"metadata\": {\"name\": \"a\"},\r\n\t\"spec\": {\"prots\": []}\r\n}\r\n");
        JsonElement finding = Assert.Single(_cli.Run("check", ".", "--format", "json").Json.GetProperty("files")[0].GetProperty("diagnostics").EnumerateArray());
        Assert.Equal(("unknown-field", "spec.prots"), (finding.GetProperty("code").GetString(), finding.GetProperty("field").GetString()));
    }

    public void Dispose() => _cli.Dispose();
}
