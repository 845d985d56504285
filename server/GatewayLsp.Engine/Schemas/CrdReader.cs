using System.Collections.Immutable;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Schemas;

/// <summary>Reads CustomResourceDefinitions of the workspace, so that their kinds are known without a cluster.</summary>
public static class CrdReader
{
    private const string Group = "apiextensions.k8s.io";

    /// <summary>More than any real definition has; the rest of a hostile one is left out.</summary>
    private const int MaxVersions = 32;

    /// <summary>True for an object that <see cref="Read"/> may get kinds from. Cheap.</summary>
    public static bool IsDefinition(YamlNode? root) =>
        root.At("kind").Text() == "CustomResourceDefinition" && root.At("apiVersion").Text()?.StartsWith(Group + "/", StringComparison.Ordinal) == true;

    /// <summary>The versions that an object defines; none when it is no definition or lacks a name that is needed.</summary>
    public static ImmutableArray<CustomKind> Read(YamlNode? root)
    {
        if (!IsDefinition(root) || root.At("spec") is not { } spec)
        {
            return [];
        }

        var kind = spec.At("names", "kind").Text();
        var group = spec.At("group").Text();
        if (string.IsNullOrEmpty(kind) || string.IsNullOrEmpty(group) || spec.At("versions") is not YamlSequence versions)
        {
            return [];
        }

        var scope = spec.At("scope").Text() == "Cluster" ? ResourceScope.Cluster : ResourceScope.Namespaced;
        var plural = spec.At("names", "plural").Text() ?? "";
        var reader = new CrdSchemaReader();
        var kinds = ImmutableArray.CreateBuilder<CustomKind>();
        foreach (var item in versions.Items)
        {
            if (kinds.Count == MaxVersions)
            {
                break;
            }

            if (item.At("name").Text() is { Length: > 0 } version)
            {
                kinds.Add(ReadVersion(reader, item, new Gvk(group, version, kind), plural, scope));
            }
        }

        return MarkPreferred(kinds);
    }

    private static CustomKind ReadVersion(CrdSchemaReader reader, YamlNode version, Gvk gvk, string plural, ResourceScope scope)
    {
        var schema = version.At("schema", "openAPIV3Schema");
        var served = version.At("served").Text() != "false";
        var kind = new ResourceKind(gvk, plural, scope, KindOrigin.Custom)
        {
            Doc = schema.At("description").Text(),
            ServedInStandard = served,
            ServedInExperimental = served,
            Deprecation = version.At("deprecated").Text() == "true" ? version.At("deprecationWarning").Text() ?? "deprecated by its definition" : null,
        };
        return new CustomKind(kind, ObjectHead.Around(gvk, scope, schema is null ? SchemaNode.Any : reader.Read(schema)));
    }

    private static ImmutableArray<CustomKind> MarkPreferred(ImmutableArray<CustomKind>.Builder kinds)
    {
        var best = -1;
        for (var i = 0; i < kinds.Count; i++)
        {
            var kind = kinds[i].Kind;
            if (kind.ServedInStandard && (best < 0 || (IsStable(kind.Version) && !IsStable(kinds[best].Kind.Version))))
            {
                best = i;
            }
        }

        if (best >= 0)
        {
            kinds[best] = kinds[best] with { Kind = kinds[best].Kind with { IsPreferred = true } };
        }

        return kinds.ToImmutable();
    }

    private static bool IsStable(string version) =>
        !version.Contains("alpha", StringComparison.Ordinal) && !version.Contains("beta", StringComparison.Ordinal);
}
