using System.Collections.Immutable;
using System.Globalization;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Migration;

/// <summary>What the manifests of a workspace say about each other, as they were before any migration.</summary>
internal sealed class WorkspaceFacts : MigrationFacts
{
    private const int MaxChoices = 10_000;

    private readonly Workspace _workspace;
    private readonly List<Choice> _choices = [];
    private readonly List<ManifestObject> _routes = [];

    public WorkspaceFacts(Workspace workspace, bool guesses)
    {
        _workspace = workspace;
        Guesses = guesses;
        foreach (IndexedObject one in workspace.Index.All)
        {
            if (MigrationTarget.Of(one.Object) is not { } target)
            {
                continue;
            }
            if (target.Kind == "Gateway")
            {
                Read(one.Object);
            }
            else if (target.IsRoute)
            {
                _routes.Add(one.Object);
            }
        }
        _routes.Sort((a, b) => string.CompareOrdinal(a.NamespaceOrDefault, b.NamespaceOrDefault));
        _choices.Sort((a, b) => string.CompareOrdinal(a.Gateway.NamespaceOrDefault + "/" + a.Gateway.Name, b.Gateway.NamespaceOrDefault + "/" + b.Gateway.Name));
    }

    public override bool Guesses { get; }

    public override ImmutableArray<KnownPort>? PortsOf(string ns, string service) => PortsOf(_workspace, ns, service);

    /// <summary>The ports of a Service; null when it is not known, or not for certain.</summary>
    public static ImmutableArray<KnownPort>? PortsOf(Workspace workspace, string ns, string service)
    {
        ImmutableArray<KnownPort>? found = null;
        foreach (IndexedObject one in workspace.Index.Find(new ObjectKey("", "Service", ns, service)))
        {
            if (one.Object.At("spec", "ports") is not YamlSequence ports)
            {
                continue;
            }
            ImmutableArray<KnownPort> read = [.. ports.Items.Where(port => port.At("port").Text() is { } text && int.TryParse(text, CultureInfo.InvariantCulture, out _))
                .Select(port => new KnownPort(port.At("name").Text() ?? "", int.Parse(port.At("port").Text()!, CultureInfo.InvariantCulture)))];
            if (found is { } other && !other.SequenceEqual(read))
            {
                // Defined twice, and not alike: which one counts can't be told.
                return null;
            }
            found = read.IsEmpty ? null : read;
        }
        return found;
    }

    public override ImmutableArray<string> NamespacesOf(string? kind, string name) =>
        [.. _routes.Where(route => route.Name == name && (kind is null || route.Kind == kind)).Select(route => route.NamespaceOrDefault).Distinct()];

    public override ImmutableArray<GatewayAttachment> AttachmentsOf(ManifestObject route)
    {
        var found = new List<GatewayAttachment>();
        foreach (var gateway in _choices.Where(choice => choice.Takes(route)).GroupBy(choice => choice.Gateway))
        {
            string[] listeners = [.. gateway.Select(choice => choice.Listener).Distinct()];
            bool all = gateway.First().Listeners == listeners.Length || listeners.Contains("");
            foreach (string listener in all ? [""] : listeners)
            {
                var one = new GatewayAttachment(gateway.Key.NamespaceOrDefault, gateway.Key.Name, all ? null : listener);
                if (!found.Contains(one))
                {
                    found.Add(one);
                }
            }
        }
        return [.. found];
    }

    private void Read(ManifestObject gateway)
    {
        if (gateway.Name.Length == 0 || gateway.At("spec", "listeners") is not YamlSequence listeners)
        {
            return;
        }
        foreach (YamlNode listener in listeners.Items)
        {
            string name = listener.At("name").Text() ?? "";
            YamlNode? routes = listener.At("routes");
            YamlNode[] choices = routes switch
            {
                YamlMapping one => [one],
                YamlSequence list => [.. list.Items],
                _ => [],
            };
            foreach (YamlNode choice in choices)
            {
                if (_choices.Count < MaxChoices)
                {
                    _choices.Add(new Choice(_workspace.Index, gateway, name, listeners.Items.Length, choice));
                }
            }
        }
    }

    /// <summary>One way in which a listener chose routes.</summary>
    private sealed record Choice(ResourceIndex Index, ManifestObject Gateway, string Listener, int Listeners, YamlNode Node)
    {
        public bool Takes(ManifestObject route)
        {
            if (Node is YamlScalar)
            {
                return Node.Text() == route.Name && route.NamespaceOrDefault == Gateway.NamespaceOrDefault;
            }
            if (Node.At("kind").Text() is { } kind && kind != route.Kind)
            {
                return false;
            }
            if (Node.At("name").Text() is { } name)
            {
                return name == route.Name && route.NamespaceOrDefault == (Node.At("namespace").Text() ?? Gateway.NamespaceOrDefault);
            }
            if (!IsAllowed(route))
            {
                return false;
            }
            // Without labels it took all routes that leave the choice to the Gateways.
            return Node.At("selector") is YamlMapping { Entries.Length: > 0 } selector
                ? LabelSelector.Matches(selector, route.At("metadata", "labels"))
                : Node.At("kind") is not null && route.Gvk.Group == MigrationTarget.OldGroup && route.At("spec", "gateways", "gatewayRefs") is null && route.At("spec", "parentRefs") is null;
        }

        private bool IsAllowed(ManifestObject route)
        {
            if (route.At("spec", "gateways", "allow").Text() is "SameNamespace" or "FromList" && route.NamespaceOrDefault != Gateway.NamespaceOrDefault)
            {
                return false;
            }
            return (Node.At("namespaces", "from").Text() ?? Node.At("from").Text() ?? "Same") switch
            {
                "All" => true,
                "Selector" => Node.At("namespaces", "selector") is YamlMapping selector
                    && LabelSelector.Matches(selector, Index.Find(new ObjectKey("", "Namespace", "", route.NamespaceOrDefault)).Select(one => one.Object.At("metadata", "labels")).FirstOrDefault(), route.NamespaceOrDefault),
                _ => route.NamespaceOrDefault == Gateway.NamespaceOrDefault,
            };
        }
    }
}
