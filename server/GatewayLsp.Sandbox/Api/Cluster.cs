using System.Text.Json.Nodes;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Sandbox.Objects;
using GatewayLsp.Sandbox.Storage;

namespace GatewayLsp.Sandbox.Api;

/// <summary>Whose cluster it looks like.</summary>
internal enum Flavor { Eks, Gke }

/// <summary>One of the two clusters: its objects, resources and users.</summary>
internal sealed class Cluster
{
    private static readonly ResourceName Definitions = new("apiextensions.k8s.io", "customresourcedefinitions");

    /// <summary>Of all clusters that there are.</summary>
    public static readonly string[] Names = ["sandbox-eks", "sandbox-gke"];

    private volatile ResourceRegistry _registry;

    public Cluster(Flavor flavor, Channel channel, TimeProvider clock)
    {
        Flavor = flavor;
        Channel = channel;
        Store = new ObjectStore(clock);
        _registry = ResourceRegistry.Build(channel, flavor == Flavor.Gke, []);
    }

    public Flavor Flavor { get; }

    public Channel Channel { get; }

    public string Name => Flavor == Flavor.Eks ? Names[0] : Names[1];

    /// <summary>What <c>/version</c> says.</summary>
    public string GitVersion => Flavor == Flavor.Eks ? "v1.36.4-eks-0000000" : "v1.36.4-gke.1000000";

    /// <summary>Where cluster addresses of Services are from.</summary>
    public string ServicePrefix => Flavor == Flavor.Eks ? "10.100" : "34.118";

    public ObjectStore Store { get; }

    public ResourceRegistry Registry => _registry;

    /// <summary>By bearer token.</summary>
    public Dictionary<string, ClusterUser> Users { get; } = new(StringComparer.Ordinal);

    /// <summary>Puts back what a snapshot holds. Answers the objects of kinds that are not served here.</summary>
    /// <param name="objects">The cluster's own from now on.</param>
    /// <param name="version">The last version that the snapshot knows.</param>
    public IReadOnlyList<JsonObject> Restore(IReadOnlyList<JsonObject> objects, long version)
    {
        var unknown = new List<JsonObject>();
        lock (Store.Gate)
        {
            foreach (bool isDefinition in (bool[])[true, false])
            {
                foreach (JsonObject one in objects.Where(one => one["kind"].Text() == "CustomResourceDefinition" == isDefinition))
                {
                    string apiVersion = one["apiVersion"].Text() ?? "";
                    string group = apiVersion.Contains('/', StringComparison.Ordinal) ? apiVersion.Split('/')[0] : "";
                    if (_registry.OfKind(group, one["kind"].Text() ?? "") is { } resource && one.At("metadata", "name").Text() is { Length: > 0 } name)
                    {
                        // In the other channel another version may be the one that is stored.
                        one["apiVersion"] = resource.ApiVersion;
                        if (isDefinition && one.At("status", "conditions") is null)
                        {
                            DefinitionStatus.Fill(this, one);
                        }
                        Store.Restore(resource.Name, new ObjectPlace(resource.IsNamespaced ? one.At("metadata", "namespace").Text() ?? "" : "", name), one);
                    }
                    else
                    {
                        unknown.Add(one);
                    }
                }
                if (isDefinition)
                {
                    Redefine();
                }
            }
            Store.Continue(version);
        }
        return unknown;
    }

    /// <summary>Reads the CustomResourceDefinitions again. Those that were refused their names get them when these are free by now. The gate must be held.</summary>
    public void Redefine()
    {
        foreach (StoredObject refused in Store.Objects(Definitions).Values.Where(one => !DefinitionStatus.IsServed(one.Body)))
        {
            JsonObject body = refused.Body.Copy();
            DefinitionStatus.Fill(this, body);
            if (!Json.Same(body, refused.Body))
            {
                Store.Put(Definitions, refused.Place, body);
            }
        }
        _registry = ResourceRegistry.Build(Channel, Flavor == Flavor.Gke, Store.Objects(Definitions).Values.Select(one => one.Body).Where(DefinitionStatus.IsServed));
    }
}
