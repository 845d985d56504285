using System.Text.Json.Nodes;
using GatewayLsp.SchemaTool.Core;
using GatewayLsp.SchemaTool.Expansion;
using GatewayLsp.SchemaTool.Sources;

namespace GatewayLsp.SchemaTool.Tests;

/// <summary>What the keywords of our sources mean.</summary>
public sealed class ExpansionTests
{
    [Fact]
    public void Keywords_beside_a_reference_win_and_properties_are_added()
    {
        var types = new TypeLibrary();
        types.Add("common.yaml", "area", Map("""{"types":{"Port":{"type":"integer","minimum":1,"description":"A port."},"Ref":{"type":"object","properties":{"a":{"$ref":"common.yaml#/Port"},"b":{"type":"string"}}}}}"""));
        var expanded = new RefExpander(types).Expand("x", "area", Map("""{"$ref":"common.yaml#/Ref","description":"Other.","properties":{"c":{"$ref":"common.yaml#/Port","minimum":0}}}"""));
        Assert.Equal(
            """{"type":"object","properties":{"a":{"type":"integer","minimum":1,"description":"A port."},"b":{"type":"string"},"c":{"type":"integer","minimum":0,"description":"A port."}},"description":"Other."}""",
            expanded.ToJsonString());
    }

    [Fact]
    public void A_type_that_contains_itself_is_refused()
    {
        var types = new TypeLibrary();
        types.Add("common.yaml", "area", Map("""{"types":{"A":{"properties":{"a":{"$ref":"common.yaml#/A"}}}}}"""));
        Assert.Throws<SchemaSourceException>(() => new RefExpander(types).Expand("x", "area", Map("""{"$ref":"common.yaml#/A"}""")));
        Assert.Throws<SchemaSourceException>(() => new RefExpander(types).Expand("x", "area", Map("""{"$ref":"common.yaml#/B"}""")));
    }

    [Fact]
    public void The_standard_channel_lacks_experimental_fields_values_and_keywords()
    {
        var schema = Map("""
            {"required":["a","b"],"properties":{
              "a":{"x-gateway-channel":"experimental"},
              "b":{"enum":["X","Y"],"x-gateway-values":[{"value":"X"},{"value":"Y","channel":"experimental"}],"x-gateway-experimental":{"pattern":"p"}}}}
            """);
        Assert.Equal("""{"required":["b"],"properties":{"b":{"enum":["X"],"x-gateway-values":[{"value":"X"}]}}}""", ChannelView.Of(schema, experimental: false).ToJsonString());
        var experimental = ChannelView.Of(schema, experimental: true);
        Assert.Equal("p", (string)experimental["properties"]!["b"]!["pattern"]!);
        Assert.Equal(2, ((JsonArray)experimental["properties"]!["b"]!["enum"]!).Count);
        Assert.NotNull(experimental["properties"]!["a"]);
    }

    [Fact]
    public void A_version_overrides_and_takes_away_by_path()
    {
        var schema = Map("""{"properties":{"spec":{"required":["rules"],"properties":{"rules":{"maxItems":8,"items":{"properties":{"name":{},"x":{}}}}}}}}""");
        VersionOverrides.Apply("x", schema, Map("""{"spec":{"required":null},"spec.rules":{"maxItems":16},"spec.rules[]":{"properties":{"x":null,"y":{"type":"string"}}}}"""));
        Assert.Equal("""{"properties":{"spec":{"properties":{"rules":{"maxItems":16,"items":{"properties":{"name":{},"y":{"type":"string"}}}}}}}}""", schema.ToJsonString());
        Assert.Throws<SchemaSourceException>(() => VersionOverrides.Apply("x", schema, Map("""{"spec.rule":{}}""")));
    }

    [Theory]
    [InlineData("""{"descripton":"x"}""")]
    [InlineData("""{"properties":{"a":{"typ":"string"}}}""")]
    [InlineData("""{"properties":{"a":{}},"required":["b"]}""")]
    [InlineData("""{"x-gateway-values":["a"]}""")]
    [InlineData("""{"items":{"x-gateway-channel":"alpha"}}""")]
    public void A_misspelled_source_is_refused(string schema) => Assert.Throws<SchemaSourceException>(() => Keywords.Check("x", Map(schema)));

    [Theory]
    [InlineData("Port to use.", "Port to use.")]
    [InlineData("First, e.g. this. Second.\n\nThird paragraph.", "First, e.g. this. Second.")]
    [InlineData("Ports it opens. More info: https://kubernetes.io/docs/a.", "Ports it opens.")]
    [InlineData("Only these. Possible enum values:\n - `a` is one", "Only these.")]
    [InlineData("  ", null)]
    public void Documentation_is_cut_to_what_a_hover_wants(string text, string? expected) => Assert.Equal(expected, DocText.Shorten(text));

    [Fact]
    public void Long_documentation_keeps_whole_sentences()
    {
        var shortened = DocText.Shorten(string.Concat(Enumerable.Repeat("This sentence has some forty characters. ", 30)))!;
        Assert.EndsWith("characters.", shortened, StringComparison.Ordinal);
        Assert.InRange(shortened.Length, 100, 290);
    }

    [Fact]
    public void The_page_that_a_text_sends_to_becomes_a_link()
    {
        Assert.Equal("https://kubernetes.io/docs/a", DocText.Link("Ports. More info: https://kubernetes.io/docs/a."));
        Assert.Null(DocText.Link("Ports. More info: https://git.k8s.io/community/x.md#metadata"));
    }

    private static JsonObject Map(string json) => (JsonObject)JsonNode.Parse(json)!;
}
