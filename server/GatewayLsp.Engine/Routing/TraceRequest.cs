namespace GatewayLsp.Engine.Routing;

/// <summary>What a client speaks; HTTP with and without TLS is one, the listener's port tells.</summary>
public enum TraceProtocol
{
    Http,
    Grpc,
    Tls,
    Tcp,
    Udp,
}

/// <summary>A Gateway or Service by name.</summary>
public readonly record struct ObjectName(string Namespace, string Name)
{
    public override string ToString() => $"{Namespace}/{Name}";
}

/// <summary>
/// A request to follow: to a Gateway, or (without one) of a pod in a mesh to a Service, which <see cref="Host"/> then names
/// as a pod would: <c>name</c>, <c>name.namespace</c> or longer, a port behind it.
/// </summary>
public sealed record TraceRequest
{
    /// <summary>Null for a request within a mesh.</summary>
    public ObjectName? Gateway { get; init; }

    /// <summary>The cluster whose Gateway or mesh is meant; null for the only one that has it.</summary>
    public string? Cluster { get; init; }

    /// <summary>Port of the listener or Service; null to take that of the host, of the scheme or the only fitting one.</summary>
    public int? Port { get; init; }

    /// <summary>Name of a listener whose port is meant, in place of <see cref="Port"/>. The listener itself is chosen by the request.</summary>
    public string? ListenerName { get; init; }

    public TraceProtocol Protocol { get; init; }

    /// <summary><c>http</c> or <c>https</c> where the user said so; else null, and the listener tells.</summary>
    public string? Scheme { get; init; }

    public string Method { get; init; } = "GET";

    /// <summary>Host of the URL, a port behind it; empty for the address of the Gateway.</summary>
    public string Host { get; init; } = "";

    /// <summary>With the query. Of a gRPC call <c>/service/method</c>.</summary>
    public string Path { get; init; } = "/";

    /// <summary>A <c>Host</c> header here wins over <see cref="Host"/> wherever a host is matched.</summary>
    public HeaderList Headers { get; init; } = HeaderList.Empty;

    /// <summary>Server name of the TLS handshake; null to take the host's.</summary>
    public string? ServerName { get; init; }

    /// <summary>Namespace of the client, for requests within a mesh; null when it is that of the Service.</summary>
    public string? ClientNamespace { get; init; }

    /// <summary>How long the backend takes to answer; null when that is of no interest. Timeouts are judged by it.</summary>
    public TimeSpan? BackendDelay { get; init; }
}
