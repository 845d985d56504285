using System.Collections.Immutable;
using System.Text.Json;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Engine.Text;
using GatewayLsp.Engine.Topology;
using GatewayLsp.Engine.Topology.Filtering;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Topology;

/// <summary>Whose graph: that of the files, that of what clusters have, or the two beside each other.</summary>
internal enum TopologySource : byte { Planned, Live, Difference }

/// <summary>What of the topology a client wants to see: params of <c>gatewayLsp/topology</c> (docs/protocol.md), read.</summary>
internal sealed record TopologyQuery(TopologyFilter Filter)
{
    /// <summary>Bounds what one request can ask for.</summary>
    private const int MaxValues = 256;

    public TopologySource Source { get; init; }

    /// <summary>The file that it is about; null for the workspace and for an object.</summary>
    public string? File { get; init; }

    /// <summary>Of the clusters, for <see cref="TopologySource.Live"/> and <see cref="TopologySource.Difference"/>; empty: all that are connected.</summary>
    public ImmutableArray<string> Contexts { get; init; } = [];

    /// <summary>
    /// The object at a position is looked up in the snapshot, once: what a subscription is about stays, wherever the text moves.
    /// Throws <see cref="RpcErrorException"/> for params of another shape.
    /// </summary>
    public static TopologyQuery Read(JsonElement parameters, Snapshot snapshot)
    {
        if (parameters.ValueKind != JsonValueKind.Object)
        {
            throw Wrong("params are an object");
        }
        TopologySource source = Text(parameters, "source") switch
        {
            null or "planned" => TopologySource.Planned,
            "live" => TopologySource.Live,
            "difference" => TopologySource.Difference,
            var odd => throw Wrong($"`source` is none of planned, live, difference: {odd}"),
        };
        return Scoped(parameters, snapshot) with { Source = source, Contexts = Texts(parameters, "contexts") };
    }

    public TopologyGraph Of(TopologyGraph graph, Snapshot snapshot)
    {
        if (File is not { } file)
        {
            return Filter.Apply(graph);
        }
        // What a kustomization builds is written in the files that it takes in.
        IReadOnlySet<string> files = snapshot.Analysis.FilesBehind(file);
        // Objects of clusters stand in no file: those of the file are looked for by name.
        return (Source == TopologySource.Live ? Filter with { Objects = files.SelectMany(snapshot.Analysis.ObjectsIn).ToHashSet() } : Filter with { Paths = files }).Apply(graph);
    }

    private static TopologyQuery Scoped(JsonElement parameters, Snapshot snapshot)
    {
        TopologyFilter filter = Filters(Child(parameters, "filters"));
        string scope = Text(parameters, "scope") ?? "workspace";
        string? uri = Text(parameters, "uri");
        if (scope == "workspace")
        {
            return new TopologyQuery(filter);
        }
        if (scope is not ("file" or "object"))
        {
            throw Wrong($"`scope` is none of workspace, file, object: {scope}");
        }
        if (uri is null)
        {
            throw Wrong($"scope {scope} needs a `uri`");
        }
        string key = DocumentKey.Of(uri);
        if (scope == "file")
        {
            return new TopologyQuery(filter) { File = key };
        }
        JsonElement position = Child(parameters, "position");
        if (position.ValueKind != JsonValueKind.Object || Number(position, "line") is not { } line || Number(position, "character") is not { } character)
        {
            throw Wrong("scope object needs a `position`");
        }
        return snapshot.Analysis.ObjectAt(key, new LinePosition(line, character)) is { } one
            ? new TopologyQuery(filter with { Object = one })
            : throw new RpcErrorException(ErrorCode.RequestFailed, "There is no object with a kind and a name at this place.");
    }

    /// <summary>The form that a single answer is asked for in; null for the graph itself.</summary>
    public static string? FormatOf(JsonElement parameters) => Text(parameters, "format") switch
    {
        null or "json" => null,
        "mermaid" or "dot" or "svg" => Text(parameters, "format"),
        var odd => throw Wrong($"`format` is none of json, mermaid, dot, svg: {odd}"),
    };

    private static TopologyFilter Filters(JsonElement json)
    {
        if (json.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return TopologyFilter.None;
        }
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw Wrong("`filters` is an object");
        }
        ImmutableArray<string> collapse = Texts(json, "collapse");
        if (collapse.FirstOrDefault(part => part is not ("rules" or "workloads")) is { } odd)
        {
            throw Wrong($"`filters.collapse` has rules or workloads, not {odd}");
        }
        return new TopologyFilter
        {
            Namespaces = Texts(json, "namespaces"),
            Hosts = Texts(json, "hosts"),
            Clusters = Texts(json, "clusters"),
            Gateways = [.. Items(json, "gateways").Select(gateway => gateway.ValueKind == JsonValueKind.Object && Text(gateway, "name") is { Length: > 0 } name
                ? new ObjectName(Text(gateway, "namespace") is { Length: > 0 } ns ? ns : "default", name)
                : throw Wrong("an item of `filters.gateways` has `namespace` and `name`"))],
            CollapseRules = collapse.Contains("rules"),
            CollapseWorkloads = collapse.Contains("workloads"),
        };
    }

    private static ImmutableArray<string> Texts(JsonElement json, string name) =>
        [.. Items(json, name).Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : throw Wrong($"`filters.{name}` is a list of texts"))];

    private static IEnumerable<JsonElement> Items(JsonElement json, string name)
    {
        JsonElement list = Child(json, name);
        if (list.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return [];
        }
        return list.ValueKind == JsonValueKind.Array && list.GetArrayLength() <= MaxValues ? list.EnumerateArray() : throw Wrong($"`filters.{name}` is a list of at most {MaxValues}");
    }

    private static JsonElement Child(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement found) ? found : default;

    private static string? Text(JsonElement json, string name)
    {
        JsonElement found = Child(json, name);
        return found.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => null,
            JsonValueKind.String => found.GetString(),
            _ => throw Wrong($"`{name}` is a text"),
        };
    }

    private static int? Number(JsonElement json, string name) =>
        Child(json, name) is { ValueKind: JsonValueKind.Number } found && found.TryGetInt32(out int number) && number >= 0 ? number : null;

    private static RpcErrorException Wrong(string message) => new(ErrorCode.InvalidParams, message + ".");
}
