using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Engine.Routing.Matching;

namespace GatewayLsp.Engine.Tests.Routing;

public sealed class MatchingTests
{
    [Theory]
    [InlineData("Exact", "/abc", "/abc", true)]
    [InlineData("Exact", "/abc", "/abc/", false)]
    [InlineData("Exact", "/abc", "/Abc", false)]
    [InlineData("Exact", "/abc/", "/abc", false)]
    [InlineData("PathPrefix", "/", "/", true)]
    [InlineData("PathPrefix", "/", "/x", true)]
    [InlineData("PathPrefix", "/abc", "/abc", true)]
    [InlineData("PathPrefix", "/abc", "/abc/", true)]
    [InlineData("PathPrefix", "/abc", "/abc/def", true)]
    [InlineData("PathPrefix", "/abc", "/abcd", false)]
    [InlineData("PathPrefix", "/abc/", "/abc", true)]
    [InlineData("PathPrefix", "/abc/", "/abc/def", true)]
    [InlineData("PathPrefix", "/abc/", "/abcd", false)]
    [InlineData("PathPrefix", "/abc/def", "/abc", false)]
    [InlineData("RegularExpression", "/a+", "/aaa", true)]
    [InlineData("RegularExpression", "/a+", "/aaab", false)]
    [InlineData("RegularExpression", "/a|/b", "/b", true)]
    [InlineData("RegularExpression", "/a|/b", "/ab", false)]
    [InlineData("RegularExpression", "/(", "/", false)]
    public void Paths(string type, string value, string path, bool expected) =>
        Assert.Equal(expected, new PathMatcher(Enum.Parse<PathMatchType>(type), value).Matches(path));

    /// <summary>The table of the Gateway API's documentation of <c>replacePrefixMatch</c>.</summary>
    [Theory]
    [InlineData("/foo/bar", "/foo", "/xyz", "/xyz/bar")]
    [InlineData("/foo/bar", "/foo", "/xyz/", "/xyz/bar")]
    [InlineData("/foo/bar", "/foo/", "/xyz", "/xyz/bar")]
    [InlineData("/foo/bar", "/foo/", "/xyz/", "/xyz/bar")]
    [InlineData("/foo", "/foo", "/xyz", "/xyz")]
    [InlineData("/foo/", "/foo", "/xyz", "/xyz/")]
    [InlineData("/foo/bar", "/foo", "", "/bar")]
    [InlineData("/foo/", "/foo", "", "/")]
    [InlineData("/foo", "/foo", "", "/")]
    [InlineData("/foo/", "/foo", "/", "/")]
    [InlineData("/foo", "/foo", "/", "/")]
    [InlineData("/foo", "/", "/xyz", "/xyz/foo")]
    public void PrefixIsReplacedByElements(string path, string prefix, string replacement, string expected) =>
        Assert.Equal(expected, new PathMatcher(PathMatchType.PathPrefix, prefix).ReplacePrefix(path, replacement));

    [Theory]
    [InlineData("a=1&a=2", "a", "1")]
    [InlineData("a=1&b", "b", "")]
    [InlineData("a=x%20y+z", "a", "x y z")]
    [InlineData("A=1", "a", null)]
    [InlineData("", "a", null)]
    [InlineData("=1&a=2", "a", "2")]
    public void QueryParameters(string query, string name, string? expected) => Assert.Equal(expected, QueryString.Parse(query).Find(name));

    [Theory]
    [InlineData("", "", "s", "m", true)]
    [InlineData("s", "", "s", "m", true)]
    [InlineData("", "m", "s", "m", true)]
    [InlineData("s", "m", "s", "m", true)]
    [InlineData("s", "m", "s", "n", false)]
    [InlineData("s", "m", "S", "m", false)]
    public void Calls(string service, string method, string actualService, string actualMethod, bool expected) =>
        Assert.Equal(expected, new CallMatcher(service, method, isPattern: false).Matches(actualService, actualMethod));

