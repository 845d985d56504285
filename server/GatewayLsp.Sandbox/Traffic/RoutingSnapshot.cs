using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Sandbox.Objects;
using GatewayLsp.Sandbox.Storage;

namespace GatewayLsp.Sandbox.Traffic;

/// <summary>All that a data plane decides by, of one moment. Immutable.</summary>
internal sealed class RoutingSnapshot(Analysis analysis, EndpointTable endpoints, TrustStore trust)
{
    public static readonly RoutingSnapshot Empty = new(new Analysis(Workspace.Empty), EndpointTable.Empty, TrustStore.Empty);

    public Resolver Resolver { get; } = analysis.Workspace.Resolver;

    public TrustStore Trust => trust;

    public RequestTrace Trace(TraceRequest request) => analysis.Trace(request);

    public ImmutableArray<Endpoint> EndpointsOf(BackendTarget target) => endpoints.Of(Resolver, target);

    /// <summary>The listeners in service on a port.</summary>
    public IEnumerable<ResolvedListener> Listeners(ObjectName gateway, int port) =>
        Resolver.Gateway(gateway.Namespace, gateway.Name) is { } found ? found.AllListeners.Where(one => one.IsValid && one.Listener.Port == port) : [];

    /// <summary>The listener with TLS that a server name belongs to: the most specific hostname that covers it.</summary>
    public ResolvedListener? ByServerName(ObjectName gateway, int port, string serverName)
    {
        ResolvedListener? best = null;
        int bestRank = -1;
        foreach (ResolvedListener one in Listeners(gateway, port))
        {
            int rank = one.Listener.Protocol is "HTTPS" or "TLS" ? RankOf(one.Listener.Hostname, serverName) : -1;
            if (rank > bestRank)
            {
                (best, bestRank) = (one, rank);
            }
        }
        return best;
    }

    public HttpRouteRule? RuleOf(RequestTrace trace) =>
        trace is { Route: { Kind: "HTTPRoute" } route, Rule: { } rule }
            && Resolver.Find<HttpRoute>(new ObjectKey(ApiGroups.Gateway, route.Kind, route.Namespace, route.Name)) is { } view && rule < view.HttpRules.Length
            ? view.HttpRules[rule] : null;

    /// <summary>How the port of a Service speaks, as its <c>appProtocol</c> says; null when it does not.</summary>
    public string? AppProtocol(BackendTarget target) =>
        Resolver.Find<Service>(new ObjectKey(target.Group, target.Kind, target.Namespace, target.Name))?.Ports.FirstOrDefault(port => port.Port == target.Port)?.AppProtocol;

    private static int RankOf(string? hostname, string serverName)
    {
        if (hostname is null)
        {
            return 0;
        }
        return hostname.StartsWith("*.", StringComparison.Ordinal)
            ? serverName.Length > hostname.Length - 1 && serverName.EndsWith(hostname[1..], StringComparison.OrdinalIgnoreCase) ? hostname.Length : -1
            : serverName.Equals(hostname, StringComparison.OrdinalIgnoreCase) ? 1000 : -1;
    }
}

/// <summary>Certificates of the Secrets and ConfigMaps of one cluster, read when first asked for.</summary>
internal sealed class TrustStore(ImmutableSortedDictionary<ObjectPlace, StoredObject> secrets, ImmutableSortedDictionary<ObjectPlace, StoredObject> configMaps, X509Certificate2? system)
{
    /// <summary>Certificates are kept with the version of the Secret that they were read of.</summary>
    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<StoredObject, X509Certificate2?> Pairs = [];

    public static readonly TrustStore Empty = new(ImmutableSortedDictionary<ObjectPlace, StoredObject>.Empty, ImmutableSortedDictionary<ObjectPlace, StoredObject>.Empty, null);

    /// <summary>A certificate with its key; null when the Secret holds none.</summary>
    public X509Certificate2? Pair(string ns, string name) =>
        secrets.GetValueOrDefault(new ObjectPlace(ns, name)) is { } stored ? Pairs.GetValue(stored, Read) : null;

    /// <summary>Certificates of a listener, in their order.</summary>
    public List<X509Certificate2> Of(ResolvedListener listener) =>
    [
        .. (listener.Listener.Tls?.CertificateRefs ?? []).Where(reference => !listener.CertificateIssues.Any(issue => ReferenceEquals(issue.Reference, reference)))
            .Select(reference => Pair(reference.Namespace, reference.Name)).OfType<X509Certificate2>(),
    ];

    /// <summary>The one that is for a server name, else the first.</summary>
    public static X509Certificate2? Choose(IReadOnlyList<X509Certificate2> certificates, string serverName)
    {
        foreach (X509Certificate2 one in certificates)
        {
            if (serverName.Length > 0 && one.MatchesHostname(serverName))
            {
                return one;
            }
        }
        return certificates.Count > 0 ? certificates[0] : null;
    }

    /// <summary>Authorities that references name; those of the system stand for the sandbox's own.</summary>
    public X509Certificate2Collection Authorities(IEnumerable<ObjectRef> references, bool withSystem)
    {
        var found = new X509Certificate2Collection();
        foreach (ObjectRef reference in references)
        {
            var place = new ObjectPlace(reference.Namespace, reference.Name);
            string? pem = reference.Kind == "ConfigMap"
                ? configMaps.GetValueOrDefault(place)?.Body.At("data", "ca.crt").Text()
                : Decode(secrets.GetValueOrDefault(place)?.Body.At("data", "ca.crt").Text());
            try
            {
                found.ImportFromPem(pem ?? "");
            }
            catch (System.Security.Cryptography.CryptographicException)
            {
                // The conditions tell of it; it verifies nothing.
            }
        }
        if (withSystem && system is not null)
        {
            found.Add(system);
        }
        return found;
    }

    private static X509Certificate2? Read(StoredObject secret)
    {
        try
        {
            return Decode(secret.Body.At("data", "tls.crt").Text()) is { } certificate && Decode(secret.Body.At("data", "tls.key").Text()) is { } key
                ? WithKey(certificate, key) : null;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }

    private static X509Certificate2 WithKey(string certificate, string key)
    {
        using X509Certificate2 loose = X509Certificate2.CreateFromPem(certificate, key);
        return X509CertificateLoader.LoadPkcs12(loose.Export(X509ContentType.Pkcs12), null);
    }

    private static string? Decode(string? base64)
    {
        byte[] bytes = new byte[base64?.Length ?? 0];
        return base64 is not null && Convert.TryFromBase64String(base64, bytes, out int written) ? Encoding.UTF8.GetString(bytes, 0, written) : null;
    }
}
