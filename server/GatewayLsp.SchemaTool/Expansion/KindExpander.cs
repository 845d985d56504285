using System.Text.Json.Nodes;
using GatewayLsp.SchemaTool.Sources;

namespace GatewayLsp.SchemaTool.Expansion;

/// <summary>Makes the schemas of all versions and channels of a source.</summary>
internal sealed class KindExpander(TypeLibrary types)
{
    private readonly RefExpander _refs = new(types);

    public IEnumerable<ExpandedKind> Expand(KindSource source)
    {
        Keywords.Check(source.Path, source.Schema);
        var common = _refs.Expand(source.Path, source.Area, source.Schema);
        var preferred = source.Versions.FirstOrDefault(version => version.ServedInStandard)
            ?? source.Versions.FirstOrDefault(version => version.ServedInExperimental);
        foreach (var version in source.Versions)
        {
            var schema = (JsonObject)common.DeepClone();
            VersionOverrides.Apply(source.Path, schema, version.Overrides);
            var root = ObjectRoot.Around(_refs, schema, source.Group.Length == 0 ? version.Name : $"{source.Group}/{version.Name}", source.Kind, !source.IsCluster);
            yield return new ExpandedKind(source.Area, source.Group, version.Name, source.Kind, source.Plural, source.IsCluster)
            {
                Description = source.Description,
                Link = source.Link,
                Since = source.Since,
                Deprecated = version.Deprecated,
                IsPreferred = version == preferred,
                ServedInExperimental = version.ServedInExperimental,
                Standard = version.ServedInStandard ? ChannelView.Of(root, experimental: false) : null,
                Experimental = ChannelView.Of(root, experimental: true),
            };
        }
    }
}
