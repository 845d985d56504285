using System.Text;
using System.Text.RegularExpressions;

namespace GatewayLsp.Kubernetes.Credentials;

/// <summary>
/// Takes secrets out of text that others wrote (servers, plugins) before it reaches a message or a log: the values that we know
/// to be secret, and whatever looks like a token, a key or a password. Also cuts, and removes control characters, so that foreign
/// text can't steer a terminal.
/// </summary>
public sealed partial class Redactor
{
    public const string Hidden = "[hidden]";

    /// <summary>Shorter values would blot out ordinary words.</summary>
    private const int ShortestSecret = 4;

    private const int MaxKnown = 256;

    private readonly Lock _gate = new();
    private readonly List<string> _known = [];

    /// <summary>From now on this value is hidden. The most recent values count.</summary>
    public void Learn(string? secret)
    {
        if (secret is null || secret.Trim().Length < ShortestSecret)
        {
            return;
        }
        secret = secret.Trim();
        lock (_gate)
        {
            if (_known.Remove(secret) || _known.Count < MaxKnown)
            {
                _known.Add(secret);
                return;
            }
            _known.RemoveAt(0);
            _known.Add(secret);
        }
    }

    /// <param name="limit">UTF-16 units that are kept.</param>
    public string Clean(string? text, int limit = 500)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }
        // What is cut away need not be searched; the margin keeps a secret at the cut from losing its end and with it its look.
        if (text.Length > limit + 8192)
        {
            text = text[..(limit + 8192)];
        }
        lock (_gate)
        {
            foreach (string secret in _known)
            {
                text = text.Replace(secret, Hidden, StringComparison.Ordinal);
            }
        }
        text = Pem.Replace(text, Hidden);
        text = Named.Replace(text, "$1" + Hidden);
        text = Scheme.Replace(text, "$1 " + Hidden);
        text = UserInUrl.Replace(text, "$1" + Hidden + "@");
        text = TokenLike.Replace(text, Hidden);
        return Printable(text, limit);
    }

    private static string Printable(string text, int limit)
    {
        var clean = new StringBuilder(Math.Min(text.Length, limit + 1));
        foreach (char one in text)
        {
            if (clean.Length == limit)
            {
                return clean.ToString().TrimEnd() + "…";
            }
            bool isOdd = char.IsControl(one) && one != '\n' || one is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
            clean.Append(isOdd ? ' ' : one);
        }
        return clean.ToString().Trim();
    }

    [GeneratedRegex("-----BEGIN [A-Z ]+-----.*?(-----END [A-Z ]+-----|$)", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Pem { get; }

    /// <summary><c>token: x</c>, <c>"password":"x"</c>, <c>client-key-data=x</c>, <c>AWS_SECRET_ACCESS_KEY=x</c>.</summary>
    [GeneratedRegex("""((?:token|password|passwd|secret|api[-_]?key|access[-_]?key|client[-_]key(?:[-_]data)?|credential|authorization)[\w-]{0,40}["']?\s*[:=]\s*["']?)[^\s"',;}]{4,}""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Named { get; }

    [GeneratedRegex(@"\b(Bearer|Basic)\s+[A-Za-z0-9+/=._~-]{6,}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Scheme { get; }

    [GeneratedRegex(@"(?<!\w)(\w{1,20}://)[^/\s@]{1,500}@", RegexOptions.CultureInvariant)]
    private static partial Regex UserInUrl { get; }

    /// <summary>JWTs, EKS and Google tokens, AWS key ids, and long runs of base64 with both cases and digits.</summary>
    [GeneratedRegex(@"\beyJ[\w-]{8,}(?:\.[\w-]*){0,2}|k8s-aws-v1\.[\w-]+|\bya29\.[\w-]+|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|(?<![\w+-])(?=[\w+-]*[a-z])(?=[\w+-]*[A-Z])(?=[\w+-]*[0-9])[A-Za-z0-9+_-]{40,}={0,2}", RegexOptions.CultureInvariant)]
    private static partial Regex TokenLike { get; }
}
