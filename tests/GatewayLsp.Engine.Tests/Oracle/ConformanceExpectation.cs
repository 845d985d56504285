using System.Text.Json;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Conditions;

namespace GatewayLsp.Engine.Tests.Oracle;

/// <summary>One thing that the conformance suite waits for, and whether conditions have it. Compared as the suite does.</summary>
internal sealed class ConformanceExpectation(string test, JsonElement json)
{
    public string Test => test;

    public bool IsStatic => json.GetProperty("static").GetBoolean();

    public string Kind => Object("kind");

    public string Scope => json.GetProperty("scope").GetString()!;

    public string Describe() => $"{test}: {Kind}/{Object("name")} {json.GetRawText().ReplaceLineEndings("").Replace("  ", "", StringComparison.Ordinal)}";

    /// <summary>Conditions that it names, and counts and kinds as one more each.</summary>
    public int Parts => Conditions().Count() + Counts.Count(name => json.TryGetProperty(name, out _));

    private static readonly string[] Counts = ["attachedRoutes", "attachedListenerSets", "supportedKinds", "exactListenerCount"];

    /// <summary>Null when all of it holds.</summary>
    public string? Miss(IReadOnlyList<ObjectConditions> all)
    {
        ObjectConditions? one = all.FirstOrDefault(o => o.View.Kind == Kind && o.View.Name == Object("name") && o.View.Namespace == Object("namespace"));
        return one is null ? "no such object" : Scope switch
        {
            "gateway" or "listenerSet" => Whole(one),
            "listener" => Listeners(one),
            "routeParent" => Parents(one),
            "policyAncestor" => Ancestors(one),
            _ => "unknown scope " + Scope,
        };
    }

    private string? Whole(ObjectConditions one)
    {
        if (json.TryGetProperty("attachedListenerSets", out JsonElement sets) && sets.GetInt32() != one.AttachedListenerSets)
        {
            return $"attachedListenerSets is {one.AttachedListenerSets}";
        }
        if (json.TryGetProperty("attachedRoutes", out JsonElement routes) && one.Listeners!.Value.FirstOrDefault(l => l.AttachedRoutes != routes.GetInt32()) is { } other)
        {
            return $"attachedRoutes of {other.Name} is {other.AttachedRoutes}";
        }
        return Missing(one.Conditions!.Value);
    }

    private string? Listeners(ObjectConditions one)
    {
        ListenerStatus[] listeners = [.. one.Listeners!.Value];
        if (json.TryGetProperty("exactListenerCount", out JsonElement count) && count.GetInt32() != listeners.Length)
        {
            return $"{listeners.Length} listeners";
        }
        string name = json.GetProperty("listener").GetString()!;
        foreach (ListenerStatus listener in name == "*" ? listeners : listeners.Where(l => l.Name == name).DefaultIfEmpty(null!))
        {
            if (listener is null)
            {
                return "no listener " + name;
            }
            if (Missing(listener.Conditions) is { } missing)
            {
                return $"{listener.Name}: {missing}";
            }
            if (json.TryGetProperty("attachedRoutes", out JsonElement routes) && routes.GetInt32() != listener.AttachedRoutes)
            {
                return $"attachedRoutes of {listener.Name} is {listener.AttachedRoutes}";
            }
            if (json.TryGetProperty("supportedKinds", out JsonElement kinds))
            {
                GroupKind[] expected = [.. kinds.EnumerateArray().Select(k => new GroupKind(k.GetProperty("group").GetString()!, k.GetProperty("kind").GetString()!))];
                if (expected.Length == 0 ? listener.SupportedKinds.Length > 0 : !expected.All(listener.SupportedKinds.Contains))
                {
                    return $"supportedKinds of {listener.Name}: {string.Join(", ", listener.SupportedKinds)}";
                }
            }
        }
        return null;
    }

    private string? Parents(ObjectConditions one)
    {
        ParentStatus[] parents = [.. one.Parents!.Value];
        JsonElement wanted = json.GetProperty("parentRef");
        if (wanted.ValueKind == JsonValueKind.Null)
        {
            bool orNone = json.TryGetProperty("orNoParents", out JsonElement or) && or.GetBoolean();
            return orNone && parents.Length == 0 ? null : parents.Select(p => Missing(p.Conditions)).FirstOrDefault(m => m is not null);
        }
        ParentStatus[] same = [.. parents.Where(p => Names(wanted, p.Parent.Ref))];
        return same.Length == 0 ? "no such parent"
            : same.Any(p => Missing(p.Conditions) is null) ? null
            : Missing(same[0].Conditions);
    }

    private string? Ancestors(ObjectConditions one)
    {
        JsonElement wanted = json.GetProperty("ancestorRef");
        AncestorStatus? same = one.Ancestors!.Value.FirstOrDefault(a => a.Ancestor.Gateway.Name == Text(wanted, "name") && a.Ancestor.Gateway.Namespace == Text(wanted, "namespace"));
        return same is null ? "no such ancestor" : Missing(same.Conditions);
    }

    private static bool Names(JsonElement wanted, ParentRef reference) =>
        Text(wanted, "name") == reference.Name && Text(wanted, "namespace") == reference.Namespace
        && (!wanted.TryGetProperty("kind", out JsonElement kind) || kind.GetString() == reference.Kind);

    private string? Missing(IReadOnlyCollection<Condition> conditions)
    {
        foreach ((string type, string status, string reason) in Conditions())
        {
            Condition? found = conditions.FirstOrDefault(c => c.Type == type);
            if (found is null || found.Status.ToString() != status || (reason.Length > 0 && reason != found.Reason))
            {
                return $"{type} is {(found is null ? "missing" : $"{found.Status} {found.Reason}: {found.Message}")}";
            }
        }
        return null;
    }

    private IEnumerable<(string Type, string Status, string Reason)> Conditions() =>
        json.TryGetProperty("conditions", out JsonElement conditions)
            ? conditions.EnumerateArray().Select(c => (Text(c, "type"), Text(c, "status"), Text(c, "reason")))
            : [];

    private string Object(string key) => Text(json.GetProperty("object"), key);

    private static string Text(JsonElement json, string key) => json.TryGetProperty(key, out JsonElement value) ? value.GetString() ?? "" : "";
}
