using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Migration.Ingresses;

/// <summary>Hosts and certificates of all Ingresses behind one Gateway.</summary>
internal sealed class HostFacts
{
    private readonly IngressWork[] _works;
    private readonly HashSet<string> _routed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _passedThrough = new(StringComparer.Ordinal);
    private readonly bool _takesAll;

    public HostFacts(IngressWork[] works)
    {
        _works = works;
        foreach (RouteDraft route in works.SelectMany(work => work.Routes))
        {
            _routed.UnionWith(route.Hostnames);
            _takesAll |= route.Hostnames.Count == 0;
        }
        _passedThrough.UnionWith(works.Where(work => work.IsPassthrough).SelectMany(work => work.Routes).SelectMany(route => route.Hostnames));
    }

    public bool IsPassedThrough(string host) => _passedThrough.Contains(host);

    /// <summary>True when nothing routes requests of a host that has a certificate.</summary>
    public bool IsIdle(string host) => !_takesAll && !_routed.Contains(host) && !_routed.Any(name => Covers(name, host) || Covers(host, name));

    /// <summary>True when the Gateway is not in the Ingress's own namespace.</summary>
    public bool IsForeign(IngressWork work) => work.Gateway.Namespace != work.Ingress.Namespace;

    /// <summary>The certificates for a host (null: all hosts); null when it is not served by TLS.</summary>
    public IReadOnlyList<JsonValue>? CertificatesOf(IngressWork work, string? host)
    {
        List<JsonValue>? found = null;
        foreach (IngressWork one in Sharing(work))
        {
            foreach (IngressTls tls in one.Ingress.Tls.Where(tls => tls.Hosts.IsEmpty ? ReferenceEquals(one, work) : host is not null && tls.Hosts.Any(name => Covers(name, host))))
            {
                found ??= [];
                if (tls.Secret is { } secret)
                {
                    JsonValue certificate = Json.Map(("name", JsonValue.Of(secret)), ("namespace", IsForeign(one) ? JsonValue.Of(one.Ingress.Namespace) : null));
                    if (!found.Contains(certificate))
                    {
                        found.Add(certificate);
                    }
                }
            }
        }
        return found;
    }

    /// <summary>Hosts with a certificate that a route for a wildcard or for all hosts takes, for want of one of their own.</summary>
    public IEnumerable<string> NarrowerThan(IngressWork work, string? host) => host is not null && host[0] != '*' ? []
        : Sharing(work).SelectMany(one => one.Ingress.Tls).SelectMany(tls => tls.Hosts).Select(name => name.ToLowerInvariant()).Distinct()
            .Where(name => name != host && (host is null || Covers(host, name)) && !_routed.Contains(name) && !_passedThrough.Contains(name) && IngressWork.IsHostname(name)
                && (host is not null || !_routed.Any(wildcard => Covers(wildcard, name) || Covers(name, wildcard))));

    private IEnumerable<IngressWork> Sharing(IngressWork work) => work.SharesHosts ? _works.Where(one => one.Ingress.Namespace == work.Ingress.Namespace) : [work];

    private static bool Covers(string name, string host) => name.Equals(host, StringComparison.OrdinalIgnoreCase)
        || (name.StartsWith("*.", StringComparison.Ordinal) && host.EndsWith(name[1..], StringComparison.OrdinalIgnoreCase));
}
