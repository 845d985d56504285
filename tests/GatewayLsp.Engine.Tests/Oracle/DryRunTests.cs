using System.Collections.Immutable;
using System.Globalization;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Verdict;
using GatewayLsp.Testing;
using Xunit.Abstractions;

namespace GatewayLsp.Engine.Tests.Oracle;

/// <summary>Our dry run against that of a real API server: accepted or not, and the fields of the causes.</summary>
public sealed class DryRunTests(ITestOutputHelper output)
{
    [SharedFact("oracle/verdicts")]
    public void TheBundledSchemasGiveTheServersVerdicts() => Compare("bundled schemas", static _ => SchemaCatalog.Bundled);

    /// <summary>
    /// The definitions of the release themselves, with their own rules, as if they were of a workspace. They get another group,
    /// because a workspace can't redefine Gateway API.
    /// </summary>
    [SharedFact("cluster/crds")]
    public void TheDefinitionsOfTheReleaseGiveTheServersVerdicts()
    {
        SchemaCatalog standard = Defined("gateway-standard");
        SchemaCatalog experimental = Defined("gateway-experimental");
        Compare("definitions of the release", channel => channel == Channel.Standard ? standard : experimental, Renamed);
    }

    private static SchemaCatalog Defined(string folder) => SchemaCatalog.Bundled.With(
        Directory.EnumerateFiles(SharedFiles.Get(Path.Combine("cluster/crds", folder)), "*.yaml")
            .SelectMany(path => ManifestFile.Parse(path, Renamed(File.ReadAllText(path))).Documents)
            .SelectMany(slot => CrdReader.Read(slot.Document.Root)));

    private static string Renamed(string text) => text.Replace("gateway.networking.", "gateway.example.", StringComparison.Ordinal);

    private void Compare(string what, Func<Channel, SchemaCatalog> catalogOf, Func<string, string>? rename = null)
    {
        rename ??= static text => text;
        var wrong = new List<string>();
        var otherFields = new List<string>();
        var otherCauses = new List<string>();
        var tallies = new SortedDictionary<string, Tally>(StringComparer.Ordinal);
        foreach (ServerVerdict verdict in ServerVerdict.All())
        {
            DryRunResult ours = DryRun.Of(Document(rename(verdict.Manifest)), catalogOf(verdict.Channel), verdict.Channel, verdict.Old is null ? null : Document(rename(verdict.Old)));
            if (!tallies.TryGetValue(verdict.File, out Tally? tally))
            {
                tallies[verdict.File] = tally = new Tally();
            }
            tally.All++;
            string place = $"{verdict.File} {verdict.Id} ({verdict.Channel})";
            if (ours.Accepted != verdict.IsAccepted)
            {
                wrong.Add($"{place}: server {(verdict.IsAccepted ? "accepts" : "refuses")}, ours {Text(ours.Causes)}; server: {string.Join(" | ", verdict.Causes.Select(c => c.Field + " " + c.Message))}");
                continue;
            }
            tally.Agreed++;
            if (verdict.IsAccepted)
            {
                continue;
            }
            tally.Refused++;
            if (!ours.Causes.Select(c => c.Field).ToHashSet().SetEquals(verdict.Causes.Select(c => c.Field)))
            {
                otherFields.Add($"{place}: server {string.Join(", ", verdict.Causes.Select(c => $"{c.Field} {c.Reason}"))}; ours {Text(ours.Causes)}");
                continue;
            }
            tally.SameFields++;
            if (!Reasons(ours.Causes.Select(c => (c.Field, c.Reason))).SequenceEqual(Reasons(verdict.Causes.Select(c => (c.Field, c.Reason)))))
            {
                otherCauses.Add($"{place}: server {string.Join(", ", verdict.Causes.Select(c => $"{c.Field} {c.Reason}"))}; ours {Text(ours.Causes)}");
                continue;
            }
            tally.SameCauses++;
        }
        output.WriteLine(what);
        foreach ((string file, Tally tally) in tallies)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {file}: {tally.Agreed} of {tally.All} agreed; of {tally.Refused} refused {tally.SameFields} with the same fields, {tally.SameCauses} with the same causes"));
        }
        Print("another verdict", wrong);
        Print("other fields", otherFields);
        Print("same fields, other number or reasons of causes", otherCauses);
        Assert.Empty(wrong);
        Assert.Empty(otherFields);
    }

    private static ManifestDocument Document(string manifest) => ManifestFile.Parse("m.yaml", manifest).Documents[^1].Document;

    private static IEnumerable<string> Reasons(IEnumerable<(string Field, string Reason)> causes) =>
        causes.Select(c => $"{c.Field} {c.Reason}").Order(StringComparer.Ordinal);

    private static string Text(ImmutableArray<VerdictCause> causes) => string.Join(", ", causes.Select(c => $"{c.Field} {c.Reason}"));

    private void Print(string what, List<string> lines)
    {
        output.WriteLine($"{what}: {lines.Count}");
        foreach (string line in lines.Take(60))
        {
            output.WriteLine("  " + line);
        }
    }

    private sealed class Tally
    {
        public int All { get; set; }

        public int Agreed { get; set; }

        public int Refused { get; set; }

        public int SameFields { get; set; }

        public int SameCauses { get; set; }
    }
}
