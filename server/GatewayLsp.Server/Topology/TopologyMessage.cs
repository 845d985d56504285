using System.Buffers;
using System.Text.Json;
using GatewayLsp.Engine.Topology;
using GatewayLsp.Engine.Topology.Diff;
using GatewayLsp.Server.Dispatch;

namespace GatewayLsp.Server.Topology;

/// <summary>Graphs and patches as they travel over LSP.</summary>
internal static class TopologyMessage
{
    /// <summary>The result of requests that have none: null.</summary>
    public static readonly JsonElement Nothing = JsonDocument.Parse("null").RootElement.Clone();

    /// <param name="subscription">Null for an answer to a single question.</param>
    public static JsonElement Of(TopologyGraph graph, Snapshot snapshot, string? subscription = null) => Make((json, writer) =>
    {
        Head(json, subscription);
        json.WriteNumber("version", snapshot.Version);
        writer.Write(graph);
    }, snapshot);

    public static JsonElement Of(IEnumerable<TopologyPatch> patches, int fromVersion, Snapshot snapshot, string subscription) => Make((json, writer) =>
    {
        Head(json, subscription);
        json.WriteNumber("fromVersion", fromVersion);
        json.WriteNumber("version", snapshot.Version);
        writer.Write(patches);
    }, snapshot);

    /// <summary>A drawing or the text of one.</summary>
    public static JsonElement Of(string text)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("text", text);
            json.WriteEndObject();
        }
        using JsonDocument document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }

    private static void Head(Utf8JsonWriter json, string? subscription)
    {
        if (subscription is not null)
        {
            json.WriteString("subscription", subscription);
        }
    }

    private static JsonElement Make(Action<Utf8JsonWriter, TopologyJson> write, Snapshot snapshot)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json, new TopologyJson(json, "uri", snapshot.UriOf, snapshot.Say));
            json.WriteEndObject();
        }
        using JsonDocument document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }
}
