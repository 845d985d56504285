using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Diagnostics;

/// <summary>Findings about the YAML itself: one for what the user did, none for what follows from it.</summary>
public sealed class SyntaxRuleTests
{
    [Theory]
    [InlineData("unfinished-key", "data")]
    [InlineData("missing-comma", "\"fast\"")]
    [InlineData("missing-space", "level:")]
    [InlineData("unclosed-quote", "\"fast")]
    [InlineData("unclosed-bracket", "[")]
    [InlineData("tab-indentation", "\t")]
    [InlineData("bad-indentation", "level")]
    [InlineData("ambiguous-colon", "deploy: on Monday")]
    [InlineData("reserved-character", "@")]
    [InlineData("duplicate-key", "mode")]
    [InlineData("unknown-alias", "*default")]
    [InlineData("control-character", "\a")]
    [InlineData("nested-too-deep", "[")]
    [InlineData("invalid-escape", "\\d")]
    [InlineData("invalid-yaml", "-")]
    public void TheExampleOfTheRuleIsUnderlined(string code, string underlined)
    {
        FileDiagnostic finding = Assert.Single(DiagnosticCheck.Find(RuleCatalog.Find(code)!.Doc.Bad));
        Assert.Equal(underlined, finding.Slot.Document.Text.Substring(finding.Diagnostic.Span.Start, finding.Diagnostic.Span.Length));
        Assert.Equal(DiagnosticSource.Yaml, finding.Diagnostic.Source);
    }

    [Theory]
    [InlineData("unfinished-key")]
    [InlineData("missing-comma")]
    [InlineData("missing-space")]
    [InlineData("invalid-escape")]
    [InlineData("unclosed-quote")]
    [InlineData("unclosed-bracket")]
    [InlineData("tab-indentation")]
    [InlineData("ambiguous-colon")]
    [InlineData("reserved-character")]
    public void FixMendsTheExample(string code)
    {
        string bad = RuleCatalog.Find(code)!.Doc.Bad;
        FileDiagnostic finding = Assert.Single(DiagnosticCheck.Find(bad));
        DiagnosticCheck.Check(DiagnosticCheck.Apply(bad, finding, Assert.Single(finding.Diagnostic.Fixes)));
    }

    [Fact]
    public void RequiredFieldsBehindABrokenLineAreNotMissing()
    {
        IEnumerable<string> codes = DiagnosticCheck.Find("""
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata:
              name: edge
            spec:
              gatewayClassName: "example
              listeners:
              - name: http
                port: 80
                protocol: HTTP
            """).Select(f => f.Diagnostic.Code);
        Assert.Equal(["unclosed-quote"], codes);
    }
}
