using System.Net.Sockets;
using System.Security.Authentication;
using GatewayLsp.Engine.Cluster;

namespace GatewayLsp.Kubernetes.Client;

/// <summary>
/// Turns what the network throws into values. Goes by types and codes: the texts of the runtime's exceptions are not in the
/// native executable, and may quote addresses that the user did not write.
/// </summary>
internal static class FailureReader
{
    /// <summary>True for everything that a request may throw but the caller's own cancellation.</summary>
    public static bool Covers(Exception error) =>
        error is HttpRequestException or IOException or OperationCanceledException or AuthenticationException or SocketException or ObjectDisposedException or TimeoutException
            or NotSupportedException or InvalidOperationException;

    public static ClusterError Read(Exception error, Uri server, bool usesProxy, TlsTrust trust)
    {
        string host = server.IdnHost;
        // First: a request that is given up shows as an aborted socket further in.
        if (error is OperationCanceledException or TimeoutException)
        {
            return Timeout(host);
        }
        if (Find<SocketException>(error) is { } socket)
        {
            return OfSocket(socket, error, host, server, usesProxy, trust);
        }
        if (Find<AuthenticationException>(error) is not null)
        {
            return Tls(trust);
        }
        if (Find<TimeoutException>(error) is not null)
        {
            return Timeout(host);
        }
        return error is HttpRequestException request
            ? request.HttpRequestError switch
            {
                HttpRequestError.NameResolutionError => Dns(host, usesProxy),
                HttpRequestError.SecureConnectionError => Tls(trust),
                HttpRequestError.ProxyTunnelError => new ClusterError(ClusterErrorKind.Unreachable, $"The proxy makes no connection to `{host}`."),
                HttpRequestError.ConnectionError => new ClusterError(ClusterErrorKind.Unreachable, $"There is no connection to `{host}`."),
                _ => Broken(),
            }
            : Broken();
    }

    public static ClusterError Timeout(string host) => new(ClusterErrorKind.Timeout, $"`{host}` gave no answer in time.");

    public static ClusterError Broken() => new(ClusterErrorKind.Broken, "The connection broke off before the answer was complete.");

    private static ClusterError OfSocket(SocketException socket, Exception error, string host, Uri server, bool usesProxy, TlsTrust trust)
    {
        switch (socket.SocketErrorCode)
        {
            case SocketError.ConnectionRefused:
                return new ClusterError(ClusterErrorKind.ConnectionRefused, usesProxy
                    ? "Nobody listens at the address of the proxy."
                    : $"Nobody listens at `{host}:{server.Port}`: the server is down, or the address is wrong.");
            case SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData or SocketError.NoRecovery:
                return Dns(host, usesProxy);
            case SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.HostDown or SocketError.NetworkDown:
                return new ClusterError(ClusterErrorKind.Unreachable, $"There is no way to `{host}` from here: is a VPN or the network missing?");
            case SocketError.TimedOut:
                return Timeout(host);
            case SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown:
                return error is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } && trust.Problem is not null ? Tls(trust) : Broken();
            default:
                return new ClusterError(ClusterErrorKind.Unreachable, $"There is no connection to `{host}`.");
        }
    }

    private static ClusterError Dns(string host, bool usesProxy) =>
        new(ClusterErrorKind.DnsFailure, usesProxy ? "The host name of the proxy or the server is unknown." : $"The host name `{host}` is unknown.");

    private static ClusterError Tls(TlsTrust trust) =>
        new(ClusterErrorKind.Tls, trust.Problem ?? "The server and this machine agree on no secure connection: it may speak no TLS, or want a client certificate.");

    private static T? Find<T>(Exception? error)
        where T : Exception
    {
        for (int depth = 0; error is not null && depth < 10; depth++)
        {
            if (error is T found)
            {
                return found;
            }
            error = error.InnerException;
        }
        return null;
    }
}
