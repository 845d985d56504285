using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Diagnostics;

/// <summary>No space behind a colon: told where an object belongs, never where a text does.</summary>
public sealed class GluedColonTests
{
    private const string Head = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: a\nspec:\n";

    [Theory]
    [InlineData("  parentRefs:\n  - name:a\n", "name:", "  parentRefs:\n  - name: a\n")]
    [InlineData("  rules:\n  - backendRefs:\n    - name:a\n      port:80\n", "name:", "  rules:\n  - backendRefs:\n    - name: a\n      port: 80\n")]
    [InlineData("  parentRefs: [name:a]\n", "name:", "  parentRefs: [name: a]\n")]
    public void Told_and_mended(string spec, string underlined, string mended)
    {
        FileDiagnostic finding = Assert.Single(DiagnosticCheck.Find(Head + spec));
        Assert.Equal("missing-space", finding.Diagnostic.Code);
        Assert.Equal(underlined, (Head + spec).Substring(finding.Diagnostic.Span.Start, finding.Diagnostic.Span.Length));
        Assert.Equal(Head + mended, DiagnosticCheck.Apply(Head + spec, finding, Assert.Single(finding.Diagnostic.Fixes)));
        Assert.Empty(DiagnosticCheck.Find(Head + mended));
    }

    [Theory]
    [InlineData("  parentRefs:\n  - http://x\n", "invalid-type")]
    [InlineData("  parentRefs:\n  - image:tag\n", "invalid-type")]
    [InlineData("  parentRefs:\n  - name:a b\n    c\n", "invalid-type")]
    [InlineData("  parentRefs:\n  - name:\"\n", "invalid-type")]
    [InlineData("  parentRefs:\n  - name:'a\\n", "invalid-type")]
    [InlineData("  parentRefs:\n  - name:\"\\ud800\"\n", "invalid-type")]
    [InlineData("  hostnames:\n  - name:a\n", "invalid-value")]
    public void Texts_stay_texts(string spec, string code) =>
        Assert.Equal(code, Assert.Single(DiagnosticCheck.Find(Head + spec)).Diagnostic.Code);

    [Fact]
    public void A_whole_manifest_of_them_is_read()
    {
        const string text = "apiVersion:v1\nkind:ConfigMap\n";
        IEnumerable<FileDiagnostic> findings = DiagnosticCheck.Find(text).Where(f => f.Diagnostic.Code == "missing-space");
        Assert.Equal(["apiVersion:", "kind:"], findings.Select(f => text.Substring(f.Diagnostic.Span.Start, f.Diagnostic.Span.Length)));
    }

    [Theory]
    [InlineData("[{\"apiVersion\": \"v1\", \"kind\": \"ConfigMap\", \"metadata\": {\"name\": \"a\"}}, {\"apiVersion\": \"v1\", \"kind\": \"ConfigMap\", \"metadata\": {\"name\": \"b\"}}]\n")]
    [InlineData("---\n- apiVersion: v1\n  kind: ConfigMap\n  metadata:\n    name: a\n- apiVersion: v1\n  kind: ConfigMap\n  metadata:\n    name: b\n")]
    public void A_bare_list_of_objects_is_one_message(string text)
    {
        FileDiagnostic finding = Assert.Single(DiagnosticCheck.Find(text));
        Assert.Equal("object-list", finding.Diagnostic.Code);
        Assert.Empty(DiagnosticCheck.Find(DiagnosticCheck.Apply(text, finding, Assert.Single(finding.Diagnostic.Fixes))));
    }

    [Theory]
    [InlineData("- op: add\n  path: /a\n  value: {apiVersion: v1, kind: b}\n")]
    [InlineData("- apiVersion: v1\n  kind: ConfigMap\n  name: a\n")]
    [InlineData("- a:b\n- image:tag\n")]
    [InlineData("a:b\n")]
    public void Lists_of_other_things_are_none_of_ours(string text) => Assert.Empty(DiagnosticCheck.Find(text));
}
