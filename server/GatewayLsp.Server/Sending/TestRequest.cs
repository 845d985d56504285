using GatewayLsp.Engine.Routing;

namespace GatewayLsp.Server.Sending;

/// <summary>A request as it goes over the wire.</summary>
/// <param name="Address">IP address or host name to connect to.</param>
/// <param name="Port">Port to connect to.</param>
/// <param name="Authority">Value of <c>Host</c> or <c>:authority</c>.</param>
/// <param name="ServerName">Of the TLS handshake; null for plain text.</param>
internal sealed record TestRequest(string Address, int Port, string Authority, string? ServerName, string Method, string Path, HeaderList Headers, bool IsGrpc)
{
    public TraceProtocol Protocol { get; init; } = IsGrpc ? TraceProtocol.Grpc : TraceProtocol.Http;

    /// <summary>What is said over a bare connection, or in a datagram.</summary>
    public string? Data { get; init; }

    /// <summary>A bare connection or datagram.</summary>
    public bool IsBare => Protocol is TraceProtocol.Tls or TraceProtocol.Tcp or TraceProtocol.Udp;

    public bool IsTls => ServerName is not null;

    /// <summary>Such headers go to a server only that proved who it is.</summary>
    public bool HasCredentials
    {
        get
        {
            foreach ((string name, _) in Headers)
            {
                if (name.Equals("Authorization", StringComparison.OrdinalIgnoreCase) || name.Equals("Cookie", StringComparison.OrdinalIgnoreCase)
                    || name.Equals("Proxy-Authorization", StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
            return false;
        }
    }
}

/// <summary>One answer, or why there was none.</summary>
/// <param name="Status"><c>200</c>, for gRPC <c>grpc 0</c>; null without an answer.</param>
/// <param name="Body">Its first part as text.</param>
/// <param name="Error">For the user; null with an answer.</param>
internal sealed record TestAnswer(string? Status, IReadOnlyList<KeyValuePair<string, string>> Headers, string Body, TimeSpan Latency, string? Error)
{
    /// <summary>What is wrong with the server's certificate; null when nothing is, or without TLS.</summary>
    public string? CertificateProblem { get; init; }
}
