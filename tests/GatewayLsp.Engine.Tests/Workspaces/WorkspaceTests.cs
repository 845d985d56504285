using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Tests.Workspaces;

public class WorkspaceTests
{
    private const string Definition = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata:
          name: widgets.example.com
        spec:
          group: example.com
          scope: Cluster
          names: {kind: Widget, plural: widgets}
          versions:
          - name: v1
            served: true
            storage: true
            schema:
              openAPIV3Schema:
                type: object
                properties:
                  spec:
                    type: object
                    properties:
                      size: {type: integer}

        """;

    private static readonly Gvk Widget = new("example.com", "v1", "Widget");

    [Fact]
    public void Index_follows_edits_and_files()
    {
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.OnDisk("a.yaml", Service("one") + "---\n" + Service("two")));
        host.Apply(new WorkspaceChange.OnDisk("b.yaml", Service("three")));
        Assert.Equal(["one", "three", "two"], Names(host));
        host.Apply(new WorkspaceChange.Opened("a.yaml", Service("one") + "---\n" + Service("two"), 1));
        host.Apply(new WorkspaceChange.Edited("a.yaml", [new TextChange(new LineRange(new LinePosition(2, 19), new LinePosition(2, 20)), "x")], 2));
        Assert.Equal(["onx", "three", "two"], Names(host));
        host.Apply(new WorkspaceChange.OnDisk("a.yaml", Service("ignored while open")));
        Assert.Equal(["onx", "three", "two"], Names(host));
        host.Apply(new WorkspaceChange.Closed("a.yaml", null));
        Assert.Equal(["three"], Names(host));
    }

    [Fact]
    public void Snapshots_do_not_change()
    {
        var host = new AnalysisHost();
        Workspace before = host.Apply(new WorkspaceChange.OnDisk("a.yaml", Service("one")));
        host.Apply(new WorkspaceChange.OnDisk("a.yaml", Service("two")));
        Assert.Equal("one", Assert.Single(before.Index.OfKind("", "Service")).Object.Name);
    }

    [Fact]
    public void Knows_which_objects_share_an_identity_and_in_which_files()
    {
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.OnDisk("a.yaml", Service("one")));
        host.Apply(new WorkspaceChange.OnDisk("b.yaml", Service("two")));
        Assert.False(host.Current.Index.HasDuplicates);
        host.Apply(new WorkspaceChange.OnDisk("c.yaml", Service("one")));
        ResourceIndex shared = host.Current.Index;
        Assert.Equal(["a.yaml", "c.yaml"], Assert.Single(shared.Shared.In("c.yaml")).Select(one => one.Path));
        Assert.Equal([true, false], new[] { "one", "two" }.Select(name => shared.Shared.Contains(shared.Find(new ObjectKey("", "Service", "default", name))[0].Object)));
        Assert.Empty(shared.Shared.In("b.yaml"));

        host.Apply(new WorkspaceChange.OnDisk("b.yaml", Service("three")));
        Assert.Same(shared.Shared, host.Current.Index.Shared);
        host.Apply(new WorkspaceChange.OnDisk("a.yaml", null));
        Assert.False(host.Current.Index.HasDuplicates);
        Assert.Empty(host.Current.Index.Shared.In("c.yaml"));
    }

    [Fact]
    public async Task An_edit_does_not_wait_until_the_snapshot_before_has_its_index()
    {
        // How long an index takes is the machine's affair: the workspace grows until some edits can pass it. If they waited, none ever would.
        int edits = 0;
        for (int files = 100; files <= 3_200 && edits <= 2; files *= 2)
        {
            edits = await EditsWhileIndexing(files);
        }
        Assert.True(edits > 2, $"{edits} edits while the index was made");
    }

    private static async Task<int> EditsWhileIndexing(int files)
    {
        var host = new AnalysisHost();
        for (int i = 0; i < files; i++)
        {
            host.Apply(new WorkspaceChange.OnDisk($"{i}.yaml", string.Join("---\n", Enumerable.Range(0, 40).Select(n => Service($"s{i}-{n}")))));
        }
        Workspace before = host.Current;
        Task<ResourceIndex> index = Task.Run(() => before.Index);
        int edits = 0;
        do
        {
            host.Apply(new WorkspaceChange.OnDisk("edited.yaml", Service($"edit-{edits++}")));
            await Task.Delay(1);
        }
        while (!index.IsCompleted);
        Assert.Equal((await index).OfKind("", "Service").Count() + 1, host.Current.Index.OfKind("", "Service").Count());
        return edits;
    }

    [Fact]
    public void Definitions_of_the_workspace_are_known_at_once_and_forgotten_with_their_file()
    {
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.OnDisk("w.yaml", "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w, namespace: ignored}\n"));
        Assert.Null(host.Current.Catalog.Find(Widget, Channel.Standard));
        Assert.Single(host.Current.Index.Find(new ObjectKey("example.com", "Widget", "ignored", "w")));
        host.Apply(new WorkspaceChange.OnDisk("crd.yaml", Definition));
        Assert.NotNull(host.Current.Catalog.Find(Widget, Channel.Standard)!.Find("spec")!.Schema.Find("size"));
        Assert.Single(host.Current.Index.Find(new ObjectKey("example.com", "Widget", "", "w")));
        host.Apply(new WorkspaceChange.OnDisk("crd.yaml", null));
        Assert.Null(host.Current.Catalog.Find(Widget, Channel.Standard));
    }

    [Theory]
    [InlineData("patches:\n- path: patch.yaml\n", "file:///w/base/patch.yaml", true)]
    [InlineData("patchesStrategicMerge:\n- ../over/patch.yaml\n", "file:///w/over/patch.yaml", true)]
    [InlineData("resources:\n- patch.yaml\n", "file:///w/base/patch.yaml", false)]
    public void Kustomize_patches_are_partial(string kustomization, string path, bool partial)
    {
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.OnDisk("file:///w/base/kustomization.yaml", kustomization));
        Assert.Equal(partial, host.Current.Partials.Contains(path));
    }

    private static IEnumerable<string> Names(AnalysisHost host) =>
        host.Current.Index.OfKind("", "Service").Select(s => s.Object.Name).Order(StringComparer.Ordinal);

    private static string Service(string name) => $"apiVersion: v1\nkind: Service\nmetadata: {{name: {name}}}\n";
}
