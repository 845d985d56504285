using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Diagnostics;

/// <summary>Slips of the hand that break YAML: one finding, one fix, and the text is right.</summary>
public sealed class SyntaxFixTests
{
    private const string Meta = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: store\n";
    private const string Head = Meta + "spec:\n";

    private const string Spec = "spec:\n  parentRefs:\n  - name: web\n  rules:\n  - backendRefs:\n    - name: a\n      port: 80\n";

    /// <summary>The level is that which has such a field, not the nearest.</summary>
    [Theory]
    [InlineData(Meta + " " + Spec, "Remove the indentation", Meta + Spec)]
    [InlineData(Head + "  rules:\n  - matches:\n    - path:\n        value: /\n   backendRefs:\n    - name: a\n      port: 80\n", "Indent by 4 spaces",
        Head + "  rules:\n  - matches:\n    - path:\n        value: /\n    backendRefs:\n    - name: a\n      port: 80\n")]
    [InlineData(Head + "  rules:\n  - matches:\n    - path:\n        value: /\n   timeouts:\n    request: 1s\n", "Indent by 4 spaces",
        Head + "  rules:\n  - matches:\n    - path:\n        value: /\n    timeouts:\n     request: 1s\n")]
    [InlineData(Head + "    parentRefs:\n    - name: web\n  rules:\n  - backendRefs: []\n", "Indent by 4 spaces",
        Head + "    parentRefs:\n    - name: web\n    rules:\n    - backendRefs: []\n")]
    [InlineData(Head + "  rules:\n    - matches:\n        - path:\n            value: /\n      - headers: []\n", "Indent by 8 spaces",
        Head + "  rules:\n    - matches:\n        - path:\n            value: /\n        - headers: []\n")]
    [InlineData(Head + "  rules:\n  - matches:\n    - path:\n        value: /\n   backendRefs:\n   - name: a\n     port: 80\n", "Indent by 4 spaces",
        Head + "  rules:\n  - matches:\n    - path:\n        value: /\n    backendRefs:\n    - name: a\n      port: 80\n")]
    public void IndentationFollowsTheSchema(string text, string title, string after) => DiagnosticCheck.CheckFix(text, title, after);

    [Theory]
    [InlineData(Head + "  hostnames:\n  -a.example.com\n  - b.example.com\n", "Add a space", Head + "  hostnames:\n  - a.example.com\n  - b.example.com\n")]
    [InlineData(Head + "  hostnames:\n  - a.example.com\n  -b.example.com\n", "Add a space", Head + "  hostnames:\n  - a.example.com\n  - b.example.com\n")]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1\nkind HTTPRoute\nmetadata:\n  name: store\nspec: {}\n", "Add `:`", Meta + "spec: {}\n")]
    [InlineData(Head + "  rules:\n  - backendRefs:\n    - name a\n      port: 80\n", "Add `:`", Head + "  rules:\n  - backendRefs:\n    - name: a\n      port: 80\n")]
    [InlineData(Head + "  rules:\n  - backendRefs:\n    - name: a\n      port 80\n", "Add `:`", Head + "  rules:\n  - backendRefs:\n    - name: a\n      port: 80\n")]
    [InlineData(Head + "\tparentRefs:\n\t- name: web\n\n\trules:\n\t- backendRefs:\n\t\t- name: a\n\t\t  port: 80\n", "Indent 6 lines with spaces",
        Head + "  parentRefs:\n  - name: web\n\n  rules:\n  - backendRefs:\n    - name: a\n      port: 80\n")]
    public void OneFixMendsIt(string text, string title, string after)
    {
        DiagnosticCheck.CheckFix(text, title, after);
        DiagnosticCheck.Check(after);
    }

    /// <summary>YAML, but not what is meant.</summary>
    [Theory]
    [InlineData(Head + "  parentRefs:\n  -name: web\n  hostnames: []\n", "Add a space", Head + "  parentRefs:\n  - name: web\n  hostnames: []\n")]
    [InlineData(Head + "  parentRefs:\n    -name: web\n", "Add a space", Head + "  parentRefs:\n    - name: web\n")]
    [InlineData(Head + "  hostnames:\n    -a.example.com\n    -b.example.com\n", "Add the spaces", Head + "  hostnames:\n    - a.example.com\n    - b.example.com\n")]
    [InlineData(Head + "  parentRefs:\n  name: web\n  namespace: infra\n  hostnames: []\n", "Add `- `", Head + "  parentRefs:\n  - name: web\n    namespace: infra\n  hostnames: []\n")]
    [InlineData(Head + "  parentRefs:\n  - name web\n", "Add `:`", Head + "  parentRefs:\n  - name: web\n")]
    [InlineData(Head + "  parentRefs: web\n", "Write it as `name`", Head + "  parentRefs: [{name: web}]\n")]
    [InlineData(Head + "  rules:\n  - backendRefs: shop:80\n", "Write it as `name` and `port`", Head + "  rules:\n  - backendRefs: [{name: shop, port: 80}]\n")]
    [InlineData(Head + "  rules:\n  - backendRefs:\n    - shop:80\n", "Write it as `name` and `port`", Head + "  rules:\n  - backendRefs:\n    - {name: shop, port: 80}\n")]
    [InlineData(Head + "  rules:\n  - backendRefs:\n    - name: a\n      port: 80,\n", "Change to `80`", Head + "  rules:\n  - backendRefs:\n    - name: a\n      port: 80\n")]
    public void OneFixMakesItWhatIsMeant(string text, string title, string after)
    {
        DiagnosticCheck.CheckFix(text, title, after);
        DiagnosticCheck.Check(after);
    }

    [Theory]
    [InlineData("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  -a: x\n")]
    [InlineData("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  a: |\n    kind HTTPRoute\n    -a\n")]
    public void WhatMayBeMeantIsLeftAlone(string text) => DiagnosticCheck.Check(text);

    /// <summary>A line that was moved on a guess makes its object have fields that are none of its own.</summary>
    [Fact]
    public void NothingIsRemovedFromAGuessedPlace() =>
        Assert.DoesNotContain(DiagnosticCheck.Find("apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: store\n foo:\n  parentRefs: []\n  rules: []\n"),
            finding => finding.Diagnostic.Fixes.Any(fix => fix.Title.StartsWith("Remove", StringComparison.Ordinal)));

    [Fact]
    public void NoFieldIsPutBesideTabs() =>
        Assert.DoesNotContain(DiagnosticCheck.Find(Head + "  rules:\n  - backendRefs:\n\t\t- name: a\n"), finding => finding.Diagnostic.Fixes.Any(fix => fix.Title == "Add `port`"));
}
