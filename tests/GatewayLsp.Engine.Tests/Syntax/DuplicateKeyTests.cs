using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Syntax;

public class DuplicateKeyTests
{
    [Theory]
    [InlineData("a: 1\nb: 2\n# c\na: 3\n", "already set 3 lines above", "a: 1\nb: 2\n# c\n")]
    [InlineData("a: 1\r\na: 3\r\n", "already set on the line above", "a: 1\r\n")]
    [InlineData("c: {a: 1, a: 3}\n", "already set on this line", "c: {a: 1, ")]
    public void Where_the_first_stands(string text, string words, string before)
    {
        var analysis = new Analysis(new AnalysisHost().Apply(new WorkspaceChange.Opened("file:///a.yaml", text, 1)));
        FileDiagnostic finding = Assert.Single(analysis.Diagnose("file:///a.yaml"));
        Assert.Contains(words, finding.Diagnostic.Message, StringComparison.Ordinal);
        Assert.Equal(before.Length, finding.Diagnostic.Span.Start);
        RelatedLocation first = Assert.Single(finding.Diagnostic.Related);
        Assert.Equal((text.IndexOf('a', StringComparison.Ordinal), finding.Slot.Document), (first.Span.Start, first.Document));
        Assert.Equal("file:///a.yaml", first.Path);
    }

    private const string Service = "apiVersion: v1\nkind: Service\nmetadata:\n  name: a\nspec:\n  ports:\n  - port: 80\n";

    private const string Config = "kind: ConfigMap\napiVersion: v1\nmetadata:\n  name: b\ndata:\n  c: d\n";

    [Theory]
    [InlineData(Service + Config, Service + "---\n" + Config)]
    [InlineData(Service + "# b\n\n" + Service, Service + "# b\n\n---\n" + Service)]
    public void Objects_without_a_separator_are_one_finding(string text, string after) => DiagnosticCheck.CheckFix(text, "Insert `---`", after);

    [Fact]
    public void Each_separator_that_is_missing_is_told()
    {
        DiagnosticCheck.Check(Service + Config + Service, "duplicate-key 'kind'", "duplicate-key 'apiVersion'");
        Assert.EndsWith("\r\n", DiagnosticCheck.Single((Service + Config).ReplaceLineEndings("\r\n")).Fixes[0].Edits[0].NewText, StringComparison.Ordinal);
    }

    /// <summary>A key too many in one object is just that.</summary>
    [Theory]
    [InlineData("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\nkind: ConfigMap\n", "duplicate-key 'kind'")]
    [InlineData("kind: ConfigMap\nmetadata:\n  name: a\nmetadata:\n  name: b\napiVersion: v1\n", "duplicate-key 'metadata'")]
    public void A_key_twice_in_one_object_is_no_second_object(string text, string finding) => DiagnosticCheck.Check(text, finding);

    [Fact]
    public void Thousands_are_told_by_fifty()
    {
        string text = "x: {k: 1, k: 2}\na:\n" + string.Concat(Enumerable.Repeat("  b: 1\n", 50_500));
        IReadOnlyList<SyntaxError> errors = new ManifestDocument(text).Errors;
        Assert.Equal(50, errors.Count);
        Assert.EndsWith("50450 more of this document are not listed.", errors[^1].Message, StringComparison.Ordinal);
        Assert.Single(errors, e => e.Message.Contains("not listed", StringComparison.Ordinal));
    }
}
