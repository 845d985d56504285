namespace GatewayLsp.Engine.Routing.Matching;

/// <summary>What matches look at, taken apart once for each request.</summary>
internal sealed class RequestFacts
{
    private QueryString? _query;

    private RequestFacts(string path, string rawQuery, string method, HeaderList headers, string service, string call)
    {
        Path = path;
        RawQuery = rawQuery;
        Method = method;
        Headers = headers;
        Service = service;
        Call = call;
    }

    /// <summary>Without the query; begins with a slash.</summary>
    public string Path { get; }

    /// <summary>With its question mark; empty when there is none.</summary>
    public string RawQuery { get; }

    public string Method { get; }

    public HeaderList Headers { get; }

    /// <summary>Of a gRPC call (<c>POST /service/method</c>); empty when the path is no such.</summary>
    public string Service { get; }

    /// <summary>Method of a gRPC call.</summary>
    public string Call { get; }

    public QueryString Query => _query ??= QueryString.Parse(RawQuery.Length == 0 ? "" : RawQuery[1..]);

    public static RequestFacts Of(string target, string method, HeaderList headers)
    {
        int fragment = target.IndexOf('#', StringComparison.Ordinal);
        string rest = fragment < 0 ? target : target[..fragment];
        int query = rest.IndexOf('?', StringComparison.Ordinal);
        string path = query < 0 ? rest : rest[..query];
        if (!path.StartsWith('/'))
        {
            path = "/" + path;
        }
        int slash = path.IndexOf('/', 1);
        bool isCall = slash > 1 && slash + 1 < path.Length;
        return new RequestFacts(
            path, query < 0 ? "" : rest[query..], method, headers, isCall ? path[1..slash] : "", isCall ? path[(slash + 1)..] : "");
    }
}
