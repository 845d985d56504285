using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.Tests.Routing;

public sealed class HostnameTests
{
    [Theory]
    [InlineData("", "foo.com", true)]
    [InlineData("", "", true)]
    [InlineData("foo.com", "foo.com", true)]
    [InlineData("foo.com", "FOO.com", true)]
    [InlineData("foo.com", "a.foo.com", false)]
    [InlineData("foo.com", "", false)]
    [InlineData("*.foo.com", "a.foo.com", true)]
    [InlineData("*.foo.com", "a.b.foo.com", true)]
    [InlineData("*.foo.com", "foo.com", false)]
    [InlineData("*.foo.com", ".foo.com", false)]
    [InlineData("*.foo.com", "afoo.com", false)]
    public void Covers(string hostname, string host, bool expected) => Assert.Equal(expected, Hostnames.Covers(hostname, host));

    [Theory]
    [InlineData("", "", "")]
    [InlineData("", "*.foo.com", "*.foo.com")]
    [InlineData("foo.com", "", "foo.com")]
    [InlineData("foo.com", "foo.com", "foo.com")]
    [InlineData("foo.com", "bar.com", null)]
    [InlineData("*.foo.com", "a.foo.com", "a.foo.com")]
    [InlineData("*.foo.com", "foo.com", null)]
    [InlineData("*.foo.com", "*.a.foo.com", "*.a.foo.com")]
    [InlineData("*.foo.com", "*.foo.com", "*.foo.com")]
    [InlineData("*.foo.com", "*.bar.com", null)]
    [InlineData("*.com", "*.foo.com", "*.foo.com")]
    public void IntersectsBothWays(string a, string b, string? expected)
    {
        Assert.Equal(expected, Hostnames.Intersect(a, b));
        Assert.Equal(expected, Hostnames.Intersect(b, a));
    }

    [Fact]
    public void MoreSpecificComesFirst()
    {
        string[] names = ["", "*.com", "a.foo.com", "*.a.foo.com", "*.foo.com"];
        Array.Sort(names, Hostnames.CompareSpecificity);
        Assert.Equal(["a.foo.com", "*.a.foo.com", "*.foo.com", "*.com", ""], names);
    }

    [Theory]
    [InlineData("Foo.com:8080", "foo.com", 8080)]
    [InlineData("foo.com.", "foo.com", null)]
    [InlineData("foo.com", "foo.com", null)]
    [InlineData("[::1]:80", "::1", 80)]
    [InlineData("[::1]", "::1", null)]
    [InlineData("::1", "::1", null)]
    [InlineData("", "", null)]
    [InlineData("user@foo.com:x", "foo.com", null)]
    public void TakesAuthoritiesApart(string authority, string host, int? port)
    {
        Assert.Equal(host, Hostnames.OfAuthority(authority));
        Assert.Equal(port, Hostnames.PortOfAuthority(authority));
    }
}
