using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Resolution;

/// <summary>
/// Which namespaces the objects of one kind refer to, beyond their own. Made once for each state of the kind, as
/// <see cref="KindGroups"/> is.
/// </summary>
internal sealed class CrossReferences
{
    private static readonly ConditionalWeakTable<object, CrossReferences> Known = [];

    /// <summary>By the namespace of the object that refers, as written: empty when left out, so that it may be any.</summary>
    private readonly Dictionary<(string From, ObjectKey To), int> _targets;
    private readonly Dictionary<string, int> _uncertain;

    private CrossReferences(CrossReferences before)
    {
        _targets = new(before._targets);
        _uncertain = new(before._uncertain, StringComparer.Ordinal);
    }

    private CrossReferences(ImmutableDictionary<ObjectKey, ImmutableList<IndexedObject>> objects)
    {
        _targets = [];
        _uncertain = new(StringComparer.Ordinal);
        foreach (ImmutableList<IndexedObject> same in objects.Values)
        {
            foreach (IndexedObject one in same)
            {
                if (one.Object.View() is { } view)
                {
                    Count(view, 1);
                }
            }
        }
    }

    public static CrossReferences Of(ImmutableDictionary<ObjectKey, ImmutableList<IndexedObject>> objects) =>
        Known.GetValue(objects, static key => new CrossReferences((ImmutableDictionary<ObjectKey, ImmutableList<IndexedObject>>)key));

    /// <summary>True for kinds whose references are all known here.</summary>
    public static bool Knows(string group, string kind) =>
        group == ApiGroups.Gateway && kind is "HTTPRoute" or "GRPCRoute" or "TLSRoute" or "TCPRoute" or "UDPRoute" or "Gateway" or "ListenerSet";

    /// <param name="to">An empty name stands for all objects of the kind.</param>
    public bool MayUse(string from, ObjectKey to) => _uncertain.ContainsKey(from) || _uncertain.ContainsKey("") || _targets.ContainsKey((from, to)) || _targets.ContainsKey(("", to));

    /// <summary>Makes those of the next state of the kind, where those of the one before are known: an edit changes an object or two.</summary>
    public static void Carry(
        ImmutableDictionary<ObjectKey, ImmutableList<IndexedObject>> before, ImmutableDictionary<ObjectKey, ImmutableList<IndexedObject>> after,
        IEnumerable<(ObjectView View, int Change)> changes)
    {
        if (Known.TryGetValue(before, out CrossReferences? known) && !Known.TryGetValue(after, out _))
        {
            var next = new CrossReferences(known);
            foreach ((ObjectView view, int change) in changes)
            {
                next.Count(view, change);
            }
            Known.AddOrUpdate(after, next);
        }
    }

    private void Count(ObjectView view, int change)
    {
        string from = view.Object.Namespace;
        if (view.Object.Document.IsTemplate)
        {
            Count(_uncertain, from, change);
            return;
        }
        foreach (ObjectRef reference in Of(view))
        {
            if (reference.WrittenNamespace is { } ns && ns != from)
            {
                Count(_targets, (from, reference.Key), change);
                Count(_targets, (from, reference.Key with { Name = "" }), change);
            }
        }
    }

    private static void Count<T>(Dictionary<T, int> counts, T key, int change) where T : notnull
    {
        int now = counts.GetValueOrDefault(key) + change;
        if (now == 0)
        {
            counts.Remove(key);
        }
        else
        {
            counts[key] = now;
        }
    }

    private static IEnumerable<ObjectRef> Of(ObjectView view) => view switch
    {
        Route route => route.AllBackends,
        Gateway gateway =>
        [
            .. Certificates(gateway.Listeners),
            .. gateway.Tls.ClientCertificateRef is { } client ? (ObjectRef[])[client] : [],
            .. gateway.Tls.Default?.CaCertificateRefs ?? [],
            .. gateway.Tls.PerPort.SelectMany(port => port.Validation?.CaCertificateRefs ?? []),
        ],
        ListenerSet set => Certificates(set.Listeners),
        _ => [],
    };

    private static IEnumerable<ObjectRef> Certificates(ImmutableArray<Listener> listeners) => listeners.SelectMany(listener => listener.Tls?.CertificateRefs ?? []);
}
