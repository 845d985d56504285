using System.Collections.Immutable;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Kustomize;

/// <summary><c>namespace</c>, <c>namePrefix</c>, <c>nameSuffix</c>, <c>labels</c>, <c>commonLabels</c>, <c>commonAnnotations</c> and <c>replicas</c> of a kustomization.</summary>
/// <remarks>Each gives null when it was done, else what kustomize would refuse.</remarks>
internal static class NameTransformers
{
    public static string? Namespace(IEnumerable<BuildObject> objects, BuildScalar name)
    {
        foreach (BuildObject one in objects)
        {
            one.Remember();
            if (one.IsNamespaced())
            {
                one.Root.Child("metadata", name.Origin).Set("namespace", name, name.Origin);
            }
            foreach (FieldSpec field in FieldSpecs.Namespaces)
            {
                if (!field.Visit(one, name.Origin, (holder, key) => SetText(holder, key, name)))
                {
                    return Unfit(one, field);
                }
            }
            if (one.Kind is "RoleBinding" or "ClusterRoleBinding" && one.Root.Get("subjects") is BuildSequence subjects)
            {
                // Only the account that every namespace has is taken for one of this namespace.
                foreach (BuildMapping subject in subjects.Items.OfType<BuildMapping>().Where(static subject => subject.TextAt("name") == "default"))
                {
                    subject.Set("namespace", name, name.Origin);
                }
            }
        }
        return null;
    }

    public static void Affix(IEnumerable<BuildObject> objects, string affix, bool isPrefix)
    {
        foreach (BuildObject one in objects)
        {
            if (one.Kind is "Namespace" or "CustomResourceDefinition" || (one.Kind == "APIService" && one.GroupVersion.Group == "apiregistration.k8s.io")
                || one.Root.At("metadata", "name") is not BuildScalar { IsOpaque: false } name)
            {
                continue;
            }
            one.Remember();
            (isPrefix ? one.Prefixes : one.Suffixes).Add(affix);
            one.Root.Child("metadata", null).Set("name", BuildScalar.Text(isPrefix ? affix + name.Value : name.Value + affix, name.Origin), name.Origin);
        }
    }

    /// <summary>An item of <c>labels</c>.</summary>
    public static string? Labels(List<BuildObject> objects, BuildMapping labels, BuildBudget budget)
    {
        if (labels.Get("pairs") is not BuildMapping pairs)
        {
            return null;
        }
        bool inSelectors = labels.IsTrue("includeSelectors");
        var fields = new List<FieldSpec>();
        foreach (BuildMapping field in ((labels.Get("fields") as BuildSequence)?.Items ?? []).OfType<BuildMapping>())
        {
            if (field.TextAt("path") is not { Length: > 0 } path)
            {
                return "a field of `labels` has no path";
            }
            if (path.AsSpan().Count('/') > BuildBudget.MaxDepth)
            {
                return "a field of `labels` goes too deep";
            }
            fields.Add(new FieldSpec(Some(field, "group"), Some(field, "version"), Some(field, "kind"), path, field.IsTrue("create")));
        }
        foreach (FieldSpec field in inSelectors ? FieldSpecs.SelectorLabels : labels.IsTrue("includeTemplates") ? FieldSpecs.TemplateLabels : FieldSpecs.Labels)
        {
            FieldSpec? same = fields.Find(one => one.Covers(field));
            if (same is not null && same.Create != field.Create)
            {
                return $"the field `{field.Path}` of `labels` is said to be made where it is missing, and not to be";
            }
            if (same is null)
            {
                fields.Add(field);
            }
        }
        return Put(objects, pairs, fields, budget);
    }

    public static string? CommonLabels(IEnumerable<BuildObject> objects, BuildMapping pairs, BuildBudget budget) => Put(objects, pairs, FieldSpecs.SelectorLabels, budget);

    public static string? Annotations(IEnumerable<BuildObject> objects, BuildMapping pairs, BuildBudget budget)
    {
        foreach (BuildEntry pair in pairs.Entries)
        {
            // Kustomize writes keys of annotations without quotes, and then can't read them.
            if (ScalarResolver.KindOf(pair.Key) != ScalarKind.String)
            {
                return $"the annotation `{pair.Key}` has a name that is no text to kustomize";
            }
        }
        return Put(objects, pairs, FieldSpecs.Annotations, budget);
    }

    /// <param name="mayMiss">Whether the object may be one that is not here.</param>
    public static string? Replicas(IEnumerable<BuildObject> objects, string name, BuildScalar count, bool mayMiss)
    {
        bool isFound = mayMiss;
        foreach (BuildObject one in objects)
        {
            if (!one.Identities.Any(identity => identity.Name == name))
            {
                continue;
            }
            foreach (FieldSpec field in FieldSpecs.Replicas)
            {
                if (!field.IsFor(one))
                {
                    continue;
                }
                isFound = true;
                if (!field.Visit(one, count.Origin, (holder, key) => Set(holder, key, count)))
                {
                    return Unfit(one, field);
                }
            }
        }
        return isFound ? null : $"`replicas` names {name}, which is no workload here";

        static bool Set(BuildMapping holder, string key, BuildScalar value)
        {
            holder.Set(key, value, value.Origin);
            return true;
        }
    }

    private static string? Put(IEnumerable<BuildObject> objects, BuildMapping pairs, IReadOnlyList<FieldSpec> fields, BuildBudget budget)
    {
        if (pairs.Entries.Count == 0)
        {
            return null;
        }
        foreach (BuildObject one in objects)
        {
            foreach (FieldSpec field in fields)
            {
                if (!field.Visit(one, pairs.Origin, Fill))
                {
                    return Unfit(one, field);
                }
            }
        }
        return null;

        bool Fill(BuildMapping holder, string key)
        {
            if (holder.Get(key) is not (null or BuildMapping or BuildScalar { IsNull: true }))
            {
                return false;
            }
            BuildMapping to = holder.Child(key, pairs.Origin);
            foreach (BuildEntry pair in pairs.Entries)
            {
                to.Set(pair.Key, pair.Value is BuildScalar { IsNull: true } ? BuildScalar.Text("", pair.Value.Origin) : pair.Value.Copy(budget), pair.KeyOrigin);
            }
            return true;
        }
    }

    private static bool SetText(BuildMapping holder, string key, BuildScalar text)
    {
        if (holder.Get(key) is not (null or BuildScalar))
        {
            return false;
        }
        holder.Set(key, text, text.Origin);
        return true;
    }

    private static string? Some(BuildMapping field, string key) => field.TextAt(key) is { Length: > 0 } text ? text : null;

    private static string Unfit(BuildObject one, FieldSpec field) => $"`{field.Path.Replace('/', '.')}` of {one.Kind} {one.Name} is not what kustomize can set";
}
