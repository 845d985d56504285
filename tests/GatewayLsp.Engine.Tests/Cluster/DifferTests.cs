using System.Text.Json.Nodes;
using GatewayLsp.Engine.Cluster.Diffing;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Tests.Cluster;

public class DifferTests
{
    private static readonly SchemaNode Gateway = SchemaCatalog.Bundled.FindAny(new Gvk("gateway.networking.k8s.io", "v1", "Gateway"))!;
    private static readonly SchemaNode Route = SchemaCatalog.Bundled.FindAny(new Gvk("gateway.networking.k8s.io", "v1", "HTTPRoute"))!;
    private static readonly ObjectKey Key = new("gateway.networking.k8s.io", "HTTPRoute", "default", "a");

    private static ObjectDiff Diff(string? live, string? planned, SchemaNode? schema = null, string? written = null) =>
        ObjectDiffer.Compare(Key, Tree(live), Tree(planned), schema, Tree(written));

    private static JsonObject? Tree(string? json) => json is null ? null : (JsonObject)JsonNode.Parse(json)!;

    private static string[] Fields(ObjectDiff diff) => [.. diff.Fields.Select(field => $"{field.Path}: {field.Before ?? "-"} -> {field.After ?? "-"}")];

    [Theory]
    [InlineData("""{"spec":{"a":1}}""", """{"spec":{"a":2}}""", "spec.a: 1 -> 2")]
    [InlineData("""{"spec":{"a":1}}""", """{"spec":{"a":1.0}}""", "")]
    [InlineData("""{"spec":{"a":1}}""", """{"spec":{}}""", "spec.a: 1 -> -")]
    [InlineData("""{"spec":{}}""", """{"spec":{"a":{"b":[1]}}}""", """spec.a: - -> {"b":[1]}""")]
    [InlineData("""{"metadata":{"annotations":{"a.b/c":"1"}}}""", """{"metadata":{"annotations":{"a.b/c":"2"}}}""", """metadata.annotations[a.b/c]: "1" -> "2" """)]
    [InlineData("""{"spec":{"l":["a","b"]}}""", """{"spec":{"l":["a","c","d"]}}""", """spec.l[1]: "b" -> "c"|spec.l[2]: - -> "d" """)]
    public void Names_each_field(string live, string planned, string expected) =>
        Assert.Equal(expected.Trim().Split('|', StringSplitOptions.RemoveEmptyEntries), Fields(Diff(live, planned)));

    [Fact]
    public void Hides_what_the_server_keeps() => Assert.Equal(DiffKind.Unchanged, Diff(
        """{"metadata":{"name":"a","uid":"1","resourceVersion":"5","generation":3,"creationTimestamp":"x","managedFields":[{}],"annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{}"}},"status":{"x":1}}""",
        """{"metadata":{"name":"a"}}""").Kind);

    [Fact]
    public void Pairs_items_by_key_and_keeps_the_order_of_the_file()
    {
        ObjectDiff diff = Diff(
            """{"spec":{"listeners":[{"name":"b","port":81,"protocol":"HTTP"},{"name":"a","port":80,"protocol":"HTTP"}]}}""",
            """{"spec":{"listeners":[{"name":"a","port":8080,"protocol":"HTTP"},{"name":"b","port":81,"protocol":"HTTP"}]}}""", Gateway);
        Assert.Equal(["""spec.listeners[name="a"].port: 80 -> 8080"""], Fields(diff));
        Assert.Equal(["@spec.listeners[0].port", "   listeners:", "   - name: a", "-    port: 80", "+    port: 8080", "     protocol: HTTP", "   - name: b"],
            diff.Unified().Select(line => line.Mark + line.Text));
    }

    [Fact]
    public void Hides_defaults_that_nobody_wrote_and_shows_a_change_to_one()
    {
        const string Live = """{"spec":{"rules":[{"backendRefs":[{"group":"","kind":"Service","name":"a","port":80,"weight":1}]}]}}""";
        Assert.DoesNotContain("weight", Diff(Live, null, Route).BeforeText, StringComparison.Ordinal);
        ObjectDiff diff = Diff(Live.Replace("\"weight\":1", "\"weight\":5", StringComparison.Ordinal), Live, Route, """{"spec":{"rules":[{"backendRefs":[{"name":"a","port":80,"weight":1}]}]}}""");
        Assert.Equal(["spec.rules[0].backendRefs[0].weight: 5 -> 1"], Fields(diff));
        Assert.DoesNotContain("group", diff.AfterText, StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_show_keys_only()
    {
        ObjectDiff diff = Diff(
            """{"apiVersion":"v1","kind":"Secret","data":{"a":"cGxhbnRlZDE=","b":"cGxhbnRlZDI=","gone":"cGxhbnRlZDM="}}""",
            """{"apiVersion":"v1","kind":"Secret","data":{"a":"cGxhbnRlZDE="},"stringData":{"b":"planted-long-value","new":"planted5"}}""");
        Assert.Equal(["data.b", "data.new", "data.gone"], diff.Fields.Select(field => field.Path));
        string all = diff.BeforeText + diff.AfterText + string.Concat(diff.Fields);
        Assert.DoesNotContain("planted", all, StringComparison.Ordinal);
        Assert.DoesNotContain("cGxh", all, StringComparison.Ordinal);
    }

    [Fact]
    public void A_Secret_with_the_same_values_is_no_change() => Assert.Equal(DiffKind.Unchanged, Diff(
        """{"apiVersion":"v1","kind":"Secret","data":{"a":"cGxhbnRlZA=="}}""", """{"apiVersion":"v1","kind":"Secret","stringData":{"a":"planted"}}""").Kind);

    [Theory]
    [InlineData("""{"a":"yes"}""", "a: \"yes\"\n")]
    [InlineData("""{"a":"1.2.3"}""", "a: \"1.2.3\"\n")]
    [InlineData("""{"a":"x: y # z"}""", "a: \"x: y # z\"\n")]
    [InlineData("""{"a":"gateway.networking.k8s.io/v1"}""", "a: gateway.networking.k8s.io/v1\n")]
    [InlineData("""{"a":""}""", "a: \"\"\n")]
    [InlineData("""{"a":[],"b":{},"c":null}""", "a: []\nb: {}\nc: null\n")]
    [InlineData("""{"a":[{"b":1,"c":[2]},3]}""", "a:\n- b: 1\n  c:\n  - 2\n- 3\n")]
    [InlineData("""{"a":"x\ny\n"}""", "a: |\n  x\n  y\n")]
    [InlineData("""{"a":"x\u001b[31m"}""", "a: \"x\\u001B[31m\"\n")]
    public void Writes_YAML(string json, string expected)
    {
        string text = YamlLines.Text(JsonNode.Parse(json));
        Assert.Equal(expected, text);
        var file = GatewayLsp.Engine.Syntax.ManifestFile.Parse("a.yaml", "apiVersion: v1\nkind: X\n" + text);
        JsonObject back = GatewayLsp.Engine.Cluster.Planning.ManifestJson.Of(GatewayLsp.Engine.Model.ManifestObject.Of(file.Documents[0].Document)[0])!;
        back.Remove("apiVersion");
        back.Remove("kind");
        Assert.True(JsonTrees.Same(JsonNode.Parse(json), back));
    }
}
