using System.Text;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Diffing;
using GatewayLsp.Engine.Cluster.Live;
using GatewayLsp.Engine.Cluster.Planning;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Verdict;
using GatewayLsp.Testing;
using Xunit.Abstractions;

namespace GatewayLsp.Engine.Tests.Oracle;

/// <summary>
/// The definitions of the real API server as those of a connected cluster: of the bundled release, so what is found must be what is found
/// without it, and no other than the server's own verdict.
/// </summary>
public sealed class ClusterDefinitionsTests(ITestOutputHelper output)
{
    private const string Definitions = "cluster/crds";

    private static ClusterDefinitions Of(Channel channel) => ClusterDefinitions.Read(
        Directory.EnumerateFiles(SharedFiles.Get($"cluster/crds/gateway-{(channel == Channel.Standard ? "standard" : "experimental")}"), "*.yaml").Order(StringComparer.Ordinal)
            .SelectMany(path => ManifestFile.Parse(path, File.ReadAllText(path)).Documents)
            .SelectMany(slot => ManifestObject.Of(slot.Document))
            .Select(one => (ReadOnlyMemory<byte>)ManifestJson.Of(one)!.ToUtf8()), isComplete: true);

    private static LiveClusters Cluster(Channel channel) => LiveClusters.Only(new ClusterTarget("east") { Label = "east (EKS)" }, Of(channel));

    private static string[] Findings(Analysis analysis) =>
        [.. analysis.Diagnose("m.yaml").Select(one => $"{one.Range.Start.Line}:{one.Range.Start.Character} {one.Diagnostic.Severity} {one.Diagnostic.Code} {one.Diagnostic.Message}")];

    private static Analysis Read(ServerVerdict verdict, Channel channel)
    {
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.Configured(WorkspaceSettings.Default with { Channel = channel }));
        return new Analysis(host.Apply(new WorkspaceChange.OnDisk("m.yaml", verdict.Manifest)));
    }

    [SharedFact("oracle/verdicts")]
    public void A_cluster_of_the_bundled_release_changes_nothing()
    {
        SharedFiles.Get(Definitions);
        var clusters = new Dictionary<Channel, LiveClusters> { [Channel.Standard] = Cluster(Channel.Standard), [Channel.Experimental] = Cluster(Channel.Experimental) };
        var changed = new List<string>();
        int count = 0;
        foreach (ServerVerdict verdict in ServerVerdict.All())
        {
            count++;
            Analysis alone = Read(verdict, verdict.Channel);
            string[] before = Findings(alone);
            string[] after = Findings(alone.WithClusters(clusters[verdict.Channel]));
            if (!before.SequenceEqual(after))
            {
                changed.Add($"{verdict.Id} ({verdict.Channel}, accepted: {verdict.IsAccepted})\n    - {string.Join("\n    - ", before.Except(after))}\n    + {string.Join("\n    + ", after.Except(before))}");
            }
        }
        output.WriteLine($"{count} manifests, {changed.Count} with other findings");
        changed.Take(60).ToList().ForEach(output.WriteLine);
        Assert.Empty(changed);
    }

    [SharedFact("oracle/verdicts")]
    public void An_experimental_cluster_counts_more_than_the_setting()
    {
        SharedFiles.Get(Definitions);
        LiveClusters cluster = Cluster(Channel.Experimental);
        var alarms = new List<string>();
        foreach (ServerVerdict verdict in ServerVerdict.All().Where(one => one is { IsAccepted: true, Channel: Channel.Experimental }))
        {
            Analysis analysis = Read(verdict, Channel.Standard).WithClusters(cluster);
            alarms.AddRange(analysis.Diagnose("m.yaml").Where(one => one.Diagnostic is { Severity: DiagnosticSeverity.Error, Source: DiagnosticSource.Schema or DiagnosticSource.Cel })
                .Select(one => $"{verdict.Id}: {one.Diagnostic.Code} {one.Diagnostic.Message}"));
        }
        alarms.Take(40).ToList().ForEach(output.WriteLine);
        Assert.Empty(alarms);
    }

    [SharedFact("oracle/verdicts")]
    public void The_verdict_by_the_clusters_definitions_is_the_clusters()
    {
        SharedFiles.Get(Definitions);
        var catalogs = new Dictionary<Channel, SchemaCatalog> { [Channel.Standard] = Of(Channel.Standard).Catalog, [Channel.Experimental] = Of(Channel.Experimental).Catalog };
        var differences = new List<string>();
        int count = 0;
        foreach (ServerVerdict verdict in ServerVerdict.All())
        {
            count++;
            ManifestDocument? old = verdict.Old is { } text ? ManifestFile.Parse("old.yaml", text).Documents[^1].Document : null;
            DryRunResult ours = DryRun.Of(ManifestFile.Parse("m.yaml", verdict.Manifest).Documents[^1].Document, catalogs[verdict.Channel], Channel.Standard, old);
            if (ours.Accepted != verdict.IsAccepted)
            {
                differences.Add($"{verdict.Id} ({verdict.Channel}): accepted there: {verdict.IsAccepted}; {string.Join("; ", ours.Causes.Select(cause => $"{cause.Field}: {cause.Message}"))}");
            }
        }
        output.WriteLine($"{count} manifests, {differences.Count} other verdicts");
        differences.Take(40).ToList().ForEach(output.WriteLine);
        Assert.Empty(differences);
    }
}
