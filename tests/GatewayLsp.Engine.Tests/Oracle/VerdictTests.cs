using System.Collections.Immutable;
using System.Globalization;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Model;
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
        foreach (ServerVerdict verdict in ServerVerdict.All().Where(v => v.IsAccepted))
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

    /// <summary>
    /// Strict decoding names the unknown fields below a value of the wrong type, where we name the value: one cause, one
    /// message. Those fields count apart.
    /// </summary>
    [SharedFact("oracle/verdicts")]
    public void StructuralRejectionsAreFoundAtTheSameFields()
    {
        int manifests = 0, same = 0, byType = 0, celOnly = 0;
        var misses = new List<string>();
        foreach (ServerVerdict verdict in ServerVerdict.All().Where(v => !v.IsAccepted))
        {
            var expected = verdict.StructuralFields().Where(f => f.Length > 0).ToHashSet(StringComparer.Ordinal);
            if (expected.Count == 0)
            {
                celOnly += verdict.Code == 422 ? 1 : 0;
                continue;
            }
            manifests++;
            ImmutableArray<Diagnostic> errors = Errors(verdict);
            foreach (string field in expected)
            {
                if (errors.Any(e => e.Field == field))
                {
                    same++;
                }
                else if (verdict.Code == 400 && errors.Any(e => e.Code == "invalid-type" && IsBelow(field, e.Field!)))
                {
                    byType++;
                }
                else
                {
                    misses.Add($"{verdict.Id} ({verdict.Channel}) missed {field}; ours: {string.Join(", ", errors.Select(e => e.Field))}");
                }
            }
        }
        Print(string.Create(CultureInfo.InvariantCulture,
            $"structural rejections: {manifests} manifests; fields: {same} the same, {byType} by the wrong type above them, {misses.Count} missed; rejected by CEL alone: {celOnly}"), misses);
        Assert.Empty(misses);
    }

    /// <summary>The validator itself, consequences included, has exactly the server's fields: what foretelling an apply needs.</summary>
    [SharedFact("oracle/verdicts")]
    public void TheValidatorHasExactlyTheFieldsOfTheServer()
    {
        int compared = 0;
        var differences = new List<string>();
        foreach (ServerVerdict verdict in ServerVerdict.All().Where(v => v.Code is 201 or 400 or 422))
        {
            compared++;
            var expected = verdict.StructuralFields().ToHashSet(StringComparer.Ordinal);
            ImmutableArray<SchemaIssue> issues = Issues(verdict);
            bool unknownOnly = issues.Any(i => i.Kind == SchemaIssueKind.UnknownField);
            var ours = issues.Where(i => !unknownOnly || i.Kind == SchemaIssueKind.UnknownField).Select(i => i.Field).ToHashSet(StringComparer.Ordinal);
            if (!ours.SetEquals(expected))
            {
                differences.Add($"{verdict.Id} ({verdict.Channel}) server: {string.Join(", ", expected.Except(ours))} ours: {string.Join(", ", ours.Except(expected))}");
            }
        }
        Print(string.Create(CultureInfo.InvariantCulture, $"verdicts: {compared}, with exactly the same structural fields: {compared - differences.Count}"), differences);
        Assert.Empty(differences);
    }

    [SharedFact("oracle/verdicts")]
    public void NothingIsReportedThatTheServerDoesNotReport()
    {
        int compared = 0;
        var extras = new List<string>();
        foreach (ServerVerdict verdict in ServerVerdict.All().Where(v => !v.IsAccepted && v.Code is 400 or 422))
        {
            compared++;
            var expected = verdict.Causes.Select(c => c.Field).ToHashSet(StringComparer.Ordinal);
            bool hasLeftOutRules = verdict.Causes.Any(c => c.Message.Contains("rules were not checked", StringComparison.Ordinal));
            foreach (Diagnostic error in Errors(verdict))
            {
                // Strict decoding comes first and reports unknown fields only; what else is wrong there the server has not looked at.
                // When the structure is wrong anywhere it evaluates no rules at all, where we only leave out those that could be misled.
                bool isCompared = (verdict.Code == 422 && !(hasLeftOutRules && error.Source == DiagnosticSource.Cel)) || error.Code is "unknown-field" or "experimental-field";
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
        foreach (ServerVerdict verdict in ServerVerdict.All().Where(v => v.Code == 404))
        {
            Assert.Contains(Errors(verdict), e => e.Code is "not-served" or "unknown-version" or "unknown-kind");
        }
    }

    private static bool IsBelow(string field, string above) =>
        field.Length > above.Length && field.StartsWith(above, StringComparison.Ordinal) && field[above.Length] is '.' or '[';

    private static ImmutableArray<SchemaIssue> Issues(ServerVerdict verdict)
    {
        ManifestDocument document = ManifestFile.Parse("m.yaml", verdict.Manifest).Documents[^1].Document;
        ManifestObject one = Assert.Single(ManifestObject.Of(document));
        return SchemaValidator.Validate(one.Node, SchemaCatalog.Bundled.Find(one.Gvk, verdict.Channel)!, new SchemaValidation(document) { WithConsequences = true });
    }

    private static ImmutableArray<Diagnostic> Errors(ServerVerdict verdict)
    {
        var context = new DocumentContext(SchemaCatalog.Bundled, new WorkspaceSettings { Channel = verdict.Channel }, IsPartial: false);
        return [.. ManifestFile.Parse("m.yaml", verdict.Manifest).Documents
            .SelectMany(slot => DocumentDiagnostics.Of(slot.Document, context))
            // What a controller refuses the API server knows nothing of.
            .Where(d => d.Severity == DiagnosticSeverity.Error && d.Source != DiagnosticSource.Semantic)];
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
