using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Engine.Routing.Filters;
using GatewayLsp.Engine.Routing.Matching;

namespace GatewayLsp.Engine.Tests.Routing;

public sealed class FilterTests
{
    private static readonly PathMatcher Prefix = new(PathMatchType.PathPrefix, "/old");

    [Theory]
    [InlineData("http", 80, null, null, "http", null)]
    [InlineData("http", 80, null, 80, "http", null)]
    [InlineData("http", 80, null, 8080, "http", 8080)]
    [InlineData("http", 80, "https", null, "https", null)]
    [InlineData("http", 80, "https", 443, "https", null)]
    [InlineData("http", 80, "https", 8443, "https", 8443)]
    [InlineData("http", 8080, null, null, "http", 8080)]
    [InlineData("http", 8080, null, 80, "http", null)]
    [InlineData("http", 8080, "https", null, "https", null)]
    [InlineData("http", 8080, "http", null, "http", null)]
    [InlineData("https", 443, null, null, "https", null)]
    [InlineData("https", 443, null, 443, "https", null)]
    [InlineData("https", 443, null, 8443, "https", 8443)]
    [InlineData("https", 443, "http", null, "http", null)]
    [InlineData("https", 443, "http", 80, "http", null)]
    [InlineData("https", 443, "http", 8080, "http", 8080)]
    [InlineData("https", 443, null, 80, "https", 80)]
    [InlineData("https", 8443, null, null, "https", 8443)]
    public void RedirectSchemeAndPort(string scheme, int listener, string? toScheme, int? toPort, string expectedScheme, int? expectedPort)
    {
        TracedRedirect redirect = RedirectTarget.Of(new RedirectFilter(toScheme, null, toPort, null, 302), scheme, "a.com", listener, "/old", Prefix);
        Assert.Equal((expectedScheme, "a.com", expectedPort, "/old"), (redirect.Scheme, redirect.Host, redirect.Port, redirect.Path));
    }

    [Theory]
    [InlineData(true, "/new", "/old/x", "/new/x")]
    [InlineData(false, "/new", "/old/x", "/new")]
    [InlineData(false, "", "/old/x", "/")]
    [InlineData(false, "new", "/old/x", "/new")]
    public void PathModifiers(bool isPrefix, string value, string path, string expected) =>
        Assert.Equal(expected, RedirectTarget.Modify(new PathChange(isPrefix, value), path, Prefix));

    [Fact]
    public void PrefixIsNotReplacedWithoutPrefixMatch() =>
        Assert.Equal("/old/x", RedirectTarget.Modify(new PathChange(true, "/new"), "/old/x", new PathMatcher(PathMatchType.Exact, "/old/x")));

    [Fact]
    public void HeadersAreModified()
    {
        HeaderList before = HeaderList.Of([new("x-set", "old"), new("x-add", "one"), new("X-Remove", "1"), new("Keep", "1")]);
        var filter = new HeaderModifierFilter(
            HeaderModifierFilter.OfRequest,
            [new("X-Set", "new"), new("x-SET", "ignored"), new("X-New", "n")], [new("X-Add", "two"), new("X-Add-New", "three")], ["x-remove", "absent"]);
        HeaderList after = filter.Apply(before);
        Assert.Equal("new", after.Find("x-set"));
        Assert.Equal("one,two", after.Find("x-add"));
        Assert.Equal("three", after.Find("X-Add-New"));
        Assert.Null(after.Find("x-remove"));
        Assert.Equal("1", after.Find("keep"));
        Assert.Equal(5, after.Count);
        Assert.Equal("old", before.Find("x-set"));
    }

    [Theory]
    [InlineData("*", "https://any.com", true)]
    [InlineData("https://foo.com", "https://foo.com", true)]
    [InlineData("https://foo.com", "https://foo.com:443", true)]
    [InlineData("https://foo.com:443", "https://foo.com", true)]
    [InlineData("https://foo.com", "https://foo.com:8443", false)]
    [InlineData("https://foo.com", "http://foo.com", false)]
    [InlineData("https://*.bar.com", "https://www.bar.com", true)]
    [InlineData("https://*.bar.com", "https://a.b.bar.com", true)]
    [InlineData("https://*.bar.com", "https://bar.com", false)]
    [InlineData("https://*.bar.com", "https://foobar.com", false)]
    [InlineData("https://*", "https://foo.com", true)]
    [InlineData("https://*", "http://foo.com", false)]
    [InlineData("https://*:8443", "https://foo.com:8443", true)]
    [InlineData("https://*:8443", "https://foo.com", false)]
    [InlineData("https://foo.com", "null", false)]
    public void Origins(string allowed, string origin, bool expected) => Assert.Equal(expected, CorsFilter.CoversOrigin(allowed, origin));

    [Fact]
    public void PreflightIsAnsweredWithWhatIsAllowed()
    {
        var cors = new CorsFilter(["https://foo.com"], ["GET", "OPTIONS"], ["*"], ["x-a", "x-b"], true, 3600);
        HeaderList asked = HeaderList.Of(
            [new("origin", "https://foo.com"), new("access-control-request-method", "GET"), new("access-control-request-headers", "x-1, x-2")]);
        Assert.True(CorsFilter.IsPreflight("OPTIONS", asked));
        Assert.False(CorsFilter.IsPreflight("GET", asked));
        HeaderList answer = cors.ResponseHeaders(asked, isPreflight: true);
        Assert.Equal(
            [
                "Access-Control-Allow-Origin: https://foo.com", "Access-Control-Allow-Credentials: true", "Access-Control-Allow-Methods: GET, OPTIONS",
                "Access-Control-Allow-Headers: x-1, x-2", "Access-Control-Max-Age: 3600", "Access-Control-Expose-Headers: x-a, x-b",
            ],
            answer.Select(field => $"{field.Key}: {field.Value}"));
        Assert.Empty(cors.ResponseHeaders(asked.Set("Origin", "https://evil.com"), isPreflight: true));
        Assert.Null(cors.Allows(HeaderList.Empty));
    }

    [Theory]
    [InlineData(new[] { 7, 3, 0 }, "7/10 3/10 0")]
    [InlineData(new[] { 1 }, "1")]
    [InlineData(new[] { 0, 0 }, "0 0")]
    [InlineData(new[] { 1, 1, 1 }, "1/3 1/3 1/3")]
    [InlineData(new[] { 50, 50 }, "1/2 1/2")]
    [InlineData(new[] { 1000000, 1000000, 1000000 }, "1/3 1/3 1/3")]
    [InlineData(new[] { -1, 2 }, "0 1")]
    [InlineData(new int[0], "")]
    public void WeightsBecomeExactShares(int[] weights, string expected) => Assert.Equal(expected, string.Join(' ', Share.OfWeights(weights)));
}
