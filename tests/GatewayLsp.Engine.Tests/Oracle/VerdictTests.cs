using System.Collections.Immutable;
using System.Globalization;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Testing;
using Xunit.Abstractions;

namespace GatewayLsp.Engine.Tests.Oracle;

/// <summary>Our findings against the verdicts of a real API server: nothing too much, nothing missed, the same fields.</summary>
public sealed class VerdictTests(ITestOutputHelper output)
{
    [SharedFact("oracle/verdicts")]
    public void AcceptedManifestsHaveNoErrors()
    {
        int accepted = 0;
        var alarms = new List<string>();
        foreach (Verdict verdict in Verdict.All().Where(v => v.IsAccepted))
        {
            accepted++;
            foreach (Diagnostic error in Errors(verdict))
            {
                alarms.Add($"{verdict.Id} ({verdict.Channel}): {error.Code} {error.Field}: {error.Message}");
            }
        }
        Print($"accepted manifests: {accepted}, false alarms: {alarms.Count}", alarms);
        Assert.Empty(alarms);
    }

    [SharedFact("oracle/verdicts")]
    public void StructuralRejectionsAreFoundAtTheSameFields()
    {
        int manifests = 0, fields = 0, found = 0, celOnly = 0;
        var misses = new List<string>();
        foreach (Verdict verdict in Verdict.All().Where(v => !v.IsAccepted))
        {
            var expected = verdict.StructuralFields().Where(f => f.Length > 0).ToHashSet(StringComparer.Ordinal);
            if (expected.Count == 0)
            {
                celOnly += verdict.Code == 422 ? 1 : 0;
                continue;
            }
            manifests++;
            fields += expected.Count;
            HashSet<string> ours = Fields(verdict);
            found += expected.Count(ours.Contains);
            foreach (string missed in expected.Where(f => !ours.Contains(f)))
            {
                misses.Add($"{verdict.Id} ({verdict.Channel}) missed {missed}; ours: {string.Join(", ", ours)}");
            }
        }
        Print(string.Create(CultureInfo.InvariantCulture,
            $"structural rejections: {manifests} manifests, fields found {found} of {fields}; rejected by CEL alone: {celOnly}"), misses);
        Assert.Empty(misses);
    }

    [SharedFact("oracle/verdicts")]
    public void NothingIsReportedThatTheServerDoesNotReport()
    {
        int compared = 0;
        var extras = new List<string>();
        foreach (Verdict verdict in Verdict.All().Where(v => !v.IsAccepted && v.Code is 400 or 422))
        {
            compared++;
            var expected = verdict.StructuralFields().ToHashSet(StringComparer.Ordinal);
            foreach (Diagnostic error in Errors(verdict))
            {
                // Strict decoding comes first and reports unknown fields only; what else is wrong there the server has not looked at.
                bool isCompared = verdict.Code == 422 || error.Code is "unknown-field" or "experimental-field";
                if (isCompared && !expected.Contains(error.Field!))
                {
                    extras.Add($"{verdict.Id} ({verdict.Channel}): {error.Code} {error.Field}: {error.Message}");
                }
            }
        }
        Print($"rejected manifests: {compared}, findings that the server does not have: {extras.Count}", extras);
        Assert.Empty(extras);
    }

    [SharedFact("oracle/verdicts")]
    public void KindsThatAreNotServedAreFound()
    {
        foreach (Verdict verdict in Verdict.All().Where(v => v.Code == 404))
        {
            Assert.Contains(Errors(verdict), e => e.Code is "not-served" or "unknown-version" or "unknown-kind");
        }
    }

    private static HashSet<string> Fields(Verdict verdict) => Errors(verdict).Select(e => e.Field ?? "").ToHashSet(StringComparer.Ordinal);

    private static ImmutableArray<Diagnostic> Errors(Verdict verdict)
    {
        var context = new DocumentContext(SchemaCatalog.Bundled, new WorkspaceSettings { Channel = verdict.Channel }, IsPartial: false);
        return [.. ManifestFile.Parse("m.yaml", verdict.Manifest).Documents
            .SelectMany(slot => DocumentDiagnostics.Of(slot.Document, context))
            .Where(d => d.Severity == DiagnosticSeverity.Error)];
    }

    private void Print(string summary, List<string> details)
    {
        output.WriteLine(summary);
        foreach (string detail in details.Take(40))
        {
            output.WriteLine("  " + detail);
        }
    }
}
