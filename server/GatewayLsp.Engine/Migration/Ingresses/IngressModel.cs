using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Migration.Ingresses;

/// <summary>An Ingress of <c>networking.k8s.io/v1</c>, or of the beta versions before it.</summary>
internal sealed class IngressModel
{
    private readonly Dictionary<string, YamlEntry> _annotations = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    private IngressModel(string path, ManifestObject about)
    {
        Path = path;
        Object = about;
        if (about.At("metadata", "annotations") is YamlMapping annotations)
        {
            foreach (YamlEntry entry in annotations.Entries)
            {
                _annotations[entry.Name] = entry;
            }
        }
    }

    public string Path { get; }

    public ManifestObject Object { get; }

    public string Name => Object.Name.Length == 0 ? "ingress" : Object.Name;

    /// <summary>When it was made, where the manifest comes from a cluster: controllers prefer the older of two.</summary>
    public string? Created => Object.At("metadata", "creationTimestamp").Text();

    /// <summary>What names of objects made of it are given for: its name, with a number when it is not the first of that name in its namespace.</summary>
    public string Owner { get; set; } = "";

    public string Namespace => Object.NamespaceOrDefault;

    public string? ClassName { get; private init; }

    public ImmutableArray<IngressRule> Rules { get; private init; } = [];

    public ImmutableArray<IngressTls> Tls { get; private init; } = [];

    public IngressBackend? DefaultBackend { get; private init; }

    /// <summary>Annotations that nobody has taken into account.</summary>
    public IEnumerable<YamlEntry> Untaken => _annotations.Where(one => !_taken.Contains(one.Key)).Select(one => one.Value);

    public IEnumerable<string> AnnotationNames => _annotations.Keys;

    public static bool IsIngress(ManifestObject one) => one.Kind == "Ingress" && one.Gvk.Group is "networking.k8s.io" or "extensions";

    /// <summary>An annotation's text, which from then on counts as taken into account; null when it is not there or not known.</summary>
    public string? Take(string name)
    {
        if (!_annotations.TryGetValue(name, out YamlEntry? entry))
        {
            return null;
        }
        _taken.Add(name);
        return entry.Value.Text()?.Trim();
    }

    public void TakeAll() => _taken.UnionWith(_annotations.Keys);

    public bool Has(string name) => _annotations.ContainsKey(name);

    public bool TakeFlag(string name, bool usual = false) => Take(name) is { } text ? text.Equals("true", StringComparison.OrdinalIgnoreCase) : usual;

    /// <summary>An annotation's text without taking it into account.</summary>
    public string? Peek(string name) => _annotations.TryGetValue(name, out YamlEntry? entry) ? entry.Value.Text() : null;

    public YamlNode NodeOf(string annotation) => _annotations.TryGetValue(annotation, out YamlEntry? entry) ? entry.Key : Object.Node;

    public static IngressModel Read(string path, ManifestObject one)
    {
        YamlNode? spec = one.At("spec");
        return new IngressModel(path, one)
        {
            ClassName = spec.At("ingressClassName").Text(),
            DefaultBackend = Backend(spec.At("defaultBackend") ?? spec.At("backend")),
            Rules = [.. Items(spec.At("rules")).Select(Rule)],
            Tls = [.. Items(spec.At("tls")).Select(tls => new IngressTls([.. Items(tls.At("hosts")).Select(h => h.Text()).OfType<string>()], tls.At("secretName").Text() is { } secret && Names.IsValid(secret) ? secret : null, tls))],
        };
    }

    private static IngressRule Rule(YamlNode rule) => new(rule.At("host").Text() is { Length: > 0 } host && host != "*" ? host : null, rule,
        [.. Items(rule.At("http", "paths")).Select(path => new IngressPath(path.At("path").Text() is { Length: > 0 } text ? text : "/", path.At("pathType").Text() ?? "ImplementationSpecific", Backend(path.At("backend")), path))]);

    private static IngressBackend? Backend(YamlNode? backend)
    {
        if (backend is not YamlMapping)
        {
            return null;
        }
        YamlNode? service = backend.At("service");
        return service is null
            ? new IngressBackend(backend.At("serviceName").Text(), backend.At("servicePort").Text(), backend)
            : new IngressBackend(service.At("name").Text(), service.At("port", "number").Text() ?? service.At("port", "name").Text(), backend);
    }

    private static IEnumerable<YamlNode> Items(YamlNode? list) => list is YamlSequence sequence ? sequence.Items.Select(item => item.Resolved()).OfType<YamlNode>() : [];
}

internal sealed record IngressRule(string? Host, YamlNode Node, ImmutableArray<IngressPath> Paths);

/// <summary>Type is <c>Prefix</c>, <c>Exact</c> or <c>ImplementationSpecific</c>, which counts when none is written.</summary>
internal sealed record IngressPath(string Path, string Type, IngressBackend? Backend, YamlNode Node);

/// <summary>Port is a number or a name; a backend without a Service refers to a resource.</summary>
internal sealed record IngressBackend(string? Service, string? Port, YamlNode Node);

internal sealed record IngressTls(ImmutableArray<string> Hosts, string? Secret, YamlNode Node);
