using System.Collections.Immutable;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Cluster.Diffing;

namespace GatewayLsp.Engine.Cluster.Applying;

/// <summary>A condition that a controller wrote.</summary>
/// <param name="Of">Whose it is within the object: <c>listener web</c>, <c>parent shop/edge</c>; empty for the object's own.</param>
public sealed record LiveCondition(string Of, string Type, string Status, string Reason, string Message);

public enum LiveHealth : byte
{
    /// <summary>The kind has no conditions to wait for.</summary>
    NotApplicable,

    /// <summary>No controller has said anything about this generation yet.</summary>
    Pending,
    Healthy,
    Unhealthy,
}

/// <summary>What an object's status says of its present generation. Conditions of earlier ones count as not there.</summary>
public sealed record LiveConditions(LiveHealth Health, ImmutableArray<LiveCondition> Conditions, ImmutableArray<string> Addresses)
{
    private const string GatewayGroup = "gateway.networking.k8s.io";

    /// <summary>True is bad for these; for all others, which are looked at, False is.</summary>
    private static readonly string[] BadWhenTrue = ["Conflicted", "PartiallyInvalid"];

    /// <summary>The conditions that are not as they should be.</summary>
    public IEnumerable<LiveCondition> Bad => Conditions.Where(IsBad);

    public static LiveConditions Of(ObservedResource resource)
    {
        JsonObject? tree = resource.ToTree();
        var found = ImmutableArray.CreateBuilder<LiveCondition>();
        string[] wanted = Wanted(resource.Kind.Group, resource.Kind.Kind);
        JsonNode? status = tree?["status"];
        Add(status.At("conditions"), "", resource.Generation, found);
        foreach (JsonNode? listener in Items(status.At("listeners")))
        {
            Add(listener.At("conditions"), $"listener {listener.At("name").Text()}", resource.Generation, found);
        }
        bool hasParent = false;
        foreach ((string list, string reference) in ((string, string)[])[("parents", "parentRef"), ("ancestors", "ancestorRef")])
        {
            foreach (JsonNode? parent in Items(status.At(list)))
            {
                hasParent = true;
                Add(parent.At("conditions"), "parent " + Name(parent.At(reference)), resource.Generation, found);
            }
        }
        ImmutableArray<LiveCondition> conditions = found.ToImmutable();
        ImmutableArray<string> addresses = [.. Items(status.At("addresses")).Select(address => address.At("value").Text()).OfType<string>()];
        LiveHealth health = wanted.Length == 0 ? LiveHealth.NotApplicable
            : conditions.Any(IsBad) ? LiveHealth.Unhealthy
            : Array.TrueForAll(wanted, type => conditions.Any(one => one.Type == type && one.Status == "True" && !one.Of.StartsWith("listener ", StringComparison.Ordinal)))
                && (hasParent || !NeedsParent(resource.Kind.Kind)) ? LiveHealth.Healthy
            : LiveHealth.Pending;
        return new LiveConditions(health, conditions, addresses);
    }

    private static bool IsBad(LiveCondition one) =>
        BadWhenTrue.Contains(one.Type) ? one.Status == "True" : one.Status == "False" && one.Type is ("Accepted" or "Programmed" or "ResolvedRefs");

    private static bool NeedsParent(string kind) => kind.EndsWith("Route", StringComparison.Ordinal) || kind == "BackendTLSPolicy";

    private static string[] Wanted(string group, string kind) => group != GatewayGroup ? [] : kind switch
    {
        "GatewayClass" => ["Accepted"],
        "Gateway" or "ListenerSet" => ["Accepted", "Programmed"],
        "BackendTLSPolicy" => ["Accepted"],
        _ when kind.EndsWith("Route", StringComparison.Ordinal) => ["Accepted", "ResolvedRefs"],
        _ => [],
    };

    private static void Add(JsonNode? conditions, string of, long generation, ImmutableArray<LiveCondition>.Builder found)
    {
        foreach (JsonNode? one in Items(conditions))
        {
            if (one.At("type").Text() is { } type && (one.At("observedGeneration").Number() ?? generation) >= generation)
            {
                found.Add(new LiveCondition(of, type, one.At("status").Text() ?? "Unknown", one.At("reason").Text() ?? "", one.At("message").Text() ?? ""));
            }
        }
    }

    private static IEnumerable<JsonNode?> Items(JsonNode? node) => node as JsonArray ?? [];

    private static string Name(JsonNode? reference)
    {
        string name = reference.At("namespace").Text() is { } space ? $"{space}/{reference.At("name").Text()}" : reference.At("name").Text() ?? "";
        return reference.At("sectionName").Text() is { } section ? $"{name} ({section})" : name;
    }
}
