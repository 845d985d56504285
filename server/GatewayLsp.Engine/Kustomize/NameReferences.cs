using System.Collections.Immutable;

namespace GatewayLsp.Engine.Kustomize;

/// <summary>A place where objects of a kind name one of another.</summary>
/// <param name="Group">Of the kind that is named; null for any.</param>
/// <param name="InKind">The kind that names; null for any.</param>
internal sealed record NameReference(string? Group, string Kind, string? InGroup, string? InKind, ImmutableArray<string> Path);

/// <summary>
/// Brings names up to date where kustomize knows that they are names of objects: in pods and Ingresses, and in what <c>configurations</c>
/// add. It does not know the references of Gateway API, so these stay as they are written.
/// </summary>
internal static class NameReferences
{
    private static readonly ImmutableArray<NameReference> BuiltIn = [.. Known()];

    public static void Fix(List<BuildObject> objects, IEnumerable<NameReference> configured)
    {
        var renamed = new HashSet<string>(StringComparer.Ordinal);
        var named = new Dictionary<(string Kind, string Name), List<BuildObject>>();
        foreach (BuildObject one in objects)
        {
            foreach (BuildIdentity identity in one.Identities.DistinctBy(static identity => identity.Name))
            {
                if (identity.Name != one.Name)
                {
                    renamed.Add(one.Kind);
                }
                if (!named.TryGetValue((one.Kind, identity.Name), out List<BuildObject>? same))
                {
                    named[(one.Kind, identity.Name)] = same = [];
                }
                same.Add(one);
            }
        }
        if (renamed.Count == 0)
        {
            return;
        }
        foreach (NameReference reference in BuiltIn.Concat(configured))
        {
            if (!renamed.Contains(reference.Kind))
            {
                continue;
            }
            foreach (BuildObject one in objects)
            {
                if ((reference.InKind is null || reference.InKind == one.Kind) && (reference.InGroup is null || reference.InGroup == one.GroupVersion.Group))
                {
                    Fix(one, one.Root, reference, 0, named);
                }
            }
        }
    }

    private static void Fix(BuildObject from, BuildNode? node, NameReference reference, int at, Dictionary<(string, string), List<BuildObject>> named)
    {
        switch (node)
        {
            case BuildSequence list:
                for (int i = 0; i < list.Items.Count; i++)
                {
                    if (at == reference.Path.Length && list.Items[i] is BuildScalar item)
                    {
                        list.Items[i] = Renamed(from, item, reference, named);
                    }
                    else
                    {
                        Fix(from, list.Items[i], reference, at, named);
                    }
                }
                break;
            case BuildMapping mapping when at < reference.Path.Length && mapping.Find(reference.Path[at]) is { } entry:
                if (at == reference.Path.Length - 1 && entry.Value is BuildScalar scalar)
                {
                    entry.Value = Renamed(from, scalar, reference, named);
                }
                else
                {
                    Fix(from, entry.Value, reference, at + 1, named);
                }
                break;
        }
    }

    private static BuildScalar Renamed(BuildObject from, BuildScalar name, NameReference reference, Dictionary<(string, string), List<BuildObject>> named)
    {
        if (name.IsOpaque || name.IsNull || !named.TryGetValue((reference.Kind, name.Value), out List<BuildObject>? found))
        {
            return name;
        }
        List<BuildObject> meant = found.FindAll(one =>
            (reference.Group is null || one.GroupVersion.Group == reference.Group)
            && (!one.IsNamespaced() || !from.IsNamespaced() || one.Identity.EffectiveNamespace == from.Identity.EffectiveNamespace));
        if (meant.Count > 1)
        {
            meant = meant.FindAll(one => one.Prefixes.SequenceEqual(from.Prefixes) && one.Suffixes.SequenceEqual(from.Suffixes));
        }
        return meant.Count == 1 && meant[0].Name != name.Value ? BuildScalar.Text(meant[0].Name, name.Origin) : name;
    }

    /// <summary>The places that a file of <c>configurations</c> adds.</summary>
    public static IEnumerable<NameReference> Read(BuildMapping? configuration)
    {
        foreach (BuildMapping named in ((configuration?.Get("nameReference") as BuildSequence)?.Items ?? []).OfType<BuildMapping>())
        {
            if (named.TextAt("kind") is not { } kind)
            {
                continue;
            }
            foreach (BuildMapping place in ((named.Get("fieldSpecs") as BuildSequence)?.Items ?? []).OfType<BuildMapping>())
            {
                if (place.TextAt("path") is { Length: > 0 } path)
                {
                    yield return new NameReference(named.TextAt("group"), kind, place.TextAt("group"), place.TextAt("kind"), Segments(path));
                }
            }
        }
    }

