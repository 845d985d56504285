using System.Globalization;
using System.Text;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Navigation;

/// <summary>Rules of routes in a line: what they match and where they send it.</summary>
internal static class RouteLabels
{
    private const int MaxParts = 4;

    /// <summary><c>GET /cart*, x-canary=1 → cart 90 %, cart-canary 10 %</c>, with the rule's name ahead if it has one.</summary>
    public static string Rule(YamlMapping rule, string routeKind)
    {
        string name = ObjectLabels.Word(rule, "name");
        string label = Matches(rule, routeKind) + " → " + Targets(rule);
        return ObjectLabels.Cut(name.Length == 0 ? label : name + ": " + label);
    }

    /// <summary>A match of an HTTPRoute or GRPCRoute.</summary>
    public static string Match(YamlMapping match, string routeKind)
    {
        var parts = new List<string> { routeKind == "GRPCRoute" ? GrpcMethod(match.Get("method") as YamlMapping) : Request(match) };
        Conditions(parts, match.Get("headers"), "");
        Conditions(parts, match.Get("queryParams"), "?");
        parts.RemoveAll(part => part.Length == 0);
        return ObjectLabels.Cut(parts.Count == 0 ? Anything(routeKind) : Few(parts, ", "));
    }

    /// <summary><c>cart:8080 90 %</c>; the share only among several.</summary>
    public static string Backend(YamlMapping backend, IReadOnlyList<YamlMapping> all)
    {
        string kind = ObjectLabels.Word(backend, "kind");
        string ns = ObjectLabels.Word(backend, "namespace");
        string port = ObjectLabels.Word(backend, "port");
        string name = ObjectLabels.Word(backend, "name");
        string target = (ns.Length == 0 ? "" : ns + "/") + (name.Length == 0 ? "?" : name) + (port.Length == 0 ? "" : ":" + port);
        return ObjectLabels.Cut(ObjectLabels.Join(kind is "" or "Service" ? "" : kind, target, Share(backend, all)));
    }

    /// <summary><c>RequestMirror → cart-shadow</c>.</summary>
    public static string Filter(YamlMapping filter)
    {
        string type = ObjectLabels.Word(filter, "type");
        string target = filter.At("requestMirror", "backendRef") is YamlMapping mirror ? ObjectLabels.Word(mirror, "name")
            : filter.Get("requestRedirect") is YamlMapping redirect ? Redirect(redirect)
            : filter.Get("extensionRef") is YamlMapping extension ? ObjectLabels.Join(ObjectLabels.Word(extension, "kind"), ObjectLabels.Word(extension, "name"))
            : "";
        return ObjectLabels.Cut((type.Length == 0 ? "filter" : type) + (target.Length == 0 ? "" : " → " + target));
    }

    /// <summary>The mappings of a list, aliases followed.</summary>
    public static List<YamlMapping> Items(YamlNode? list)
    {
        var items = new List<YamlMapping>();
        if (list is YamlSequence sequence)
        {
            foreach (YamlNode item in sequence.Items)
            {
                if (item.Resolved() is YamlMapping mapping)
                {
                    items.Add(mapping);
                }
            }
        }
        return items;
    }

    /// <summary>What a rule's requests are like: <c>GET /cart/*, x-canary=1 | /basket/*</c>. A prefix is whole segments: <c>/cart/*</c> is <c>/cart</c> and all below it, and not <c>/carts</c>.</summary>
    public static string Matches(YamlMapping rule, string routeKind)
    {
        List<string> labels = Items(rule.Get("matches")).ConvertAll(match => Match(match, routeKind));
        return labels.Count == 0 ? Anything(routeKind) : Few(labels, " | ");
    }

    private static string Anything(string routeKind) => routeKind switch
    {
        "HTTPRoute" => "/*",
        "GRPCRoute" => "any call",
        _ => "any connection",
    };

    private static string Request(YamlMapping match)
    {
        string path = "";
        if (match.Get("path") is YamlMapping by)
        {
            string value = ObjectLabels.Word(by, "value");
            path = ObjectLabels.Word(by, "type") switch
            {
                "Exact" => value,
                "RegularExpression" => "~" + value,
                _ => value.TrimEnd('/') + "/*",
            };
        }
        return ObjectLabels.Join(ObjectLabels.Word(match, "method"), path);
    }

    private static string GrpcMethod(YamlMapping? method)
    {
        if (method is null)
        {
            return "";
        }
        string service = ObjectLabels.Word(method, "service");
        string name = ObjectLabels.Word(method, "method");
        string sign = ObjectLabels.Word(method, "type") == "RegularExpression" ? "~" : "";
        return sign + (service.Length == 0 ? "*" : service) + "/" + (name.Length == 0 ? "*" : name);
    }

    private static void Conditions(List<string> parts, YamlNode? list, string mark)
    {
        foreach (YamlMapping one in Items(list))
        {
            string sign = ObjectLabels.Word(one, "type") == "RegularExpression" ? "~" : "=";
            parts.Add(mark + ObjectLabels.Word(one, "name") + sign + ObjectLabels.Word(one, "value"));
        }
    }

    private static string Targets(YamlMapping rule)
    {
        List<YamlMapping> backends = Items(rule.Get("backendRefs"));
        if (backends.Count > 0)
        {
            return Few(backends.ConvertAll(backend => ObjectLabels.Join(Known(ObjectLabels.Word(backend, "name")), Share(backend, backends))), ", ");
        }
        foreach (YamlMapping filter in Items(rule.Get("filters")))
        {
            if (filter.Get("requestRedirect") is YamlMapping redirect)
            {
                return Redirect(redirect);
            }
        }
        return "no backend";
    }

    private static string Redirect(YamlMapping redirect)
    {
        string scheme = ObjectLabels.Word(redirect, "scheme");
        string host = ObjectLabels.Word(redirect, "hostname");
        string port = ObjectLabels.Word(redirect, "port");
        YamlMapping? path = redirect.Get("path") as YamlMapping;
        string to = ObjectLabels.Word(path, "replaceFullPath") is { Length: > 0 } full ? full : ObjectLabels.Word(path, "replacePrefixMatch");
        string where = (scheme.Length == 0 ? "" : scheme + "://") + host + (port.Length == 0 ? "" : ":" + port) + to;
        return ObjectLabels.Join("redirect", where, ObjectLabels.Word(redirect, "statusCode"));
    }

    private static string Share(YamlMapping backend, IReadOnlyList<YamlMapping> all)
    {
        if (all.Count < 2)
        {
            return "";
        }
        double total = 0;
        foreach (YamlMapping one in all)
        {
            if (Weight(one) is not { } weight)
            {
                return "";
            }
            total += weight;
        }
        double share = total == 0 ? 0 : 100 * Weight(backend).GetValueOrDefault() / total;
        return share is > 0 and < 1 ? "<1 %" : Math.Round(share).ToString(CultureInfo.InvariantCulture) + " %";
    }

    /// <summary>1 when left out; null when it can't be known.</summary>
    private static double? Weight(YamlMapping backend)
    {
        YamlNode? weight = backend.Get("weight");
        return weight.IsNull() ? 1 : weight.Text() is { } text && ScalarResolver.TryNumber(text, out double value) && value >= 0 ? value : null;
    }

    private static string Known(string name) => name.Length == 0 ? "?" : name;

    private static string Few(List<string> parts, string separator)
    {
        if (parts.Count <= MaxParts)
        {
            return string.Join(separator, parts);
        }
        var text = new StringBuilder();
        text.AppendJoin(separator, parts.Take(MaxParts)).Append(separator).Append('+').Append(parts.Count - MaxParts);
        return text.ToString();
    }
}
