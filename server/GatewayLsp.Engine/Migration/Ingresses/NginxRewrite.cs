using System.Text.RegularExpressions;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Migration.Ingresses;

/// <summary><c>use-regex</c> and <c>rewrite-target</c> of ingress-nginx, as a prefix that is replaced wherever that means the same.</summary>
internal static partial class NginxRewrite
{
    private const string RewriteTarget = Controllers.NginxPrefix + "rewrite-target";
    private const string UseRegex = Controllers.NginxPrefix + "use-regex";

    private static readonly char[] Special = ['(', ')', '[', ']', '{', '}', '*', '+', '?', '|', '^', '$', '\\'];

    /// <summary><c>/prefix(/|$)(.*)</c>, <c>/prefix/(.*)</c>, <c>/prefix(/.*)?</c>, <c>/prefix(.*)</c>: a prefix and the rest.</summary>
    [GeneratedRegex(@"^\^?(?<prefix>(?:/[A-Za-z0-9._~-]+)*)(?<rest>\(/\|\$\)\(\.\*\)|/\(\.\*\)|\(/\.\*\)\??|/?\(\.\*\)|/\.\*|\(/\.\*\|\$\)|/\?\(\.\*\))\$?$", RegexOptions.NonBacktracking)]
    private static partial Regex PrefixAndRest { get; }

    [GeneratedRegex(@"\$(?<number>[0-9])", RegexOptions.NonBacktracking)]
    private static partial Regex Capture { get; }

    public static bool UsesRegex(IngressModel ingress) => ingress.Peek(UseRegex) == "true" || ingress.Peek(RewriteTarget) is not null;

    public static void Apply(IngressWork work, SharedHosts hosts)
    {
        string? target = work.Ingress.Take(RewriteTarget);
        bool usesRegex = work.Ingress.TakeFlag(UseRegex);
        string reason = target is not null ? "`rewrite-target`" : usesRegex ? "`use-regex`" : "another Ingress of the host";
        foreach ((RouteDraft route, RuleDraft rule) in work.Routes.SelectMany(route => route.Rules.Where(rule => rule.Origin is not null).Select(rule => (route, rule))))
        {
            bool useRegex = hosts.IsRegex(work.Gateway, route);
            IngressPath path = rule.Origin!;
            bool isRegex = useRegex && path.Path.IndexOfAny(Special) >= 0;
            Match prefix = PrefixAndRest.Match(path.Path);
            if (isRegex && prefix.Success)
            {
                string plain = prefix.Groups["prefix"].Value;
                rule.Path = ("PathPrefix", plain.Length == 0 ? "/" : plain);
                if (target is null || Replacement(target, prefix.Groups["rest"].Value) is { } replacement && Replace(rule, replacement))
                {
                    if (prefix.Groups["rest"].Value is "/(.*)" or "/.*" or "(/.*)" && plain.Length > 0)
                    {
                        work.Conversion.Differs(work.Ingress, path.Node, "path", $"`{path.Path}` did not match `{plain}` itself; the prefix here does.");
                    }
                    else if (prefix.Groups["rest"].Value is "(.*)" && plain.Length > 0)
                    {
                        work.Conversion.Differs(work.Ingress, path.Node, "path", $"`{path.Path}` matched `{plain}x`, too; the prefix here matches whole parts of a path.");
                    }
                    continue;
                }
            }
            if (isRegex)
            {
                rule.Path = ("RegularExpression", Anchored(path));
                work.Conversion.Differs(work.Ingress, path.Node, "path", "Not every controller supports paths of type RegularExpression, and their syntax is the controller's. nginx took no notice of case.");
            }
            else if (useRegex && path.Path.Length > 1)
            {
                work.Conversion.Differs(work.Ingress, path.Node, "path", path.Type == "Exact"
                    ? $"nginx read `{path.Path}` as an expression, because of {reason}, and matched all paths that begin so; the path here is exact, as it is written."
                    : $"nginx read `{path.Path}` as an expression, because of {reason}, and matched `{path.Path}x`, too; the prefix here matches whole parts of a path.");
            }
            if (target is null)
            {
                continue;
            }
            if (target.Length == 0 || target.Length > PathTypes.MaxLength || (target.Contains('$') && !Capture.IsMatch(target)))
            {
                work.Conversion.Lost(work.Ingress, RewriteTarget, $"`{target}` is not a path that a URLRewrite filter can put in; paths go to the backend as they are.");
            }
            else if (Capture.IsMatch(target))
            {
                work.Conversion.Lost(work.Ingress, RewriteTarget, $"`{target}` for `{path.Path}` puts pieces of the path together anew. URLRewrite replaces a prefix or the whole path: split the rule by prefixes, or let the backend take the path as it is.");
            }
            else
            {
                // Without a capture nginx replaced the whole path.
                rule.Filters.Add(Json.Filter("URLRewrite", "urlRewrite", Json.Map(("path", Json.Map(("type", JsonValue.Of("ReplaceFullPath")), ("replaceFullPath", JsonValue.Of(target.StartsWith('/') ? target : "/" + target)))))));
            }
        }
    }

    private static bool Replace(RuleDraft rule, string replacement)
    {
        if (replacement != rule.Path.Value)
        {
            rule.Filters.Add(Json.Filter("URLRewrite", "urlRewrite", Json.Map(("path", Json.Map(("type", JsonValue.Of("ReplacePrefixMatch")), ("replacePrefixMatch", JsonValue.Of(replacement)))))));
        }
        return true;
    }

    /// <summary>What takes the prefix's place when the rest of the path follows it unchanged; null when that is not what the target says.</summary>
    private static string? Replacement(string target, string rest)
    {
        bool restHasSlash = rest.StartsWith("(/.*", StringComparison.Ordinal);
        string last = rest.StartsWith("(/|$)", StringComparison.Ordinal) ? "$2" : "$1";
        if (rest == "/.*" || !target.EndsWith(last, StringComparison.Ordinal))
        {
            return null;
        }
        string head = target[..^2];
        if (last == "$2" && head.EndsWith("$1", StringComparison.Ordinal))
        {
            // The slash is a capture of its own.
            head = head[..^2] + "/";
        }
        if (head.Contains('$') || (head.Length > 0 && !head.StartsWith('/')))
        {
            return null;
        }
        string plain = head.TrimEnd('/');
        bool joins = head.EndsWith('/') || restHasSlash || (head.Length == 0 && restHasSlash);
        return !joins ? null : plain.Length == 0 ? "/" : plain;
    }

    /// <summary>nginx looked for the expression at the beginning of the path; a route's has to match all of it.</summary>
    private static string Anchored(IngressPath path)
    {
        string text = path.Path.TrimStart('^');
        return text.EndsWith('$') && !text.EndsWith("\\$", StringComparison.Ordinal) ? text[..^1]
            : text.EndsWith(".*", StringComparison.Ordinal) || text.EndsWith(".*)", StringComparison.Ordinal) ? text
            : text + ".*";
    }
}
