using System.Collections.Immutable;
using System.Globalization;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Serving;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Routing;

namespace GatewayLsp.Server.Sending;

/// <summary>A backend that should get a share of the requests.</summary>
internal sealed record ExpectedBackend(BackendTarget Target, Share Share, BackendEndpoints Endpoints);

/// <summary>What is to be sent, and what should come of it by the cluster's own objects.</summary>
internal sealed record TestPlan(TestRequest Request, RequestTrace Trace, ImmutableArray<ExpectedBackend> Expected)
{
    /// <summary>Null, with the reason, when there is nowhere to send it.</summary>
    /// <param name="request">With a Gateway.</param>
    /// <param name="address">Where to connect in place of the Gateway's address: <c>host</c> or <c>host:port</c>.</param>
    /// <param name="data">What to say over a bare connection.</param>
    public static TestPlan? Make(ObservedCluster cluster, Analysis live, TraceRequest request, string? address, string? data, out string problem)
    {
        problem = "";
        if (request.Gateway is not { } name)
        {
            problem = "Requests within a mesh can't be sent from here: they come from pods.";
            return null;
        }
        if (cluster.Find(new ObjectKey(ClusterReader.GatewayGroup, "Gateway", name.Namespace, name.Name)) is not { } gateway)
        {
            problem = $"There is no Gateway {name} at {cluster.Target.Label}.";
            return null;
        }
        RequestTrace trace = live.Trace(request);
        if (trace.Listener is not { } listener)
        {
            problem = trace.Why is [.., var last] ? last : $"No listener of Gateway {name} takes it.";
            return null;
        }
        (string host, int? port) = Split(address ?? "");
        if (host.Length == 0)
        {
            if (GatewayAddress.AllOf(gateway).FirstOrDefault() is not { } own)
            {
                problem = $"Gateway {name} has no address in its status at {cluster.Target.Label}.";
                return null;
            }
            host = own;
        }
        bool isTls = listener.Protocol is "HTTPS" or "TLS" && request.Protocol != TraceProtocol.Udp;
        (string requested, _) = Split(request.Host);
        string serverName = request.ServerName ?? (requested.Length > 0 ? requested : listener.Hostname?.TrimStart('*', '.') ?? host);
        string authority = request.Host.Length > 0 ? WithPort(requested, request.Port ?? listener.Port, isTls) : WithPort(Bracketed(host), listener.Port, isTls);
        var wire = new TestRequest(host, port ?? GatewayAddress.PortOf(gateway, listener.Port), authority, isTls ? serverName : null, request.Method, request.Path, request.Headers,
            request.Protocol == TraceProtocol.Grpc) { Protocol = request.Protocol, Data = data };
        LiveEndpoints endpoints = LiveEndpoints.Of(cluster);
        return new TestPlan(wire, trace,
            [.. trace.Backends.Select(one => new ExpectedBackend(one.Target, one.Share, endpoints.At(one.Target.Group, one.Target.Kind, one.Target.Namespace, one.Target.Name)))]);
    }

    private static (string Host, int? Port) Split(string text)
    {
        int colon = text.LastIndexOf(':');
        bool hasPort = colon > text.LastIndexOf(']') && text.IndexOf(':', StringComparison.Ordinal) == colon | text.StartsWith('[');
        string host = hasPort ? text[..colon] : text;
        int? port = hasPort && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
        return (host.Trim('[', ']'), port);
    }

    private static string Bracketed(string host) => host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;

    private static string WithPort(string host, int port, bool isTls) =>
        port == (isTls ? 443 : 80) ? Bracketed(host) : string.Create(CultureInfo.InvariantCulture, $"{Bracketed(host)}:{port}");
}
