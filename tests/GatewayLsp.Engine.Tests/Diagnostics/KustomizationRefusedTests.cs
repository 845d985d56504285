using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Diagnostics;

/// <summary>"kustomization-refused": what kustomize builds nothing for, told where it is written, as far as it is certain.</summary>
public sealed class KustomizationRefusedTests
{
    private const string App = "#file: /w/app/app.yaml\napiVersion: v1\nkind: Service\nmetadata: {name: checkout}\nspec: {ports: [{port: 80}]}\n";

    [Theory]
    [InlineData("patches:\n- patch: |\n    apiVersion: v1\n    kind: Service\n    metadata: {name: chekout}\n", "7:22 the patch of Service chekout is for no object")]
    [InlineData("patches:\n- target: {kind: Service}\n  patch: |\n    - {op: remove, path: /spec/x}\n", "6:26 in the patch of Service checkout, `/spec/x` leads to nothing")]
    [InlineData("patches:\n- target: {kind: Service}\n  patch: '[{op: remove, path: /spec/ports}]'\n", "5:10 a patch that begins with `[` must be JSON")]
    [InlineData("patches:\n- target: {kind: Service}\n  patch: '[{\"op\": \"remove\", \"path\": \"/spec/ports\"}]'\n", null)]
    [InlineData("patches:\n- target: {kind: HTTPRoute, name: nosuch}\n  patch: |\n    - {op: remove, path: /spec/x}\n", null)]
    [InlineData("- https://example.com/more\npatches:\n- patch: |\n    apiVersion: v1\n    kind: Service\n    metadata: {name: chekout}\n", null)]
    [InlineData("patches:\n- path: missing.json\n  target: {kind: Service}\n", null)]
    public void What_kustomize_refuses_is_told_at_the_patch(string more, string? expected)
    {
        string[] found = [.. WorkspaceFixture.Parse("#file: /w/app/kustomization.yaml\nresources:\n- app.yaml\n" + more + App).Analysis.Diagnose("/w/app/kustomization.yaml")
            .Where(static one => one.Diagnostic.Code == "kustomization-refused").Select(static one => $"{one.Range.Start.Line + 1}:{one.Range.Start.Character + 1} {one.Diagnostic.Message}")];
        Assert.Equal(expected is null ? [] : [expected.Insert(expected.IndexOf(' ', StringComparison.Ordinal), " kustomize refuses to build `app`:") + "."], found);
    }

    [Fact]
    public void The_example_is_one()
    {
        RuleDoc doc = RuleCatalog.Find("kustomization-refused")!.Doc;
        Assert.Single(Find(doc.Bad));
        Assert.Empty(Find(doc.Good));

        static FileDiagnostic[] Find(string text) => [.. WorkspaceFixture.Parse("#file: /w/app/kustomization.yaml\n" + text + "\n" + App).Analysis.Diagnose("/w/app/kustomization.yaml")];
    }

    [Fact]
    public void It_can_be_switched_off() => Assert.Empty(WorkspaceFixture.Parse(
        "#file: /w/app/kustomization.yaml\nresources: [app.yaml]\npatches:\n- target: {kind: Service}\n  patch: '[{op: remove, path: /spec/ports}]'\n" + App, new WorkspaceSettings { DisabledRules = ["kustomization-refused"] })
        .Analysis.Diagnose("/w/app/kustomization.yaml"));
}
