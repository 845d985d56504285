using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Kustomize;

/// <summary>The patches of a kustomization: in files and in its own text, to be merged or as JSON Patch.</summary>
/// <param name="mayMiss">Whether a patch may be for an object that is not here.</param>
internal sealed class BuildPatches(string path, ManifestDocument kustomization, BuildReader reader, BuildBudget budget, Func<string, ManifestFile?> input, bool mayMiss)
{
    private DocumentSlot[]? _inline;

    /// <summary>The objects by what they are and were called, for patches that name theirs: there may be thousands of both.</summary>
    private Dictionary<string, List<BuildObject>>? _named;
    private HashSet<BuildObject> _gone = [];

    /// <returns>Null when all were applied; else what kustomize would refuse.</returns>
    public string? Apply(BuildNode? list, List<BuildObject> objects)
    {
        _named = null;
        _gone = [];
        foreach (BuildNode item in (list as BuildSequence)?.Items ?? [])
        {
            var fields = item as BuildMapping;
            BuildSelector? target = fields?.Get("target") is BuildMapping wanted ? new BuildSelector(wanted, isPattern: true) : null;
            if (target?.IsUsable == false)
            {
                return "the target of a patch is not understood";
            }
            string? problem = null;
            foreach (BuildNode patch in Read(fields is null ? item : fields.Get("patch"), fields?.TextAt("path"), ref problem))
            {
                problem ??= Apply(patch, target, fields?.Get("options") as BuildMapping, objects);
            }
            if (problem is not null)
            {
                return problem;
            }
        }
        objects.RemoveAll(_gone.Contains);
        return null;
    }

    private List<BuildNode> Read(BuildNode? text, string? file, ref string? problem)
    {
        var patches = new List<BuildNode>();
        if (text is BuildScalar { IsNull: false } scalar && file is null && !scalar.Value.Contains('\n') && !scalar.Value.TrimStart().StartsWith('[') && !scalar.Value.Contains('{'))
        {
            (file, text) = (scalar.Value, null);
        }
        if (file is not null)
        {
            string from = RelativePath.Resolve(path, file);
            if (input(from) is not { } found || !KustomizationBuilder.IsWithin(path, from))
            {
                problem = KustomizationBuilder.IsWithin(path, from) ? $"`{file}` is not there" : KustomizationBuilder.Outside(file);
                return patches;
            }
            Add(found.Path, found.Documents.Select(static slot => slot.Document), null, patches, ref problem);
        }
        else if (text is BuildScalar { IsNull: false } written)
        {
            List<ManifestDocument> inline = Inline(written);
            if (inline.Count > 0)
            {
                Add(path, inline, null, patches, ref problem);
            }
            else
            {
                Add(path, ManifestFile.Parse("", written.Value).Documents.Select(static slot => slot.Document), written.Origin, patches, ref problem);
            }
        }
        return patches;
    }

    private void Add(string from, IEnumerable<ManifestDocument> documents, BuildOrigin? whole, List<BuildNode> patches, ref string? problem)
    {
        foreach (ManifestDocument document in documents)
        {
            if (document.Root is null && document.Errors.IsEmpty)
            {
                continue;
            }
            if (!document.Errors.IsEmpty || document.IsTemplate)
            {
                problem = "a patch can't be read";
                return;
            }
            patches.Add(reader.Read(from, document, document.Root, whole));
        }
    }

