using GatewayLsp.Engine.Routing;

namespace GatewayLsp.Engine.Tests.Routing;

public sealed class AuthorityTests
{
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
        Assert.Equal(host, Authority.Host(authority));
        Assert.Equal(port, Authority.Port(authority));
    }
}
