using CsCheck;
using GatewayLsp.Engine.CodeActions;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Text;
using GatewayLsp.Engine.Tests.Oracle;
using GatewayLsp.Testing;
using Xunit.Abstractions;

namespace GatewayLsp.Engine.Tests.Diagnostics;

/// <summary>Every fix of every finding: what comes out is YAML, and the finding is gone.</summary>
public sealed class FixTests(ITestOutputHelper output)
{
    private int _applied;

    [Fact]
    public void FixesOfBrokenManifestsMendThem()
    {
        Mutations.Broken.Sample(text => CheckAll(text, null), iter: 1_000, threads: 1);
        output.WriteLine($"fixes applied: {_applied}");
    }

    [SharedFact("oracle/verdicts")]
    public void FixesOfRejectedManifestsMendThem()
    {
        foreach (ServerVerdict verdict in ServerVerdict.All().Where(v => !v.IsAccepted))
        {
            CheckAll(verdict.Manifest, DiagnosticCheck.Context(verdict.Channel));
        }
        output.WriteLine($"fixes applied: {_applied}");
    }

    [Fact]
    public void AllSafeFixesTogetherLeaveNoneAndBreakNothing() => Mutations.Broken.Sample(text =>
    {
        if (HasSyntaxErrors(text, null))
        {
            return;
        }
        string after = FixAll(text);
        Assert.False(HasSyntaxErrors(after, null), $"{text}\n=== became\n{after}");
        for (int i = 0; i < 4; i++)
        {
            after = FixAll(after);
        }
        Assert.DoesNotContain(DiagnosticCheck.Find(after), f => f.Diagnostic.Fixes is [{ IsPreferred: true }, ..]);
    }, iter: 500, threads: 1);

    /// <summary>The quote hides the rest of the line: whether the key that is not known is one, nobody can tell.</summary>
    [Fact]
    public void NothingIsChangedInATemplateThatCanOnlyBeGuessed() => Assert.All(
        DiagnosticCheck.Find("{\"apiVersion\":\"gateway.networking.k8s.io/v1\",\"kind\":\"Gateway\",\r\"{{\n\"c: h"), found => Assert.Empty(found.Diagnostic.Fixes));

    private void CheckAll(string text, DocumentContext? context)
    {
        if (HasSyntaxErrors(text, context))
        {
            return;
        }
        foreach (FileDiagnostic finding in DiagnosticCheck.Find(text, context))
        {
            foreach (Fix fix in finding.Diagnostic.Fixes)
            {
                _applied++;
                string after = DiagnosticCheck.Apply(text, finding, fix);
                string story = $"{finding.Diagnostic.Code} {finding.Diagnostic.Field}, {fix.Title}:\n{text}\n=== became\n{after}";
                Assert.False(HasSyntaxErrors(after, context), story);
                // Of three equal items only the second is reported; when it is gone, the third takes its place.
                bool isGone = Count(after, finding.Diagnostic, context) < Count(text, finding.Diagnostic, context)
                    || (finding.Diagnostic.Code == "duplicate-item" && after.Length < text.Length);
                Assert.True(isGone, story);
            }
        }
    }

    /// <summary>How often a finding is there: of several objects in a file more than one may have the same fault.</summary>
    private static int Count(string text, Diagnostic finding, DocumentContext? context) =>
        DiagnosticCheck.Find(text, context).Count(f => f.Diagnostic.Code == finding.Code && f.Diagnostic.Field == finding.Field);

    private static string FixAll(string text)
    {
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.Opened("test.yaml", text, 1));
        var everything = new LineRange(default, new LinePosition(int.MaxValue, 0));
        CodeActionItem? action = new Analysis(host.Current).Actions("test.yaml", everything).FirstOrDefault(a => a.Kind == CodeActionProvider.FixAll);
        return action is null ? text : TextEditing.Apply(text, Assert.Single(action.Edits).Edits);
    }

    private static bool HasSyntaxErrors(string text, DocumentContext? context) =>
        DiagnosticCheck.Find(text, context).Any(f => f.Diagnostic.Source == DiagnosticSource.Yaml);
}
