using System.Collections.Immutable;
using System.Text.Json;

namespace GatewayLsp.Engine.Cluster.Live;

/// <summary>A reference in the status of an object: a parent of a route, an ancestor of a policy.</summary>
/// <param name="Namespace">Empty: that of the object.</param>
public sealed record LiveParent(string Group, string Kind, string Namespace, string Name, string? SectionName, int? Port)
{
    public override string ToString() => (Namespace.Length > 0 ? $"{Namespace}/{Name}" : Name) + (SectionName is null ? "" : $" ({SectionName})");
}

/// <summary>A condition that a controller wrote about the present generation of an object.</summary>
/// <param name="Listener">Name of the listener that it is about; null for the object itself and for parents.</param>
/// <param name="Parent">The parent that it is about; null for the object itself and for listeners.</param>
/// <param name="Message">The controller's words, bounded.</param>
public sealed record LiveFact(string? Listener, LiveParent? Parent, string Type, string Status, string Reason, string Message)
{
    /// <summary>Not as it should be.</summary>
    public bool IsBad => Type switch
    {
        "Conflicted" or "PartiallyInvalid" => Status == "True",
        "Accepted" or "Programmed" or "ResolvedRefs" => Status == "False",
        _ => false,
    };
}

/// <summary>A listener as its controller reports it.</summary>
public sealed record LiveListener(string Name, int? AttachedRoutes);

/// <summary>The status of an object by its parts. Conditions of an earlier generation are left out: they speak of what is no more.</summary>
public sealed record LiveStatus(ImmutableArray<LiveFact> Facts, ImmutableArray<LiveListener> Listeners, ImmutableArray<string> Addresses)
{
    public static readonly LiveStatus None = new([], [], []);

    private const int MaxMessage = 400;
    private const int MaxFacts = 1000;

    public bool HasBad => Facts.Any(static fact => fact.IsBad);

    public static LiveStatus Of(ObservedResource resource)
    {
        if (resource.IsMetadataOnly || !resource.Body.TryGetProperty("status"u8, out JsonElement status) || status.ValueKind != JsonValueKind.Object)
        {
            return None;
        }
        var facts = ImmutableArray.CreateBuilder<LiveFact>();
        Add(status, null, null, resource.Generation, facts);
        var listeners = ImmutableArray.CreateBuilder<LiveListener>();
        foreach (JsonElement listener in Items(status, "listeners"u8))
        {
            string name = Text(listener, "name"u8) ?? "";
            listeners.Add(new LiveListener(name, Number(listener, "attachedRoutes"u8)));
            Add(listener, name, null, resource.Generation, facts);
        }
        AddParents(status, "parents"u8, "parentRef"u8, resource, facts);
        AddParents(status, "ancestors"u8, "ancestorRef"u8, resource, facts);
        var addresses = ImmutableArray.CreateBuilder<string>();
        foreach (JsonElement address in Items(status, "addresses"u8))
        {
            if (Text(address, "value"u8) is { Length: > 0 } value)
            {
                addresses.Add(value);
            }
        }
        return new LiveStatus(facts.DrainToImmutable(), listeners.DrainToImmutable(), addresses.DrainToImmutable());
    }

    private static void AddParents(JsonElement status, ReadOnlySpan<byte> list, ReadOnlySpan<byte> reference, ObservedResource resource, ImmutableArray<LiveFact>.Builder facts)
    {
        foreach (JsonElement parent in Items(status, list))
        {
            if (parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(reference, out JsonElement to) && to.ValueKind == JsonValueKind.Object)
            {
                var named = new LiveParent(
                    Text(to, "group"u8) ?? "gateway.networking.k8s.io", Text(to, "kind"u8) ?? "Gateway", Text(to, "namespace"u8) ?? "", Text(to, "name"u8) ?? "",
                    Text(to, "sectionName"u8), Number(to, "port"u8));
                Add(parent, null, named, resource.Generation, facts);
            }
        }
    }

    private static void Add(JsonElement owner, string? listener, LiveParent? parent, long generation, ImmutableArray<LiveFact>.Builder facts)
    {
        foreach (JsonElement one in Items(owner, "conditions"u8))
        {
            if (facts.Count < MaxFacts && Text(one, "type"u8) is { Length: > 0 } type && (Long(one, "observedGeneration"u8) ?? generation) >= generation)
            {
                facts.Add(new LiveFact(listener, parent, type, Text(one, "status"u8) ?? "Unknown", Text(one, "reason"u8) ?? "", Plain(Text(one, "message"u8) ?? "")));
            }
        }
    }

    /// <summary>One line without control characters, at most so long.</summary>
    private static string Plain(string text)
    {
        string line = string.Create(text.Length, text, static (to, from) =>
        {
            for (int i = 0; i < from.Length; i++)
            {
                to[i] = char.IsControl(from[i]) ? ' ' : from[i];
            }
        }).Trim();
        return line.Length <= MaxMessage ? line : line[..(char.IsHighSurrogate(line[MaxMessage - 1]) ? MaxMessage - 1 : MaxMessage)] + "...";
    }

    private static IEnumerable<JsonElement> Items(JsonElement owner, ReadOnlySpan<byte> name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];

    private static string? Text(JsonElement owner, ReadOnlySpan<byte> name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Long(JsonElement owner, ReadOnlySpan<byte> name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) ? number : null;

    private static int? Number(JsonElement owner, ReadOnlySpan<byte> name) => Long(owner, name) is >= 0 and <= int.MaxValue and long number ? (int)number : null;
}
