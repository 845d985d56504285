using System.Runtime.InteropServices;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Live;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Completion.Sources;

/// <summary>
/// Values that connected clusters have for a field, behind those of the workspace and labelled with their clusters. A value
/// that both have is offered once, as the workspace's.
/// </summary>
internal static class LiveValues
{
    /// <summary>Behind everything that the workspace has, before what the schema merely lists.</summary>
    private const int Rank = 500;

    /// <summary>Names looked at for one list.</summary>
    private const int MaxNames = 50_000;

    private static readonly string[] ImportGroups = [ApiGroups.MultiCluster, ApiGroups.GkeMultiCluster];

    public static void Add(List<ValueOffer> offers, ValueSource source)
    {
        Workspace world = source.Request.Workspace;
        if (world.Live.IsEmpty || world.Live.For(world) is not { IsEmpty: false } clusters)
        {
            return;
        }
        var found = new LiveOffers(source, offers);
        foreach (ObservedCluster cluster in clusters)
        {
            Add(found, source, cluster);
        }
        found.Finish(Rank);
    }

    private static void Add(LiveOffers found, ValueSource source, ObservedCluster cluster)
    {
        switch (source.Schema.CompletionSource)
        {
            case CompletionSource.GatewayClassName:
                AddNames(found, cluster, ApiGroups.Gateway, "GatewayClass");
                break;
            case CompletionSource.ParentName:
                AddReferences(found, cluster, source.TargetGroup ?? ApiGroups.Gateway, source.TargetKind("Gateway"));
                break;
            case CompletionSource.ParentSection or CompletionSource.PolicyTargetSection:
                AddParts(found, source, cluster, part => part.Name.Length > 0 ? JsonValue.Of(part.Name) : null);
                break;
            case CompletionSource.ParentPort:
                AddParts(found, source, cluster, part => JsonValue.Of((long)part.Port));
                break;
            case CompletionSource.BackendName when source.TargetKind("Service") == "ServiceImport":
                foreach (string group in ImportGroups)
                {
                    if (source.TargetGroup is null || source.TargetGroup == group)
                    {
                        AddReferences(found, cluster, group, "ServiceImport");
                    }
                }
                break;
            case CompletionSource.BackendName:
                AddReferences(found, cluster, source.TargetGroup ?? ApiGroups.Core, source.TargetKind("Service"), withPort: true);
                if (source.Sibling("kind") is null && source.TargetGroup is null && source.MayHave("kind"))
                {
                    foreach (string group in ImportGroups)
                    {
                        AddReferences(found, cluster, group, "ServiceImport", withPort: true, head: $"group: {group}\nkind: ServiceImport");
                    }
                }
                break;
            case CompletionSource.BackendPort:
                AddPorts(found, source, cluster, part => JsonValue.Of((long)part.Port));
                break;
            case CompletionSource.ServicePortName:
                AddPorts(found, source, cluster, part => part.Name.Length > 0 ? JsonValue.Of(part.Name) : null);
                break;
            case CompletionSource.SecretName:
                AddReferences(found, cluster, ApiGroups.Core, source.TargetKind("Secret"));
                break;
            case CompletionSource.CaCertificateName:
                AddReferences(found, cluster, source.TargetGroup ?? ApiGroups.Core, source.TargetKind("ConfigMap"));
                break;
            case CompletionSource.ConfigMapName:
                AddReferences(found, cluster, ApiGroups.Core, "ConfigMap");
                break;
            case CompletionSource.ServiceName:
                AddReferences(found, cluster, ApiGroups.Core, "Service");
                break;
            case CompletionSource.PolicyTargetName or CompletionSource.ObjectName when source.TargetKind("") is { Length: > 0 } kind && source.TargetGroup is { } group:
                AddReferences(found, cluster, group, kind);
                break;
            case CompletionSource.Namespace:
                AddNames(found, cluster, ApiGroups.Core, "Namespace");
                break;
            default:
                break;
        }
    }

