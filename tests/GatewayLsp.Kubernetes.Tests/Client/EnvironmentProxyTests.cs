using GatewayLsp.Kubernetes.Client;

namespace GatewayLsp.Kubernetes.Tests.Client;

/// <summary>Which requests go through the proxy of the environment.</summary>
public sealed class EnvironmentProxyTests
{
    [Theory]
    [InlineData("", "https://a.example.com", true)]
    [InlineData("*", "https://a.example.com", false)]
    [InlineData("example.com", "https://a.example.com", false)]
    [InlineData("example.com", "https://example.com", false)]
    [InlineData("example.com", "https://anexample.com", true)]
    [InlineData(".example.com", "https://a.example.com", false)]
    [InlineData(".example.com", "https://example.com", true)]
    [InlineData("*.example.com", "https://a.example.com", false)]
    [InlineData("A.Example.COM", "https://a.example.com", false)]
    [InlineData("example.com:6443", "https://a.example.com:6443", false)]
    [InlineData("example.com:6443", "https://a.example.com", true)]
    [InlineData("10.0.0.0/8", "https://10.1.2.3", false)]
    [InlineData("10.0.0.0/8 , 172.16.0.0/12", "https://172.16.5.4:8443", false)]
    [InlineData("10.0.0.0/8", "https://11.1.2.3", true)]
    [InlineData("10.1.2.3", "https://10.1.2.3", false)]
    [InlineData("10.1.2.3:443", "https://10.1.2.3", false)]
    [InlineData("10.1.2.3:444", "https://10.1.2.3", true)]
    [InlineData("fd00::/8", "https://[fd00::1]:6443", false)]
    [InlineData("[fd00::1]", "https://[fd00::1]:6443", false)]
    [InlineData(",,;nonsense/99,:", "https://a.example.com", true)]
    [InlineData("", "https://127.0.0.1:6443", false)]
    [InlineData("", "https://localhost:6443", false)]
    [InlineData("", "http://a.example.com", false)]
    public void Table(string except, string server, bool isUsed)
    {
        EnvironmentProxy proxy = EnvironmentProxy.Of(name => name switch { "HTTPS_PROXY" => "proxy.example.net:3128", "no_proxy" => except, _ => null });
        Assert.Equal(isUsed ? new Uri("http://proxy.example.net:3128") : null, proxy.GetProxy(new Uri(server)));
        Assert.Equal(!isUsed, proxy.IsBypassed(new Uri(server)));
    }

    [Theory]
    [InlineData("ftp://x", null)]
    [InlineData("http://", null)]
    [InlineData("http://me:word@p.example:8080", "http://me:word@p.example:8080/")]
    [InlineData("socks5://p.example:1080", "socks5://p.example:1080/")]
    public void Addresses(string text, string? expected) =>
        Assert.Equal(expected, EnvironmentProxy.Of(name => name == "ALL_PROXY" ? text : null).GetProxy(new Uri("https://a.example.com"))?.ToString());
}
