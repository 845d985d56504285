using System.Text.RegularExpressions;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Tests.Migration;

/// <summary>A path of an Ingress and where it leads: Service and port as written.</summary>
/// <param name="Host">Null for all hosts.</param>
/// <param name="Order">Place among all paths of the file.</param>
internal sealed record IngressTarget(ManifestObject Ingress, string? Host, string Path, string Type, string? Service, string? Port, YamlNode Node, int Order);

/// <summary>
/// What Ingresses say of a request, by the text of <c>networking.k8s.io/v1</c> and the habits of the three controllers, apart
/// from our converter: the host that is written out before a wildcard of one label before none, <c>Exact</c> before the longest <c>Prefix</c>
/// by whole segments, then the default backend.
/// </summary>
internal sealed class IngressReference
{
    private const string Nginx = "nginx.ingress.kubernetes.io/";

    private readonly List<IngressTarget> _defaults = [];
    private readonly List<ManifestObject> _services;

    private IngressReference(List<ManifestObject> services) => _services = services;

    public List<IngressTarget> Paths { get; } = [];

    public List<ManifestObject> Ingresses { get; } = [];

    public static IngressReference Read(ManifestFile file)
    {
        ManifestObject[] all = [.. file.Documents.SelectMany(slot => ManifestObject.Of(slot.Document))];
        var reference = new IngressReference([.. all.Where(one => one.Kind == "Service")]);
        foreach (ManifestObject one in all.Where(one => one.Kind == "Ingress"))
        {
            // A canary has no requests of its own: it takes a share of those of another Ingress.
            if (Annotation(one, Nginx + "canary") != "true")
            {
                reference.Add(one);
            }
        }
        return reference;
    }

    public static string? Annotation(ManifestObject ingress, string name) => ingress.At("metadata", "annotations").At(name).Text();

    /// <summary>True when the host has a certificate in one of the Ingresses.</summary>
    public static bool HasTls(ManifestObject ingress, string? host) =>
        Items(ingress.At("spec", "tls")).Any(tls => host is not null && (!Items(tls.At("hosts")).Any() || Items(tls.At("hosts")).Any(name => Covers(name.Text()!, host))));

    /// <summary>The target of a request; null when nothing takes it.</summary>
    public IngressTarget? Find(string host, string path)
    {
        string? chosen = Paths.Select(p => p.Host).OfType<string>().FirstOrDefault(h => h == host) ?? Paths.Select(p => p.Host).OfType<string>().FirstOrDefault(h => Covers(h, host));
        IngressTarget[] all = [.. Paths.Where(p => p.Host == chosen)];
        IngressTarget? found = all.Where(p => Matches(p, path)).OrderBy(p => p.Type == "Exact" ? 0 : 1).ThenByDescending(p => Rank(p)).ThenBy(p => p.Order).FirstOrDefault();
        return found ?? _defaults.FirstOrDefault();
    }

    /// <summary>Hosts that requests are made for: one for each that is written, and one that is not.</summary>
    public IEnumerable<string> Hosts() =>
        Paths.Select(p => p.Host?.Replace("*", "any", StringComparison.Ordinal) ?? "hostless.test").Append("unknown.test")
            .Concat(Ingresses.SelectMany(one => Items(one.At("spec", "tls"))).SelectMany(tls => Items(tls.At("hosts"))).Select(host => host.Text()!.Replace("*", "any", StringComparison.Ordinal))).Distinct();

    /// <summary>Request paths that tell the rules from each other: the path itself, one below it, one beside it, the root.</summary>
    public IEnumerable<string> RequestPaths() =>
        Paths.SelectMany(p => Plain(p) is { Length: > 0 } plain ? (string[])[plain, plain + "/below", plain + "beside", plain + "/below/more"] : ["/below", "/beside/more"])
            .Append("/").Distinct();

    /// <summary>The written path up to what is a pattern in it, without the slash at its end.</summary>
    private static string Plain(IngressTarget target)
    {
        int end = target.Path.AsSpan().IndexOfAny("()[]*?|$");
        return (end < 0 ? target.Path : target.Path[..end]).TrimEnd('/');
    }

    private void Add(ManifestObject ingress)
    {
        Ingresses.Add(ingress);
        YamlNode? spec = ingress.At("spec");
        if (spec.At("defaultBackend") is { } backend)
        {
            _defaults.Add(Target(ingress, null, "/", "Prefix", backend, backend));
        }
        foreach (YamlNode rule in Items(spec.At("rules")))
        {
            foreach (YamlNode path in Items(rule.At("http", "paths")))
            {
                Paths.Add(Target(ingress, rule.At("host").Text() is { Length: > 0 } host ? host : null, path.At("path").Text() ?? "/", path.At("pathType").Text()!, path.At("backend"), path));
            }
        }
    }

    private IngressTarget Target(ManifestObject ingress, string? host, string path, string type, YamlNode? backend, YamlNode node)
    {
        string? service = backend.At("service", "name").Text();
        string? port = backend.At("service", "port", "number").Text();
        if (backend.At("service", "port", "name").Text() is { } name)
        {
            ManifestObject? known = _services.Find(one => one.Name == service && one.NamespaceOrDefault == ingress.NamespaceOrDefault);
            port = Items(known?.At("spec", "ports")).FirstOrDefault(p => p.At("name").Text() == name).At("port").Text() ?? name;
        }
        return new IngressTarget(ingress, host, path, type, service, port, node, Paths.Count);
    }

    private static bool Matches(IngressTarget target, string path)
    {
        if (IsRegex(target.Ingress))
        {
            return Regex.IsMatch(path, "^" + target.Path.TrimStart('^'), RegexOptions.IgnoreCase | RegexOptions.NonBacktracking);
        }
        return target.Type switch
        {
            "Exact" => path == target.Path,
            "ImplementationSpecific" when IsCloud(target) => Regex.IsMatch(path, "^" + Regex.Escape(target.Path).Replace("\\*", ".*", StringComparison.Ordinal) + "$", RegexOptions.NonBacktracking),
            _ => BySegments(target.Path.Split('/', StringSplitOptions.RemoveEmptyEntries), path.Split('/', StringSplitOptions.RemoveEmptyEntries)),
        };
    }

    private static bool BySegments(string[] prefix, string[] path) => path.Length >= prefix.Length && path.AsSpan(0, prefix.Length).SequenceEqual(prefix);

    /// <summary>Application Load Balancers try patterns in their order, all others the longest first.</summary>
    private static int Rank(IngressTarget target) =>
        target.Type == "ImplementationSpecific" && ClassOf(target.Ingress).Contains("alb", StringComparison.Ordinal) ? 0 : target.Path.TrimEnd('/').Length;

    private static bool IsRegex(ManifestObject ingress) => Annotation(ingress, Nginx + "rewrite-target") is not null || Annotation(ingress, Nginx + "use-regex") == "true";

    private static bool IsCloud(IngressTarget target) => ClassOf(target.Ingress) is { } name && (name.Contains("alb", StringComparison.Ordinal) || name.Contains("gce", StringComparison.Ordinal));

    private static string ClassOf(ManifestObject ingress) => ingress.At("spec", "ingressClassName").Text() ?? Annotation(ingress, "kubernetes.io/ingress.class") ?? "";

    private static bool Covers(string name, string host) =>
        name == host || (name.StartsWith("*.", StringComparison.Ordinal) && host.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && host[dot..] == name[1..]);

    private static IEnumerable<YamlNode> Items(YamlNode? list) => list is YamlSequence sequence ? sequence.Items.Select(item => item.Resolved()).OfType<YamlNode>() : [];
}
