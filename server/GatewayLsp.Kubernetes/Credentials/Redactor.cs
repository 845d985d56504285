using System.Text;

namespace GatewayLsp.Kubernetes.Credentials;

/// <summary>
/// Takes secrets out of text that others wrote (servers, plugins) before it reaches a message or a log: the values that we know
/// to be secret, and whatever looks like a token, a key or a password. Also cuts, and removes control characters, so that foreign
/// text can't steer a terminal.
/// </summary>
public sealed class Redactor
{
    public const string Hidden = SecretShapes.Hidden;

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
        return Printable(SecretShapes.Hide(text), limit);
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
}
