using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayLsp.Sandbox.Objects;
using GatewayLsp.Sandbox.Storage;
using Microsoft.AspNetCore.Http;

namespace GatewayLsp.Sandbox.Api;

/// <summary>In which form the client wants objects (<c>Accept</c>): whole, as rows of a table, or their metadata alone.</summary>
internal enum Form { Whole, Table, Metadata }

/// <summary>Writes objects in the form and version that were asked for.</summary>
internal sealed class Representation(ApiResource resource, string version, Form form, TimeProvider clock)
{
    private readonly bool _isStored = version == resource.Version;

    public Form Form => form;

    public static Form Of(HttpRequest request)
    {
        string accept = request.Headers.Accept.ToString();
        foreach (string one in accept.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string type = one.Split(';')[0].Trim();
            if (type is not ("application/json" or "*/*" or "application/*"))
            {
                continue;
            }
            if (one.Contains("as=Table", StringComparison.Ordinal))
            {
                return Form.Table;
            }
            if (one.Contains("as=PartialObjectMetadata", StringComparison.Ordinal))
            {
                return Form.Metadata;
            }
            if (!one.Contains("as=", StringComparison.Ordinal))
            {
                return Form.Whole;
            }
        }
        return accept.Length == 0 ? Form.Whole : throw new ApiFailure(406, "NotAcceptable", "only the following media types are accepted: application/json");
    }

    /// <summary>One object. In a table it is a table of one row.</summary>
    public void Object(Utf8JsonWriter json, StoredObject one, bool withColumns = true)
    {
        if (form == Form.Table)
        {
            json.WriteStartObject();
            Head(json, "Table", "meta.k8s.io/v1");
            json.WriteStartObject("metadata");
            json.WriteString("resourceVersion", one.Version.ToString(CultureInfo.InvariantCulture));
            json.WriteEndObject();
            if (withColumns)
            {
                Columns(json);
            }
            else
            {
                json.WriteNull("columnDefinitions");
            }
            json.WriteStartArray("rows");
            Row(json, one);
            json.WriteEndArray();
            json.WriteEndObject();
            return;
        }
        Item(json, one);
    }

