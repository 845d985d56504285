namespace GatewayLsp.Engine.Diagnostics;

/// <summary>Patterns in words, for people who don't read regular expressions with pleasure.</summary>
internal static class PatternWords
{
    private const string Label = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private const string Subdomain = Label + @"(\." + Label + ")*";
    private const string UriPath = @"[A-Za-z0-9\/\-._~%!$&'()*+,;=:]+";

    private static readonly Dictionary<string, string> Known = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [$"^{Label}$"] = "lower-case letters, digits and `-`, with a letter or digit at either end",
        [$"^{Subdomain}$"] = "lower-case letters, digits, `-` and `.`, with a letter or digit at either end of each part",
        [$"^$|^{Subdomain}$"] = "an API group such as `gateway.networking.k8s.io`, or `\"\"` for core kinds",
        [$@"^(\*\.)?{Subdomain}$"] = "a hostname in lower case, at most with `*.` in front, without a port",
        ["^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$"] = "a kind such as `Service`: letters, digits and `-`, with a letter at the start",
        ["^([0-9]{1,5}(h|m|s|ms)){1,4}$"] = "a duration such as `10s` or `1m30s`, in whole `h`, `m`, `s` or `ms`",
        [@"^[A-Za-z0-9!#$%&'*+\-.^_\x60|~]+$"] = "an HTTP header or parameter name: letters, digits and `-`, without blanks or `:`",
        ["^[!-~]+([\t ]?[!-~]+)*$"] = "printable ASCII, with single blanks between words and none at either end",
        [@"^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|[%][0-9a-fA-F]{2})+$"] = "a URL path, other characters percent-encoded",
        ["^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$"] = "a label value: letters, digits, `-`, `_` and `.`, with a letter or digit at either end",
        [$@"^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$"] = "a label or annotation key, `name` or `prefix.example.com/name`",
        [$@"^{Subdomain}\/{UriPath}$"] = "a domain and a path, such as `example.com/gateway-controller`",
        [$@"^Hostname|IPAddress|NamedAddress|{Subdomain}\/{UriPath}$"] = "`IPAddress`, `Hostname` or a type of your implementation such as `example.com/address`",
        [$@"^[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?$|{Subdomain}\/[A-Za-z0-9]+$"] = "a protocol such as `HTTP`, or one of your implementation such as `example.com/protocol`",
        [@"^(([^:/?#]+):)(//([^/?#]*))([^?#]*)(\?([^#]*))?(#(.*))?"] = "an absolute URI such as `spiffe://example.com/service`",
        ["^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$"] = "letters, digits, `_`, `,` and `:`, with a letter at the start",
        [@"(^\*$)|(^(http(s)?):\/\/(((\*\.)?([a-zA-Z0-9\-]+\.)*[a-zA-Z0-9-]+|\*)(:([0-9]{1,5}))?)$)"] = "`*` or an origin such as `https://example.com` or `https://*.example.com:8443`",
        [@"^(System|([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9]))$"] = "`System`, or a name of your implementation such as `example.com/bundle`",
    };

    /// <summary>Fits behind "it must be".</summary>
    public static string Of(string pattern) => Known.GetValueOrDefault(pattern) ?? $"of the form `{pattern.Replace('`', '\'')}`";

    /// <summary>True for a pattern that has words.</summary>
    internal static bool Has(string pattern) => Known.ContainsKey(pattern);
}