    private static ImmutableArray<string> Segments(string path) => [.. path.Replace("[]", "", StringComparison.Ordinal).Split('/', StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>
    /// Facts after kustomize 5. Left out are RBAC, webhooks and annotations of Ingress controllers, which change nothing that is answered here.
    /// IngressClass is missing on purpose: kustomize looks for it in a group that does not exist.
    /// </summary>
    private static IEnumerable<NameReference> Known()
    {
        foreach ((string kind, string pod) in ((string, string)[])
            [("Pod", "spec"), ("PodTemplate", "template/spec"), ("Deployment", "spec/template/spec"), ("ReplicaSet", "spec/template/spec"), ("DaemonSet", "spec/template/spec"),
            ("StatefulSet", "spec/template/spec"), ("ReplicationController", "spec/template/spec"), ("Job", "spec/template/spec"), ("CronJob", "spec/jobTemplate/spec/template/spec")])
        {
            if (kind != "ReplicationController")
            {
                foreach ((string named, string path) in ((string, string)[])
                    [("ConfigMap", "volumes/configMap/name"), ("ConfigMap", "volumes/projected/sources/configMap/name"), ("Secret", "volumes/secret/secretName"),
                    ("Secret", "volumes/projected/sources/secret/name"), ("Secret", "imagePullSecrets/name"),
                    ("ConfigMap", "containers/env/valueFrom/configMapKeyRef/name"), ("ConfigMap", "containers/envFrom/configMapRef/name"),
                    ("Secret", "containers/env/valueFrom/secretKeyRef/name"), ("Secret", "containers/envFrom/secretRef/name"),
                    ("ConfigMap", "initContainers/env/valueFrom/configMapKeyRef/name"), ("ConfigMap", "initContainers/envFrom/configMapRef/name"),
                    ("Secret", "initContainers/env/valueFrom/secretKeyRef/name"), ("Secret", "initContainers/envFrom/secretRef/name")])
                {
                    yield return new NameReference("", named, null, kind, Segments($"{pod}/{path}"));
                }
            }
            if (kind is not ("PodTemplate" or "ReplicaSet"))
            {
                yield return new NameReference("", "ServiceAccount", null, kind, Segments($"{pod}/serviceAccountName"));
                yield return new NameReference("", "PersistentVolumeClaim", null, kind, Segments($"{pod}/volumes/persistentVolumeClaim/claimName"));
                yield return new NameReference("scheduling.k8s.io", "PriorityClass", null, kind, Segments($"{pod}/priorityClassName"));
            }
        }
        yield return new NameReference("", "Service", "apps", "StatefulSet", Segments("spec/serviceName"));
        yield return new NameReference("", "Service", "apiregistration.k8s.io", "APIService", Segments("spec/service/name"));
        yield return new NameReference("", "Secret", null, "ServiceAccount", Segments("imagePullSecrets/name"));
        foreach (string path in (string[])["spec/rules/http/paths/backend/service/name", "spec/defaultBackend/service/name", "spec/rules/http/paths/backend/serviceName", "spec/backend/serviceName"])
        {
            yield return new NameReference("", "Service", null, "Ingress", Segments(path));
        }
        yield return new NameReference("", "Secret", null, "Ingress", Segments("spec/tls/secretName"));
        yield return new NameReference("", "PersistentVolume", null, "PersistentVolumeClaim", Segments("spec/volumeName"));
        foreach ((string kind, string path) in ((string, string)[])
            [("PersistentVolume", "spec/storageClassName"), ("PersistentVolumeClaim", "spec/storageClassName"), ("StatefulSet", "spec/volumeClaimTemplates/spec/storageClassName")])
        {
            yield return new NameReference("storage.k8s.io", "StorageClass", null, kind, Segments(path));
        }
        foreach (string kind in (string[])["Deployment", "ReplicationController", "ReplicaSet", "StatefulSet"])
        {
            yield return new NameReference(null, kind, null, "HorizontalPodAutoscaler", Segments("spec/scaleTargetRef/name"));
        }
    }
}
