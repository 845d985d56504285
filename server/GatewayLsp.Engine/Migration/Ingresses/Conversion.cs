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
    private readonly Dictionary<(string Namespace, string Key), GatewayDraft> _gateways = [];
    private readonly HashSet<(string Path, int Start, string Subject, string Message, YamlNode Object)> _told = [];

    public Workspace Workspace => workspace;

    public Names Names { get; } = new();

    public List<GatewayDraft> Gateways { get; } = [];

    /// <summary>Gateways of groups that share a load balancer (ALB), by the group's name.</summary>
    public Dictionary<string, GatewayDraft> Groups { get; } = new(StringComparer.Ordinal);

    public List<RouteDraft> Routes { get; } = [];

    public List<ConversionNote> Notes { get; } = [];

    public void Lost(IngressModel ingress, YamlNode at, string subject, string message) => Tell(ConversionNoteKind.Lost, ingress, at, subject, message);

    public void Differs(IngressModel ingress, YamlNode at, string subject, string message) => Tell(ConversionNoteKind.Differs, ingress, at, subject, message);

    /// <summary>About an annotation, at its key.</summary>
    public void Lost(IngressModel ingress, string annotation, string message) => Lost(ingress, ingress.NodeOf(annotation), annotation, message);

    public void Differs(IngressModel ingress, string annotation, string message) => Differs(ingress, ingress.NodeOf(annotation), annotation, message);

    /// <param name="key">What the Gateway is for; Ingresses with the same key in a namespace share it.</param>
    public GatewayDraft Gateway(IngressModel ingress, string key, string wanted, IngressClassChoice choice)
    {
        if (!_gateways.TryGetValue((ingress.Namespace, key), out GatewayDraft? gateway))
        {
            string name = Names.Give("gateway " + ingress.Namespace, key, Names.Slug(wanted));
            gateway = new GatewayDraft(Names, ingress.Namespace, name, ClassOf(ingress, choice, name));
            _gateways[(ingress.Namespace, key)] = gateway;
            Gateways.Add(gateway);
        }
        return gateway;
    }

    private string ClassOf(IngressModel ingress, IngressClassChoice choice, string gateway)
    {
        if (options.GatewayClass is { } chosen)
        {
            return chosen;
        }
        YamlNode at = ingress.Object.At("spec", "ingressClassName") ?? ingress.Object.At("metadata", "name") ?? ingress.Object.Node;
        if (Controllers.GatewayClass(choice) is { } usual)
        {
            if (choice.IsGuessed)
            {
                Differs(ingress, at, "ingressClassName", $"The Ingress names no class. Its annotations are {choice.Controller switch { Controller.Nginx => "ingress-nginx's", Controller.Alb => "the AWS Load Balancer Controller's", _ => "GKE's" }}, so the Gateway `{gateway}` has the GatewayClass `{usual}`.");
            }
            return usual;
        }
        string[] classes = [.. workspace.Index.OfKind(MigrationTarget.Group, "GatewayClass").Select(one => one.Object.Name).Where(name => name.Length > 0).Distinct()];
        if (classes.Contains(choice.ClassName))
        {
            return choice.ClassName;
        }
        if (classes is [] && choice.ClassName.Length > 0)
        {
            string assumed = Names.Slug(choice.ClassName);
            Differs(ingress, at, "ingressClassName", $"The Gateway `{gateway}` has the GatewayClass `{assumed}`, on the assumption that it is called like the ingress class. Write another name into `gatewayClassName`, or give it with `--gateway-class`, if it is not.");
            return assumed;
        }
        string what = choice.IsGuessed ? "The Ingress names no class, and no IngressClass of the manifests is the default" : $"Which GatewayClass takes the place of the ingress class `{choice.ClassName}` is not known";
        if (classes is [var only])
        {
            Differs(ingress, at, "ingressClassName", $"{what}. The Gateway `{gateway}` has the only GatewayClass of the manifests, `{only}`.");
            return only;
        }
        Lost(ingress, at, "ingressClassName", $"{what}: write the name of your GatewayClass into `gatewayClassName` of the Gateway `{gateway}`, in place of `{Controllers.UnknownClass}`, or give it with `--gateway-class`.");
        return Controllers.UnknownClass;
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
        if (!IsServiceName(service))
        {
            Lost(ingress, backend.Node, "service", $"`{service}` is not a name that a Service can have, so the rule is left out.");
            return null;
        }
        return new BackendDraft(service, Port(ingress, service, backend.Port, backend.Node));
    }

    public int Port(IngressModel ingress, string service, string? port, YamlNode at)
    {
        if (int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            if (number is > 0 and < 65536)
            {
                return number;
            }
            Lost(ingress, at, "port", $"{port} is not a port (1 to 65535). {GuessedPort} is a guess: write the port of Service `{service}`.");
            return GuessedPort;
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
            ? $"The port of Service `{service}` is not known. {GuessedPort} is a guess: write the port of the Service."
            : $"A backend's port is a number, and the manifests do not say which number the port `{port}` of Service `{service}` has. {GuessedPort} is a guess: write the number.");
        return GuessedPort;
    }

    /// <summary>Names of Services are single labels of at most 63 characters.</summary>
    public static bool IsServiceName(string name) => name.Length <= Names.MaxLength && !name.Contains('.') && Names.IsValid(name);

    /// <summary>The same thing is told once, however many rules it is true of.</summary>
    private void Tell(ConversionNoteKind kind, IngressModel ingress, YamlNode at, string subject, string message)
    {
        if (_told.Add((ingress.Path, at.HeadSpan().Start, subject, message, ingress.Object.Node)))
        {
            Notes.Add(new ConversionNote(kind, ingress.Path, ingress.Object, at.HeadSpan(), subject, message));
        }
    }
}
