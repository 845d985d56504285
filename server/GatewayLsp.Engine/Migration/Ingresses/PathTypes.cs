using System.Text;

namespace GatewayLsp.Engine.Migration.Ingresses;

/// <summary>Paths of Ingresses as paths of routes: what <c>ImplementationSpecific</c> means to each controller, what the API takes.</summary>
internal static class PathTypes
{
    /// <summary>Characters that a path may have (API limit).</summary>
    public const int MaxLength = 1024;

    public static (string Type, string Value)? OfImplementation(IngressWork work, Controller controller, IngressPath path, string text)
    {
        switch (controller)
        {
            case Controller.Alb or Controller.Gke:
                if (text is "/*" or "*")
                {
                    return ("PathPrefix", "/");
                }
                if (text.EndsWith("/*", StringComparison.Ordinal) && text.IndexOfAny(['*', '?']) == text.Length - 1)
                {
                    work.Conversion.Differs(work.Ingress, path.Node, "path", $"`{text}` did not match `{text[..^2]}` itself; the prefix in the route does.");
                    return ("PathPrefix", text[..^2]);
                }
                if (text.IndexOfAny(['*', '?']) >= 0)
                {
                    work.Conversion.Differs(work.Ingress, path.Node, "path", $"The wildcards in `{text}` are a regular expression in the route, which not every controller supports.");
                    return ("RegularExpression", Escape(text).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal));
                }
                return text == "/" && controller == Controller.Gke ? ("PathPrefix", "/") : ("Exact", text);
            case Controller.Nginx:
                return ("PathPrefix", text);
            default:
                work.Conversion.Differs(work.Ingress, path.Node, "pathType", "Only the old controller knows what `ImplementationSpecific` meant; the route matches the path as a prefix.");
                return ("PathPrefix", text);
        }
    }

    public static (string Type, string Value) Rooted((string Type, string Value) path) =>
        path.Value.StartsWith('/') || path.Type == "RegularExpression" ? path : (path.Type, "/" + path.Value);

    public static string Escape(string text) => System.Text.RegularExpressions.Regex.Escape(text);

    /// <summary>The path as the API takes it; null when there is no such path, with the reason.</summary>
    public static string? Fit(string type, string path, out string reason)
    {
        reason = "";
        if (type == "RegularExpression")
        {
            reason = path.Length > MaxLength ? $"the path has more than {MaxLength} characters" : "";
            return reason.Length == 0 ? path : null;
        }
        string fitted = Encode(path);
        reason = fitted.Contains("//", StringComparison.Ordinal) ? "a route's path has no `//`"
            : (fitted + "/").Contains("/./", StringComparison.Ordinal) ? "a route's path has no segment `.`"
            : (fitted + "/").Contains("/../", StringComparison.Ordinal) ? "a route's path has no segment `..`"
            : fitted.Contains("%2f", StringComparison.OrdinalIgnoreCase) ? "a route's path has no encoded slash (`%2F`)"
            : fitted.Length > MaxLength ? $"the path has more than {MaxLength} characters" : "";
        return reason.Length == 0 ? fitted : null;
    }

    /// <summary>Characters that a path can't hold by themselves, as they stand in a request: <c>%XX</c>.</summary>
    private static string Encode(string path)
    {
        if (!path.AsSpan().ContainsAnyExcept(Plain))
        {
            return path;
        }
        var text = new StringBuilder();
        foreach (byte one in Encoding.UTF8.GetBytes(path))
        {
            if (one < 128 && Plain.Contains((char)one))
            {
                text.Append((char)one);
            }
            else
            {
                text.Append('%').Append(one.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            }
        }
        // A `%` that is followed by two digits was an encoded character before.
        return EncodedPercent.Replace(text.ToString(), "%$1");
    }

    private static readonly System.Buffers.SearchValues<char> Plain =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-._~!$&'()*+,;=:@");

    private static readonly System.Text.RegularExpressions.Regex EncodedPercent = new("%25([0-9A-Fa-f]{2})", System.Text.RegularExpressions.RegexOptions.NonBacktracking);
}
