using System.Globalization;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Routing;

namespace GatewayLsp.Testing;

/// <summary>Follows requests in one line and tells the result in one line.</summary>
public static class TraceCheck
{
    /// <summary>
    /// <c>METHOD url header=value ...</c> to the first Gateway of the workspace; <c>sni=</c>, <c>protocol=</c>, <c>port=</c>, <c>gateway=</c>, <c>delay=</c>
    /// and <c>from=</c> (within a mesh) are no headers.
    /// </summary>
    public static TraceRequest Request(Analysis analysis, string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int scheme = words[1].IndexOf("://", StringComparison.Ordinal);
        string rest = scheme < 0 ? words[1] : words[1][(scheme + 3)..];
        int slash = rest.IndexOf('/', StringComparison.Ordinal);
        var request = new TraceRequest
        {
            Method = words[0],
            Scheme = scheme < 0 ? null : words[1][..scheme],
            Host = slash < 0 ? rest : rest[..slash],
            Path = slash < 0 ? "/" : rest[slash..],
            Gateway = analysis.Gateways().FirstOrDefault() is { Name: not null } first ? first : null,
        };
        foreach (string word in words[2..])
        {
            (string name, string value) = (word[..word.IndexOf('=', StringComparison.Ordinal)], word[(word.IndexOf('=', StringComparison.Ordinal) + 1)..]);
            request = name switch
            {
                "sni" => request with { ServerName = value },
                "port" => request with { Port = int.Parse(value, CultureInfo.InvariantCulture) },
                "protocol" => request with { Protocol = Enum.Parse<TraceProtocol>(value, ignoreCase: true) },
                "from" => request with { Gateway = null, ClientNamespace = value },
                "gateway" => request with { Gateway = new ObjectName("default", value) },
                "delay" => request with { BackendDelay = TimeSpan.FromMilliseconds(int.Parse(value, CultureInfo.InvariantCulture)) },
                _ => request with { Headers = request.Headers.Add(name, value) },
            };
        }
        return request;
    }

    /// <summary>
    /// <c>route[rule.match] -&gt; share backend, ... + mirrors</c>, with status, redirect or rejection in place of backends that answer nothing.
    /// </summary>
    public static string Summary(RequestTrace trace)
    {
        string at = trace.Route is { } route ? $"{route.Name}[{trace.Rule}{(trace.Match is { } match ? $".{match}" : "")}] " : "";
        string mirrors = string.Concat(trace.Mirrors.Select(mirror => $" + {mirror.Share} {mirror.Target}"));
        string result = trace switch
        {
            { Problem: not TraceProblem.None } => trace.Problem.ToString(),
            { Redirect: { } redirect } => $"{redirect.StatusCode} {redirect.Location}",
            { Response.IsRejected: true } => "rejected",
            { Response: { } response } => string.Join('|', response.StatusCodes) + (response.GrpcCode is { } code ? $" {code}" : ""),
            { Backends.IsEmpty: true } => "as it is",
            _ => string.Join(", ", trace.Backends.Select(backend => $"{backend.Share} {backend.Target.Name}{(backend.Target.Problem is { } problem ? $"!{problem}" : "")}")),
        };
        return at + result + mirrors;
    }
}
