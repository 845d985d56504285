using System.Text.Json.Nodes;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Sandbox.Objects;
using GatewayLsp.Sandbox.Storage;
using GatewayLsp.Sandbox.Traffic;

namespace GatewayLsp.Sandbox.Faults;

/// <summary>Carries out <c>fail</c> and <c>heal</c>: refuses what is not there, and tells what was hit.</summary>
internal sealed class FaultOrders(Sandbox sandbox)
{
    /// <summary>Names that a refusal tells at most.</summary>
    private const int MaxNames = 6;

    private static readonly ResourceName Services = new("", "services");
    private static readonly ResourceName Pods = new("", "pods");

    public (int Code, JsonObject Answer) Fail(JsonObject? body)
    {
        string text = body.At("target").Text() ?? "";
        if (FaultTarget.Parse(text) is not { } target)
        {
            return Refused(NoTarget(text));
        }
        long latency = body.At("latencyMs").Number() ?? 0;
        long percent = body.At("errorPercent").Number() ?? 0;
        if (latency < 0 || latency > PodFault.LongestLatency.TotalMilliseconds)
        {
            return Refused($"a latency is from 0 to {PodFault.LongestLatency.TotalSeconds:0} s");
        }
        if (percent is < 0 or > 100)
        {
            return Refused("a share of errors is from 0 to 100 percent");
        }
        if (Absent(target) is { } absent)
        {
            return Refused(absent);
        }
        var fault = new PodFault(body.At("down").Truth() == true, TimeSpan.FromMilliseconds(latency), (int)percent);
        PodFault before = sandbox.Fail(target, fault);
        JsonObject answer = Told(target, fault);
        answer["before"] = Told(before);
        return (200, answer);
    }

    public (int Code, JsonObject Answer) Heal(JsonObject? body)
    {
        string text = body.At("target").Text() ?? "";
        FaultTarget? target = null;
        if (text.Length > 0)
        {
            target = FaultTarget.Parse(text);
            if (target is null)
            {
                return Refused(NoTarget(text));
            }
        }
        var cleared = sandbox.Heal(target);
        // What is gone by now may have had a fault; a name that never was is a slip.
        if (cleared.IsEmpty && target is not null && Absent(target) is { } absent)
        {
            return Refused(absent);
        }
        return (200, new JsonObject
        {
            ["target"] = target?.ToString() ?? "",
            ["waiting"] = new JsonArray([.. sandbox.Clusters.Where(one => one.IsWaitingForPort).Select(one => (JsonNode)new JsonObject { ["cluster"] = one.Cluster.Name, ["port"] = one.Port })]),
            ["healed"] = new JsonArray([.. cleared.OrderBy(one => one.Key.ToString(), StringComparer.Ordinal).Select(one => Told(one.Key, one.Value))]),
            ["left"] = new JsonArray([.. sandbox.Faults.All.OrderBy(one => one.Key.ToString(), StringComparer.Ordinal).Select(one => Told(one.Key, one.Value))]),
        });
    }

    /// <summary>A fault as <c>status</c> and the answers to orders have it.</summary>
    public static JsonObject Told(PodFault fault) =>
        new() { ["down"] = fault.IsDown, ["latencyMs"] = (long)fault.Latency.TotalMilliseconds, ["errorPercent"] = fault.ErrorPercent };

    private JsonObject Told(FaultTarget target, PodFault fault)
    {
        var hit = new JsonArray();
        foreach (SandboxCluster one in Clusters(target))
        {
            hit.Add((JsonNode)new JsonObject
            {
                ["cluster"] = one.Cluster.Name,
                ["pods"] = JsonPaths.TextsOf(one.Workloads.Running.Where(pod => target.Hits(one.Cluster.Name, pod.Place, pod.Server.Identity.Services))
                    .Select(pod => $"{pod.Place.Namespace}/{pod.Place.Name}").Order(StringComparer.Ordinal)),
            });
        }
        JsonObject told = Told(fault);
        told["target"] = target.ToString();
        told["isCluster"] = target.Scope == FaultScope.Cluster;
        told["hit"] = hit;
        return told;
    }

    private IEnumerable<SandboxCluster> Clusters(FaultTarget target) => sandbox.Clusters.Where(one => target.Cluster is null || target.Cluster == one.Cluster.Name);

