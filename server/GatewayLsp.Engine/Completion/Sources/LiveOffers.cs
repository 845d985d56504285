using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Live;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Completion.Sources;

/// <summary>Gathers what several clusters have: each value once, with the labels of all that have it.</summary>
internal sealed class LiveOffers(ValueSource source, List<ValueOffer> offers)
{
    private readonly Dictionary<JsonValue, Found> _found = [];
    private readonly List<Names> _lists = [];
    private readonly HashSet<JsonValue> _known = [.. offers.Select(offer => offer.Value)];
    private readonly bool _canBeFar = !source.HasSibling("namespace") && source.MayHave("namespace");

    /// <summary>Objects of a cluster in the order of their names.</summary>
    private readonly record struct Names(ObservedResource[] Sorted, ObservedCluster Cluster, bool WithPort, string? Head);

    private sealed record Found(JsonValue Value, string Detail, bool IsNear)
    {
        public ObservedResource? Resource { get; init; }
        public bool WithPort { get; init; }
        public string? Head { get; init; }
        public List<string> Labels { get; } = [];

        public void Label(ObservedCluster cluster)
        {
            string label = cluster.Target.Label;
            if (Labels.Count == 0 || Labels[^1] != label)
            {
                Labels.Add(label);
            }
        }
    }

    public void Add(JsonValue value, string detail, ObservedCluster cluster, bool isNear)
    {
        if (!_found.TryGetValue(value, out Found? known))
        {
            _found[value] = known = new Found(value, detail, isNear);
        }
        known.Label(cluster);
    }

    /// <summary>Objects that the reference can mean, as with those of the workspace: of another namespace only where that can be said.</summary>
    public void AddReferences(ObservedResource[] sorted, ObservedCluster cluster, bool withPort, string? head) => _lists.Add(new Names(sorted, cluster, withPort, head));

    public void Finish(int rank)
    {
        int left = ValueOffers.MaxItems - _found.Count;
        bool isMuch = left < 0;
        if (!isMuch && _lists.Count > 0)
        {
            Merge((_, _) => left-- > 0);
            isMuch = left < 0;
        }
        source.Request.IsTruncated |= isMuch;
        bool IsWanted(JsonValue value) => !_known.Contains(value) && (!isMuch || value.Text.Contains(source.Request.Prefix, StringComparison.OrdinalIgnoreCase));
        var near = new List<Found>(_found.Values.Where(one => IsWanted(one.Value)));
        var far = new List<Found>();
        Merge((one, whose) =>
        {
            bool isNear = IsNear(one);
            List<Found> list = isNear ? near : far;
            if (list.Count < ValueOffers.MaxItems && (!isMuch || one.Name.Contains(source.Request.Prefix, StringComparison.OrdinalIgnoreCase)) && JsonValue.Of(one.Name) is var value && !_known.Contains(value))
            {
                Names first = _lists[whose];
                var found = new Found(value, $"{one.Kind.Kind} {one.Namespace}/{one.Name}", isNear) { Resource = one, WithPort = first.WithPort, Head = first.Head };
                list.Add(found);
                Label(found);
            }
            // Near ones go before all others.
            return near.Count < ValueOffers.MaxItems;
        });
        near.Sort(static (a, b) => string.CompareOrdinal(a.Value.Text, b.Value.Text));
        foreach (Found one in near.Concat(far).Take(ValueOffers.MaxItems))
        {
            offers.Add(new ValueOffer(one.Value)
            {
                Kind = CompletionKind.Reference,
                Detail = $"{one.Detail} in {string.Join(" and ", one.Labels)}",
                Rank = rank + (one.IsNear ? ValueSource.Best : ValueSource.Far),
                Below = Below(one),
            });
        }
    }

    private bool IsNear(ObservedResource one) => one.Namespace == source.TargetNamespace || one.Namespace.Length == 0;

    /// <summary>Goes through what all lists have, each name of a namespace once, in order, until the visitor says that it is enough.</summary>
    private void Merge(Func<ObservedResource, int, bool> visit)
    {
        Span<int> at = _lists.Count <= 64 ? stackalloc int[_lists.Count] : new int[_lists.Count];
        for (int steps = 0; ; steps++)
        {
            if ((steps & 1023) == 0)
            {
                source.Request.Cancel.ThrowIfCancellationRequested();
            }
            ObservedResource? first = null;
            int whose = -1;
            for (int i = 0; i < at.Length; i++)
            {
                ObservedResource[] sorted = _lists[i].Sorted;
                if (at[i] < sorted.Length && (first is null || LiveNames.Compare(sorted[at[i]], first) < 0))
                {
                    (first, whose) = (sorted[at[i]], i);
                }
            }
            if (first is null || ((_canBeFar || IsNear(first)) && !visit(first, whose)))
            {
                return;
            }
            for (int i = 0; i < at.Length; i++)
            {
                ObservedResource[] sorted = _lists[i].Sorted;
                while (at[i] < sorted.Length && LiveNames.Compare(sorted[at[i]], first) == 0)
                {
                    at[i]++;
                }
            }
        }
    }

    /// <summary>Names the clusters that have an object.</summary>
    private void Label(Found found)
    {
        foreach (Names list in _lists)
        {
            if (Array.BinarySearch(list.Sorted, found.Resource!, LiveNames.ByName) >= 0)
            {
                found.Label(list.Cluster);
            }
        }
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
