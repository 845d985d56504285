using System.Text;
using System.Text.Json;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Resolution.Clusters;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Topology;
using GatewayLsp.Engine.Topology.Diff;
using GatewayLsp.Engine.Topology.Filtering;
using GatewayLsp.Server.Cli.Input;
using GatewayLsp.Server.Cli.Report;
using GatewayLsp.Server.Topology;

namespace GatewayLsp.Server.Cli.Topology;

/// <summary>Reads, compares, filters, writes.</summary>
internal sealed class TopologyRun(Terminal terminal, Channel channel, ClusterMap clusters)
{
    private readonly Dictionary<string, string> _shown = new(StringComparer.Ordinal);

    public required string[] Paths { get; init; }

    /// <summary>What to compare with; empty for no comparison.</summary>
    public required string[] Before { get; init; }

    public required string Format { get; init; }

    public string? Output { get; init; }

    public required TopologyFilter Filter { get; init; }

    public int Execute()
    {
        bool hasFailed = false;
        TopologyGraph graph = Read(Paths, ref hasFailed);
        if (Before.Length > 0)
        {
            graph = TopologyComparison.Of(Read(Before, ref hasFailed), graph);
        }
        TopologyGraph shown = Filter.Apply(graph);
        if (shown.Nodes.IsEmpty)
        {
            terminal.Error.WriteLine(graph.Nodes.IsEmpty ? "warning: there is no Gateway and no route in these manifests" : "warning: nothing in these manifests fits the filters");
        }
        byte[] content = Format == "json" ? Json(shown) : Encoding.UTF8.GetBytes(TopologyText.Of(shown, Format));
        return Write(content) && !hasFailed ? ExitCode.Fine : ExitCode.Usage;
    }

    private TopologyGraph Read(string[] paths, ref bool hasFailed)
    {
        var loader = new WorkspaceLoader(terminal);
        (Workspace workspace, List<ManifestSource> read) = loader.Load(paths, "<stdin>", WorkspaceSettings.Default with { Channel = channel, Clusters = clusters }, withNamed: true);
        loader.TellProblems();
        loader.TellNotes(workspace);
        hasFailed |= loader.HasFailed;
        foreach (ManifestSource source in read)
        {
            _shown[source.Key] = source.Shown;
        }
        return new Analysis(workspace).Topology();
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
