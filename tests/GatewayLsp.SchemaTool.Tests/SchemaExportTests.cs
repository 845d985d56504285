using System.IO.Compression;
using System.Text.Json.Nodes;
using GatewayLsp.SchemaTool.Export;
using GatewayLsp.SchemaTool.Sources;
using GatewayLsp.Testing;
using NJsonSchema;

namespace GatewayLsp.SchemaTool.Tests;

/// <summary>The exported JSON Schema as another implementation reads it.</summary>
public sealed class SchemaExportTests
{
    private const string Verdicts = "oracle/verdicts";

    private static readonly string[] StructuralReasons =
        ["UnknownField", "FieldValueTypeInvalid", "FieldValueRequired", "FieldValueNotSupported", "FieldValueTooMany", "FieldValueTooLong"];

    private static readonly Lazy<Task<SortedDictionary<string, string>>> Files = new(() => SchemaExport.MakeAsync(SchemaSet.Kinds));

    [Fact]
    public async Task Every_served_version_of_both_channels_has_its_file()
    {
        var files = await Files.Value;
        Assert.Contains("standard/gateway.networking.k8s.io/httproute_v1.json", files.Keys);
        Assert.Contains("experimental/gateway.networking.x-k8s.io/xmesh_v1alpha1.json", files.Keys);
        Assert.Contains("common/core/service_v1.json", files.Keys);
        foreach (var (channel, count) in new[] { ("standard", SchemaSet.Kinds.Count(kind => kind.Standard is not null)), ("experimental", SchemaSet.Kinds.Count(kind => kind.ServedInExperimental)) })
        {
            var choices = (JsonArray)JsonNode.Parse(files[$"all-{channel}.json"])!["allOf"]!;
            Assert.Equal(count, choices.Count);
            Assert.All(choices, choice => Assert.Contains((string)choice!["then"]!["$ref"]!, files.Keys));
        }
    }

    [Fact]
    public async Task Files_keep_descriptions_defaults_and_keywords_of_Kubernetes_and_refuse_unknown_fields()
    {
        var route = JsonNode.Parse((await Files.Value)["standard/gateway.networking.k8s.io/httproute_v1.json"])!;
        Assert.False((bool)route["properties"]!["spec"]!["additionalProperties"]!);
        var match = route["properties"]!["spec"]!["properties"]!["rules"]!["items"]!["properties"]!["matches"]!["items"]!["properties"]!;
        Assert.Equal("PathPrefix", (string)match["path"]!["properties"]!["type"]!["default"]!);
        Assert.Equal("map", (string)match["headers"]!["x-kubernetes-list-type"]!);
        Assert.True(((string)match["headers"]!["description"]!).Length > 15);
        var port = JsonNode.Parse((await Files.Value)["common/core/service_v1.json"])!["properties"]!["spec"]!["properties"]!["ports"]!["items"]!["properties"]!["targetPort"]!;
        Assert.Equal(["integer", "null", "string"], ((JsonArray)port["type"]!).Select(type => (string)type!).Order());
    }

    [Theory]
    [InlineData("""{"apiVersion":"v1","kind":"Service","metadata":{"name":"a","creationTimestamp":null},"spec":{"ports":[{"port":80,"targetPort":"http"}],"selector":null}}""", "")]
    [InlineData("""{"apiVersion":"v1","kind":"Service","metadata":{"name":"a"},"spec":{"ports":[{"prot":80}]}}""", "NoAdditionalPropertiesAllowed PropertyRequired")]
    [InlineData("""{"apiVersion":"v1","kind":"Service","metadata":{"name":"a"},"spec":{"type":"Public"}}""", "NotInEnumeration")]
    [InlineData("""{"apiVersion":"apps/v1","kind":"Service","spec":{}}""", "NotInEnumeration")]
    public async Task A_Service_is_judged_as_the_API_server_does(string json, string expected)
    {
        var schema = await JsonSchema.FromJsonAsync((await Files.Value)["common/core/service_v1.json"]);
        Assert.Equal(expected, string.Join(' ', schema.Validate(json).SelectMany(Leaves).Select(error => error.Kind.ToString()).Order(StringComparer.Ordinal)));
    }

