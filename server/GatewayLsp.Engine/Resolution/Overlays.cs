using System.Collections.Immutable;
using System.Text;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Resolution;

/// <summary>
/// Which fields of which objects kustomizations change on the way to a cluster: by patches, replacements and labels, of their
/// own and of their components. What a base says there is not what counts.
/// </summary>
internal sealed class Overlays
{
    public static readonly Overlays None = new([], ImmutableHashSet<string>.Empty, "");

    private readonly ImmutableArray<Change> _changes;
    private readonly string _signature;
    private NameParts? _names;

    /// <summary>Changes that were looked at for objects so far; for tests that hold this to what is needed.</summary>
    internal int Looked => _names?.Looked ?? 0;

    private Overlays(ImmutableArray<Change> changes, ImmutableHashSet<string> sources, string signature) =>
        (_changes, Sources, _signature) = (changes, sources, signature);

    public bool IsEmpty => _changes.IsEmpty;

    /// <summary>The files beside the kustomizations themselves that say what is changed.</summary>
    public ImmutableHashSet<string> Sources { get; }

    /// <summary>The fields of an object that are changed; none, as a rule. The empty path is all of it.</summary>
    /// <param name="withAdded">Whether fields count that only get something beside what is written.</param>
    public ImmutableArray<string> FieldsOf(string path, ManifestObject one, bool withAdded)
    {
        ImmutableArray<string>.Builder? fields = null;
        foreach (int at in (_names ??= new NameParts([.. _changes.Select(static change => change.Edit.Target.Name)])).MayContain(one.Name))
        {
            Change change = _changes[at];
            if ((withAdded || !change.Edit.OnlyAdds) && change.Reach.Holds(path) && change.Edit.Target.Means(one))
            {
                (fields ??= ImmutableArray.CreateBuilder<string>()).AddRange(change.Edit.Fields);
            }
        }
        return fields?.ToImmutable() ?? [];
    }

    /// <summary>True when a changed field is that one, around it or within it.</summary>
    public static bool Touch(ImmutableArray<string> fields, string field)
    {
        foreach (string changed in fields)
        {
            if (changed.Length == 0 || IsWithin(field, changed) || IsWithin(changed, field))
            {
                return true;
            }
        }
        return false;
    }

    /// <param name="before">What was known before: stays when nothing else comes out, so that what was made with it holds.</param>
    public static Overlays Of(
        IEnumerable<KeyValuePair<ManifestDocument, string>> kustomizations, Func<string, ManifestFile?> file, Overlays? before)
    {
        var byFolder = KustomizeReach.ByFolder(kustomizations);
        var changes = ImmutableArray.CreateBuilder<Change>();
        var sources = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach ((ManifestDocument document, string path) in kustomizations.OrderBy(static one => one.Value, StringComparer.Ordinal))
        {
            // A component changes what those have that include it.
            if (!KustomizedFiles.IsOwn(document) || document.Root.At("kind").Text() == "Component")
            {
                continue;
            }
            KustomizeReach reach = KustomizeReach.Of(path, document, byFolder);
            foreach ((string from, ManifestDocument one) in reach.Components.Prepend((path, document)))
            {
                foreach (OverlayEdit edit in OverlayReader.Read(from, one, file, sources))
                {
                    changes.Add(new Change(reach, edit));
                }
            }
        }
        if (changes.Count == 0 && sources.Count == 0)
        {
            return None;
        }
        string signature = Signature(changes);
        return before is not null && before._signature == signature && before.Sources.SetEquals(sources) ? before
            : new Overlays(changes.DrainToImmutable(), sources.ToImmutable(), signature);
    }

    /// <summary>Equal for equal changes. What a kustomization reaches is long, and many changes share it.</summary>
    private static string Signature(IEnumerable<Change> changes)
    {
        var text = new StringBuilder();
        var known = new Dictionary<KustomizeReach, int>(ReferenceEqualityComparer.Instance);
        foreach (Change change in changes)
        {
            if (!known.TryGetValue(change.Reach, out int number))
            {
                known[change.Reach] = number = known.Count;
                text.Append(number).Append(':').AppendJoin(' ', change.Reach.Names).Append('\n');
            }
            text.Append(number).Append('|').Append(change.Edit.Target).Append('|').AppendJoin(' ', change.Edit.Fields).Append('\n');
        }
        return text.ToString();
    }

    private static bool IsWithin(string field, string around) =>
        field.StartsWith(around, StringComparison.Ordinal) && (field.Length == around.Length || field[around.Length] is '.' or '[');

    private readonly record struct Change(KustomizeReach Reach, OverlayEdit Edit);
}

/// <summary>One change: of which objects, and what of them.</summary>
/// <param name="Fields">Kubernetes field paths; the empty one is the whole object.</param>
/// <param name="OnlyAdds">Labels, say: what is written stays, and more comes beside it.</param>
internal sealed record OverlayEdit(OverlayTarget Target, ImmutableArray<string> Fields, bool OnlyAdds = false);

/// <summary>Which objects a patch is for. What is null or a pattern fits any: what may be changed is not judged.</summary>
internal sealed record OverlayTarget(string? Group, string? Kind, string? Name)
{
    public static readonly OverlayTarget Any = new(null, null, null);

    public static OverlayTarget Of(YamlNode? target)
    {
        string? version = target.At("version").Text();
        string? group = target.At("group").Text() ?? (target.At("apiVersion").Text() ?? version) switch
        {
            { } text when text.Contains('/') => text[..text.IndexOf('/')],
            _ => null,
        };
        return new OverlayTarget(Exact(group), Exact(target.At("kind").Text()), Exact(target.At("name").Text()));
    }

    /// <summary>A prefix or suffix may have been put around the name by a kustomization in between.</summary>
    public bool Means(ManifestObject one) =>
        (Kind is null || Kind == one.Kind) && (Group is null || Group == one.Gvk.Group)
        && (Name is null || one.Name.Length == 0 || Name.Contains(one.Name, StringComparison.Ordinal));

    private static string? Exact(string? text)
    {
        if (text is null)
        {
            return null;
        }
        foreach (char c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.'))
            {
                return null;
            }
        }
        return text.Contains(".*", StringComparison.Ordinal) || text.Length == 0 ? null : text;
    }
}
