using System.Collections.Immutable;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Diffing;
using GatewayLsp.Engine.Cluster.Live;
using GatewayLsp.Engine.Cluster.Planning;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Testing;

/// <summary>Connected clusters out of manifests, and what the engine says with them.</summary>
public static class LiveFixture
{
    public static readonly DateTimeOffset Seen = new(2026, 5, 4, 3, 2, 1, TimeSpan.Zero);

    /// <summary>A cluster that has these objects (status included), and of each of their kinds, and of the usual ones, no others.</summary>
    public static ObservedCluster Cluster(string manifests, string context = "east", ConnectionState state = ConnectionState.Connected)
    {
        var kinds = ImmutableDictionary.CreateBuilder<GroupKind, ObservedKind>();
        foreach ((string group, string kind) in ((string, string)[])
            [(ApiGroups.Gateway, "GatewayClass"), (ApiGroups.Gateway, "Gateway"), (ApiGroups.Gateway, "HTTPRoute"), ("", "Service"), ("", "Namespace"), ("", "Secret"), (ApiGroups.Discovery, "EndpointSlice")])
        {
            kinds[new GroupKind(group, kind)] = new ObservedKind(new GroupKind(group, kind)) { Readability = Readability.Everywhere };
        }
        foreach (DocumentSlot slot in ManifestFile.Parse("live.yaml", manifests).Documents)
        {
            foreach (ManifestObject one in ManifestObject.Of(slot.Document))
            {
                ResourceKind? known = SchemaCatalog.Bundled.Kind(one.Gvk);
                var served = new ServedKind(one.Gvk, known?.Plural ?? one.Kind, known?.Scope != ResourceScope.Cluster);
                ObservedResource resource = ObservedResource.Parse(ManifestJson.Of(one)!.ToUtf8(), served, isMetadataOnly: served.IsMetadataOnlyByDefault)!;
                ObservedKind kind = kinds.GetValueOrDefault(served.GroupKind) ?? new ObservedKind(served.GroupKind) { Readability = Readability.Everywhere };
                kinds[served.GroupKind] = kind with { Served = served, Resources = kind.Resources.SetItem(resource.Key, resource) };
            }
        }
        return new ObservedCluster(new ClusterTarget(context) { Label = context + " (EKS)" }) { State = state, ContactAt = Seen, Kinds = kinds.ToImmutable() };
    }

    public static WorkspaceFixture With(this WorkspaceFixture fixture, params ObservedCluster[] clusters)
    {
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.Configured(fixture.Workspace.Settings));
        foreach ((string path, WorkspaceFile file) in fixture.Workspace.Files)
        {
            host.Apply(new WorkspaceChange.OnDisk(path, file.Manifest.GetText()));
        }
        return fixture with { Workspace = host.Apply(new WorkspaceChange.ClustersObserved(LiveClusters.Of(clusters))) };
    }

    /// <summary>As <c>line:character severity code message</c>, lines from 0.</summary>
    public static IEnumerable<string> Findings(this WorkspaceFixture fixture) =>
        fixture.Analysis.Diagnose(fixture.Path).Select(one =>
            $"{one.Range.Start.Line}:{one.Range.Start.Character} {one.Diagnostic.Severity} {one.Diagnostic.Code} {one.Diagnostic.Message}");

    public static string Hover(this WorkspaceFixture fixture) => fixture.Analysis.Hover(fixture.Path, fixture.Cursor)?.Markdown ?? "";

    public static IEnumerable<string> Lenses(this WorkspaceFixture fixture) =>
        fixture.Analysis.Lenses(fixture.Path).Where(lens => lens.Kind == Engine.CodeLens.LensKind.Live)
            .Select(lens => fixture.Analysis.ResolveLens(lens.Kind, lens.Object, lens.Section, fixture.Path)!.Title);
}
