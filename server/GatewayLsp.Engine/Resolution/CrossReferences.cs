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
    private readonly HashSet<(string From, ObjectKey To)> _targets = [];
    private readonly HashSet<string> _uncertain = new(StringComparer.Ordinal);

    private CrossReferences(ImmutableDictionary<ObjectKey, ImmutableList<IndexedObject>> objects)
    {
        foreach (ImmutableList<IndexedObject> same in objects.Values)
        {
            foreach (IndexedObject one in same)
            {
                if (one.Object.View() is { } view)
                {
                    Add(view);
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
    public bool MayUse(string from, ObjectKey to) => _uncertain.Contains(from) || _uncertain.Contains("") || _targets.Contains((from, to)) || _targets.Contains(("", to));

    private void Add(ObjectView view)
    {
        string from = view.Object.Namespace;
        if (view.Object.Document.IsTemplate)
        {
            _uncertain.Add(from);
            return;
        }
        foreach (ObjectRef reference in Of(view))
        {
            if (reference.WrittenNamespace is { } ns && ns != from)
            {
                _targets.Add((from, reference.Key));
                _targets.Add((from, reference.Key with { Name = "" }));
            }
        }
    }

    private static IEnumerable<ObjectRef> Of(ObjectView view) => view switch
    {
        Route route => route.AllBackends(),
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
