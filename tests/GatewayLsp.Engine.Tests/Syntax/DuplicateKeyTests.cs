using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Syntax;

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
