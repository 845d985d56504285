using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Resolution.Clusters;

/// <summary>
/// Which clusters are in one Istio mesh, as far as manifests and settings tell. Clusters with the same mesh ID are, and those of
/// which one has the other's remote secret; clusters with different IDs are not. Where none of that is told, all that look like
/// part of a mesh are taken for one.
/// </summary>
internal static class Meshes
{
    private const string NetworkLabel = "topology.istio.io/network";
    private const string SecretLabel = "istio/multiCluster";
    private const string SecretPrefix = "istio-remote-secret-";
    private const string IstioSystem = "istio-system";

    /// <summary>The meshes of two clusters or more; each by name.</summary>
    public static ImmutableArray<ImmutableArray<string>> Of(Workspace whole)
    {
        Member[] members = [.. whole.Clusters.Select(name => Read(whole, name)).OfType<Member>()];
        bool isTold = false;
        for (int i = 0; i < members.Length; i++)
        {
            for (int k = i + 1; k < members.Length; k++)
            {
                Member a = members[i];
                Member b = members[k];
                bool hasSameId = a.Id is not null && a.Id == b.Id;
                bool areApart = a.Id is not null && b.Id is not null && a.Id != b.Id;
                isTold |= hasSameId || areApart;
                if (hasSameId || (!areApart && (a.Links.Overlaps(b.Names) || b.Links.Overlaps(a.Names))))
                {
                    isTold = true;
                    Join(members, a.Group, b.Group);
                }
            }
        }
        return
        [
            .. members.GroupBy(member => isTold ? member.Group : "").Where(group => group.Count() > 1)
                .Select(group => group.Select(member => member.Name).Order(StringComparer.Ordinal).ToImmutableArray()),
        ];
    }

    private static void Join(Member[] members, string one, string other)
    {
        foreach (Member member in members)
        {
            member.Group = member.Group == other ? one : member.Group;
        }
    }

    /// <summary>Null for a cluster that nothing makes a part of a mesh.</summary>
    private static Member? Read(Workspace whole, string cluster)
    {
        ClusterSettings? settings = whole.Settings.Clusters.Find(cluster);
        ResourceIndex index = whole.World(cluster)!.Index;
        var names = new HashSet<string>(StringComparer.Ordinal) { cluster };
        if (settings?.Context is { } context)
        {
            names.Add(context);
        }
        string? id = settings?.Mesh ?? IdOf(index);
        foreach (YamlNode values in ValuesOf(index))
        {
            if (values.At("global", "multiCluster", "clusterName").Text() is { Length: > 0 } called)
            {
                names.Add(called);
            }
        }
        HashSet<string> links = LinksOf(index);
        bool isMeshed = settings is { Role: not MeshRole.Unknown } or { Network: not null } or { Mesh: not null } || id is not null || links.Count > 0 || HasNetwork(index);
        return isMeshed ? new Member(cluster, id, names, links) { Group = cluster } : null;
    }

    private static bool HasNetwork(ResourceIndex index)
    {
        foreach (IndexedObject one in index.OfKind(ApiGroups.Gateway, "Gateway"))
        {
            if (one.Object.View<Gateway>() is { } gateway && (gateway.ClassName is "istio-remote" or "istio-east-west" || gateway.Labels.ContainsKey(NetworkLabel)))
            {
                return true;
            }
        }
        foreach (IndexedObject one in index.Find(new ObjectKey(ApiGroups.Core, "Namespace", "", IstioSystem)))
        {
            if (one.Object.View()?.Labels.ContainsKey(NetworkLabel) == true)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>The clusters that the control plane has remote secrets for, by the names that these give them.</summary>
    private static HashSet<string> LinksOf(ResourceIndex index)
    {
        var links = new HashSet<string>(StringComparer.Ordinal);
        foreach (IndexedObject one in index.OfKind(ApiGroups.Core, "Secret"))
        {
            if (one.Object.View()?.Labels.GetValueOrDefault(SecretLabel) != "true")
            {
                continue;
            }
            if (one.Object.Name.StartsWith(SecretPrefix, StringComparison.Ordinal))
            {
                links.Add(one.Object.Name[SecretPrefix.Length..]);
            }
            foreach (string field in (string[])["data", "stringData"])
            {
                foreach (YamlEntry entry in (one.Object.At(field) as YamlMapping)?.Entries ?? [])
                {
                    links.Add(entry.Name);
                }
            }
        }
        return links;
    }

    /// <summary>As installations say it, or the mesh configuration that comes of them.</summary>
    private static string? IdOf(ResourceIndex index)
    {
        foreach (YamlNode values in ValuesOf(index))
        {
            if (values.At("global", "meshID").Text() is { Length: > 0 } id)
            {
                return id;
            }
        }
        foreach (IndexedObject one in index.Find(new ObjectKey(ApiGroups.Core, "ConfigMap", IstioSystem, "istio")))
        {
            if (one.Object.At("data", "mesh").Text() is { } text)
            {
                foreach (string line in text.Split('\n'))
                {
                    if (line.Trim() is var words && words.StartsWith("meshId:", StringComparison.Ordinal) && words["meshId:".Length..].Trim(' ', '"', '\'') is { Length: > 0 } id)
                    {
                        return id;
                    }
                }
            }
        }
        return null;
    }

    private static IEnumerable<YamlNode> ValuesOf(ResourceIndex index)
    {
        foreach ((string group, string kind) in ((string, string)[])[("install.istio.io", "IstioOperator"), ("sailoperator.io", "Istio")])
        {
            foreach (IndexedObject one in index.OfKind(group, kind))
            {
                if (one.Object.At("spec", "values") is { } values)
                {
                    yield return values;
                }
            }
        }
    }

    private sealed record Member(string Name, string? Id, HashSet<string> Names, HashSet<string> Links)
    {
        public required string Group { get; set; }
    }
}
