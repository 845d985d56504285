using System.Globalization;
using System.Text;
using GatewayLsp.Engine.CodeActions.Refactorings;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.CodeLens;

/// <summary>Makes up a request that the match at a place would take: of a route its rule or first one, of a Gateway its listener or first one.</summary>
internal static class RequestSampler
{
    private const string AnyHost = "example.com";

    public static RequestSample? At(Workspace workspace, string path, LinePosition position)
    {
        if (workspace.File(path) is not { } file)
        {
            return null;
        }
        DocumentSlot slot = file.Manifest.At(position);
        foreach (ManifestObject one in ManifestObject.Of(slot.Document))
        {
            if (one.View() is { } view && slot.RangeOf(one.Node.Span).Contains(position))
            {
                var place = new RefactoringPlace(workspace, path, slot, LineRange.At(position), one, view);
                return view switch
                {
                    Route route => OfRoute(workspace.Resolver, route, place),
                    Gateway gateway => OfGateway(gateway, place),
                    _ => null,
                };
            }
        }
        return null;
    }

    private static RequestSample? OfGateway(Gateway gateway, RefactoringPlace place)
    {
        Listener? listener = gateway.Listeners.FirstOrDefault(one => ReferenceEquals(one.Node, place.ListenerNode)) ?? gateway.Listeners.FirstOrDefault();
        return gateway.Name.Length == 0 ? null
            : new RequestSample(Line("GET", Url(listener, Host(null, listener?.Hostname), "/"), []), new ObjectName(gateway.Namespace, gateway.Name), null);
    }

    private static RequestSample? OfRoute(Resolver resolver, Route route, RefactoringPlace place)
    {
        ResolvedRoute resolved = resolver.Route(route);
        ResolvedParent? parent = resolved.Parents.FirstOrDefault(one => one.Outcome == AttachOutcome.Attached) ?? (resolved.Parents is [var first, ..] ? first : null);
        RouteRule? rule = place.Rule ?? (route.Rules is [var firstRule, ..] ? firstRule : null);
        if (parent?.Target is Service service)
        {
            string host = parent.Ref.Port is { } number and not 80 ? string.Create(CultureInfo.InvariantCulture, $"{service.Name}.{service.Namespace}:{number}") : $"{service.Name}.{service.Namespace}";
            return new RequestSample(OfRule(route, rule, place.MatchNode, "http://" + host), null, parent.IsConsumer ? route.Namespace : service.Namespace);
        }
        if (parent is null || (parent.Gateway is null && !parent.Ref.IsGateway) || parent.Ref.Name.Length == 0)
        {
            return null;
        }
        AttachedListener? at = parent.Listeners is [var taken, ..] ? taken : null;
        Listener? listener = at?.Listener.Listener ?? (parent.Candidates is [var candidate, ..] ? candidate.Listener : null);
        string? own = at is { Hostnames: [var shared, ..] } ? shared : route.Hostnames is [{ Value: { } written }, ..] ? written : null;
        ObjectName gateway = parent.Gateway is { Gateway: var meant } ? new ObjectName(meant.Namespace, meant.Name) : new ObjectName(parent.Ref.Namespace, parent.Ref.Name);
        string origin = route.Type switch
        {
            RouteKind.Tls => $"tls://{Host(own, listener?.Hostname)}",
            RouteKind.Tcp => "tcp://",
            RouteKind.Udp => "udp://",
            _ => "",
        };
        if (origin.Length > 0)
        {
            string port = listener?.Port is { } number ? string.Create(CultureInfo.InvariantCulture, $":{number}") : "";
            return new RequestSample(origin + port, gateway, null);
        }
        return new RequestSample(OfRule(route, rule, place.MatchNode, Url(listener, Host(own, listener?.Hostname), "")), gateway, null);
    }

    private static string OfRule(Route route, RouteRule? rule, YamlMapping? matchNode, string origin)
    {
        switch (rule)
        {
            case HttpRouteRule http:
                HttpMatch match = http.Matches.FirstOrDefault(one => ReferenceEquals(one.Node, matchNode)) ?? http.Matches[0];
                string query = string.Join('&', match.QueryParams.Where(one => one.Type == ValueMatchType.Exact).Select(one => $"{Uri.EscapeDataString(one.Name)}={Uri.EscapeDataString(one.Value)}"));
                return Line(match.Method ?? "GET", origin + PathOf(match.Path) + (query.Length > 0 ? "?" + query : ""), match.Headers);
            case GrpcRouteRule grpc:
                GrpcMatch call = grpc.Matches.FirstOrDefault(one => ReferenceEquals(one.Node, matchNode)) ?? grpc.Matches[0];
                bool isPlain = call.MethodType == ValueMatchType.Exact;
                string host = origin[(origin.IndexOf("://", StringComparison.Ordinal) + 3)..];
                return Line(null, $"grpc://{host}/{(isPlain ? call.Service : null) ?? "example.Service"}/{(isPlain ? call.Method : null) ?? "Method"}", call.Headers);
            default:
                return Line(route is GrpcRoute ? null : "GET", origin + "/", []);
        }
    }

    /// <summary>A regular expression is only followed as far as it is plain text.</summary>
    private static string PathOf(PathMatch path)
    {
        if (path.Type is PathMatchType.Exact or PathMatchType.PathPrefix)
        {
            return path.Value.StartsWith('/') ? path.Value : "/" + path.Value;
        }
        int end = path.Value.AsSpan().IndexOfAny(@"\^$.|?*+()[]{}");
        string plain = end < 0 ? path.Value : path.Value[..end];
        return plain.StartsWith('/') ? plain : "/";
    }

    private static string Line(string? method, string url, IEnumerable<NamedMatch> headers)
    {
        var line = new StringBuilder(method is null ? url : $"{method} {url}");
        foreach (NamedMatch header in headers)
        {
            if (header.Type == ValueMatchType.Exact)
            {
                line.Append(" -H \"").Append(header.Name).Append(": ").Append(header.Value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
            }
        }
        return line.ToString();
    }

    private static string Url(Listener? listener, string host, string path)
    {
        (string scheme, int usual) = listener?.Protocol switch
        {
            "HTTPS" => ("https", 443),
            "TLS" => ("tls", 443),
            "TCP" => ("tcp", 0),
            "UDP" => ("udp", 0),
            _ => ("http", 80),
        };
        string port = listener?.Port is { } number && number != usual ? string.Create(CultureInfo.InvariantCulture, $":{number}") : "";
        return $"{scheme}://{host}{port}{(scheme is "http" or "https" ? path : "")}";
    }

    /// <summary>A name that the pattern stands for.</summary>
    private static string Host(string? own, string? listener)
    {
        string name = own ?? listener ?? AnyHost;
        return name.StartsWith("*.", StringComparison.Ordinal) ? "www" + name[1..] : name;
    }
}