    private static IEnumerable<ObservedResource> Objects(ObservedCluster cluster, string group, string kind) =>
        cluster.Kinds.TryGetValue(new GroupKind(group, kind), out ObservedKind? known) ? known.Resources.Values.Take(MaxNames) : [];

    private static void AddNames(LiveOffers found, ObservedCluster cluster, string group, string kind)
    {
        foreach (ObservedResource one in Objects(cluster, group, kind))
        {
            found.Add(JsonValue.Of(one.Name), kind, cluster, isNear: true);
        }
    }

    private static void AddReferences(LiveOffers found, ObservedCluster cluster, string group, string kind, bool withPort = false, string? head = null)
    {
        foreach (ObservedResource one in Objects(cluster, group, kind))
        {
            found.AddReference(one, cluster, withPort, head);
        }
    }

    /// <summary>Listeners of the parent that the reference names.</summary>
    private static void AddParts(LiveOffers found, ValueSource source, ObservedCluster cluster, Func<LivePart, JsonValue?> value)
    {
        string kind = source.TargetKind("Gateway");
        if (kind == "Service")
        {
            AddPorts(found, source, cluster, value);
            return;
        }
        if (source.Sibling("name") is { Length: > 0 } name && kind is "Gateway" or "ListenerSet"
            && cluster.Find(new ObjectKey(source.TargetGroup ?? ApiGroups.Gateway, kind, source.TargetNamespace, name)) is { } parent)
        {
            foreach (LivePart part in LiveParts.Of(parent, "listeners"))
            {
                if (value(part) is { } offered)
                {
                    found.Add(offered, $"{part.Protocol}:{part.Port}{(part.Hostname is { } host ? " " + host : "")} of {parent.Kind.Kind} {parent.Namespace}/{parent.Name}", cluster, isNear: true);
                }
            }
        }
    }

    private static void AddPorts(LiveOffers found, ValueSource source, ObservedCluster cluster, Func<LivePart, JsonValue?> value)
    {
        string kind = source.TargetKind("Service");
        if (source.Sibling("name") is not { Length: > 0 } name || kind is not ("Service" or "ServiceImport"))
        {
            return;
        }
        foreach (string group in kind == "Service" ? [ApiGroups.Core] : ImportGroups)
        {
            if (cluster.Find(new ObjectKey(group, kind, source.TargetNamespace, name)) is { } service)
            {
                foreach (LivePart part in LiveParts.Of(service, "ports"))
                {
                    if (value(part) is { } offered)
                    {
                        found.Add(offered, $"{(part.Name.Length > 0 ? part.Name + " " : "")}of {kind} {service.Namespace}/{service.Name}", cluster, isNear: true);
                    }
                }
            }
        }
    }
}

/// <summary>Gathers what several clusters have: each value once, with the labels of all that have it.</summary>
internal sealed class LiveOffers(ValueSource source, List<ValueOffer> offers)
{
    private readonly Dictionary<(JsonValue Value, string Namespace), Found?> _found = [];
    private readonly HashSet<JsonValue> _known = [.. offers.Select(offer => offer.Value)];
    private Labels? _labels;
    private readonly bool _isNamed = source.HasSibling("namespace");
    private readonly bool _canName = source.MayHave("namespace");

    /// <summary>Of tens of thousands few are offered: what is told of those is put together when they are.</summary>
    private sealed class Found(string? detail, bool isNear, ObservedResource? resource, bool withPort, string? head)
    {
        public string Detail => detail ?? $"{resource!.Kind.Kind} {resource.Namespace}/{resource.Name}";
        public bool IsNear => isNear;
        public ObservedResource? Resource => resource;
        public bool WithPort => withPort;
        public string? Head => head;
        public Labels? Labels { get; set; }
    }