    /// <summary>The documents that stand for a block of text in the kustomization itself, character by character.</summary>
    private List<ManifestDocument> Inline(BuildScalar text)
    {
        _inline ??= [.. InlinePatches.Of(new DocumentSlot(kustomization, 0, 0)).OrderBy(static slot => slot.Start)];
        var found = new List<ManifestDocument>();
        if (text.Origin is not { } origin || !ReferenceEquals(origin.Document, kustomization))
        {
            return found;
        }
        int low = 0;
        int high = _inline.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _inline[middle].Start < origin.Span.Start ? (middle + 1, high) : (low, middle);
        }
        for (; low < _inline.Length && _inline[low].Start < origin.Span.End; low++)
        {
            found.Add(_inline[low].Document);
        }
        return found;
    }

    private string? Apply(BuildNode patch, BuildSelector? target, BuildMapping? options, List<BuildObject> objects)
    {
        switch (patch)
        {
            case BuildSequence operations:
                if (target is null)
                {
                    return "a JSON patch has no target";
                }
                foreach (BuildObject one in Selected(target, objects))
                {
                    BuildIdentity before = one.Identity;
                    if (JsonPatch.Apply(one.Root, operations, budget) is { } problem)
                    {
                        return problem;
                    }
                    Renamed(one, before);
                }
                return null;
            case BuildMapping merge when StrategicMerge.HasStrangeDirectives(merge):
                return "a patch has instructions for lists that are not followed";
            case BuildMapping merge:
                List<BuildObject> selected = target is null ? Named(merge, objects) : Selected(target, objects);
                if (target is null && selected.Count != 1)
                {
                    return selected.Count == 0 && mayMiss ? null
                        : $"the patch of {merge.TextAt("kind")} {merge.TextAt("metadata", "name")} is for {(selected.Count == 0 ? "no object" : "several objects")}";
                }
                foreach (BuildObject one in selected)
                {
                    Merge(one, merge, options);
                }
                return null;
            default:
                return "a patch is not an object";
        }
    }

    private List<BuildObject> Selected(BuildSelector target, List<BuildObject> objects) =>
        (target.ExactName is { } name ? Called(name, objects) : objects).FindAll(one => !_gone.Contains(one) && target.Selects(one));

    private List<BuildObject> Called(string name, List<BuildObject> objects)
    {
        if (_named is null)
        {
            _named = new Dictionary<string, List<BuildObject>>(StringComparer.Ordinal);
            foreach (BuildObject one in objects)
            {
                foreach (string known in one.Identities.Select(static identity => identity.Name).Distinct(StringComparer.Ordinal))
                {
                    Call(one, known);
                }
            }
        }
        return _named.GetValueOrDefault(name) ?? [];
    }

    private void Call(BuildObject one, string name)
    {
        if (!_named!.TryGetValue(name, out List<BuildObject>? same))
        {
            _named[name] = same = [];
        }
        if (!same.Contains(one))
        {
            same.Add(one);
        }
    }

    private List<BuildObject> Named(BuildMapping patch, List<BuildObject> objects)
    {
        (string group, string version) = BuildObject.Split(patch.TextAt("apiVersion") ?? "");
        var wanted = new BuildIdentity(patch.TextAt("kind") ?? "", patch.TextAt("metadata", "namespace") ?? "", patch.TextAt("metadata", "name") ?? "");
        return Called(wanted.Name, objects).FindAll(one => !_gone.Contains(one) && one.GroupVersion == (group, version) && one.Identities.Any(identity =>
            identity.Kind == wanted.Kind && identity.Name == wanted.Name && (!one.IsNamespaced() || identity.EffectiveNamespace == wanted.EffectiveNamespace)));
    }

    /// <summary>A patch changes no name or kind unless it is allowed to, whatever it says.</summary>
    private void Merge(BuildObject one, BuildMapping patch, BuildMapping? options)
    {
        BuildIdentity before = one.Identity;
        BuildNode? kind = one.Root.Get("kind");
        BuildNode? version = one.Root.Get("apiVersion");
        BuildNode? name = one.Root.At("metadata", "name");
        BuildNode? ns = one.Root.At("metadata", "namespace");
        if (!StrategicMerge.Apply(one, patch, budget))
        {
            _gone.Add(one);
            return;
        }
        if (options?.IsTrue("allowKindChange") != true)
        {
            Restore(one.Root, "apiVersion", version);
            Restore(one.Root, "kind", kind);
        }
        BuildMapping metadata = one.Root.Child("metadata", patch.Origin);
        if (options?.IsTrue("allowNameChange") != true)
        {
            Restore(metadata, "name", name);
        }
        Restore(metadata, "namespace", ns);
        Renamed(one, before);
    }

    private void Renamed(BuildObject one, BuildIdentity before)
    {
        if (one.Identity != before)
        {
            one.Recall(before);
            if (_named is not null)
            {
                Call(one, one.Name);
            }
        }
    }

    private static void Restore(BuildMapping mapping, string key, BuildNode? value)
    {
        if (value is null)
        {
            mapping.Remove(key);
        }
        else
        {
            mapping.Set(key, value, value.Origin);
        }
    }
}
