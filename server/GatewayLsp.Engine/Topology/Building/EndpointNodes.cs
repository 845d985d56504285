using System.Collections.Immutable;
using System.Globalization;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Navigation;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Topology.Building;

/// <summary>Services and imports with what stands behind them: endpoints, workloads, clusters that export them.</summary>
internal sealed class EndpointNodes(GraphDraft draft)
{
    private const string SourceCluster = "multicluster.kubernetes.io/source-cluster";
    private const string ImportName = "multicluster.kubernetes.io/service-name";

    /// <summary>Groups that have a ServiceExport beside their ServiceImport.</summary>
    private static readonly string[] ExportGroups = [ApiGroups.MultiCluster, ApiGroups.GkeMultiCluster, "application-networking.k8s.aws"];

    private readonly Dictionary<(string Namespace, string Label), List<IndexedObject>> _workloads = WorkloadsOf(draft.Workspace);
    private readonly Dictionary<(string Namespace, string Service), int> _ready = [];
    private readonly Dictionary<(string Namespace, string Import), SortedSet<string>> _sources = SourcesOf(draft.Resolver);
    private bool _hasSlices;

    public void Add(Service service)
    {
        ObjectKey key = Resolver.KeyOf(service);
        string id = TopologyIds.Of(key);
        if (draft.Has(id))
        {
            return;
        }
        var facts = ImmutableArray.CreateBuilder<TopologyFact>();
        facts.Add(new TopologyFact("type", service.Type));
        foreach (ServicePort port in service.Ports)
        {
            if (port.Port is { } number)
            {
                facts.Add(new TopologyFact("port", Number(number)));
            }
        }
        int? ready = ReadyOf(service);
        if (ready is { } count)
        {
            facts.Add(new TopologyFact("readyEndpoints", Number(count)));
        }
        string ports = string.Join(", ", service.Ports.Where(port => port.Port is not null).Select(port => ":" + Number(port.Port!.Value)).Take(3));
        draft.Add(new TopologyNode
        {
            Id = id, Kind = TopologyNodeKind.Service, Object = key, Label = service.Name, Namespace = service.Namespace, Place = draft.PlaceOf(service.Object),
            Detail = ObjectLabels.Join(service.Type == "ClusterIP" ? "" : service.Type, ports, ready is { } known ? $"· {Number(known)} ready" : ""), Facts = new(facts.DrainToImmutable()),
        });
        draft.Claim(service.Object.Document, service.Object.Node, id);
        if (ready == 0)
        {
            draft.Mark(id, TopologyState.Warning, "NoReadyEndpoints", $"Service {service.FullName} has no ready endpoint: requests to it fail.");
        }
        foreach (IndexedObject workload in SelectedBy(service))
        {
            string to = Workload(workload.Object);
            draft.Add(new TopologyEdge
            {
                Id = TopologyIds.Edge(id, TopologyEdgeKind.Selects, to), From = id, To = to, Kind = TopologyEdgeKind.Selects,
                Place = service.Object.At("spec", "selector") is { } selector ? draft.PlaceOf(service.Object.Document, selector.HeadSpan()) : null,
            });
        }
    }

    public void Add(ServiceImport import)
    {
        ObjectKey key = Resolver.KeyOf(import);
        string id = TopologyIds.Of(key);
        if (draft.Has(id))
        {
            return;
        }
        string ports = string.Join(", ", import.Ports.Where(port => port.Port is not null).Select(port => ":" + Number(port.Port!.Value)).Take(3));
        draft.Add(new TopologyNode
        {
            Id = id, Kind = TopologyNodeKind.ServiceImport, Object = key, Label = import.Name, Namespace = import.Namespace, Detail = ports, Place = draft.PlaceOf(import.Object),
            Facts = [new TopologyFact("type", import.Type)],
        });
        draft.Claim(import.Object.Document, import.Object.Node, id);
        foreach (YamlMapping cluster in RouteLabels.Items(import.Object.At("status", "clusters")))
        {
            if (ObjectLabels.Word(cluster, "cluster") is { Length: > 0 } name)
            {
                Cluster(id, name);
            }
        }
        Exporters(id, key);
    }

    /// <summary>Who exports what an import stands for: clusters as far as they are told, and the Service next to an export here.</summary>
    public void Exporters(string id, ObjectKey import)
    {
        foreach (string cluster in _sources.GetValueOrDefault((import.Namespace, import.Name)) ?? [])
        {
            Cluster(id, cluster);
        }
        foreach (string group in ExportGroups)
        {
            if (KindGroups.Canonical(draft.Resolver.Index.Find(new ObjectKey(group, "ServiceExport", import.Namespace, import.Name))) is not { } export
                || draft.Resolver.Find<Service>(new ObjectKey(ApiGroups.Core, "Service", import.Namespace, import.Name)) is not { } service)
            {
                continue;
            }
            Add(service);
            string to = TopologyIds.Of(Resolver.KeyOf(service));
            string edge = TopologyIds.Edge(id, TopologyEdgeKind.Exports, to);
            if (!draft.HasEdge(edge))
            {
                draft.Add(new TopologyEdge { Id = edge, From = id, To = to, Kind = TopologyEdgeKind.Exports, Place = draft.PlaceOf(export.Object) });
            }
        }
    }

