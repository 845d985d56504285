using GatewayLsp.Testing;
using static GatewayLsp.Engine.Tests.CodeActions.RefactoringFixture;

namespace GatewayLsp.Engine.Tests.CodeActions;

/// <summary>Where refactorings are offered, and where not.</summary>
public sealed class RefactoringOfferTests
{
    /// <summary>Where the text is not what reaches the cluster, or means something elsewhere too, nothing is offered.</summary>
    [Theory]
    [InlineData("  - backendRefs: [{name: v1, port: 80, weight: {{ .Values.w }}}, {name: v2$0, port: 80}]\n")]
    [InlineData("  - backendRefs: [{name: v1, port: 80, weight: \"{{ .Values.w }}\"}, {name: v2$0, port: 80}]\n")]
    [InlineData("  - backendRefs: &all\n    - {name: v1, port: 80}\n    - {name: v2$0, port: 80}\n  - matches: [{path: {value: /x}}]\n    backendRefs: *all\n")]
    [InlineData("  - matches: [{path: {value: /x}}]\n    backendRefs: &all [{name: v1, port: 80}, {name: v2, port: 80}]\n  - backendRefs: *all$0\n")]
    [InlineData("  - backendRefs:\n    - &one {name: v1, port: 80}\n    - {<<: *one, name: v2$0}\n")]
    [InlineData("  - backendRefs: [{name: v1, port: 80, weight: many}, {name: v2$0, port: 80}]\n")]
    [InlineData("  - backendRefs: [{name: v1, port: 80}, {name: v2$0, port: 80}\n")]
    [InlineData("{{- if .Values.canary }}\n  - backendRefs: [{name: v1, port: 80}, {name: v2$0, port: 80}]\n{{- end }}\n")]
    public void NothingIsOfferedWhereTheTextIsNotCertain(string rules) => Assert.Empty(RefactoringCheck.Titles(Head + rules));

    [Fact]
    public void NothingIsOfferedInAKustomizePatch()
    {
        const string Rule = "  - backendRefs: [{name: v1, port: 80}, {name: v2$0, port: 80}]\n";
        Assert.NotEmpty(RefactoringCheck.Titles("#file: patch.yaml\n" + Head + Rule));
        Assert.Empty(RefactoringCheck.Titles("#file: patch.yaml\n" + Head + Rule + "#file: kustomization.yaml\napiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\npatches:\n- path: patch.yaml\n"));
    }

    [Theory]
    [InlineData("name: hello", "Attach")]
    [InlineData("kind: HTTPRoute", "Attach")]
    [InlineData("rules:", "")]
    [InlineData("value: /x", "Merge|Extract")]
    [InlineData("port: 80", "Split|Canary by|Mirror|Mirror|Add ServiceImport")]
    public void OfferedIsWhatTheCursorIsAt(string at, string expected)
    {
        const string Rest = "  - matches: # two\n    - path:\n        value: /x\n    - path:\n        value: /y\n    backendRefs:\n    - name: v1\n      port: 80\n  - matches:\n    - path:\n        value: /z\n    backendRefs:\n    - name: v1\n      port: 80\n";
        string text = Head + Rest + "---\n{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: g}, spec: {gatewayClassName: c, listeners: [{name: l, port: 80, protocol: HTTP}]}}\n";
        string[] titles = RefactoringCheck.Titles(text.Insert(text.IndexOf(at, StringComparison.Ordinal), "$0"));
        string[] wanted = expected.Split('|', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(wanted.Order(), titles.Select(title => wanted.FirstOrDefault(word => title.StartsWith(word, StringComparison.Ordinal)) ?? title).Order());
    }

    [Fact]
    public void LineBreaksOfWindowsStay()
    {
        string text = RefactoringCheck.Apply((Head + "  - backendRefs:\n    - name: v1$0\n      port: 80\n").Replace("\n", "\r\n", StringComparison.Ordinal), "Mirror requests");
        Assert.DoesNotContain("\n", text.Replace("\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("      requestMirror:\r\n", text, StringComparison.Ordinal);
    }
}
