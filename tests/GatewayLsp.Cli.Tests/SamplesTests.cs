using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using GatewayLsp.Testing;

namespace GatewayLsp.Cli.Tests;

/// <summary>The samples do what they say: clean ones are clean, broken ones have what their first lines announce.</summary>
public sealed partial class SamplesTests : IDisposable
{
    private static readonly string Samples = Path.Combine(SharedFiles.Root, "samples");

    private readonly CliHost _cli = new();

    public static TheoryData<string> Folders =>
        [.. Directory.GetDirectories(Samples).Select(f => Path.GetFileName(f)!).Where(f => f is not ("broken" or "legacy")).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Broken =>
        [.. new[] { "broken", "legacy" }.SelectMany(folder => Directory.GetFiles(Path.Combine(Samples, folder))).Select(f => Path.GetRelativePath(Samples, f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Opens_clean(string folder)
    {
        CliResult result = _cli.Run("check", Path.Combine(Samples, folder));
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.StartsWith("No findings in ", result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void Has_what_it_announces(string name)
    {
        string file = Path.Combine(Samples, name);
        string[] expected = [.. Expectation.Matches(File.ReadAllText(file)).Select(m => m.Groups[1].Value)];
        Assert.NotEmpty(expected);
        JsonElement report = _cli.Run("check", file, "--format", "json").Json;
        Assert.Equal(expected.Order(StringComparer.Ordinal), report.GetProperty("files")[0].GetProperty("diagnostics").EnumerateArray().Select(Announced).Order(StringComparer.Ordinal));
    }

    private static string Announced(JsonElement finding)
    {
        string code = finding.GetProperty("code").GetString()!;
        return finding.GetProperty("field").GetString() is { Length: > 0 } field
            ? $"{code} at {field}"
            : string.Create(CultureInfo.InvariantCulture, $"{code} on line {finding.GetProperty("range").GetProperty("start").GetProperty("line").GetInt32() + 1}");
    }

    public void Dispose() => _cli.Dispose();

    [GeneratedRegex("^# expect: (.+?)\r?$", RegexOptions.Multiline)]
    private static partial Regex Expectation { get; }
}
