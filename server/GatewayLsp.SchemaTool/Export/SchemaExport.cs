using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayLsp.SchemaTool.Expansion;
using NJsonSchema;

namespace GatewayLsp.SchemaTool.Export;

/// <summary>
/// JSON Schema files for editors without a language server of ours: <c>CHANNEL/GROUP/KIND_VERSION.json</c> (channel
/// <c>common</c> when both have the same) and one <c>all-CHANNEL.json</c> that picks by <c>apiVersion</c> and <c>kind</c>.
/// </summary>
internal static class SchemaExport
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, IndentSize = 1, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>All files, by path with slashes.</summary>
    public static async Task<SortedDictionary<string, string>> MakeAsync(IReadOnlyCollection<ExpandedKind> kinds)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var standard = new JsonArray();
        var experimental = new JsonArray();
        foreach (var kind in kinds)
        {
            var inExperimental = kind.ServedInExperimental ? kind.Experimental : null;
            if (kind.Standard is not null && inExperimental is not null && JsonNode.DeepEquals(kind.Standard, inExperimental))
            {
                var path = await AddAsync(files, kind, kind.Standard, "common");
                standard.Add(Choice(kind, path));
                experimental.Add(Choice(kind, path));
                continue;
            }

            if (kind.Standard is not null)
            {
                standard.Add(Choice(kind, await AddAsync(files, kind, kind.Standard, "standard")));
            }

            if (inExperimental is not null)
            {
                experimental.Add(Choice(kind, await AddAsync(files, kind, inExperimental, "experimental")));
            }
        }

        files.Add("all-standard.json", All("standard", standard).ToJsonString(Indented) + "\n");
        files.Add("all-experimental.json", All("experimental", experimental).ToJsonString(Indented) + "\n");
        return files;
    }

    /// <summary>The same bytes for the same schemas, whenever they are made.</summary>
    public static byte[] Zip(SortedDictionary<string, string> files)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, text) in files)
            {
                var entry = zip.CreateEntry(path, CompressionLevel.SmallestSize);
                entry.LastWriteTime = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using var content = entry.Open();
                content.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return bytes.ToArray();
    }

    // Through NJsonSchema, so that what we hand out is a schema that another implementation has read.
    private static async Task<string> AddAsync(SortedDictionary<string, string> files, ExpandedKind kind, JsonObject root, string folder)
    {
        var path = $"{folder}/{(kind.Group.Length == 0 ? "core" : kind.Group)}/{kind.Kind.ToLowerInvariant()}_{kind.Version}.json";
        var schema = await JsonSchema.FromJsonAsync(EditorSchema.Of(kind, root).ToJsonString());
        files.Add(path, schema.ToJson() + "\n");
        return path;
    }

    private static JsonObject Choice(ExpandedKind kind, string path) => new()
    {
        ["if"] = new JsonObject
        {
            ["required"] = new JsonArray("apiVersion", "kind"),
            ["properties"] = new JsonObject
            {
                ["apiVersion"] = new JsonObject { ["const"] = kind.ApiVersion },
                ["kind"] = new JsonObject { ["const"] = kind.Kind },
            },
        },
        ["then"] = new JsonObject { ["$ref"] = path },
    };

    private static JsonObject All(string channel, JsonArray choices) => new()
    {
        ["$schema"] = "http://json-schema.org/draft-07/schema#",
        ["title"] = $"Gateway API, {channel} channel, and the Kubernetes kinds around it",
        ["description"] = "Picks the schema by apiVersion and kind. Objects of other kinds are let through.",
        ["type"] = "object",
        ["allOf"] = choices,
    };
}
