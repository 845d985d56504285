using System.Collections.Immutable;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Sandbox.Objects;

namespace GatewayLsp.Sandbox.Storage;

/// <summary>
/// The resources of one cluster: built-in kinds, Gateway API in the chosen channel, those of multi-cluster services, and what
/// CustomResourceDefinitions add. Immutable.
/// </summary>
internal sealed class ResourceRegistry
{
    private readonly Dictionary<ResourceName, ApiResource> _byName;

    private ResourceRegistry(SchemaCatalog catalog, Channel channel, ImmutableArray<ApiResource> resources)
    {
        Catalog = catalog;
        Channel = channel;
        Resources = resources;
        _byName = resources.ToDictionary(one => one.Name);
    }

    public SchemaCatalog Catalog { get; }

    public Channel Channel { get; }

    /// <summary>By group, then plural.</summary>
    public ImmutableArray<ApiResource> Resources { get; }

    public ApiResource? Find(string group, string plural) => _byName.GetValueOrDefault(new ResourceName(group, plural));

    public ApiResource? Find(ResourceName name) => _byName.GetValueOrDefault(name);

    public ApiResource? OfKind(string group, string kind)
    {
        foreach (ApiResource one in Resources)
        {
            if (one.Group == group && one.Kind == kind)
            {
                return one;
            }
        }
        return null;
    }

    /// <param name="isGke">True for the cluster that also has the kinds of GKE.</param>
    /// <param name="definitions">The CustomResourceDefinitions that are stored.</param>
    public static ResourceRegistry Build(Channel channel, bool isGke, IEnumerable<JsonObject> definitions)
    {
        var defined = new List<(JsonObject Definition, ImmutableArray<CustomKind> Kinds)>();
        foreach (JsonObject definition in definitions)
        {
            defined.Add((definition, CrdReader.Read(ManifestFile.Parse("", Json.Text(definition)).Documents[0].Document.Root)));
        }
        SchemaCatalog catalog = SchemaCatalog.Bundled.With(defined.SelectMany(one => one.Kinds));
        var found = new Dictionary<ResourceName, ApiResource>();
        foreach (IGrouping<(string Group, string Plural), ResourceKind> versions in catalog.Kinds.Where(kind => IsServed(kind, channel, isGke)).GroupBy(kind => (kind.Group, kind.Plural)))
        {
            ApiResource resource = Bundled([.. versions.OrderByDescending(one => one.IsPreferred)], catalog, channel);
            found[resource.Name] = resource;
        }
        foreach (ApiResource open in OpenKinds())
        {
            found[open.Name] = open;
        }
        foreach ((JsonObject definition, ImmutableArray<CustomKind> kinds) in defined)
        {
            if (Custom(definition, kinds) is { } custom && (!found.TryGetValue(custom.Name, out ApiResource? known) || !IsFixed(known)))
            {
                found[custom.Name] = custom;
            }
        }
        return new ResourceRegistry(catalog, channel, [.. found.Values.OrderBy(one => one.Group, StringComparer.Ordinal).ThenBy(one => one.Plural, StringComparer.Ordinal)]);
    }

    /// <summary>The bundle of Gateway API may be applied as it comes; what it defines is there already.</summary>
    private static bool IsFixed(ApiResource known) => known.IsBuiltIn || SchemaCatalog.IsGatewayApiGroup(known.Group);

    private static bool IsServed(ResourceKind kind, Channel channel, bool isGke) => kind.IsServed(channel) && kind.Origin switch
    {
        KindOrigin.Kubernetes => KindFacts.BuiltIn.Contains(kind.Kind),
        KindOrigin.GatewayApi => true,
        KindOrigin.MultiCluster => isGke || kind.Group != ApiGroups.GkeMultiCluster,
        KindOrigin.Gke => isGke,
        _ => false,
    };

    private static ApiResource Bundled(ImmutableArray<ResourceKind> versions, SchemaCatalog catalog, Channel channel)
    {
        ResourceKind first = versions[0];
        return new ApiResource(first.Group, [.. versions.Select(one => one.Version)], first.Kind, first.Plural, first.Scope == ResourceScope.Namespaced)
        {
            ShortNames = KindFacts.ShortNames(first.Kind),
            Categories = SchemaCatalog.IsGatewayApiGroup(first.Group) ? ["gateway-api"] : first.Kind is "Service" or "Deployment" or "ReplicaSet" or "Pod" ? ["all"] : [],
            HasStatus = KindFacts.HasStatus(first.Kind),
            HasScale = KindFacts.HasScale(first.Kind),
            Columns = KindFacts.Columns(first.Kind),
            IsBuiltIn = first.Origin == KindOrigin.Kubernetes,
            Schemas = [.. versions.Select(one => catalog.Find(one.Gvk, channel) ?? SchemaNode.Any)],
            // Definitions are read, not judged: the catalogue's kinds come from schemas, not from these.
            IsValidated = first.Kind != "CustomResourceDefinition",
        };
    }

    private static IEnumerable<ApiResource> OpenKinds()
    {
        SchemaNode head = SchemaCatalog.Bundled.Find(new Gvk("", "v1", "ConfigMap"), Channel.Standard)!;
        var open = new SchemaNode { Types = SchemaTypes.Object, PreserveUnknownFields = true, Properties = [.. head.Properties.Where(one => one.Name is "apiVersion" or "kind" or "metadata")] };
        foreach ((string group, string kind, string plural) in ((string, string, string)[])[("", "Event", "events"), ("coordination.k8s.io", "Lease", "leases")])
        {
            yield return new ApiResource(group, ["v1"], kind, plural, IsNamespaced: true)
            {
                ShortNames = KindFacts.ShortNames(kind), Columns = KindFacts.Columns(kind), IsBuiltIn = true, Schemas = [open], IsValidated = false,
            };
        }
    }

    private static ApiResource? Custom(JsonObject definition, ImmutableArray<CustomKind> kinds)
    {
        ImmutableArray<CustomKind> served = [.. kinds.Where(one => one.Kind.ServedInStandard).OrderByDescending(one => one.Kind.IsPreferred)];
        if (served.IsEmpty)
        {
            return null;
        }
        JsonNode? names = definition.At("spec", "names");
        ResourceKind first = served[0].Kind;
        JsonNode? version = definition.At("spec", "versions").Items().FirstOrDefault(one => one.At("name").Text() == first.Version);
        return new ApiResource(first.Group, [.. served.Select(one => one.Kind.Version)], first.Kind, first.Plural, first.Scope == ResourceScope.Namespaced)
        {
            Singular = names.At("singular").Text() ?? first.Kind.ToLowerInvariant(),
            ShortNames = [.. names.At("shortNames").Items().Select(one => one.Text()).OfType<string>()],
            Categories = [.. names.At("categories").Items().Select(one => one.Text()).OfType<string>()],
            HasStatus = version.At("subresources", "status") is not null,
            HasScale = false,
            Columns =
            [
                .. version.At("additionalPrinterColumns").Items().Select(one => new PrinterColumn(
                    one.At("name").Text() ?? "", one.At("type").Text() ?? "string", one.At("jsonPath").Text() ?? "", (int)(one.At("priority").Number() ?? 0))),
            ],
            Schemas = [.. served.Select(one => one.Schema)],
        };
    }
}
