using System.Collections.Immutable;
using GatewayLsp.Engine.CodeActions;
using GatewayLsp.Engine.Text;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.CodeActions;

/// <summary>What the light bulb offers at the cursor.</summary>
public sealed class CodeActionTests
{
    private const string Route = """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: settings
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
        spec:
          hostname: # old name
          - store.example.com
          rules:
          - matches:
            - path: {type: exact, value: /}
            backendRefs:
            - name: store
              port: "80"
            - port: 81

        """;

    [Fact]
    public void FixesOfTheFindingAtTheCursorAreOffered()
    {
        ImmutableArray<CodeActionItem> actions = At("hostname", 3);
        Assert.Equal(["Rename to `hostnames`", "Remove `hostname`", "Apply all safe fixes"], actions.Select(a => a.Title));
        Assert.Equal(["quickfix", "quickfix", "source.fixAll.gatewayLsp"], actions.Select(a => a.Kind));
        Assert.Equal([true, false, false], actions.Select(a => a.IsPreferred));
        Assert.Equal("unknown-field", Assert.Single(actions[0].Fixes).Diagnostic.Code);
        Assert.Contains("  hostnames: # old name\n", Applied(actions[0]), StringComparison.Ordinal);
        Assert.DoesNotContain("hostname:", Applied(actions[1]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[{port: 8080}]", "Add `port: 8080`", true, "      port: 8080\n")]
    [InlineData("[{port: 8080, name: http}, {port: 9090, name: admin}]", "Add `port: 8080` (http)|Add `port: 9090` (admin)", false, "      port: 8080\n")]
    [InlineData(null, "Add `port`", false, "      port: 80\n")]
    public void MissingPortIsOneOfTheService(string? ports, string titles, bool isPreferred, string written)
    {
        const string Manifest = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: store\nspec:\n  rules:\n  - backendRefs:\n    - name: cart\n      namespace: shop\n";
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.OnDisk("route.yaml", Manifest));
        if (ports is not null)
        {
            host.Apply(new WorkspaceChange.OnDisk("service.yaml", $"apiVersion: v1\nkind: Service\nmetadata:\n  name: cart\n  namespace: shop\nspec:\n  ports: {ports}\n"));
        }
        CodeActionItem[] fixes = [.. new Analysis(host.Current).Actions("route.yaml", new LineRange(new LinePosition(7, 13), new LinePosition(7, 13)))
            .Where(a => a.Kind == "quickfix" && a.Fixes.Any(f => f.Diagnostic.Code == "missing-backend-port"))];
        Assert.Equal(titles, string.Join('|', fixes.Select(a => a.Title)));
        Assert.Equal(isPreferred, fixes[0].IsPreferred);
        Assert.Contains(written, TextEditing.Apply(Manifest, fixes[0].Edits[0].Edits) + "\n", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pay/grants.yaml", "apiVersion: gateway.networking.k8s.io/v1\nkind: ReferenceGrant\nmetadata: {name: g, namespace: pay}\nspec: {from: [{group: gateway.networking.k8s.io, kind: TCPRoute, namespace: x}], to: [{group: '', kind: Service}]}", ", in grants.yaml", "pay/grants.yaml", "\n---\napiVersion: gateway.networking.k8s.io/v1\nkind: ReferenceGrant\n")]
    [InlineData("pay/other.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: any\n  namespace: pay\n", ", in other.yaml", "pay/other.yaml", "---\napiVersion: gateway.networking.k8s.io/v1\n")]
    [InlineData("other.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: any\n  namespace: elsewhere\n", ", in a new file pay-referencegrant.yaml", "shop/pay-referencegrant.yaml", "apiVersion: gateway.networking.k8s.io/v1\n")]
    public void MissingGrantIsOfferedWhereTheOtherNamespaceHasItsObjects(string file, string text, string title, string path, string beginning)
    {
        const string Route = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: store, namespace: shop}\nspec:\n  rules:\n  - backendRefs:\n    - {name: checkout, namespace: pay, port: 80}\n";
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.Configured(new WorkspaceSettings { IsComplete = true }));
        host.Apply(new WorkspaceChange.OnDisk("shop/route.yaml", Route));
        host.Apply(new WorkspaceChange.OnDisk(file, text));
        CodeActionItem[] grants = [.. new Analysis(host.Current).Actions("shop/route.yaml", LineRange.At(new LinePosition(6, 35))).Where(a => a.Title.StartsWith("Add a ReferenceGrant", StringComparison.Ordinal))];
        Assert.Equal(["Add a ReferenceGrant in namespace `pay`", "Add a ReferenceGrant in namespace `pay`" + title], grants.Select(a => a.Title));
        FileEdit edit = grants[1].Edits.Single();
        Assert.Equal((path, path != file), (edit.Path, edit.CreatesFile));
        Assert.StartsWith(beginning, edit.Edits.Single().NewText, StringComparison.Ordinal);
        host.Apply(new WorkspaceChange.OnDisk(path, TextEditing.Apply(edit.CreatesFile ? "" : text, edit.Edits)));
        Assert.DoesNotContain(new Analysis(host.Current).Diagnose("shop/route.yaml"), one => one.Diagnostic.Code == "ref-not-permitted");
    }

    [Fact]
    public void CursorBehindTheTokenStillTouchesIt() => Assert.Equal("Change to `80`", At("\"80\"", 4)[0].Title);

    [Fact]
    public void WhereNothingIsWrongOnlyTheWholeFileIsOffered() => Assert.Equal(["source.fixAll.gatewayLsp"], At("ConfigMap", 0).Select(a => a.Kind));

    [Fact]
    public void AllSafeFixesAreAppliedAtOnceAndInventNothing()
    {
        CodeActionItem action = At("ConfigMap", 0)[0];
        Assert.Equal(3, action.Fixes.Length);
        Assert.Equal(
            Route.Replace("hostname:", "hostnames:", StringComparison.Ordinal).Replace("exact", "Exact", StringComparison.Ordinal).Replace("\"80\"", "80", StringComparison.Ordinal),
            Applied(action));
    }

    [Fact]
    public void DisabledCodesAreNotOffered()
    {
        AnalysisHost host = Host();
        host.Apply(new WorkspaceChange.Configured(new WorkspaceSettings { DisabledRules = ["unknown-field"] }));
        Assert.DoesNotContain(new Analysis(host.Current).Actions("test.yaml", Everything), a => a.Title.Contains("hostname", StringComparison.Ordinal));
        host.Apply(new WorkspaceChange.Configured(new WorkspaceSettings { Validate = false }));
        Assert.Empty(new Analysis(host.Current).Actions("test.yaml", Everything));
    }

    [Theory]
    [InlineData("kustomize.config.k8s.io:\npatches\n- |\n - e\n\t")]
    [InlineData("apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\npatches:\n- patch: |\n   kind HTTPRoute\n\tapiVersion: v1\n- patch: |\n\tkind: a\n")]
    [InlineData("apiVersion:gateway.networking.k8s.io/v1\rkind:HTTPRoute\rspec\r rules:\r -\r[0\r  filters\r  - type: CORS")]
    public void WhatIsOfferedForDamagedTextsChangesThemAndIsAppliedAtOnce(string text)
    {
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.Opened("test.yaml", text, 1));
        ImmutableArray<CodeActionItem> actions = new Analysis(host.Current).Actions("test.yaml", Everything);
        Assert.NotEmpty(actions);
        foreach (CodeActionItem action in actions)
        {
            TextEdit[] edits = [.. Assert.Single(action.Edits).Edits.OrderBy(edit => edit.Range.Start)];
            Assert.NotEqual(text, TextEditing.Apply(text, edits));
            Assert.All(edits.Zip(edits.Skip(1)), pair => Assert.True(pair.First.Range.End < pair.Second.Range.Start, action.Title));
        }
    }

    /// <summary>The first line of a block scalar says which of the lines below belong to it.</summary>
    [Fact]
    public void The_first_line_of_an_inline_patch_is_not_indented_anew()
    {
        const string Text = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\npatches:\n- patch: |\n   \tkind: HTTPRoute\n   spec:\n   \t  hostnames: [a]\n";
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.Opened("kustomization.yaml", Text, 1));
        var analysis = new Analysis(host.Current);
        Assert.Contains(analysis.Diagnose("kustomization.yaml"), found => found.Diagnostic.Code == "tab-indentation");
        Assert.All(analysis.Actions("kustomization.yaml", Everything).SelectMany(action => action.Edits).SelectMany(file => file.Edits), edit => Assert.NotEqual(4, edit.Range.Start.Line));
    }

    [Fact]
    public void UnknownFileHasNone() => Assert.Empty(new Analysis(Host().Current).Actions("other.yaml", Everything));

    private static LineRange Everything => new(default, new LinePosition(1_000, 0));

    private static AnalysisHost Host()
    {
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.Opened("test.yaml", Route, 1));
        return host;
    }

    private static ImmutableArray<CodeActionItem> At(string word, int offset) => new Analysis(Host().Current).Actions(
        "test.yaml", LineRange.At(new LineIndex(Route).PositionOf(Route.IndexOf(word, StringComparison.Ordinal) + offset)));

    private static string Applied(CodeActionItem action) => TextEditing.Apply(Route, Assert.Single(action.Edits).Edits);
}
