using System.Text.Json;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Features;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Resolution;

/// <summary>What implementations support, as the tables in <c>schemas/implementations</c> say.</summary>
public sealed class ImplementationTests
{
    public static TheoryData<string> Ids => [.. ImplementationCatalog.All.Select(one => one.Id)];

    [Theory]
    [InlineData("1.30", 1, 30)]
    [InlineData("v1.30.1", 1, 30)]
    [InlineData("1.36.2-gke.2154000", 1, 36)]
    [InlineData("2.0-rc1", 2, 0)]
    public void Versions_are_read(string text, int major, int minor) => Assert.Equal(new ReleaseVersion(major, minor), ReleaseVersion.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("latest")]
    [InlineData("1")]
    [InlineData("1.")]
    [InlineData("1.x")]
    [InlineData("99999999999.1")]
    public void Other_texts_are_no_versions(string text) => Assert.Null(ReleaseVersion.Parse(text));

    [Theory]
    [InlineData("istio", null, "HTTPRouteCORS", Answer.Yes)]
    [InlineData("istio", null, "ListenerSet", Answer.No)]
    [InlineData("istio", null, "HTTPRouteRetry", Answer.Unknown)]
    [InlineData("istio", "1.30", "ListenerSet", Answer.No)]
    [InlineData("istio", "1.31", "ListenerSet", Answer.Unknown)]
    [InlineData("istio", "1.31", "HTTPRouteCORS", Answer.Yes)]
    [InlineData("istio", "1.24", "HTTPRouteCORS", Answer.Unknown)]
    [InlineData("istio", "1.27", "HTTPRouteMethodMatching", Answer.Yes)]
    [InlineData("gke", null, "HTTPRouteMethodMatching", Answer.No)]
    [InlineData("gke", "1.32", "HTTPRouteMethodMatching", Answer.No)]
    [InlineData("gke", "1.34", "HTTPRouteQueryParamMatching", Answer.No)]
    [InlineData("gke", "1.35", "HTTPRouteQueryParamMatching", Answer.Yes)]
    [InlineData("gke", "1.20", "HTTPRoutePathRewrite", Answer.No)]
    [InlineData("gke", "1.20", "HTTPRouteHostRewrite", Answer.Unknown)]
    [InlineData("cloud-provider-kind", null, "HTTPRouteMethodMatching", Answer.Unknown)]
    [InlineData("aws-load-balancer", "3.5", "HTTPRouteMethodMatching", Answer.Yes)]
    [InlineData("aws-load-balancer", "3.5", "HTTPRouteQueryParamMatching", Answer.No)]
    [InlineData("aws-load-balancer", "3.5", "HTTPRouteSchemeRedirect", Answer.Unknown)]
    public void A_version_supports_what_its_table_says(string id, string? version, string feature, Answer expected) =>
        Assert.Equal(expected, ImplementationCatalog.Named(id)!.Supports(feature, version is null ? null : ReleaseVersion.Parse(version)));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Tables_are_whole_and_sorted(string id)
    {
        Implementation one = ImplementationCatalog.Named(id)!;
        Assert.NotEmpty(one.Title);
        Assert.Equal(one.Versions.Order(), one.Versions);
        Assert.DoesNotContain(default, one.Versions);
        Assert.Equal(one.Classes.Order(StringComparer.Ordinal), one.Classes);
        Assert.All(one.Classes, name => Assert.Same(one, ImplementationCatalog.OfClass(name)));
        Assert.All(one.Controllers.Keys, name => Assert.Same(one, ImplementationCatalog.OfController(name)));
        string[] lines = File.ReadAllText(Path.Combine(SharedFiles.Root, "schemas", "implementations", id + ".txt")).Split("\n\n").Last().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] features = [.. lines.Skip(1).Select(line => line.Split(' ')[0])];
        Assert.Equal(features.Order(StringComparer.Ordinal), features);
        Assert.All(lines.Skip(1), line => Assert.Equal(one.Versions.Length, line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..].Count(cell => cell is "+" or "-" or ".")));
    }

    [Fact]
    public void Every_feature_has_words() =>
        Assert.Empty(ImplementationCatalog.All.SelectMany(one => one.Features).Distinct().Except(FeatureNames.All).Except(
            ["HTTPRouteRetryBackendTimeout", "HTTPRouteRetryConnectionError"]));

    [Fact]
    public void Features_of_fields_are_known_by_name()
    {
        foreach (string kind in (string[])["HTTPRoute", "GRPCRoute", "Gateway", "BackendTLSPolicy"])
        {
            SchemaNode schema = SchemaCatalog.Bundled.Find(new Gvk("gateway.networking.k8s.io", "v1", kind), Channel.Experimental)!;
            Assert.Empty(FeaturesOf(schema, 0).Except(FeatureNames.All));
        }
    }

    [SharedFact("oracle/features")]
    public void Tables_say_what_the_newest_reports_say()
    {
        using JsonDocument table = JsonDocument.Parse(File.ReadAllText(SharedFiles.Get("oracle/features/implementation-features.json")));
        var latest = new Dictionary<string, JsonElement>
        {
            ["istio"] = Latest(table, "istio"), ["gke"] = Latest(table, "gke-gateway"), ["aws-load-balancer"] = Latest(table, "aws-load-balancer-controller"),
            ["envoy-gateway"] = Latest(table, "envoy-gateway"), ["traefik"] = Latest(table, "traefik"), ["nginx-gateway-fabric"] = Latest(table, "nginx-gateway-fabric"),
            ["kgateway"] = Latest(table, "kgateway"), ["contour"] = Latest(table, "contour"), ["linkerd"] = Latest(table, "linkerd"),
        };
        foreach ((string id, JsonElement report) in latest)
        {
            Implementation one = ImplementationCatalog.Named(id)!;
            string[] supported = Names(report, "supported");
            string[] unsupported = Names(report, "unsupported");
            Assert.All(one.Features.Intersect(supported), feature => Assert.NotEqual(Answer.No, one.Supports(feature, null)));
            // Its report leaves out redirects to https, its documentation and its source have them.
            string[] disputed = id == "aws-load-balancer" ? ["HTTPRouteSchemeRedirect"] : [];
            Assert.All(one.Features.Intersect(unsupported).Except(supported).Except(disputed), feature => Assert.Equal(Answer.No, one.Supports(feature, null)));
        }
    }

    [SharedFact("oracle/conformance")]
    public void Nothing_is_said_of_manifests_without_a_known_class()
    {
        string[] codes = ["unsupported-feature", "unsupported-kind", "ignored-field", "shared-gateway-name"];
        var host = new AnalysisHost();
        string[] paths = [.. Directory.EnumerateFiles(SharedFiles.Get("oracle/conformance/manifests"), "*.yaml", SearchOption.AllDirectories)];
        foreach (string path in paths)
        {
            host.Apply(new WorkspaceChange.OnDisk(path, File.ReadAllText(path)));
        }
        var analysis = new Analysis(host.Current);
        Assert.NotEmpty(paths);
        Assert.DoesNotContain(paths.SelectMany(path => analysis.Diagnose(path)), found => codes.Contains(found.Diagnostic.Code));
    }

    private static JsonElement Latest(JsonDocument table, string name) => table.RootElement.GetProperty("implementations").GetProperty(name).GetProperty("latest");

    private static string[] Names(JsonElement report, string list) => [.. report.GetProperty(list).EnumerateArray().Select(one => one.GetString()!)];

    private static IEnumerable<string> FeaturesOf(SchemaNode schema, int depth)
    {
        IEnumerable<string> own = schema.Feature is { } feature ? [feature] : [];
        return depth > 12 ? own : own
            .Concat(schema.Properties.SelectMany(property => FeaturesOf(property.Schema, depth + 1)))
            .Concat(schema.Items is { } items ? FeaturesOf(items, depth + 1) : []);
    }
}
