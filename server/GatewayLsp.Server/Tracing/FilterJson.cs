using System.Text.Json;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Engine.Routing.Filters;

namespace GatewayLsp.Server.Tracing;

/// <summary>JSON form of filters: <c>type</c> and the fields of the manifest that they come from.</summary>
internal static class FilterJson
{
    public static void Write(Utf8JsonWriter json, TracedFilter filter)
    {
        json.WriteStartObject();
        json.WriteString("type", filter.Type);
        switch (filter)
        {
            case HeaderModifierFilter modifier:
                WriteFields(json, "set", modifier.Set);
                WriteFields(json, "add", modifier.Add);
                WriteTexts(json, "remove", modifier.Remove);
                break;
            case RedirectFilter redirect:
                WriteText(json, "scheme", redirect.Scheme);
                WriteText(json, "hostname", redirect.Hostname);
                WritePath(json, redirect.Path);
                if (redirect.Port is { } port)
                {
                    json.WriteNumber("port", port);
                }
                json.WriteNumber("statusCode", redirect.StatusCode);
                break;
            case RewriteFilter rewrite:
                WriteText(json, "hostname", rewrite.Hostname);
                WritePath(json, rewrite.Path);
                break;
            case MirrorFilter mirror:
                WriteBackend(json, mirror.Backend);
                json.WriteNumber("percent", mirror.Share.PercentValue);
                break;
            case CorsFilter cors:
                WriteTexts(json, "allowOrigins", cors.AllowOrigins);
                WriteTexts(json, "allowMethods", cors.AllowMethods);
                WriteTexts(json, "allowHeaders", cors.AllowHeaders);
                WriteTexts(json, "exposeHeaders", cors.ExposeHeaders);
                json.WriteBoolean("allowCredentials", cors.AllowCredentials);
                json.WriteNumber("maxAge", cors.MaxAge);
                break;
            case ExternalAuthFilter auth:
                json.WriteString("protocol", auth.Protocol);
                WriteBackend(json, auth.Backend);
                break;
            case ExtensionFilter extension:
                json.WriteString("group", extension.Group);
                json.WriteString("kind", extension.Kind);
                json.WriteString("name", extension.Name);
                break;
        }
        json.WriteEndObject();
    }

    /// <summary>The fields of a target, into the object that is being written.</summary>
    public static void WriteTarget(Utf8JsonWriter json, BackendTarget target)
    {
        if (target.Kind != "Service" || target.Group.Length > 0)
        {
            json.WriteString("group", target.Group);
            json.WriteString("kind", target.Kind);
        }
        json.WriteString("namespace", target.Namespace);
        json.WriteString("name", target.Name);
        if (target.Port is { } port)
        {
            json.WriteNumber("port", port);
        }
        else
        {
            json.WriteNull("port");
        }
        if (!target.Clusters.IsEmpty)
        {
            json.WriteStartArray("clusters");
            foreach (string cluster in target.Clusters)
            {
                json.WriteStringValue(cluster);
            }
            json.WriteEndArray();
        }
        WriteText(json, "problem", target.Problem);
    }

    private static void WriteBackend(Utf8JsonWriter json, BackendTarget target)
    {
        json.WriteStartObject("backendRef");
        WriteTarget(json, target);
        json.WriteEndObject();
    }

    private static void WritePath(Utf8JsonWriter json, PathChange? change)
    {
        if (change is not null)
        {
            json.WriteStartObject("path");
            json.WriteString("type", change.IsPrefix ? "ReplacePrefixMatch" : "ReplaceFullPath");
            json.WriteString(change.IsPrefix ? "replacePrefixMatch" : "replaceFullPath", change.Value);
            json.WriteEndObject();
        }
    }

    private static void WriteFields(Utf8JsonWriter json, string name, IReadOnlyCollection<KeyValuePair<string, string>> fields)
    {
        if (fields.Count == 0)
        {
            return;
        }
        json.WriteStartArray(name);
        foreach ((string key, string value) in fields)
        {
            json.WriteStartObject();
            json.WriteString("name", key);
            json.WriteString("value", value);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyCollection<string> texts)
    {
        if (texts.Count == 0)
        {
            return;
        }
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }
        json.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }
}
