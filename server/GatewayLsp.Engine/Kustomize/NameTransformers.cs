namespace GatewayLsp.Engine.Kustomize;

/// <summary><c>namespace</c>, <c>namePrefix</c>, <c>nameSuffix</c>, <c>labels</c>, <c>commonLabels</c>, <c>commonAnnotations</c> and <c>replicas</c> of a kustomization.</summary>
internal static class NameTransformers
{
    /// <summary>Where pods of workloads get labels and annotations.</summary>
    private static readonly Dictionary<string, string[]> Templates = new(StringComparer.Ordinal)
    {
        ["Deployment"] = ["spec", "template"], ["ReplicaSet"] = ["spec", "template"], ["DaemonSet"] = ["spec", "template"], ["StatefulSet"] = ["spec", "template"],
        ["ReplicationController"] = ["spec", "template"], ["Job"] = ["spec", "template"], ["CronJob"] = ["spec", "jobTemplate", "spec", "template"],
    };

    public static void Namespace(IEnumerable<BuildObject> objects, BuildScalar name)
    {
        foreach (BuildObject one in objects)
        {
            if (one.Kind == "Namespace")
            {
                one.Remember();
                one.Root.Child("metadata", name.Origin).Set("name", name, name.Origin);
            }
            else if (one.IsNamespaced())
            {
                one.Remember();
                one.Root.Child("metadata", name.Origin).Set("namespace", name, name.Origin);
            }
        }
    }

    public static void Affix(IEnumerable<BuildObject> objects, string affix, bool isPrefix)
    {
        foreach (BuildObject one in objects)
        {
            if (one.Kind is "Namespace" or "CustomResourceDefinition" or "APIService" || one.Root.At("metadata", "name") is not BuildScalar { IsOpaque: false } name)
            {
                continue;
            }
            one.Remember();
            (isPrefix ? one.Prefixes : one.Suffixes).Add(affix);
            one.Root.Child("metadata", null).Set("name", BuildScalar.Text(isPrefix ? affix + name.Value : name.Value + affix, name.Origin), name.Origin);
        }
    }

    /// <param name="inSelectors">Whether what selects by labels selects by these, too.</param>
    public static void Labels(IEnumerable<BuildObject> objects, BuildMapping pairs, bool inSelectors, bool inTemplates)
    {
        foreach (BuildObject one in objects)
        {
            Put(one, pairs, ["metadata", "labels"], create: true);
            string[]? template = Templates.GetValueOrDefault(one.Kind);
            if ((inSelectors || inTemplates) && template is not null)
            {
                Put(one, pairs, [.. template, "metadata", "labels"], create: true);
            }
            if (!inSelectors)
            {
                continue;
            }
            switch (one.Kind)
            {
                case "Service" when one.GroupVersion.Group.Length == 0:
                case "ReplicationController":
                    Put(one, pairs, ["spec", "selector"], create: true);
                    break;
                case "Deployment" or "ReplicaSet" or "DaemonSet" or "StatefulSet":
                    Put(one, pairs, ["spec", "selector", "matchLabels"], create: true);
                    break;
                case "Job" or "PodDisruptionBudget":
                    Put(one, pairs, ["spec", "selector", "matchLabels"], create: false);
                    break;
                case "NetworkPolicy":
                    Put(one, pairs, ["spec", "podSelector", "matchLabels"], create: false);
                    break;
            }
        }
    }

    public static void Annotations(IEnumerable<BuildObject> objects, BuildMapping pairs)
    {
        foreach (BuildObject one in objects)
        {
            Put(one, pairs, ["metadata", "annotations"], create: true);
            if (Templates.GetValueOrDefault(one.Kind) is { } template)
            {
                Put(one, pairs, [.. template, "metadata", "annotations"], create: true);
            }
        }
    }

    public static void Replicas(IEnumerable<BuildObject> objects, string name, BuildScalar count)
    {
        foreach (BuildObject one in objects)
        {
            if (one.Kind is "Deployment" or "ReplicaSet" or "StatefulSet" or "ReplicationController" && one.Identities.Any(identity => identity.Name == name))
            {
                one.Root.Child("spec", count.Origin).Set("replicas", count, count.Origin);
            }
        }
    }

    private static void Put(BuildObject one, BuildMapping pairs, ReadOnlySpan<string> path, bool create)
    {
        if (pairs.Entries.Count == 0 || (!create && one.Root.At(path) is not BuildMapping))
        {
            return;
        }
        BuildMapping at = one.Root;
        foreach (string key in path)
        {
            at = at.Child(key, pairs.Origin);
        }
        foreach (BuildEntry pair in pairs.Entries)
        {
            at.Set(pair.Key, pair.Value.Copy(), pair.KeyOrigin);
        }
    }
}
