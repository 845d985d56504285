using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Resolution;

/// <summary>Objects from which controllers make Secrets in the cluster, so that such a Secret is in no file.</summary>
internal static class SecretMakers
{
    private const string IssuerAnnotation = "cert-manager.io/";

    /// <summary>True when something among the files makes that Secret, or cert-manager does for the Gateway's own annotation.</summary>
    public static bool WillMake(Dependencies resolver, ObjectView gateway, ObjectRef secret)
    {
        if (secret.Kind != "Secret")
        {
            return false;
        }
        foreach (string annotation in gateway.Annotations.Keys)
        {
            if (annotation.StartsWith(IssuerAnnotation, StringComparison.Ordinal))
            {
                return true;
            }
        }
        return Makes(resolver, "cert-manager.io", "Certificate", secret, static one => one.At("spec", "secretName").Text())
            || Makes(resolver, "external-secrets.io", "ExternalSecret", secret, static one => one.At("spec", "target", "name").Text() ?? one.Name)
            || Makes(resolver, "bitnami.com", "SealedSecret", secret, static one => one.At("spec", "template", "metadata", "name").Text() ?? one.Name);
    }

    private static bool Makes(Dependencies resolver, string group, string kind, ObjectRef secret, Func<ManifestObject, string?> name)
    {
        foreach (IndexedObject one in resolver.KindObjects(group, kind).Values.SelectMany(same => same))
        {
            if (one.Object.NamespaceOrDefault == secret.Namespace && name(one.Object) == secret.Name)
            {
                return true;
            }
        }
        return false;
    }
}
