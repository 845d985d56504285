using System.Globalization;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Cluster.Diffing;
using GatewayLsp.Engine.Cluster.Serving;

namespace GatewayLsp.Engine.Cluster.Failover;

/// <summary>A backend of a rule as a cluster has it, with what stands behind it.</summary>
/// <param name="Ready">Ready endpoints; null when that is not known.</param>
internal sealed record WeighedBackend(JsonObject Node, string Group, string Kind, string Namespace, string Name, int? Port, int Weight, int? Ready)
{
    public bool IsEmpty => Ready == 0;

    public bool IsReady => Ready > 0;

    public string Text => (Kind == "Service" ? "" : Kind + " ") + $"{Namespace}/{Name}" + (Port is { } port ? string.Create(CultureInfo.InvariantCulture, $":{port}") : "");
}

/// <summary>Reads the backends of rules.</summary>
internal sealed class BackendWeights(LiveEndpoints endpoints, IReadOnlySet<string> lost)
{
    public List<WeighedBackend> Of(JsonNode? rule, string @namespace) => OfRefs(rule.At("backendRefs"), @namespace);

    public List<WeighedBackend> OfRefs(JsonNode? refs, string @namespace)
    {
        var found = new List<WeighedBackend>();
        foreach (JsonNode? one in refs as JsonArray ?? [])
        {
            if (one is not JsonObject node || node["name"].Text() is not { Length: > 0 } name)
            {
                continue;
            }
            string group = node["group"].Text() ?? "";
            string kind = node["kind"].Text() ?? "Service";
            string space = node["namespace"].Text() ?? @namespace;
            found.Add(new WeighedBackend(node, group, kind, space, name, (int?)node["port"].Number(), (int)(node["weight"].Number() ?? 1), Ready(group, kind, space, name)));
        }
        return found;
    }

    /// <summary>Endpoints in clusters that are given up don't count.</summary>
    public int? Ready(string group, string kind, string @namespace, string name)
    {
        BackendEndpoints known = endpoints.At(group, kind, @namespace, name);
        return known.Ready is not { } ready || lost.Count == 0 ? known.Ready : ready - known.Clusters.Where(one => lost.Contains(one.Key)).Sum(one => one.Value);
    }
}