    /// <summary>The clusters that have a value, last one first. Most values have the same ones, so that they share this.</summary>
    private sealed record Labels(Labels? Before, string Last)
    {
        public override string ToString() => Before is null ? Last : $"{Before} and {Last}";
    }

    public void Add(JsonValue value, string detail, ObservedCluster cluster, bool isNear)
    {
        ref Found? known = ref CollectionsMarshal.GetValueRefOrAddDefault(_found, (value, ""), out _);
        Label(known ??= new Found(detail, isNear, null, false, null), cluster);
    }

    /// <summary>An object that the reference can mean, as with those of the workspace: of another namespace only where that can be said.</summary>
    public void AddReference(ObservedResource one, ObservedCluster cluster, bool withPort, string? head)
    {
        bool isNear = one.Namespace == source.TargetNamespace || one.Namespace.Length == 0;
        if (isNear || (!_isNamed && _canName))
        {
            ref Found? known = ref CollectionsMarshal.GetValueRefOrAddDefault(_found, (JsonValue.Of(one.Name), one.Namespace), out _);
            Label(known ??= new Found(null, isNear, one, withPort, head), cluster);
        }
    }

    public void Finish(int rank)
    {
        bool isMuch = _found.Count > ValueOffers.MaxItems;
        string prefix = source.Request.Prefix;
        source.Request.IsTruncated |= isMuch;
        // The last of those that are offered comes out first, for one that goes before it.
        var best = new PriorityQueue<Found, Place>(Comparer<Place>.Create(static (a, b) => b.CompareTo(a)));
        foreach (((JsonValue value, string ns), Found? one) in _found)
        {
            if (_known.Contains(value) || (isMuch && !value.Text.Contains(prefix, StringComparison.OrdinalIgnoreCase)))
            {
                continue;
            }
            var place = new Place(one!.IsNear, value, ns);
            if (best.Count < ValueOffers.MaxItems)
            {
                best.Enqueue(one, place);
            }
            else
            {
                best.EnqueueDequeue(one, place);
            }
        }
        source.Request.Cancel.ThrowIfCancellationRequested();
        foreach ((Found one, (_, JsonValue value, _)) in best.UnorderedItems.OrderBy(static item => item.Priority))
        {
            offers.Add(new ValueOffer(value)
            {
                Kind = CompletionKind.Reference,
                Detail = $"{one.Detail} in {one.Labels}",
                Rank = rank + (one.IsNear ? ValueSource.Best : ValueSource.Far),
                Below = Below(one),
            });
        }
    }

    private void Label(Found known, ObservedCluster cluster)
    {
        string label = cluster.Target.Label;
        if (known.Labels?.Last != label)
        {
            if (!ReferenceEquals(_labels?.Before, known.Labels) || _labels?.Last != label)
            {
                _labels = new Labels(known.Labels, label);
            }
            known.Labels = _labels;
        }
    }

    /// <summary>Where an offer stands among the others.</summary>
    private readonly record struct Place(bool IsNear, JsonValue Value, string Namespace) : IComparable<Place>
    {
        public int CompareTo(Place other) => IsNear != other.IsNear ? (IsNear ? -1 : 1)
            : string.CompareOrdinal(Value.Text, other.Value.Text) is not 0 and var byText ? byText
            : string.CompareOrdinal(Namespace, other.Namespace);
    }

    private string? Below(Found one)
    {
        var lines = new List<string>();
        if (!one.IsNear && one.Resource is { } far)
        {
            lines.Add("namespace: " + ScalarText.Of(far.Namespace));
        }
        if (one.Head is { } head)
        {
            lines.Add(head);
        }
        if (one is { WithPort: true, Resource: { } service } && !source.HasSibling("port") && source.MayHave("port") && LiveParts.Of(service, "ports") is [var only])
        {
            lines.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"port: {only.Port}"));
        }
        return lines.Count == 0 ? null : string.Join('\n', lines);
    }
}
