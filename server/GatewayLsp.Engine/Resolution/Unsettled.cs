using System.Collections.Immutable;
using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Resolution;

/// <summary>
/// What the files leave open: objects that others make or rename on the way to a cluster, and fields that get another value there. Whoever
/// would call something missing or wrong asks here first.
/// </summary>
internal static class Unsettled
{
    /// <summary>
    /// True when the namespace of an object is not written: a kustomization, <c>kubectl -n</c> or a deployment tool may put it
    /// into any.
    /// </summary>
    public static bool MayMove(Dependencies snapshot, ObjectView one) =>
        (!snapshot.IsComplete && one.Object.Namespace.Length == 0)
        || (!snapshot.Kustomized.IsEmpty && PathOf(snapshot, one) is { } path && snapshot.Kustomized.IsMoved(path));

    /// <summary>
    /// True when an object that no file has may be there all the same: a controller or generator makes it, it comes with something
    /// from elsewhere, or it is one that is written otherwise, since one of the two gets another namespace or the other one another name.
    /// </summary>
    public static bool MayMeet(Dependencies snapshot, ObjectView from, ObjectRef wanted) =>
        (!snapshot.Kustomized.IsEmpty && snapshot.Kustomized.MayMake(wanted.Kind, wanted.Name, PathOf(snapshot, from)))
        || (MayMove(snapshot, from) && wanted.WrittenNamespace is null && !snapshot.NamespacesOf(wanted.Group, wanted.Kind, wanted.Name).IsEmpty)
        || (!snapshot.Kustomized.IsEmpty && snapshot.KindObjects(wanted.Group, wanted.Kind).Values.Any(same => same.Any(one => MayBecome(snapshot, one, wanted))));

    /// <summary>True when a kustomization or a deployment tool changes that field of the object, around it or within it.</summary>
    public static bool IsChanged(Dependencies snapshot, ObjectView one, params ReadOnlySpan<string> fields) =>
        !snapshot.Overlays.IsEmpty && Find(snapshot, one) is { } found && IsChanged(snapshot, found, fields);

    public static bool IsChanged(Dependencies snapshot, IndexedObject one, ReadOnlySpan<string> fields)
    {
        ImmutableArray<string> changed = snapshot.Overlays.FieldsOf(one.Path, one.Object, withAdded: true);
        foreach (string field in fields)
        {
            if (Overlays.Touch(changed, field))
            {
                return true;
            }
        }
        return false;
    }

    public static string? PathOf(Dependencies snapshot, ObjectView one) => Find(snapshot, one)?.Path;

    private static IndexedObject? Find(Dependencies snapshot, ObjectView one)
    {
        foreach (IndexedObject known in snapshot.Objects(Resolver.KeyOf(one)))
        {
            if (ReferenceEquals(known.Object, one.Object))
            {
                return known;
            }
        }
        return null;
    }

    private static bool MayBecome(Dependencies snapshot, IndexedObject one, ObjectRef wanted)
    {
        if (!wanted.Name.Contains(one.Object.Name, StringComparison.Ordinal))
        {
            return false;
        }
        bool isMoved = snapshot.Kustomized.IsMoved(one.Path);
        bool isNamed = one.Object.Name == wanted.Name ? isMoved : snapshot.Kustomized.IsRenamed(one.Path);
        return isNamed && (isMoved || one.Object.NamespaceOrDefault == wanted.Namespace);
    }
}
