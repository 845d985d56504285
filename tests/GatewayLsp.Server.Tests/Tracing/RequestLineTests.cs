using GatewayLsp.Engine.Routing;
using GatewayLsp.Server.Tracing;

namespace GatewayLsp.Server.Tests.Tracing;

/// <summary>Requests as people type or paste them.</summary>
public sealed class RequestLineTests
{
    [Theory]
    [InlineData("http://a.com/x?y=1", "Http http GET a.com /x?y=1")]
    [InlineData("a.com", "Http  GET a.com /")]
    [InlineData("POST https://a.com:8443/x", "Http https POST a.com:8443 /x @8443")]
    [InlineData("GET http://a.com/ -H \"x-canary: true\"", "Http http GET a.com / x-canary=true")]
    [InlineData("GET http://a.com/ 'x-a: it is \"b\"'", "Http http GET a.com / x-a=it is \"b\"")]
    [InlineData("grpc://a.com/shop.Orders/Get", "Grpc http GET a.com /shop.Orders/Get")]
    [InlineData("tls://a.com:443", "Tls  GET a.com:443 / @443")]
    [InlineData("curl http://a.com/", "Http http GET a.com /")]
    [InlineData("$ curl -sSv -o /dev/null --max-time 3 http://a.com/", "Http http GET a.com /")]
    [InlineData("curl -XDELETE 'http://a.com/x y'", null)]
    [InlineData("curl -X DELETE http://a.com/x", "Http http DELETE a.com /x")]
    [InlineData("curl -XPUT http://a.com/x", "Http http PUT a.com /x")]
    [InlineData("curl -sSIL http://a.com/x", "Http http HEAD a.com /x")]
    [InlineData("curl -sXPATCH http://a.com/x", "Http http PATCH a.com /x")]
    [InlineData("curl https://a.com/api -d '{\"a\": 1}' -H 'content-type: application/json'", "Http https POST a.com /api content-type=application/json")]
    [InlineData("curl -G -d q=1 http://a.com/", "Http http GET a.com /?q=1")]
    [InlineData("curl -G --data-urlencode 'q=a b' -d r=2 'http://a.com/?p=0'", "Http http GET a.com /?p=0&q=a%20b&r=2")]
    [InlineData("curl -d q=1 -X PUT http://a.com/", "Http http PUT a.com / content-type=application/x-www-form-urlencoded")]
    [InlineData("curl --json '{}' http://a.com/", "Http http POST a.com / accept=application/json content-type=application/json")]
    [InlineData("curl -F f=@x http://a.com/", "Http http POST a.com / content-type=multipart/form-data")]
    [InlineData("curl -T dir/f http://a.com/up/", "Http http PUT a.com /up/f")]
    [InlineData("curl http://a.com/ http://b.com/", null)]
    [InlineData("curl \\\n  -H 'Host: b.com' \\\n  --url http://10.0.0.1/", "Http http GET 10.0.0.1 / Host=b.com")]
    [InlineData("curl -A me -b a=b -e http://r/ http://a.com", "Http http GET a.com / user-agent=me cookie=a=b referer=http://r/")]
    [InlineData("curl -u me:pw a.com", "Http  GET a.com / authorization=Basic bWU6cHc=")]
    [InlineData("curl -H 'x-empty;' -H 'x-gone:' a.com", "Http  GET a.com / x-empty=")]
    [InlineData("curl --resolve a.com:80:127.0.0.1 -k --http2 http://a.com/", "Http http GET a.com /")]
    [InlineData("", null)]
    [InlineData("curl", null)]
    [InlineData("GET", null)]
    [InlineData("GET http://a.com/ 'x", null)]
    [InlineData("GET http://a.com/ -H", null)]
    [InlineData("GET http://a.com/ -H nothing", null)]
    [InlineData("ftp://a.com/", null)]
    public void LineIsRead(string line, string? expected)
    {
        var request = RequestLine.Parse(line, out var problem);
        Assert.Equal(expected is null, problem.Length > 0);
        Assert.Equal(expected, request is null ? null : Show(request));
    }

    private static string Show(TraceRequest request) =>
        $"{request.Protocol} {request.Scheme} {request.Method} {request.Host} {request.Path}{string.Concat(request.Headers.Select(header => $" {header.Key}={header.Value}"))}{(request.Port is { } port ? $" @{port}" : "")}";
}
