using System.Collections.Immutable;
using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Resolution;

/// <summary>A kind of route, as status reports it.</summary>
public readonly record struct GroupKind(string Group, string Kind);

/// <summary>How listeners that share a port get along.</summary>
public enum ProtocolFamily : byte { Unknown, Http, Tls, Tcp, Udp }

/// <summary>What the protocols of listeners can carry (Gateway API, ProtocolType).</summary>
public static class ListenerProtocols
{
    private static readonly ImmutableArray<GroupKind> Http = [Route("HTTPRoute"), Route("GRPCRoute")];
    private static readonly ImmutableArray<GroupKind> Passthrough = [Route("TLSRoute")];
    private static readonly ImmutableArray<GroupKind> Terminated = [Route("TLSRoute"), Route("TCPRoute")];
    private static readonly ImmutableArray<GroupKind> Tcp = [Route("TCPRoute")];
    private static readonly ImmutableArray<GroupKind> Udp = [Route("UDPRoute")];

    public static ProtocolFamily Family(string protocol) => protocol switch
    {
        "HTTP" => ProtocolFamily.Http,
        "HTTPS" or "TLS" => ProtocolFamily.Tls,
        "TCP" => ProtocolFamily.Tcp,
        "UDP" => ProtocolFamily.Udp,
        _ => ProtocolFamily.Unknown,
    };

    /// <summary>
    /// No: neither the specification nor anybody whom we know has such a protocol. Unknown: an implementation's own (with a
    /// domain in front, or HBONE of ambient meshes), or filled in by a template. <c>http/2</c> is of the form of the former, and nobody's.
    /// </summary>
    public static Answer IsSupported(Listener listener) =>
        Family(listener.Protocol) != ProtocolFamily.Unknown ? Answer.Yes
        : (listener.Protocol.Contains('/') && !IsHttpVersion(listener.Protocol)) || listener.Protocol == "HBONE" || listener.IsTemplated ? Answer.Unknown
        : Answer.No;

    /// <summary>In capitals the schema has refused it already.</summary>
    private static bool IsHttpVersion(string protocol) => protocol != "HTTP/2" && protocol.Equals("http/2", StringComparison.OrdinalIgnoreCase);

    /// <summary>The kinds of routes that fit a listener's protocol; none for protocols that the specification does not have.</summary>
    public static ImmutableArray<GroupKind> RouteKinds(Listener listener) => listener.Protocol switch
    {
        "HTTP" or "HTTPS" => Http,
        "TLS" when listener.IsPassthrough => Passthrough,
        "TLS" => Terminated,
        "TCP" => Tcp,
        "UDP" => Udp,
        _ => [],
    };

    private static GroupKind Route(string kind) => new(ApiGroups.Gateway, kind);
}
