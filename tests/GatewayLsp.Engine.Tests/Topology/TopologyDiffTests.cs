using CsCheck;
using GatewayLsp.Engine.Topology;
using GatewayLsp.Engine.Topology.Diff;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Topology;

/// <summary>Patches lead from one graph to the next, whatever was edited.</summary>
public sealed class TopologyDiffTests
{
    private static readonly string[] Texts = [TopologyFixtures.Shop, TopologyFixtures.Mesh, TopologyFixtures.ManyClusters];

    private static readonly (string Old, string New)[] Words =
    [
        ("weight: 90", "weight: 7"), ("cart", "basket"), ("https", "http"), ("port: 80", "port: 81"), ("store.example.com", "*.example.com"), ("namespace: shop", "namespace: infra"),
        ("/cart", "/tray"), ("rest", "remainder"), ("  - name: rest\n    backendRefs: [{name: web, port: 80}]\n", ""), ("rules:\n", "rules:\n  - backendRefs: [{name: web, port: 80}]\n"),
        ("kind: Service,", "kind: Pod,"), ("percent: 5", "percent: 100"), ("replicas: 3", "replicas: 1"), ("{name: http", "{nme: http"), ("apiVersion", "\n# a line\napiVersion"),
        ("front", "{{ .Values.front }}"), ("weight: 10", "weight: 0"), ("{cluster: west}", "{cluster: north}"),
    ];

    /// <summary>A text, and what is done to it in turn: a document taken out, words replaced, a letter dropped.</summary>
    private static readonly Gen<(int Text, (int Kind, int At)[] Edits)> Cases =
        Gen.Select(Gen.Int[0, Texts.Length - 1], Gen.Select(Gen.Int[0, 5], Gen.Int[0, 10_000]).Array[1, 5]);

    [Fact]
    public void Applying_the_patches_gives_the_other_graph() => Cases.Sample(one =>
    {
        var host = new AnalysisHost();
        string text = Texts[one.Text];
        TopologyGraph before = Graph(host, text);
        foreach ((int kind, int at) in one.Edits)
        {
            text = Edit(text, kind, at);
            TopologyGraph after = Graph(host, text);
            TopologyGraph patched = TopologyDiffer.Apply(before, TopologyDiffer.Diff(before, after));
            Assert.Equal(TopologyCheck.Nodes(after), TopologyCheck.Nodes(patched));
            Assert.True(patched.HasSameContent(after));
            Assert.True(TopologyDiffer.Apply(after, TopologyDiffer.Diff(after, before)).HasSameContent(before));
            TopologyGraph compared = TopologyComparison.Of(before, after);
            Assert.Equal(compared.Nodes.Length, compared.Nodes.Select(node => node.Id).Distinct().Count());
            Assert.Equal(compared.Edges.Length, compared.Edges.Select(edge => edge.Id).Distinct().Count());
            before = after;
        }
    }, iter: 150);

    [Fact]
    public void A_graph_is_sound_and_the_same_each_time() => Cases.Sample(one =>
    {
        string text = one.Edits.Aggregate(Texts[one.Text], (text, edit) => Edit(text, edit.Kind, edit.At));
        TopologyGraph graph = Graph(new AnalysisHost(), text);
        Assert.True(graph.HasSameContent(Graph(new AnalysisHost(), text)));
        var ids = graph.Nodes.Select(node => node.Id).ToHashSet();
        Assert.Equal(graph.Nodes.Length, ids.Count);
        Assert.Equal(graph.Edges.Length, graph.Edges.Select(edge => edge.Id).Distinct().Count());
        Assert.All(graph.Edges, edge => Assert.True(ids.Contains(edge.From) && ids.Contains(edge.To)));
        Assert.All(graph.Nodes, node => Assert.True(node.Parent is null || ids.Contains(node.Parent)));
    }, iter: 100);

    [Fact]
    public void A_weight_is_two_patches()
    {
        TopologyPatch[] patches = Patches(("weight: 90", "weight: 30"));
        Assert.Equal(
        [
            "HTTPRoute/shop/store#rule:0 Sends Service/shop/cart 8080 Label, Share",
            "HTTPRoute/shop/store#rule:0 Sends Service/shop/canary 8080 Label, Share",
        ], patches.OfType<TopologyPatch.EdgeChanged>().Select(patch => $"{patch.After.Id} {patch.Fields}"));
        Assert.Equal(2, patches.Length);
    }

