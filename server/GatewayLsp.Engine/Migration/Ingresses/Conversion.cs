using System.Collections.Immutable;
using System.Globalization;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Migration.Ingresses;

/// <summary>A conversion under way: what it knows, what it has made, what it has to tell.</summary>
internal sealed class Conversion(Workspace workspace, ConversionOptions options)
{
    /// <summary>Put in where a port is not known.</summary>
    private const int GuessedPort = 80;

    private readonly WorkspaceFacts _facts = new(workspace, guesses: true);
    private readonly Dictionary<(string Namespace, string Name), GatewayDraft> _gateways = [];

    public Workspace Workspace => workspace;

    public List<GatewayDraft> Gateways { get; } = [];

    public List<RouteDraft> Routes { get; } = [];

    public List<ConversionNote> Notes { get; } = [];

    public void Lost(IngressModel ingress, YamlNode at, string subject, string message) => Tell(ConversionNoteKind.Lost, ingress, at, subject, message);

    public void Differs(IngressModel ingress, YamlNode at, string subject, string message) => Tell(ConversionNoteKind.Differs, ingress, at, subject, message);

    /// <summary>About an annotation, at its key.</summary>
    public void Lost(IngressModel ingress, string annotation, string message) => Lost(ingress, ingress.NodeOf(annotation), annotation, message);

    public void Differs(IngressModel ingress, string annotation, string message) => Differs(ingress, ingress.NodeOf(annotation), annotation, message);

    public GatewayDraft Gateway(string ns, string name, Controller controller, string ingressClass)
    {
        if (!_gateways.TryGetValue((ns, name), out GatewayDraft? gateway))
        {
            gateway = new GatewayDraft(ns, name, options.GatewayClass ?? Controllers.GatewayClass(controller, ingressClass));
            _gateways[(ns, name)] = gateway;
            Gateways.Add(gateway);
        }
        return gateway;
    }

    /// <summary>The backend of a path; null, with a note, when it is none that a route can have.</summary>
    public BackendDraft? Backend(IngressModel ingress, IngressBackend? backend)
    {
        if (backend is null)
        {
            return null;
        }
        if (backend.Service is not { } service)
        {
            Lost(ingress, backend.Node, "resource", "Only Services are backends here. A controller may have kinds of its own that a `backendRefs` item can name by `group` and `kind`.");
            return null;
        }
        return new BackendDraft(service, Port(ingress, service, backend.Port, backend.Node));
    }

    public int Port(IngressModel ingress, string service, string? port, YamlNode at)
    {
        if (int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            return number;
        }
        ImmutableArray<KnownPort>? ports = _facts.PortsOf(ingress.Namespace, service);
        if (ports is { } known)
        {
            foreach (KnownPort one in known)
            {
                if (one.Name == port || (port is null && known.Length == 1))
                {
                    return one.Port;
                }
            }
        }
        Lost(ingress, at, "port", port is null
            ? $"The port of Service `{service}` is not known; {GuessedPort} is a guess."
            : $"Backends have a port by number here, and which one `{port}` of Service `{service}` is can't be seen from the manifests; {GuessedPort} is a guess.");
        return GuessedPort;
    }

    private void Tell(ConversionNoteKind kind, IngressModel ingress, YamlNode at, string subject, string message) =>
        Notes.Add(new ConversionNote(kind, ingress.Path, ingress.Object, at.HeadSpan(), subject, message));
}
