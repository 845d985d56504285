using System.Globalization;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Engine.Routing.Filters;
using GatewayLsp.Server.Cli.Report;
using Spectre.Console;

namespace GatewayLsp.Server.Cli.Trace;

/// <summary>A trace for people: what comes of it in the first line, the way there below, then why.</summary>
internal sealed class TraceText(TextWriter output, bool color)
{
    private const int LabelWidth = 10;

    private static readonly Style Faint = new(Color.Grey);
    private static readonly Style Strong = new(decoration: Decoration.Bold);
    private static readonly Style Good = new(Color.Green);
    private static readonly Style Bad = new(Color.Red);

    private readonly Paragraph _text = new();

    /// <param name="place">Where the rule is written; null when that is not known.</param>
    public void Write(TraceRequest request, RequestTrace trace, string? place)
    {
        bool answersItself = trace.Response is not null && trace.Redirect is null;
        _text.Append(Printable.Of(Request(request) + (trace.Cluster is { } cluster ? $" of cluster {cluster}" : "")), Strong);
        _text.Append("\n-> ", Faint);
        _text.Append(Printable.Of(Result(trace)), answersItself ? Bad : Good);
        _text.Append("\n");

        if (trace.Listener is { } listener)
        {
            Row("listener", $"{listener.Name}{(listener.ListenerSet is { } set ? $" of ListenerSet {set}" : "")} ({listener.Protocol} {listener.Port}, {listener.Hostname ?? "all hostnames"})");
        }
        if (trace.Route is { } route)
        {
            string rule = trace.Rule is { } index ? $", rule {index + 1}{(trace.RuleName is { } name ? $" ({name})" : "")}" : "";
            Row("route", $"{route}{rule}{(trace.Match is { } match ? $", match {match + 1}" : "")}");
            if (place is not null)
            {
                Row("", place);
            }
        }
        foreach (TracedFilter filter in trace.Filters)
        {
            Row("filter", Describe(filter));
        }
        foreach (TracedBackend backend in trace.Backends)
        {
            Row("backend", $"{backend.Share.Percent,7}  {backend.Target}{(backend.Target.Problem is { } problem ? $"  fails: {problem}" : "")}");
        }
        if (!trace.ClusterShares.IsEmpty)
        {
            Row("clusters", string.Join(", ", trace.ClusterShares.Select(one => $"{one.Share.Percent} {one.Names}"))
                + (trace.ClusterShares.Any(one => one.IsByEndpoints) ? " (by ready endpoints)" : ""));
        }
        foreach (TracedMirror mirror in trace.Mirrors)
        {
            Row("mirror", $"{mirror.Share.Percent,7}  {mirror.Target}");
        }
        if (trace.Upstream is { } upstream)
        {
            Row("gets", $"{upstream.Method} {upstream.Path}, host {(upstream.Host.Length == 0 ? "(none)" : upstream.Host)}{(upstream.ServerName is { } sni ? $", TLS with server name {sni}" : "")}");
            foreach ((string name, string value) in upstream.Headers)
            {
                Row("", $"{name}: {value}");
            }
        }
        foreach ((string name, string value) in trace.Response?.Headers ?? HeaderList.Empty)
        {
            Row("answers", $"{name}: {value}");
        }
        _text.Append("why\n", Faint);
        foreach (string line in trace.Why)
        {
            _text.Append("  - ", Faint);
            _text.Append(Printable.Of(line) + "\n");
        }
        Consoles.On(output, color).Write(_text);
        output.Flush();
    }

    private static string Request(TraceRequest request)
    {
        string to = request.Gateway is { } gateway ? $"to Gateway {gateway}" : $"from namespace {request.ClientNamespace ?? "of the Service"}";
        string host = request.Host.Length == 0 ? "" : request.Host;
        return request.Protocol switch
        {
            TraceProtocol.Http => $"{request.Method} {(request.Scheme is { } scheme ? scheme + "://" : "")}{host}{request.Path} {to}",
            TraceProtocol.Grpc => $"gRPC {(request.Scheme == "https" ? "grpcs://" : "")}{host}{request.Path} {to}",
            _ => $"{request.Protocol.ToString().ToUpperInvariant()} {request.ServerName ?? host} {to}",
        };
    }

    private static string Result(RequestTrace trace)
    {
        if (trace.Redirect is { } redirect)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{redirect.StatusCode} redirect to {redirect.Location}");
        }
        if (trace.Response is { } response)
        {
            return response.IsRejected ? "connection refused"
                : response.GrpcCode is { } code ? code
                : string.Join(" or ", response.StatusCodes);
        }
        return trace.Backends.IsEmpty
            ? "up to the implementation"
            : string.Join(", ", trace.Backends.Where(backend => !backend.Share.IsNone).Select(backend =>
                $"{(backend.Share == Share.All ? "" : backend.Share.Percent + " ")}{(backend.Target.IsValid ? backend.Target + Where(trace, backend.Target) : "fails")}"));
    }

    /// <summary>The clusters that the requests to a backend go to, where they say more than that the Gateway's own does.</summary>
    private static string Where(RequestTrace trace, BackendTarget target) =>
        target.Clusters.IsEmpty || (target.Clusters is [var only] && only == trace.Cluster) ? ""
            : $" in {(target.Clusters.Length == 1 ? "cluster" : "clusters")} {target.ClusterNames}";

    private static string Describe(TracedFilter filter) => filter switch
    {
        HeaderModifierFilter headers => filter.Type + ": " + string.Join(", ",
            [.. headers.Set.Select(one => $"set {one.Key}: {one.Value}"), .. headers.Add.Select(one => $"add {one.Key}: {one.Value}"), .. headers.Remove.Select(one => $"remove {one}")]),
        RewriteFilter rewrite => filter.Type + ": " + string.Join(", ", Parts(rewrite.Hostname, rewrite.Path)),
        RedirectFilter redirect => filter.Type + ": " + string.Join(", ", Parts(redirect.Hostname, redirect.Path).Append(redirect.StatusCode.ToString(CultureInfo.InvariantCulture))),
        MirrorFilter mirror => $"{filter.Type}: {mirror.Share.Percent} to {mirror.Backend}",
        ExternalAuthFilter auth => $"{filter.Type}: asks {auth.Backend}",
        ExtensionFilter extension => $"{filter.Type}: {extension.Kind} {extension.Name}",
        CorsFilter cors => $"{filter.Type}: origins {string.Join(", ", cors.AllowOrigins)}",
        _ => filter.Type,
    };

    private static IEnumerable<string> Parts(string? hostname, PathChange? path)
    {
        if (hostname is not null)
        {
            yield return "host " + hostname;
        }
        if (path is not null)
        {
            yield return (path.IsPrefix ? "matched prefix becomes " : "path becomes ") + (path.Value.Length == 0 ? "/" : path.Value);
        }
    }

    private void Row(string label, string text)
    {
        _text.Append("  " + label.PadRight(LabelWidth), Faint);
        _text.Append(Printable.Of(text) + "\n");
    }
}
