using System.Collections.Immutable;

namespace GatewayLsp.Engine.Kustomize;

/// <summary>
/// Merges a patch into an object as kustomize does: mappings key by key, null takes a key away, lists of core kinds item by item where
/// they have keys. Of other kinds (all of Gateway API) kustomize knows no keys, so a list in a patch takes the place of the
/// list before.
/// </summary>
internal static class StrategicMerge
{
    private const string Directive = "$patch";

    /// <summary>Fields with lists whose items have a key, below the pods of workloads.</summary>
    private static readonly ImmutableDictionary<string, string> PodKeys = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["containers"] = "name", ["initContainers"] = "name", ["ephemeralContainers"] = "name", ["volumes"] = "name", ["env"] = "name", ["volumeMounts"] = "mountPath",
        ["volumeDevices"] = "devicePath", ["ports"] = "containerPort", ["imagePullSecrets"] = "name", ["hostAliases"] = "ip", ["topologySpreadConstraints"] = "topologyKey",
    }.ToImmutableDictionary(StringComparer.Ordinal);

    private static readonly ImmutableHashSet<string> Workloads =
        ["Pod", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob", "PodTemplate"];

    /// <summary>False when the patch takes the object away.</summary>
    public static bool Apply(BuildObject target, BuildMapping patch, BuildBudget budget)
    {
        switch (patch.TextAt(Directive))
        {
            case "delete":
                return false;
            case "replace":
                foreach (string key in target.Root.Entries.Select(static entry => entry.Key).ToArray())
                {
                    target.Root.Remove(key);
                }
                break;
        }
        (string group, _) = target.GroupVersion;
        Func<string, string?> keys = group is "" or "apps" or "batch" ? KeysOf(target.Kind) : static _ => null;
        Merge(target.Root, patch, keys, 0, budget);
        return true;
    }

    /// <summary>True for what this does not follow: lists of instructions that only some clients write.</summary>
    public static bool HasStrangeDirectives(BuildNode patch) => patch switch
    {
        BuildMapping mapping => mapping.Entries.Any(static entry => entry.Key.StartsWith("$setElementOrder", StringComparison.Ordinal)
            || entry.Key.StartsWith("$deleteFromPrimitiveList", StringComparison.Ordinal) || entry.Key == "$retainKeys" || HasStrangeDirectives(entry.Value)),
        BuildSequence list => list.Items.Any(HasStrangeDirectives),
        _ => false,
    };

    private static Func<string, string?> KeysOf(string kind) =>
        Workloads.Contains(kind) ? static field => PodKeys.GetValueOrDefault(field)
        : kind == "Service" ? static field => field == "ports" ? "port" : null
        : kind == "ServiceAccount" ? static field => field is "secrets" or "imagePullSecrets" ? "name" : null
        : static _ => null;

    private static void Merge(BuildMapping to, BuildMapping patch, Func<string, string?> keys, int depth, BuildBudget budget)
    {
        foreach (BuildEntry entry in patch.Entries)
        {
            if (entry.Key == Directive || !budget.Take(depth))
            {
                continue;
            }
            switch (entry.Value)
            {
                case BuildScalar { IsNull: true }:
                    to.Remove(entry.Key);
                    break;
                case BuildMapping below when below.TextAt(Directive) == "delete":
                    to.Remove(entry.Key);
                    break;
                case BuildMapping below when below.TextAt(Directive) != "replace" && to.Get(entry.Key) is BuildMapping known:
                    Merge(known, below, keys, depth + 1, budget);
                    break;
                case BuildSequence items when keys(entry.Key) is null:
                    // As it is, even with instructions for a merge: nobody follows them here.
                    to.Set(entry.Key, items.Copy(budget), entry.KeyOrigin);
                    break;
                case BuildSequence items when Directives(items, "replace"):
                    to.Set(entry.Key, Clean(items, budget, depth), entry.KeyOrigin);
                    break;
                case BuildSequence { Items.Count: > 0 } items when to.Get(entry.Key) is BuildSequence known && items.Items.TrueForAll(static item => item is BuildMapping):
                    to.Set(entry.Key, Merge(known, items, keys(entry.Key)!, keys, depth + 1, budget), entry.KeyOrigin);
                    break;
                default:
                    to.Set(entry.Key, Clean(entry.Value, budget, depth), entry.KeyOrigin);
                    break;
            }
        }
    }

    /// <summary>Items of the patch come first, in its order, merged with those of the same key; then the others.</summary>
    private static BuildSequence Merge(BuildSequence list, BuildSequence patch, string key, Func<string, string?> keys, int depth, BuildBudget budget)
    {
        var merged = new BuildSequence(list.Origin);
        var rest = new List<BuildNode>(list.Items);
        foreach (BuildNode item in patch.Items)
        {
            var wanted = (BuildMapping)item;
            int at = rest.FindIndex(one => one is BuildMapping known && IsSame(known, wanted, key));
            if (wanted.TextAt(Directive) == "delete")
            {
                if (at >= 0)
                {
                    rest.RemoveAt(at);
                }
                continue;
            }
            if (at < 0)
            {
                merged.Items.Add(Clean(wanted, budget, depth));
                continue;
            }
            var known = (BuildMapping)rest[at];
            rest.RemoveAt(at);
            if (wanted.TextAt(Directive) == "replace")
            {
                merged.Items.Add(Clean(wanted, budget, depth));
                continue;
            }
            Merge(known, wanted, keys, depth, budget);
            merged.Items.Add(known);
        }
        merged.Items.AddRange(rest);
        return merged;
    }

    /// <summary>Ports are told apart by their protocol, too, where both say one.</summary>
    private static bool IsSame(BuildMapping known, BuildMapping wanted, string key) =>
        known.TextAt(key) is { } text && text == wanted.TextAt(key)
        && (key is not ("port" or "containerPort") || known.TextAt("protocol") is not { } one || wanted.TextAt("protocol") is not { } other || one == other);

    private static bool Directives(BuildSequence items, string what) => items.Items.Exists(item => item is BuildMapping mapping && mapping.TextAt(Directive) == what && mapping.Entries.Count == 1);

    /// <summary>A copy without what only says how to merge, and without keys that are to be taken away.</summary>
    private static BuildNode Clean(BuildNode node, BuildBudget budget, int depth)
    {
        switch (node)
        {
            case BuildMapping mapping:
                var made = new BuildMapping(mapping.Origin);
                foreach (BuildEntry entry in mapping.Entries)
                {
                    if (entry.Key != Directive && entry.Value is not BuildScalar { IsNull: true } && budget.Take(depth))
                    {
                        made.Set(entry.Key, Clean(entry.Value, budget, depth + 1), entry.KeyOrigin);
                    }
                }
                return made;
            case BuildSequence sequence:
                var list = new BuildSequence(sequence.Origin);
                foreach (BuildNode item in sequence.Items)
                {
                    if (!(item is BuildMapping one && one.Find(Directive) is not null && one.Entries.Count == 1) && budget.Take(depth))
                    {
                        list.Items.Add(Clean(item, budget, depth + 1));
                    }
                }
                return list;
            case BuildScalar scalar:
                return scalar.Copy(budget);
            default:
                return node;
        }
    }
}