    [Fact]
    public void A_new_line_is_one_patch()
    {
        TopologyPatch patch = Assert.Single(Patches(("kind: HTTPRoute\nmetadata: {name: upgrade", "kind: HTTPRoute\n\nmetadata: {name: upgrade")));
        Assert.Equal(new TopologyPatch.LinesShifted(WorkspaceFixture.DefaultPath, 12, 1), patch);
    }

    [Fact]
    public void What_an_object_of_another_file_does_needs_no_patch() => Assert.Empty(Patches(("", "")));

    [Fact]
    public void A_comparison_marks_what_came_went_and_changed()
    {
        string later = Replace(TopologyFixtures.Shop, ("weight: 90", "weight: 30"), ("replicas: 3", "replicas: 5"),
            ("  - name: rest\n    backendRefs: [{name: web, port: 80}]\n", ""),
            ("  rules:\n  - matches: [{path: {value: /cart}}]", "  rules:\n  - matches: [{path: {value: /new}}]\n    backendRefs: [{name: cart, port: 8080}]\n  - matches: [{path: {value: /cart}}]"));
        TopologyGraph compared = TopologyComparison.Of(TopologyCheck.Graph(TopologyFixtures.Shop), TopologyCheck.Graph(later));
        Assert.Equal(
        [
            "HTTPRoute/shop/store#rule:0 \"/new/*\" [Added]",
            "HTTPRoute/shop/store#rule:rest \"rest: /*\" [Removed]",
            "Service/shop/web \"web\" \":80\" [Removed]",
            "Deployment/shop/cart \"cart\" \"Deployment · 5 replicas\" [Changed]",
        ], compared.Nodes.Where(node => node.Mark != TopologyMark.None).Select(TopologyCheck.Line));
        Assert.Equal(
        [
            "HTTPRoute/shop/store Matches HTTPRoute/shop/store#rule:0 [Added]",
            "HTTPRoute/shop/store Matches HTTPRoute/shop/store#rule:rest [Removed]",
            "HTTPRoute/shop/store#rule:0 Sends Service/shop/cart 1 [Added]",
            "HTTPRoute/shop/store#rule:1 Sends Service/shop/cart \"75 %\" 3/4 [Changed] was \"90 %\"",
            "HTTPRoute/shop/store#rule:1 Sends Service/shop/canary \"25 %\" 1/4 [Changed] was \"10 %\"",
            "HTTPRoute/shop/store#rule:rest Sends Service/shop/web 1 [Removed]",
        ], compared.Edges.Where(edge => edge.Mark != TopologyMark.None).Select(TopologyCheck.Line));
        Assert.Contains(new TopologyFact("was", "cart (Deployment · 3 replicas)"), compared.Node("Deployment/shop/cart")!.Facts);
    }

    private static TopologyPatch[] Patches(params (string Old, string New)[] edits) =>
        [.. TopologyDiffer.Diff(TopologyCheck.Graph(TopologyFixtures.Shop), TopologyCheck.Graph(Replace(TopologyFixtures.Shop, edits)))];

    private static string Replace(string text, params (string Old, string New)[] edits)
    {
        foreach ((string old, string by) in edits)
        {
            Assert.Contains(old, text, StringComparison.Ordinal);
            text = old.Length == 0 ? text : text.Replace(old, by, StringComparison.Ordinal);
        }
        return text;
    }

    private static string Edit(string text, int kind, int at)
    {
        switch (kind)
        {
            case 0:
                List<string> documents = [.. text.Split("---\n")];
                documents.RemoveAt(at % documents.Count);
                return string.Join("---\n", documents);
            case 1:
                return text.Length == 0 ? text : text.Remove(at % text.Length, 1);
            default:
                (string old, string by) = Words[at % Words.Length];
                int found = text.IndexOf(old, Math.Min(text.Length, at / Words.Length), StringComparison.Ordinal);
                return found < 0 ? text : text.Remove(found, old.Length).Insert(found, by);
        }
    }

    private static TopologyGraph Graph(AnalysisHost host, string text) => new Analysis(host.Apply(new WorkspaceChange.OnDisk("a.yaml", text))).Topology();
}
