using System.Net;

namespace GatewayLsp.Kubernetes.Client;

/// <summary>
/// The proxy that the environment names, by the rules of kubectl: <c>NO_PROXY</c> takes host names with all below them, addresses and
/// ranges of addresses (<c>10.0.0.0/8</c>), each with or without a port, and what is on this machine needs no proxy. The runtime's own
/// reading of these variables knows neither ranges nor names below a name.
/// </summary>
internal sealed class EnvironmentProxy : IWebProxy
{
    private readonly Uri? _forHttps;
    private readonly Uri? _forHttp;
    private readonly string[] _except;

    private EnvironmentProxy(Uri? forHttps, Uri? forHttp, string[] except) => (_forHttps, _forHttp, _except) = (forHttps, forHttp, except);

    public ICredentials? Credentials
    {
        get => new ProxyCredentials();
        set => throw new NotSupportedException();
    }

    /// <param name="variable">Reads the environment.</param>
    public static EnvironmentProxy Of(Func<string, string?> variable)
    {
        string? Find(string name) => variable(name) is { Length: > 0 } upper ? upper : variable(name.ToLowerInvariant());
        string? all = Find("ALL_PROXY");
        return new EnvironmentProxy(Address(Find("HTTPS_PROXY") ?? all), Address(Find("HTTP_PROXY") ?? all),
            (Find("NO_PROXY") ?? "").Split([',', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    /// <summary>The proxies' addresses, with whatever user and password stand in them.</summary>
    public IEnumerable<Uri> Addresses => ((Uri?[])[_forHttps, _forHttp]).OfType<Uri>();

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : Raw(destination) is { } proxy ? proxy : null;

    public bool IsBypassed(Uri host)
    {
        if (Raw(host) is null || host.IsLoopback)
        {
            return true;
        }
        string name = host.IdnHost.TrimEnd('.').ToLowerInvariant();
        _ = IPAddress.TryParse(name, out IPAddress? address);
        foreach (string one in _except)
        {
            if (Fits(one.ToLowerInvariant(), name, address, host.Port))
            {
                return true;
            }
        }
        return false;
    }

    private Uri? Raw(Uri destination) => destination.Scheme is "http" or "ws" ? _forHttp : _forHttps;

    private static bool Fits(string rule, string name, IPAddress? address, int port)
    {
        if (rule == "*")
        {
            return true;
        }
        if (IPNetwork.TryParse(rule, out IPNetwork network))
        {
            return address is not null && network.Contains(address);
        }
        if (IPAddress.TryParse(rule.Trim('[', ']'), out IPAddress? only))
        {
            return only.Equals(address);
        }
        int colon = rule.LastIndexOf(':');
        if (colon > 0 && int.TryParse(rule.AsSpan(colon + 1), out int wanted))
        {
            if (wanted != port)
            {
                return false;
            }
            rule = rule[..colon];
            if (IPAddress.TryParse(rule.Trim('[', ']'), out only))
            {
                return only.Equals(address);
            }
        }
        rule = rule.StartsWith("*.", StringComparison.Ordinal) ? rule[1..] : rule;
        return rule.StartsWith('.') ? name.EndsWith(rule, StringComparison.Ordinal)
            : name == rule || (name.EndsWith(rule, StringComparison.Ordinal) && name[^(rule.Length + 1)] == '.');
    }

    /// <summary>A plain <c>host:port</c> is taken for one that speaks http.</summary>
    private static Uri? Address(string? text)
    {
        if (text is not { Length: > 0 })
        {
            return null;
        }
        string whole = text.Contains("://", StringComparison.Ordinal) ? text : "http://" + text;
        return Uri.TryCreate(whole, UriKind.Absolute, out Uri? found) && found.Scheme is "http" or "https" or "socks5" or "socks4" or "socks4a" ? found : null;
    }

    /// <summary>Those that stand in the proxy's address.</summary>
    private sealed class ProxyCredentials : ICredentials
    {
        public NetworkCredential? GetCredential(Uri uri, string authType)
        {
            string[] parts = Uri.UnescapeDataString(uri.UserInfo).Split(':', 2);
            return uri.UserInfo.Length == 0 ? null : new NetworkCredential(parts[0], parts.Length > 1 ? parts[1] : "");
        }
    }
}
