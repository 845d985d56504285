using System.Globalization;
using System.Text.Json;
using GatewayLsp.Engine.Cluster.Applying;

namespace GatewayLsp.Engine.Cluster.Live;

/// <summary>How an object of a cluster is, in a few words.</summary>
public static class LiveSummary
{
    private const int MaxParts = 12;

    /// <summary>As in <c>programmed</c>, <c>accepted</c>, <c>not accepted (NotAllowedByListeners)</c>, <c>no status yet</c>, <c>applied</c>.</summary>
    public static string StateOf(ObservedResource live, LiveStatus status)
    {
        foreach (LiveFact fact in status.Facts)
        {
            if (fact.IsBad)
            {
                string what = fact.Type switch
                {
                    "Accepted" => "not accepted",
                    "Programmed" => "not programmed",
                    "ResolvedRefs" => "references not resolved",
                    "Conflicted" => "in conflict",
                    _ => "partly invalid",
                };
                return fact.Reason.Length > 0 ? $"{what} ({fact.Reason})" : what;
            }
        }
        return live.Health switch
        {
            LiveHealth.Pending => status.Facts.IsEmpty ? "applied, no status yet" : "applied, not finished",
            LiveHealth.Healthy => live.Kind.Kind is "Gateway" or "ListenerSet" ? "programmed" : "accepted",
            _ => "applied",
        };
    }

    /// <summary>The same by the object alone.</summary>
    public static string StateOf(ObservedResource live) => live.DeletedAt is not null ? "being deleted" : StateOf(live, LiveStatus.Of(live));

    /// <summary>What others need to know of it to refer to it: ports of a Service, listeners of a Gateway. Markdown; empty when there is nothing to say.</summary>
    internal static string Of(ObservedResource live)
    {
        (string title, string list) = live.Kind.Kind switch
        {
            "Service" or "ServiceImport" => ("Ports", "ports"),
            "Gateway" or "ListenerSet" => ("Listeners", "listeners"),
            _ => ("", ""),
        };
        if (title.Length == 0 || live.IsMetadataOnly)
        {
            return "";
        }
        var parts = LiveParts.Of(live, list).Take(MaxParts)
            .Select(part => string.Create(CultureInfo.InvariantCulture, $"`{part.Port}`{(part.Name.Length > 0 ? $" {Hover.FieldDocumentation.Escape(part.Name)}" : "")}")).ToList();
        return parts.Count == 0 ? "" : $"{title}: {string.Join(", ", parts)}";
    }
}

/// <summary>A port of a Service or a listener of a Gateway, as a cluster has it.</summary>
internal readonly record struct LivePart(string Name, int Port, string Protocol, string? Hostname);

internal static class LiveParts
{
    /// <param name="list"><c>ports</c> or <c>listeners</c> of the spec.</param>
    public static List<LivePart> Of(ObservedResource live, string list)
    {
        var parts = new List<LivePart>();
        if (!live.IsMetadataOnly && live.Body.TryGetProperty("spec"u8, out JsonElement spec) && spec.ValueKind == JsonValueKind.Object
            && spec.TryGetProperty(list, out JsonElement items) && items.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in items.EnumerateArray())
            {
                if (item.ValueKind == JsonValueKind.Object && item.TryGetProperty("port"u8, out JsonElement port) && port.ValueKind == JsonValueKind.Number && port.TryGetInt32(out int number))
                {
                    parts.Add(new LivePart(Text(item, "name"u8) ?? "", number, Text(item, "protocol"u8) ?? "", Text(item, "hostname"u8)));
                }
            }
        }
        return parts;
    }

    private static string? Text(JsonElement owner, ReadOnlySpan<byte> name) =>
        owner.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