    private void Cluster(string import, string name)
    {
        string id = TopologyIds.Cluster(name);
        draft.Add(new TopologyNode { Id = id, Kind = TopologyNodeKind.Cluster, Label = name, Cluster = name, Detail = "cluster" });
        string edge = TopologyIds.Edge(import, TopologyEdgeKind.Exports, id);
        if (!draft.HasEdge(edge))
        {
            draft.Add(new TopologyEdge { Id = edge, From = import, To = id, Kind = TopologyEdgeKind.Exports });
        }
    }

    private string Workload(ManifestObject one)
    {
        ObjectKey key = ResourceIndex.KeyOf(one, draft.Workspace.Catalog);
        string id = TopologyIds.Of(key);
        string wanted = ObjectLabels.Word(one.At("spec") as YamlMapping, "replicas");
        string ready = ObjectLabels.Word(one.At("status") as YamlMapping, "readyReplicas");
        bool scales = one.Kind is "Deployment" or "StatefulSet" or "ReplicaSet" or "Rollout";
        wanted = wanted.Length == 0 ? "1" : wanted;
        string replicas = !scales ? "" : ready.Length > 0 ? $"{ready} of {wanted} ready" : wanted == "1" ? "1 replica" : wanted + " replicas";
        draft.Add(new TopologyNode
        {
            Id = id, Kind = TopologyNodeKind.Workload, Object = key, Label = one.Name, Namespace = one.NamespaceOrDefault, Place = draft.PlaceOf(one),
            Detail = ObjectLabels.Join(one.Kind, replicas.Length == 0 ? "" : "· " + replicas),
            Facts = scales ? [new TopologyFact("kind", one.Kind), new TopologyFact("replicas", replicas)] : [new TopologyFact("kind", one.Kind)],
        });
        draft.Claim(one.Document, one.Node, id);
        return id;
    }

    private IEnumerable<IndexedObject> SelectedBy(Service service)
    {
        if (service.Object.At("spec", "selector") is not YamlMapping { Entries.Length: > 0 } selector)
        {
            yield break;
        }
        string first = Label(selector.Entries[0].Name, selector.Entries[0].Value.Text() ?? "");
        foreach (IndexedObject workload in _workloads.GetValueOrDefault((service.Namespace, first)) ?? [])
        {
            if (Workloads.Matches(selector, Workloads.LabelsOf(workload.Object)))
            {
                yield return workload;
            }
        }
    }

    /// <summary>Ready endpoints of all slices of the Service; null where there is no slice, so that nobody knows.</summary>
    private int? ReadyOf(Service service)
    {
        if (!_hasSlices)
        {
            _hasSlices = true;
            foreach (EndpointSlice slice in draft.Resolver.All<EndpointSlice>(ApiGroups.Discovery, "EndpointSlice"))
            {
                if (slice.ServiceName is { } name)
                {
                    _ready[(slice.Namespace, name)] = _ready.GetValueOrDefault((slice.Namespace, name)) + slice.ReadyEndpoints;
                }
            }
        }
        return _ready.TryGetValue((service.Namespace, service.Name), out int ready) ? ready : null;
    }

    /// <summary>By each label of their pods. What another workload made (a Deployment's ReplicaSet) is not told twice.</summary>
    private static Dictionary<(string, string), List<IndexedObject>> WorkloadsOf(Workspace workspace)
    {
        var found = new Dictionary<(string, string), List<IndexedObject>>();
        foreach ((string group, string kind) in Workloads.Kinds)
        {
            foreach (ImmutableList<IndexedObject> same in workspace.Index.Kind(group, kind).OrderBy(one => one.Key.Namespace, StringComparer.Ordinal)
                .ThenBy(one => one.Key.Name, StringComparer.Ordinal).Select(one => one.Value))
            {
                if (KindGroups.Canonical(same) is not { } one || one.Object.At("metadata", "ownerReferences") is YamlSequence { Items.Length: > 0 })
                {
                    continue;
                }
                foreach (YamlEntry label in Workloads.LabelsOf(one.Object)?.Entries ?? [])
                {
                    (string, string) key = (one.Object.NamespaceOrDefault, Label(label.Name, label.Value.Text() ?? ""));
                    if (!found.TryGetValue(key, out List<IndexedObject>? list))
                    {
                        found[key] = list = [];
                    }
                    list.Add(one);
                }
            }
        }
        return found;
    }

    /// <summary>The clusters that endpoints of imported Services come from.</summary>
    private static Dictionary<(string, string), SortedSet<string>> SourcesOf(Resolver resolver)
    {
        var sources = new Dictionary<(string, string), SortedSet<string>>();
        foreach (EndpointSlice slice in resolver.All<EndpointSlice>(ApiGroups.Discovery, "EndpointSlice"))
        {
            if (slice.Labels.TryGetValue(SourceCluster, out string? cluster) && slice.Labels.TryGetValue(ImportName, out string? import))
            {
                if (!sources.TryGetValue((slice.Namespace, import), out SortedSet<string>? known))
                {
                    sources[(slice.Namespace, import)] = known = new SortedSet<string>(StringComparer.Ordinal);
                }
                known.Add(cluster);
            }
        }
        return sources;
    }

    private static string Label(string key, string value) => key + "=" + value;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
