using System.Diagnostics;
using System.Text;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Tests.Schemas;

public sealed class CrdReaderTests
{
    private const string Widgets = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata:
          name: widgets.example.com
        spec:
          group: example.com
          names: {kind: Widget, plural: widgets}
          scope: Cluster
          versions:
          - name: v1beta1
            served: true
            deprecated: true
            deprecationWarning: use v1
            schema:
              openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}
          - name: v1
            served: true
            storage: true
            schema:
              openAPIV3Schema:
                type: object
                description: A widget.
                required: [spec]
                properties:
                  apiVersion: {type: string}
                  metadata: {type: object}
                  spec:
                    type: object
                    required: [size]
                    properties:
                      size: {type: integer, minimum: 1, maximum: 9, default: 3, description: How big.}
                      color: {type: string, enum: [red, green], nullable: true}
                      weight: {x-kubernetes-int-or-string: true}
                      labels: {type: object, additionalProperties: {type: string, maxLength: 5}}
                      parts:
                        type: array
                        x-kubernetes-list-type: map
                        x-kubernetes-list-map-keys: [name]
                        items: {type: object, properties: {name: {type: string}}}
                      inner: {type: object, x-kubernetes-embedded-resource: true, x-kubernetes-preserve-unknown-fields: true}
          - name: v1alpha1
            served: false
        """;

    private static readonly Gvk Widget = new("example.com", "v1", "Widget");

    [Fact]
    public void A_definition_makes_its_kind_known()
    {
        var catalog = SchemaCatalog.Bundled.With(Read(Widgets));
        var kind = catalog.Kind(Widget)!;
        Assert.Equal((KindOrigin.Custom, ResourceScope.Cluster, "widgets", true, "A widget."), (kind.Origin, kind.Scope, kind.Plural, kind.IsPreferred, kind.Description));
        Assert.True(catalog.KnownGroup("example.com"));
        Assert.False(SchemaCatalog.Bundled.KnownGroup("example.com"));
        Assert.Equal(["v1", "v1alpha1", "v1beta1"], catalog.KindsNamed("Widget").Select(one => one.Version));
        Assert.Equal("use v1", catalog.Kind(Widget with { Version = "v1beta1" })!.Deprecation);

        var root = catalog.Find(Widget, Channel.Standard)!;
        Assert.Equal(["apiVersion", "kind", "metadata", "spec"], root.Properties.Select(property => property.Name));
        Assert.Equal<string>(["apiVersion", "kind", "spec"], root.Required);
        Assert.Equal("example.com/v1", root.Child("apiVersion")!.Values.Single().Value.Text);
        Assert.NotNull(root.Child("metadata")!.Find("labels"));
        var spec = root.Child("spec")!;
        var size = spec.Find("size")!;
        Assert.True(size.IsRequired);
        Assert.Equal((SchemaTypes.Integer, 1m, 9m, "3", "How big."), (size.Schema.Types, size.Schema.Minimum, size.Schema.Maximum, size.Schema.Default!.ToString(), size.Schema.Description));
        Assert.Equal(["red", "green"], spec.Child("color")!.Enum.Select(value => value.Text));
        Assert.True(spec.Child("color")!.Nullable);
        Assert.True(spec.Child("weight")!.IntOrString);
        Assert.Equal(5, spec.Child("labels")!.Child("any")!.MaxLength);
        Assert.Equal<string>(["name"], spec.Child("parts")!.ListMapKeys);
        Assert.NotNull(spec.Child("inner")!.Find("metadata"));
    }

    [Fact]
    public void A_version_that_is_not_served_is_known_as_such()
    {
        var catalog = SchemaCatalog.Bundled.With(Read(Widgets));
        var gone = Widget with { Version = "v1alpha1" };
        Assert.Null(catalog.Find(gone, Channel.Standard));
        var verdict = catalog.Explain(gone, Channel.Standard);
        Assert.Equal(KindAvailability.NoLongerServed, verdict.Availability);
        Assert.Equal("v1", verdict.Use!.Version);
    }

    [Fact]
    public void Definitions_replace_kinds_of_others_but_not_those_of_Gateway_API_or_Kubernetes()
    {
        var catalog = SchemaCatalog.Bundled.With(
        [
            .. Read(Definition("gateway.networking.k8s.io", "HTTPRoute", "v1")),
            .. Read(Definition("", "Service", "v1")),
            .. Read(Definition("networking.gke.io", "HealthCheckPolicy", "v1")),
            .. Read(Definition("multicluster.x-k8s.io", "ServiceImport", "v1alpha1")),
            .. Read(Definition("gateway.networking.k8s.io", "HTTPRoute", "v9")),
        ]);
        Assert.Equal(KindOrigin.GatewayApi, catalog.Kind(new("gateway.networking.k8s.io", "v1", "HTTPRoute"))!.Origin);
        Assert.Equal(KindOrigin.Custom, catalog.Kind(new("gateway.networking.k8s.io", "v9", "HTTPRoute"))!.Origin);
        Assert.Equal(KindOrigin.Kubernetes, catalog.Kind(new("", "v1", "Service"))!.Origin);
        // The kinds of GKE come with the cluster: a copy in a repository may be of any age.
        Assert.Equal(KindOrigin.Gke, catalog.Kind(new("networking.gke.io", "v1", "HealthCheckPolicy"))!.Origin);
        Assert.Equal(KindOrigin.Custom, catalog.Kind(new("multicluster.x-k8s.io", "v1alpha1", "ServiceImport"))!.Origin);
        Assert.Equal(KindOrigin.MultiCluster, catalog.With([]).Kind(new("multicluster.x-k8s.io", "v1alpha1", "ServiceImport"))!.Origin);
        Assert.Single(catalog.KindsNamed("HealthCheckPolicy"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("kind: CustomResourceDefinition")]
    [InlineData("apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec: []")]
    [InlineData("apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec: {group: a.b, names: {kind: X}}")]
    [InlineData("apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec: {group: '{{ .Values.group }}', names: {kind: }, versions: [{name: v1}]}")]
    [InlineData("apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec: {group: a.b, names: {kind: X}, versions: [1, [], {}]}")]
    [InlineData("apiVersion: v1\nkind: Service")]
    public void What_is_no_whole_definition_defines_nothing(string text) => Assert.Empty(Read(text));

    [Fact]
    public void Malformed_schemas_allow_anything_instead_of_failing()
    {
        var kinds = Read("""
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            spec:
              group: a.b
              names: {kind: X}
              versions:
              - name: v1
                schema:
                  openAPIV3Schema:
                    type: [object]
                    required: {a: b}
                    properties:
                      spec: 7
                      other: {enum: 5, minimum: lots, maxLength: -3, items: [1], default: '{{ .Values.x }}', oneOf: {}}
            """);
        var root = kinds.Single().Schema;
        Assert.True(root.Child("spec")!.PreserveUnknownFields);
        Assert.Equal((null, null, SchemaTypes.Any), (root.Child("other")!.Minimum, root.Child("other")!.MaxLength, root.Child("other")!.Types));
    }

    [Fact]
    public void An_alias_bomb_stays_small_and_then_allows_anything()
    {
        var text = new StringBuilder("""
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            x0: &x0 {type: string}

            """);
        for (var i = 1; i < 30; i++)
        {
            text.Append("x").Append(i).Append(": &x").Append(i).Append(" {type: object, properties: {")
                .AppendJoin(", ", Enumerable.Range(0, 10).Select(n => $"p{n}: *x{i - 1}")).Append("}}\n");
        }

        text.Append("spec: {group: a.b, names: {kind: X}, versions: [{name: v1, schema: {openAPIV3Schema: *x29}}]}\n");
        var clock = Stopwatch.StartNew();
        var root = Read(text.ToString()).Single().Schema;
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), clock.Elapsed.ToString());
        Assert.True(root.PreserveUnknownFields);
    }

    [Fact]
    public void Deep_nesting_is_cut_off()
    {
        var schema = string.Concat(Enumerable.Repeat("{type: array, items: ", 500)) + "{type: string}" + new string('}', 500);
        var kinds = Read($"apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec: {{group: a.b, names: {{kind: X}}, versions: [{{name: v1, schema: {{openAPIV3Schema: {{type: object, properties: {{spec: {schema}}}}}}}}}]}}");
        var depth = 0;
        for (var node = kinds.SingleOrDefault()?.Schema.Child("spec"); node is not null; node = node.Items)
        {
            depth++;
        }

        Assert.InRange(depth, 0, 70);
    }

    private static string Definition(string group, string kind, string version) =>
        $"apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec: {{group: '{group}', names: {{kind: {kind}, plural: x}}, versions: [{{name: {version}, served: true}}]}}";

    private static IEnumerable<CustomKind> Read(string text) => CrdReader.Read(new ManifestDocument(text).Root);
}