    /// <summary>Why there is nothing to break; null when there is.</summary>
    private string? Absent(FaultTarget target)
    {
        if (target.Scope == FaultScope.Cluster)
        {
            return null;
        }
        (ResourceName resource, string kind, string word) = target.Scope == FaultScope.Service ? (Services, "Service", "service") : (Pods, "Pod", "pod");
        var place = new ObjectPlace(target.Namespace, target.Name);
        if (Clusters(target).Any(one => one.Cluster.Store.Find(resource, place) is not null))
        {
            return null;
        }
        string where = target.Cluster is null ? "neither cluster" : target.Cluster;
        string[] elsewhere = [.. sandbox.Clusters.Where(one => one.Cluster.Store.Find(resource, place) is not null).Select(one => $"{word}/{place.Namespace}/{place.Name}@{one.Cluster.Name}")];
        return $"{where} has {(target.Cluster is null ? "a" : "no")} {kind} {place.Namespace}/{place.Name}{Near($"{place.Namespace}/{place.Name}", Names(resource, word, target), elsewhere)}";
    }

    private string NoTarget(string text)
    {
        int at = text.LastIndexOf('@');
        if (at > 0 && FaultTarget.Parse(text[..at]) is { Scope: not FaultScope.Cluster })
        {
            return $"there is no cluster '{text[(at + 1)..]}'; there are {string.Join(" and ", sandbox.Clusters.Select(one => one.Cluster.Name))}";
        }
        string name = text.Split('@')[0].Split('/')[^1];
        IEnumerable<(string, string)> known = sandbox.Clusters.Select(one => (one.Cluster.Name, one.Cluster.Name))
            .Concat(Names(Services, "service", null).Concat(Names(Pods, "pod", null)).Select(one => (one.Name.Split('/')[^1], one.Written)));
        string[] near = Nearest(name, known);
        return $"'{text}' names nothing that can fail; name a cluster (sandbox-eks, sandbox-gke), service/NAMESPACE/NAME or pod/NAMESPACE/NAME"
            + (near.Length > 0 ? $"; did you mean {Listed(near)}?" : "");
    }

    private IEnumerable<(string Name, string Written)> Names(ResourceName resource, string word, FaultTarget? target) => sandbox.Clusters
        .Where(one => target?.Cluster is null || target.Cluster == one.Cluster.Name)
        .SelectMany(one => one.Cluster.Store.Objects(resource).Keys)
        .Select(place => ($"{place.Namespace}/{place.Name}", $"{word}/{place.Namespace}/{place.Name}")).Distinct();

    /// <summary>What may have been meant: the names that are like it, else some of those that there are.</summary>
    private static string Near(string name, IEnumerable<(string Name, string Written)> known, string[] elsewhere)
    {
        (string Name, string Written)[] all = [.. known];
        string[] near = elsewhere.Length > 0 ? elsewhere : Nearest(name, all);
        if (near.Length > 0)
        {
            return $"; did you mean {Listed(near)}?";
        }
        return all.Length > 0 ? "; there are " + Listed([.. all.Select(one => one.Written).Order(StringComparer.Ordinal)]) : "";
    }

    private static string Listed(string[] names) =>
        string.Join(", ", names.Take(MaxNames)) + (names.Length > MaxNames ? $" or another of {names.Length}" : "");

    /// <summary>The names that are most like it. A longer one that begins so, as those of a Deployment's pods, is as near as one letter.</summary>
    private static string[] Nearest(string word, IEnumerable<(string Name, string Written)> known)
    {
        (int Rank, string Written)[] ranked =
        [
            .. known.Where(one => NearestName.IsNear(word, one.Name) || IsPart(word, one.Name))
                .Select(one => (IsPart(word, one.Name) ? 1 : NearestName.Edits(word, one.Name), one.Written)),
        ];
        return ranked.Length == 0 ? [] : [.. ranked.Where(one => one.Rank == ranked.Min(other => other.Rank)).Select(one => one.Written).Distinct().Order(StringComparer.Ordinal)];
    }

    private static bool IsPart(string word, string name) => word.Length > 0 && name.StartsWith(word + "-", StringComparison.Ordinal);

    private static (int, JsonObject) Refused(string why) => (400, new JsonObject { ["error"] = why });
}
