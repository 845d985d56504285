using System.Collections.Immutable;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Resolution;

/// <summary>Reads from a kustomization, and from the files that it names, which fields of which objects it changes.</summary>
internal static class OverlayReader
{
    private const int MaxDepth = 64;

    public static IEnumerable<OverlayEdit> Read(string path, ManifestDocument document, Func<string, ManifestFile?> file, ISet<string> sources)
    {
        YamlNode? root = document.Root;
        foreach (string key in (string[])["patches", "patchesStrategicMerge", "patchesJson6902"])
        {
            foreach (YamlNode item in Items(root.At(key)))
            {
                OverlayTarget? target = item.At("target") is YamlMapping wanted ? OverlayTarget.Of(wanted) : null;
                string? text = item.At("patch").Text() ?? (item.Text() is { } own && own.Contains('\n') ? own : null);
                if (text is not null)
                {
                    foreach (DocumentSlot slot in ManifestFile.Parse("", text).Documents)
                    {
                        foreach (OverlayEdit edit in OfPatch(slot.Document.Root, target))
                        {
                            yield return edit;
                        }
                    }
                    continue;
                }
                if ((item.At("path").Text() ?? item.Text()) is not { Length: > 0 } name)
                {
                    continue;
                }
                string source = RelativePath.Resolve(path, name);
                sources.Add(source);
                if (file(source) is not { } patch)
                {
                    // What a file does that is not there nobody knows.
                    if (target is not null)
                    {
                        yield return new OverlayEdit(target, [""]);
                    }
                    continue;
                }
                foreach (DocumentSlot slot in patch.Documents)
                {
                    foreach (OverlayEdit edit in OfPatch(slot.Document.Root, target))
                    {
                        yield return edit;
                    }
                }
            }
        }
        foreach (YamlNode item in Items(root.At("replacements")))
        {
            if (item.At("path").Text() is { Length: > 0 } name)
            {
                string source = RelativePath.Resolve(path, name);
                sources.Add(source);
                foreach (DocumentSlot slot in file(source)?.Documents ?? [])
                {
                    foreach (OverlayEdit edit in slot.Document.Root is YamlSequence list ? list.Items.SelectMany(OfReplacement) : OfReplacement(slot.Document.Root))
                    {
                        yield return edit;
                    }
                }
            }
            foreach (OverlayEdit edit in OfReplacement(item))
            {
                yield return edit;
            }
        }
        foreach (YamlNode item in Items(root.At("replicas")))
        {
            yield return new OverlayEdit(OverlayTarget.Of(item), ["spec.replicas"]);
        }
        if (!root.At("commonLabels").IsNull() || !root.At("labels").IsNull())
        {
            yield return new OverlayEdit(OverlayTarget.Any, ["metadata.labels", "spec.selector", "spec.template.metadata.labels"], OnlyAdds: true);
        }
        if (!root.At("transformers").IsNull())
        {
            yield return new OverlayEdit(OverlayTarget.Any, [""]);
        }
    }

    private static ImmutableArray<YamlNode> Items(YamlNode? list) => list is YamlSequence sequence ? sequence.Items : [];

    private static IEnumerable<OverlayEdit> OfPatch(YamlNode? patch, OverlayTarget? target)
    {
        var fields = new List<string>();
        if (patch is YamlSequence operations)
        {
            if (target is null)
            {
                yield break;
            }
            foreach (YamlNode operation in operations.Items)
            {
                fields.AddRange(OfOperation(operation));
            }
        }
        else if (patch is YamlMapping merge)
        {
            foreach (YamlEntry entry in merge.Entries)
            {
                if (entry.Name is not ("apiVersion" or "kind"))
                {
                    Merged(entry, FieldPath.Child("", entry.Name), fields, 0);
                }
            }
            target ??= new OverlayTarget(
                merge.At("apiVersion").Text() is { } version && version.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash ? version[..slash] : null,
                merge.At("kind").Text(), merge.At("metadata", "name").Text());
        }
        if (fields.Count > 0)
        {
            yield return new OverlayEdit(target!, [.. fields]);
        }
    }

    /// <summary>A merge goes down into mappings; how lists come together depends on the kind, so that all of a list may change.</summary>
    private static void Merged(YamlEntry entry, string path, List<string> fields, int depth)
    {
        if (path is "metadata.name" or "metadata.namespace")
        {
            return;
        }
        if (entry.Name == "$patch")
        {
            fields.Add(path.Length > ".$patch".Length ? path[..^".$patch".Length] : "");
            return;
        }
        if (entry.Value.Resolved() is not YamlMapping { Entries.IsEmpty: false } mapping || depth > MaxDepth)
        {
            fields.Add(path);
            return;
        }
        foreach (YamlEntry below in mapping.Entries)
        {
            Merged(below, FieldPath.Child(path, below.Name), fields, depth + 1);
        }
    }

    /// <summary>JSON Patch (RFC 6902). What is put into a list or taken out of it moves the items behind.</summary>
    private static IEnumerable<string> OfOperation(YamlNode operation)
    {
        bool mayShift = operation.At("op").Text() is not ("replace" or "test");
        foreach (string key in (string[])["path", "from"])
        {
            if (operation.At(key).Text() is not { Length: > 0 } pointer || operation.At("op").Text() == "test")
            {
                continue;
            }
            string path = "";
            string[] segments = pointer.Split('/', MaxDepth);
            for (int i = 1; i < segments.Length; i++)
            {
                string segment = segments[i].Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
                bool isLast = i == segments.Length - 1;
                if (segment == "-" || (isLast && mayShift && int.TryParse(segment, out _)))
                {
                    break;
                }
                path = int.TryParse(segment, out int index) && index >= 0 ? FieldPath.Item(path, index) : FieldPath.Child(path, segment);
            }
            yield return path;
        }
    }

    private static IEnumerable<OverlayEdit> OfReplacement(YamlNode? replacement)
    {
        foreach (YamlNode target in Items(replacement.At("targets")))
        {
            OverlayTarget select = OverlayTarget.Of(target.At("select"));
            ImmutableArray<string> fields = [.. Items(target.At("fieldPaths")).Select(static one => one.Text()).OfType<string>().Select(FieldOf)];
            // Without a path it is the name.
            yield return new OverlayEdit(select, fields.IsEmpty ? ["metadata.name"] : fields);
        }
    }

    /// <summary>A path of a replacement (<c>spec.rules.*.backendRefs.[name=shop].port</c>), up to the first list of which not one certain item is meant.</summary>
    private static string FieldOf(string text)
    {
        string path = "";
        foreach (string segment in text.Replace("\\.", "\0", StringComparison.Ordinal).Split('.', MaxDepth))
        {
            string key = segment.Replace('\0', '.');
            if (key.Length == 0 || key is "*" or "-" || key.Contains('='))
            {
                break;
            }
            key = key.Trim('[', ']');
            path = int.TryParse(key, out int index) && index >= 0 ? FieldPath.Item(path, index) : FieldPath.Child(path, key);
        }
        return path;
    }
}
