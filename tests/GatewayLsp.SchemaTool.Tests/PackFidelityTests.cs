using System.Text.Json.Nodes;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.SchemaTool.Expansion;

namespace GatewayLsp.SchemaTool.Tests;

/// <summary>What the engine decodes says the same as the sources, documentation included.</summary>
public sealed class PackFidelityTests
{
    [Fact]
    public void Every_kind_of_every_channel_survives_packing()
    {
        foreach (var kind in SchemaSet.Kinds)
        {
            var gvk = new Gvk(kind.Group, kind.Version, kind.Kind);
            Same(kind.Standard, SchemaCatalog.Bundled.Find(gvk, Channel.Standard), $"{gvk} standard");
            Same(kind.ServedInExperimental ? kind.Experimental : null, SchemaCatalog.Bundled.Find(gvk, Channel.Experimental), $"{gvk} experimental");
            Same(kind.Experimental, SchemaCatalog.Bundled.FindAny(gvk), $"{gvk} any");
        }
    }

    [Fact]
    public void Every_kind_has_its_head()
    {
        Assert.Equal(SchemaSet.Kinds.Count, SchemaCatalog.Bundled.Kinds.Length);
        foreach (var kind in SchemaSet.Kinds)
        {
            var ours = SchemaCatalog.Bundled.Kind(new Gvk(kind.Group, kind.Version, kind.Kind))!;
            Assert.Equal(
                (kind.Plural, kind.IsCluster, kind.Description?.Trim(), kind.Link, kind.Since, kind.Deprecated, kind.IsPreferred),
                (ours.Plural, ours.Scope == ResourceScope.Cluster, ours.Description, ours.Link, ours.Since, ours.Deprecation, ours.IsPreferred));
            var area = kind.Area switch { "core" => "kubernetes", "legacy" => "gatewayapi", _ => kind.Area.Replace("-", "", StringComparison.Ordinal) };
            Assert.Equal(area, ours.Origin.ToString(), ignoreCase: true);
        }
    }

    [Fact]
    public void Names_of_the_format_are_the_enums_of_the_engine()
    {
        Assert.Equal(Enum.GetNames<CompletionSource>().Skip(1), FormatNames.CompletionSources.Skip(1), SameName);
        Assert.Equal(Enum.GetNames<SupportLevel>().Skip(1), FormatNames.SupportLevels.Skip(1), SameName);
        Assert.Equal(Enum.GetNames<SchemaListType>().Skip(1), FormatNames.ListTypes.Skip(1), SameName);
        Assert.Equal(Enum.GetNames<SchemaMapType>().Skip(1), FormatNames.MapTypes.Skip(1), SameName);
        Assert.Equal(Enum.GetNames<SchemaTypes>().Skip(1), FormatNames.Types, SameName);
    }

    private static bool SameName(string left, string right) => string.Equals(left, right.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);

    private static void Same(JsonObject? source, SchemaNode? node, string place)
    {
        if (source is null || node is null)
        {
            Assert.True(source is null && node is null, place);
            return;
        }

        var decoded = NodeJson.Write(node);
        var expected = NodeJson.Tidy(source);
        if (!JsonNode.DeepEquals(expected, decoded))
        {
            Assert.Equal(expected.ToJsonString(), decoded.ToJsonString());
        }
    }
}
