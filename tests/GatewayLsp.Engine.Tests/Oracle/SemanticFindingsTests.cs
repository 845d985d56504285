using System.Text.Json;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Testing;
using Xunit.Abstractions;

namespace GatewayLsp.Engine.Tests.Oracle;

/// <summary>No false alarms: what the rules of meaning call an error in a conformance manifest, the suite expects to be refused.</summary>
public sealed class SemanticFindingsTests(ITestOutputHelper output)
{
    private const string Folder = "oracle/conformance";

    [SharedFact(Folder)]
    public void ErrorsAreThoseThatTheSuiteWaitsFor()
    {
        using JsonDocument table = JsonDocument.Parse(File.ReadAllText(SharedFiles.Get(Folder + "/expectations.json")));
        string[] basics = [.. table.RootElement.GetProperty("baseManifests").EnumerateArray().Select(m => m.GetString()!)];
        var unexpected = new SortedSet<string>(StringComparer.Ordinal);
        foreach (JsonElement test in table.RootElement.GetProperty("tests").EnumerateArray())
        {
            string name = test.GetProperty("test").GetString()!;
            string[] own = [.. test.GetProperty("manifests").EnumerateArray().Select(m => m.GetString()!)];
            var host = new AnalysisHost();
            foreach (string manifest in basics.Concat(own))
            {
                string path = SharedFiles.Get(manifest.Replace("conformance/", Folder + "/manifests/", StringComparison.Ordinal));
                host.Apply(new WorkspaceChange.OnDisk(manifest, File.ReadAllText(path)));
            }
            var analysis = new Analysis(host.Current);
            HashSet<string> refused = [.. test.GetProperty("expectations").EnumerateArray().Where(IsNegative).Select(Object)];
            foreach (Diagnostic found in own.SelectMany(path => analysis.Diagnose(path)).Select(found => found.Diagnostic).Where(found => found.Source == DiagnosticSource.Semantic))
            {
                string one = $"{found.Object!.Kind} {found.Object.NamespaceOrDefault}/{found.Object.Name}";
                output.WriteLine($"{name}: {found.Severity} {found.Code} {one} {found.Field}: {found.Message}{(refused.Contains(one) ? " (refused)" : "")}");
                if (found.Severity == DiagnosticSeverity.Error && !refused.Contains(one))
                {
                    unexpected.Add($"{name}: {found.Code} {one} {found.Field}");
                }
            }
        }
        Assert.Empty(unexpected);
    }

    private static string Object(JsonElement expectation)
    {
        JsonElement one = expectation.GetProperty("object");
        return $"{one.GetProperty("kind").GetString()} {one.GetProperty("namespace").GetString()}/{one.GetProperty("name").GetString()}";
    }

    /// <summary>A condition that says no, or that nothing was attached.</summary>
    private static bool IsNegative(JsonElement expectation) =>
        (expectation.TryGetProperty("orNoParents", out JsonElement none) && none.ValueKind == JsonValueKind.True)
        || (expectation.TryGetProperty("conditions", out JsonElement conditions)
            && conditions.EnumerateArray().Any(one => one.GetProperty("status").GetString() == (one.GetProperty("type").GetString() == "Conflicted" ? "True" : "False")));
}
