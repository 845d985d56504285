using System.Globalization;
using System.Text.Json;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Migration.Ingresses;

/// <summary><c>actions.NAME</c>: a backend of port <c>use-annotation</c> stands for a redirect, a weighted forward or a fixed answer.</summary>
internal static class AlbActions
{
    private const string P = Controllers.AlbPrefix;

    /// <summary>True when the rule's backend was an action, and the rule is done.</summary>
    public static bool Apply(IngressWork work, RuleDraft rule, IngressBackend backend)
    {
        if (backend.Service is not { } name || backend.Port != "use-annotation")
        {
            return false;
        }
        string annotation = P + "actions." + name;
        JsonElement? action = work.Ingress.Take(annotation) is { } text ? AlbJson.Parse(text) : null;
        switch (action.At("type").Text()?.ToUpperInvariant())
        {
            case "REDIRECT":
                return Redirect(work, rule, annotation, action.At("redirectConfig"));
            case "FORWARD":
                return Forward(work, rule, annotation, action);
            case "FIXED-RESPONSE":
                work.Conversion.Lost(work.Ingress, annotation, "Routes give no fixed answers: let a small backend give it, or an ExtensionRef filter of your controller. The rule without backends answers 500.");
                return true;
            default:
                work.Conversion.Lost(work.Ingress, work.Ingress.Has(annotation) ? work.Ingress.NodeOf(annotation) : backend.Node, annotation, "This action is missing or can't be read. The rule without backends answers 500.");
                return true;
        }
    }

    private static bool Redirect(IngressWork work, RuleDraft rule, string annotation, JsonElement? config)
    {
        string? host = config.At("host").Text();
        string? path = config.At("path").Text();
        string? protocol = config.At("protocol").Text();
        string? query = config.At("query").Text();
        string? port = config.At("port").Text();
        rule.Redirects = true;
        host = host is "#{host}" ? null : host?.ToLowerInvariant();
        path = path is "/#{path}" or "#{path}" ? null : path;
        if (host?.Contains("#{", StringComparison.Ordinal) == true)
        {
            work.Conversion.Lost(work.Ingress, annotation, $"A RequestRedirect has one fixed hostname, or that of the request; `{host}` is neither.");
            host = null;
        }
        else if (host is not null && !Names.IsValid(host))
        {
            work.Conversion.Lost(work.Ingress, annotation, $"`{host}` is not a hostname, so the redirect keeps the host of the request.");
            host = null;
        }
        JsonValue? target = null;
        if (path is not null && path.EndsWith("/#{path}", StringComparison.Ordinal) && rule.Path.Type == "PathPrefix" && rule.Path.Value == "/" && !path[..^8].Contains('#'))
        {
            target = Json.Map(("type", JsonValue.Of("ReplacePrefixMatch")), ("replacePrefixMatch", JsonValue.Of(path[..^8])));
        }
        else if (path?.Contains("#{", StringComparison.Ordinal) == true || path?.Length > PathTypes.MaxLength)
        {
            work.Conversion.Lost(work.Ingress, annotation, $"A RequestRedirect replaces a prefix or the whole path; it can't make `{path}`, so the redirect keeps the path of the request.");
        }
        else if (path is not null)
        {
            target = Json.Map(("type", JsonValue.Of("ReplaceFullPath")), ("replaceFullPath", JsonValue.Of(path)));
        }
        if (query is not null and not "#{query}")
        {
            work.Conversion.Lost(work.Ingress, annotation, "A RequestRedirect keeps the query of the request and can't set another: let the backend redirect, if the query matters.");
        }
        rule.Filters.Add(Json.Filter("RequestRedirect", "requestRedirect", Json.Map(
            ("scheme", protocol?.ToLowerInvariant() is "http" or "https" ? JsonValue.Of(protocol.ToLowerInvariant()) : null),
            ("hostname", Json.Text(host)),
            ("path", target),
            ("port", int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is > 0 and < 65536 && !IsUsual(protocol, number) ? JsonValue.Of(number) : null),
            ("statusCode", JsonValue.Of(RedirectTarget.StatusOf(config.At("statusCode").Text()))))));
        return true;
    }

    private static bool IsUsual(string? protocol, int port) => protocol?.ToUpperInvariant() switch
    {
        "HTTPS" => port == 443,
        "HTTP" => port == 80,
        _ => false,
    };

    private static bool Forward(IngressWork work, RuleDraft rule, string annotation, JsonElement? action)
    {
        JsonElement?[] groups = [.. action.At("forwardConfig").At("targetGroups").Items()];
        if (groups.Length == 0 && action.At("targetGroupARN") is not null)
        {
            work.Conversion.Lost(work.Ingress, annotation, "A target group by ARN is no backend of a route; name a Service.");
            return true;
        }
        YamlNode at = work.Ingress.NodeOf(annotation);
        foreach (JsonElement? group in groups)
        {
            if (group.At("serviceName").Text() is { } service && Conversion.IsServiceName(service))
            {
                int? weight = int.TryParse(group.At("weight").Text(), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= 1_000_000 ? number : null;
                rule.Backends.Add(new BackendDraft(service, work.Conversion.Port(work.Ingress, service, group.At("servicePort").Text(), at), weight));
            }
            else
            {
                work.Conversion.Lost(work.Ingress, annotation, "A target group by ARN is no backend of a route; name a Service.");
            }
        }
        if (action.At("forwardConfig").At("targetGroupStickinessConfig").At("enabled") is { ValueKind: JsonValueKind.True })
        {
            work.Conversion.Lost(work.Ingress, annotation, "Routes have no stickiness in the standard channel: write a policy of your controller. (The experimental channel has `sessionPersistence` in rules.)");
        }
        return true;
    }
}
