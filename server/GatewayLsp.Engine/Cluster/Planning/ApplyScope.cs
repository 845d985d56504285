using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Cluster.Planning;

/// <summary>An object that is to be applied, with its place.</summary>
public sealed record ScopedObject(string Path, DocumentSlot Slot, ManifestObject Object)
{
    /// <summary>For an object that is not applied as it stands in a file: where its fields come from.</summary>
    public FieldOrigin? Origin { get; init; }
}

/// <summary>Where the fields of an object come from that is made of something else.</summary>
public abstract record FieldOrigin
{
    /// <summary>The place in a file; null for what nobody wrote.</summary>
    public abstract SourcePlace? Of(string? field);
}

/// <summary>An object that was taken from a cluster.</summary>
/// <param name="Written">The same one in a file; null when it is in none, or in several.</param>
public sealed record LiveOrigin(ScopedObject? Written) : FieldOrigin
{
    public override SourcePlace? Of(string? field) => Written is null ? null : new SourcePlace(Written.Path, Written.Slot, FieldPlace.SpanOf(Written, field));
}

/// <summary>
/// Which objects of a workspace are to be applied. Patches and kustomizations are no objects and never among them; a kustomize
/// root is applied by loading what it renders as a workspace of its own.
/// </summary>
public static class ApplyScope
{
    private const string KustomizeGroup = "kustomize.config.k8s.io";

    /// <summary>The objects of the files that a condition takes, by path and place.</summary>
    public static ImmutableArray<ScopedObject> Files(Workspace workspace, Func<string, bool> takes)
    {
        var found = ImmutableArray.CreateBuilder<ScopedObject>();
        foreach (string path in workspace.Files.Keys.Where(takes).OrderBy(path => path, StringComparer.Ordinal))
        {
            Add(workspace, path, (_, _) => true, found);
        }
        return found.ToImmutable();
    }

    /// <summary>The objects that stand in the place of a kustomization in a built workspace.</summary>
    internal static ImmutableArray<ScopedObject> Built(Workspace deployed, string kustomization)
    {
        var found = ImmutableArray.CreateBuilder<ScopedObject>();
        foreach (DocumentSlot slot in deployed.File(kustomization)?.Manifest.Documents ?? [])
        {
            found.AddRange(ManifestObject.Of(slot.Document).Select(one => new ScopedObject(kustomization, slot, one)));
        }
        return found.ToImmutable();
    }

    public static ImmutableArray<ScopedObject> All(Workspace workspace) => Files(workspace, _ => true);

    public static ImmutableArray<ScopedObject> File(Workspace workspace, string path) => Files(workspace, one => one == path);

    /// <param name="folder">Path or URI of the folder.</param>
    public static ImmutableArray<ScopedObject> Folder(Workspace workspace, string folder)
    {
        string prefix = folder.EndsWith('/') ? folder : folder + "/";
        return Files(workspace, path => path.StartsWith(prefix, StringComparison.Ordinal));
    }

    /// <summary>The objects that a range touches.</summary>
    public static ImmutableArray<ScopedObject> Selection(Workspace workspace, string path, LineRange range)
    {
        var found = ImmutableArray.CreateBuilder<ScopedObject>();
        Add(workspace, path, (slot, one) =>
        {
            LineRange place = slot.RangeOf(one.Node.Span);
            return place.Start.Line <= range.End.Line && range.Start.Line <= place.End.Line;
        }, found);
        return found.ToImmutable();
    }

    /// <summary>Objects that were taken from a cluster and changed, with their places in the files of a workspace.</summary>
    public static ImmutableArray<ScopedObject> Live(Workspace changed, Workspace files) =>
        [.. All(changed).Select(one => one with { Origin = new LiveOrigin(Object(files, ResourceIndex.KeyOf(one.Object, changed.Catalog)) is [var written] ? written : null) })];

    public static ImmutableArray<ScopedObject> Object(Workspace workspace, ObjectKey key) =>
        All(workspace).RemoveAll(one => ResourceIndex.KeyOf(one.Object, workspace.Catalog) != key);

    private static void Add(Workspace workspace, string path, Func<DocumentSlot, ManifestObject, bool> takes, ImmutableArray<ScopedObject>.Builder found)
    {
        if (workspace.File(path) is not { } file || workspace.Partials.Contains(path))
        {
            return;
        }
        foreach (DocumentSlot slot in file.Manifest.Documents)
        {
            foreach (ManifestObject one in ManifestObject.Of(slot.Document))
            {
                if (one.Gvk.Group != KustomizeGroup && takes(slot, one))
                {
                    found.Add(new ScopedObject(path, slot, one));
                }
            }
        }
    }
}
