using GatewayLsp.Engine.Completion;
using GatewayLsp.Engine.Hover;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Workspaces;

/// <summary>Patches inside of a kustomization are manifests, parts of objects only; lists of JSON Patch operations are not.</summary>
public sealed class InlinePatchTests
{
    private const string Path = "file:///app/kustomization.yaml";

    private const string Head = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n";

    private const string Patch = Head + "patches:\n- target:\n    kind: HTTPRoute\n  patch: |-\n";

    private const string Route = "    apiVersion: gateway.networking.k8s.io/v1\n    kind: HTTPRoute\n    metadata:\n      name: x\n";

    [Theory]
    [InlineData(Patch + Route + "    spec:\n      rules:\n      - backendRefs:\n        - port: 80\n")]
    [InlineData(Patch + Route + "    $patch: delete\n")]
    [InlineData(Patch + Route + "    spec:\n      rules:\n      - $patch: replace\n      - backendRefs:\n        - name: a\n          port: 80\n")]
    [InlineData(Patch + Route + "    ---\n" + Route)]
    [InlineData(Patch + "    - op: replace\n      path: /spec/rules/0\n      value: {foo: 1}\n")]
    [InlineData(Patch + "    [{\"op\": \"remove\", \"path\": \"/spec/x\"}]\n")]
    [InlineData(Head + "patchesStrategicMerge:\n- |-\n" + Route + "    spec: {}\n- patch.yaml\n")]
    [InlineData(Head + "patchesJson6902:\n- target: {version: v1, kind: Service, name: a}\n  patch: |\n    - op: add\n      path: /a\n      value: 1\n")]
    [InlineData(Head + "patches:\n- patch: |-\n")]
    [InlineData(Head + "patches:\n- path: a.yaml\n- patch: \"\"\n- \n")]
    [InlineData(Head + "configMapGenerator:\n- name: x\n  literals:\n  - |\n" + Route + "    nonsense: 1\n")]
    public void Accepts(string text) => Assert.Empty(Open(text).Diagnose(Path));

    [Theory]
    [InlineData(Patch + Route + "    spec:\n      ru1es: []\n", "11:6 unknown-field")]
    [InlineData(Patch + Route + "    ---\n" + Route + "    spec:\n      ru1es: []\n", "16:6 unknown-field")]
    [InlineData(Head + "patchesStrategicMerge:\n- |-\n" + Route + "    spec:\n      hostnames: x\n", "9:17 invalid-type")]
    [InlineData("# first\n---\n" + Patch + Route + "    spec:\n      ru1es: []\n", "13:6 unknown-field")]
    public void Finds(string text, string expected) =>
        Assert.Equal([expected], Open(text).Diagnose(Path).Select(one => $"{one.Range.Start.Line}:{one.Range.Start.Character} {one.Diagnostic.Code}"));

    [Theory]
    [InlineData(Patch + Route + "    spec:\n      $0\n", "rules")]
    [InlineData(Patch + Route + "    spec:\n      $0", "rules")]
    [InlineData(Patch + Route + "    spec:\n      rules:\n      - filters:\n        - type: $0\n", "RequestMirror")]
    [InlineData(Patch + Route + "    $0\n", "spec")]
    [InlineData(Patch + Route + "    spec:\n      $0\n- path: b.yaml\n", "rules")]
    [InlineData(Patch + "    kind: HTTPRoute\n    $0\n", "apiVersion")]
    [InlineData(Head + "patchesStrategicMerge:\n- |-\n" + Route + "    spec:\n      $0\n", "hostnames")]
    public void Offers(string fixture, string label)
    {
        MarkedText marked = MarkedText.Parse(fixture.Replace("$patch", "patch", StringComparison.Ordinal));
        CompletionList list = Open(marked.Text).Complete(Path, marked.Position);
        Assert.Contains(list.Items, item => item.Label == label);
        Assert.True(list.Range.Contains(marked.Position));
    }

    [Fact]
    public void Tells_of_fields()
    {
        MarkedText marked = MarkedText.Parse(Patch + Route + "    spec:\n      ru$0les: []\n");
        HoverText? hover = Open(marked.Text).Hover(Path, marked.Position);
        Assert.StartsWith("**spec.rules** : list of object", hover?.Markdown, StringComparison.Ordinal);
        Assert.Equal((marked.Position.Line, 6), (hover!.Range.Start.Line, hover.Range.Start.Character));
    }

    private static Analysis Open(string text) => new(new AnalysisHost().Apply(new WorkspaceChange.Opened(Path, text, 1)));
}
