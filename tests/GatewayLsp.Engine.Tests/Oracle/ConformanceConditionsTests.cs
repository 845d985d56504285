using System.Collections.Immutable;
using System.Text.Json;
using GatewayLsp.Engine.Resolution.Conditions;
using GatewayLsp.Testing;
using Xunit.Abstractions;

namespace GatewayLsp.Engine.Tests.Oracle;

/// <summary>Conditions that the upstream conformance suite waits for, of the manifests alone.</summary>
public sealed class ConformanceConditionsTests(ITestOutputHelper output)
{
    private const string Folder = "oracle/conformance";

    /// <summary>These hold only for implementations that lack the feature; the suite has a test for those that have it.</summary>
    private static readonly string[] WithoutFeature = ["TLSRouteListenerMixedTerminationNotSupported", "TLSRouteListenerTerminateNotSupported"];

    [SharedFact(Folder)]
    public void StaticExpectationsHold()
    {
        using JsonDocument table = JsonDocument.Parse(File.ReadAllText(SharedFiles.Get(Folder + "/expectations.json")));
        string[] basics = [.. table.RootElement.GetProperty("baseManifests").EnumerateArray().Select(m => m.GetString()!)];
        var agreed = new SortedDictionary<string, (int Expectations, int Parts, int Misses)>(StringComparer.Ordinal);
        var misses = new List<string>();
        foreach (JsonElement test in table.RootElement.GetProperty("tests").EnumerateArray())
        {
            string name = test.GetProperty("test").GetString()!;
            ImmutableArray<ObjectConditions> all = Conditions([.. basics, .. test.GetProperty("manifests").EnumerateArray().Select(m => m.GetString()!)]);
            foreach (ConformanceExpectation expectation in test.GetProperty("expectations").EnumerateArray().Select(e => new ConformanceExpectation(name, e)).Where(e => e.IsStatic))
            {
                string? miss = WithoutFeature.Contains(name) ? null : expectation.Miss(all);
                (int expectations, int parts, int missed) = agreed.GetValueOrDefault($"{expectation.Kind} {expectation.Scope}");
                agreed[$"{expectation.Kind} {expectation.Scope}"] = (expectations + 1, parts + expectation.Parts, missed + (miss is null ? 0 : 1));
                if (miss is not null)
                {
                    misses.Add($"{miss} <- {expectation.Describe()}");
                }
            }
        }
        foreach ((string kind, (int expectations, int parts, int missed)) in agreed)
        {
            output.WriteLine($"{kind}: {expectations - missed} of {expectations} expectations ({parts} parts)");
        }
        output.WriteLine($"in all {agreed.Values.Sum(a => a.Expectations - a.Misses)} of {agreed.Values.Sum(a => a.Expectations)}; left out as contrary to a supported feature: {string.Join(", ", WithoutFeature)}");
        misses.ForEach(output.WriteLine);
        Assert.Empty(misses);
    }

    private static ImmutableArray<ObjectConditions> Conditions(IEnumerable<string> manifests)
    {
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.Configured(new WorkspaceSettings { IsComplete = true }));
        foreach (string manifest in manifests)
        {
            string path = SharedFiles.Get(manifest.Replace("conformance/", Folder + "/manifests/", StringComparison.Ordinal));
            host.Apply(new WorkspaceChange.OnDisk(manifest, File.ReadAllText(path)));
        }
        return new Analysis(host.Current).Conditions();
    }
}