    [Fact]
    public void CallPatterns() => Assert.True(new CallMatcher("foo\\..*", "Get.*", isPattern: true).Matches("foo.Bar", "GetAll"));

    [Theory]
    [InlineData("/s.v1/Get", "s.v1", "Get")]
    [InlineData("/s/", "", "")]
    [InlineData("/", "", "")]
    [InlineData("s/m?x", "s", "m")]
    public void CallOfPath(string path, string service, string method)
    {
        RequestFacts facts = RequestFacts.Of(path, "POST", HeaderList.Empty);
        Assert.Equal((service, method), (facts.Service, facts.Call));
    }

    [Fact]
    public void PrecedenceFollowsTheSpecification()
    {
        ValueMatcher one = new("a", "1", false), two = new("b", "2", false);
        RequestMatch[] inOrder =
        [
            new() { Path = new PathMatcher(PathMatchType.Exact, "/a") },
            new() { Path = new PathMatcher(PathMatchType.RegularExpression, "/a+") },
            new() { Path = new PathMatcher(PathMatchType.PathPrefix, "/abc") },
            new() { Path = new PathMatcher(PathMatchType.PathPrefix, "/ab"), Method = "GET" },
            new() { Path = new PathMatcher(PathMatchType.PathPrefix, "/ab"), Headers = [one, two] },
            new() { Path = new PathMatcher(PathMatchType.PathPrefix, "/ab"), Headers = [one], Query = [one, two] },
            new() { Path = new PathMatcher(PathMatchType.PathPrefix, "/ab"), Query = [one] },
            new() { Path = new PathMatcher(PathMatchType.PathPrefix, "/ab/") },
            RequestMatch.Everything,
        ];
        for (int i = 0; i < inOrder.Length; i++)
        {
            for (int j = 0; j < inOrder.Length; j++)
            {
                Assert.Equal(Math.Sign(i - j), Math.Sign(MatchPrecedence.Compare(inOrder[i], inOrder[j])));
                Assert.Equal(i < j, MatchPrecedence.Reason(inOrder[i], inOrder[j]) is not null && MatchPrecedence.Compare(inOrder[i], inOrder[j]) < 0);
            }
        }
    }

    [Fact]
    public void CallPrecedenceIsByLength()
    {
        RequestMatch[] inOrder =
        [
            new() { Call = new CallMatcher("service.long", "m", false) },
            new() { Call = new CallMatcher("service", "method", false) },
            new() { Call = new CallMatcher("service", "m", false), Headers = [new ValueMatcher("a", "1", false)] },
            new() { Call = new CallMatcher("service", "m", false) },
            new() { Call = new CallMatcher("", "method", false) },
            new() { Call = CallMatcher.Everything },
        ];
        for (int i = 1; i < inOrder.Length; i++)
        {
            Assert.True(MatchPrecedence.Compare(inOrder[i - 1], inOrder[i]) < 0);
        }
    }

    [Theory]
    [InlineData("", "it needs header a: 1")]
    [InlineData("a: 2", "it needs header a: 1, the request has 2")]
    [InlineData("A: 1", null)]
    public void MissesAreTold(string header, string? expected)
    {
        HeaderList headers = header.Length == 0 ? HeaderList.Empty : HeaderList.Empty.Add(header.Split(": ")[0], header.Split(": ")[1]);
        var match = new RequestMatch { Headers = [new ValueMatcher("a", "1", false)] };
        RequestFacts facts = RequestFacts.Of("/", "GET", headers);
        Assert.Equal(expected, match.Miss(facts));
        Assert.Equal(expected is null, match.Matches(facts));
    }

    [Fact]
    public void TemplatesNeverMatch()
    {
        var match = new RequestMatch { Unknown = "path.value" };
        Assert.False(match.Matches(RequestFacts.Of("/", "GET", HeaderList.Empty)));
    }
}