    public void List(Utf8JsonWriter json, IReadOnlyList<StoredObject> objects, long resourceVersion, string next, long remaining)
    {
        json.WriteStartObject();
        switch (form)
        {
            case Form.Table:
                Head(json, "Table", "meta.k8s.io/v1");
                break;
            case Form.Metadata:
                Head(json, "PartialObjectMetadataList", "meta.k8s.io/v1");
                break;
            default:
                Head(json, resource.Kind + "List", ApiResource.ApiVersionOf(resource.Group, version));
                break;
        }
        json.WriteStartObject("metadata");
        json.WriteString("resourceVersion", resourceVersion.ToString(CultureInfo.InvariantCulture));
        if (next.Length > 0)
        {
            json.WriteString("continue", next);
            if (remaining > 0)
            {
                json.WriteNumber("remainingItemCount", remaining);
            }
        }
        json.WriteEndObject();
        if (form == Form.Table)
        {
            Columns(json);
            json.WriteStartArray("rows");
        }
        else
        {
            json.WriteStartArray("items");
        }
        foreach (StoredObject one in objects)
        {
            if (form == Form.Table)
            {
                Row(json, one);
            }
            else
            {
                Item(json, one);
            }
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public void Bookmark(Utf8JsonWriter json, long resourceVersion, bool endsInitial)
    {
        json.WriteStartObject();
        if (form == Form.Table)
        {
            Head(json, "Table", "meta.k8s.io/v1");
            json.WriteStartObject("metadata");
            json.WriteString("resourceVersion", resourceVersion.ToString(CultureInfo.InvariantCulture));
            json.WriteEndObject();
            json.WriteNull("columnDefinitions");
            json.WriteStartArray("rows");
            json.WriteStartObject();
            json.WriteNull("cells");
            json.WriteStartObject("object");
            Head(json, "PartialObjectMetadata", "meta.k8s.io/v1");
            BookmarkMetadata(json, resourceVersion, endsInitial);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
        }
        else
        {
            Head(json, form == Form.Metadata ? "PartialObjectMetadata" : resource.Kind, form == Form.Metadata ? "meta.k8s.io/v1" : ApiResource.ApiVersionOf(resource.Group, version));
            BookmarkMetadata(json, resourceVersion, endsInitial);
        }
        json.WriteEndObject();
    }

    private static void BookmarkMetadata(Utf8JsonWriter json, long resourceVersion, bool endsInitial)
    {
        json.WriteStartObject("metadata");
        json.WriteString("resourceVersion", resourceVersion.ToString(CultureInfo.InvariantCulture));
        if (endsInitial)
        {
            json.WriteStartObject("annotations");
            json.WriteString("k8s.io/initial-events-end", "true");
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private void Item(Utf8JsonWriter json, StoredObject one)
    {
        if (form == Form.Metadata)
        {
            json.WriteStartObject();
            Head(json, "PartialObjectMetadata", "meta.k8s.io/v1");
            json.WritePropertyName("metadata");
            Json.Write(json, one.Metadata);
            json.WriteEndObject();
        }
        else if (_isStored)
        {
            json.WriteRawValue(one.Text, skipInputValidation: true);
        }
        else
        {
            JsonObject body = one.Body.Copy();
            body["apiVersion"] = ApiResource.ApiVersionOf(resource.Group, version);
            Json.Write(json, body);
        }
    }

    private void Columns(Utf8JsonWriter json)
    {
        json.WriteStartArray("columnDefinitions");
        Column(json, "Name", "string", "name", "Name of the object, unique among those of its kind in the namespace.", 0);
        foreach (PrinterColumn column in resource.Columns)
        {
            Column(json, column.Name, column.Type, "", column.Path.Length > 0 ? $"Value of {column.Path}." : $"{column.Name} of the object.", column.Priority);
        }
        json.WriteEndArray();
    }

    private static void Column(Utf8JsonWriter json, string name, string type, string format, string description, int priority)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("type", type);
        json.WriteString("format", format);
        json.WriteString("description", description);
        json.WriteNumber("priority", priority);
        json.WriteEndObject();
    }

    private void Row(Utf8JsonWriter json, StoredObject one)
    {
        json.WriteStartObject();
        json.WriteStartArray("cells");
        json.WriteStringValue(one.Place.Name);
        foreach (PrinterColumn column in resource.Columns)
        {
            if (column.Shown is { } shown)
            {
                json.WriteStringValue(shown(one.Body));
                continue;
            }
            JsonNode?[] found = [.. JsonPathReader.Read(one.Body, column.Path)];
            if (column.Type == "date")
            {
                json.WriteStringValue(found.Length > 0 ? Age(found[0].Text()) : "<unknown>");
            }
            else if (found is [JsonNode number, ..] && column.Type == "integer")
            {
                json.WriteNumberValue(number.Number() ?? 0);
            }
            else if (column.Type == "integer")
            {
                json.WriteNumberValue(0);
            }
            else
            {
                json.WriteStringValue(found.Length == 0 ? "" : string.Join(",", found.Select(value => value.Shown())));
            }
        }
        json.WriteEndArray();
        json.WriteStartObject("object");
        Head(json, "PartialObjectMetadata", "meta.k8s.io/v1");
        json.WritePropertyName("metadata");
        Json.Write(json, one.Metadata);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private string Age(string? stamp)
    {
        if (!DateTimeOffset.TryParse(stamp, CultureInfo.InvariantCulture, out DateTimeOffset time))
        {
            return "<unknown>";
        }
        TimeSpan age = clock.GetUtcNow() - time;
        return age switch
        {
            { TotalMinutes: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, (int)age.TotalSeconds)}s"),
            { TotalHours: < 3 } => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalMinutes}m"),
            { TotalDays: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalHours}h"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalDays}d"),
        };
    }

    private static void Head(Utf8JsonWriter json, string kind, string apiVersion)
    {
        json.WriteString("kind", kind);
        json.WriteString("apiVersion", apiVersion);
    }
}
