using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Resolution.Clusters;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Topology;
using GatewayLsp.Engine.Topology.Diff;
using GatewayLsp.Engine.Topology.Filtering;
using GatewayLsp.Server.Cli.Clusters;
using GatewayLsp.Server.Cli.Failover;
using GatewayLsp.Server.Cli.Input;
using GatewayLsp.Server.Cli.Report;
using GatewayLsp.Server.Clusters;
using GatewayLsp.Server.Topology;

namespace GatewayLsp.Server.Cli.Topology;

/// <summary>Reads, compares, filters, writes.</summary>
internal sealed class TopologyRun(Terminal terminal, Channel channel, ClusterMap clusters)
{
    private readonly Dictionary<string, string> _shown = new(StringComparer.Ordinal);

    public required string[] Paths { get; init; }

    /// <summary>What to compare with; empty for no comparison.</summary>
    public required string[] Before { get; init; }

    /// <summary>Clusters to draw, or to compare the files with; none for files alone.</summary>
    public IReadOnlyList<IClusterClient> Clients { get; init; } = [];

    public required string Format { get; init; }

    public string? Output { get; init; }

    public required TopologyFilter Filter { get; init; }

    public async Task<int> ExecuteAsync(CancellationToken cancellation)
    {
        bool hasFailed = false, isPart = false;
        Analysis files = Paths.Length == 0 ? new Analysis(new AnalysisHost().Current) : Read(Paths, ref hasFailed);
        TopologyGraph graph;
        if (Clients.Count > 0)
        {
            if (await ReadAsync(cancellation).ConfigureAwait(false) is not { IsEmpty: false } clusters)
            {
                return ExitCode.Usage;
            }
            foreach ((ClusterTarget target, ClusterSight sight) in clusters.Select(one => (one.Target, ClusterSight.Of(one))).Where(one => !one.Item2.IsWhole))
            {
                isPart = true;
                terminal.Error.Write($"warning: {Printable.Of(target.Label)}: {sight}\n");
            }
            TopologyGraph live = new LiveWorkspace().Of(clusters, files.Workspace, cancellation).Topology(cancellation);
            graph = Paths.Length == 0 ? live : LiveTopology.Compare(live, files, clusters, cancellation);
        }
        else
        {
            graph = Before.Length == 0 ? files.Topology(cancellation) : TopologyComparison.Of(Read(Before, ref hasFailed).Topology(cancellation), files.Topology(cancellation));
        }
        TopologyGraph shown = Filter.Apply(graph);
        if (shown.Nodes.IsEmpty)
        {
            string where = Paths.Length == 0 ? "at these clusters" : "in these manifests";
            terminal.Error.WriteLine(!graph.Nodes.IsEmpty ? $"warning: nothing {where} fits the filters"
                : isPart ? $"warning: no Gateway and no route is known {where}" : $"warning: there is no Gateway and no route {where}");
        }
        byte[] content = Format == "json" ? Json(shown) : Encoding.UTF8.GetBytes(TopologyText.Of(shown, Format));
        return Write(content) && !hasFailed ? ExitCode.Fine : ExitCode.Usage;
    }

    /// <summary>Empty after the reason was told.</summary>
    private async Task<ImmutableArray<ObservedCluster>> ReadAsync(CancellationToken cancellation)
    {
        ObservedCluster[] clusters = await FailoverRun.ReadAsync(Clients, cancellation).ConfigureAwait(false);
        if (Array.Find(clusters, one => one.Error is not null) is { } failed)
        {
            ClusterClients.Tell(failed.Target.Label, failed.Error!, terminal);
            return [];
        }
        return [.. clusters];
    }

    private Analysis Read(string[] paths, ref bool hasFailed)
    {
        var loader = new WorkspaceLoader(terminal);
        (Workspace workspace, List<ManifestSource> read) = loader.Load(paths, "<stdin>", WorkspaceSettings.Default with { Channel = channel, Clusters = clusters }, withNamed: true);
        loader.TellProblems();
        loader.TellNotes(workspace, "topology");
        hasFailed |= loader.HasFailed;
        foreach (ManifestSource source in read)
        {
            _shown[source.Key] = source.Shown;
        }
        return new Analysis(workspace);
    }

    private byte[] Json(TopologyGraph graph)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, JsonReport.Options))
        {
            json.WriteStartObject();
            new TopologyJson(json, "path", key => _shown.GetValueOrDefault(key, key)).Write(graph);
            json.WriteEndObject();
        }
        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    private bool Write(byte[] content)
    {
        if (Output is null)
        {
            terminal.Out.Write(content);
            terminal.Out.Flush();
            return true;
        }
        try
        {
            File.WriteAllBytes(Path.GetFullPath(Output, terminal.Folder), content);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            terminal.Error.WriteLine($"error: {Printable.Of(Output)}: can't be written: {Printable.Of(e.Message)}");
            return false;
        }
    }
}