    [SharedFact(Verdicts)]
    public async Task Verdicts_of_the_API_server_and_of_the_standard_channel_agree() => await Compare("standard", "mutations-standard", "upstream-examples", "upstream-conformance");

    [SharedFact(Verdicts)]
    public async Task Verdicts_of_the_API_server_and_of_the_experimental_channel_agree() => await Compare("experimental", "mutations-experimental");

    [Fact]
    public async Task The_archive_is_the_same_every_time_and_holds_every_file()
    {
        var files = await Files.Value;
        var bytes = SchemaExport.Zip(files);
        Assert.Equal(bytes, SchemaExport.Zip(files));
        using var zip = new ZipArchive(new MemoryStream(bytes));
        Assert.Equal(files.Keys, zip.Entries.Select(entry => entry.FullName));
    }

    private static async Task Compare(string channel, params string[] sets)
    {
        var files = await Files.Value;
        var schemas = new Dictionary<string, JsonSchema?>(StringComparer.Ordinal);
        var disagreements = new List<string>();
        var compared = 0;
        foreach (var line in sets.SelectMany(set => File.ReadLines(SharedFiles.Get($"{Verdicts}/{set}.jsonl"))))
        {
            var verdict = JsonNode.Parse(line)!;
            if ((string)verdict["channel"]! != channel || Read((string)verdict["manifest"]!) is not { } manifest)
            {
                continue;
            }

            var name = $"{(string?)manifest["apiVersion"]} {(string?)manifest["kind"]}";
            if (!schemas.TryGetValue(name, out var schema))
            {
                var choice = ((JsonArray)JsonNode.Parse(files[$"all-{channel}.json"])!["allOf"]!).FirstOrDefault(one =>
                    $"{(string)one!["if"]!["properties"]!["apiVersion"]!["const"]!} {(string)one["if"]!["properties"]!["kind"]!["const"]!}" == name);
                schemas[name] = schema = choice is null ? null : await JsonSchema.FromJsonAsync(files[(string)choice["then"]!["$ref"]!]);
            }

            if (schema is null)
            {
                continue;
            }

            var errors = schema.Validate(manifest.ToJsonString());
            var structural = ((JsonArray)verdict["causes"]!).Any(cause => StructuralReasons.Contains((string)cause!["reason"]!) && !((string)cause["field"]!).StartsWith("metadata", StringComparison.Ordinal));
            if ((bool)verdict["accepted"]! ? errors.Count > 0 : structural && errors.Count == 0)
            {
                disagreements.Add($"{verdict["id"]}: {verdict["causes"]!.ToJsonString()} / {string.Join(", ", errors.SelectMany(Leaves))}");
            }

            compared++;
        }

        Assert.True(disagreements.Count == 0, $"{disagreements.Count} of {compared}:\n{string.Join('\n', disagreements.Take(25))}");
        Assert.True(compared > 1000);
    }

    private static JsonObject? Read(string text)
    {
        var documents = YamlJson.ReadAll("manifest", new StringReader(text));
        var manifest = documents.Count == 1 ? documents[0] as JsonObject : null;
        DropNulls(manifest);
        return manifest;
    }

    /// <summary>As the API server does, before it looks at types.</summary>
    private static void DropNulls(JsonNode? node)
    {
        if (node is JsonObject map)
        {
            foreach (var name in map.Where(pair => pair.Value is null).Select(pair => pair.Key).ToList())
            {
                map.Remove(name);
            }
        }

        foreach (var child in node is JsonObject fields ? fields.Select(pair => pair.Value) : node as JsonArray ?? [])
        {
            DropNulls(child);
        }
    }

    private static IEnumerable<NJsonSchema.Validation.ValidationError> Leaves(NJsonSchema.Validation.ValidationError error) =>
        error switch
        {
            NJsonSchema.Validation.ChildSchemaValidationError parent => parent.Errors.Values.SelectMany(errors => errors).SelectMany(Leaves),
            NJsonSchema.Validation.MultiTypeValidationError parent => parent.Errors.Where(pair => pair.Key != JsonObjectType.Null).SelectMany(pair => pair.Value).SelectMany(Leaves),
            _ => [error],
        };
}
