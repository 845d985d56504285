using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Testing;

/// <summary>Where an object lives on an API server.</summary>
public static class ObjectPaths
{
    /// <summary>Null for kinds that are not known.</summary>
    public static string? Of(ManifestObject one)
    {
        if (SchemaCatalog.Bundled.Kind(one.Gvk) is not { } kind)
        {
            return null;
        }
        string root = one.Gvk.Group.Length == 0 ? "/api/" : "/apis/";
        string scope = kind.Scope == ResourceScope.Cluster ? "" : $"/namespaces/{one.NamespaceOrDefault}";
        return $"{root}{one.ApiVersion}{scope}/{kind.Plural}/{one.Name}";
    }
}
