using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Navigation;

/// <summary>
/// Objects that kustomizations name: as targets of patches, as sources and targets of replacements, and in the paths of fields of these
/// (<c>backendRefs.[name=shop]</c>). A name that is a pattern names nobody.
/// </summary>
internal static class KustomizeTargets
{
    public static IEnumerable<Occurrence> Of(Workspace workspace, ObjectKey key)
    {
        IEnumerable<Referrer>? referrers = null;
        foreach ((ManifestDocument document, string path) in workspace.Kustomizations)
        {
            foreach (string list in (string[])["patches", "patchesJson6902"])
            {
                foreach (YamlMapping patch in RouteLabels.Items(document.Root.At(list)))
                {
                    foreach (Occurrence one in Named(path, document, patch.Get("target"), key))
                    {
                        yield return one;
                    }
                }
            }
            foreach ((string from, ManifestDocument written, YamlMapping replacement) in Replacements(workspace, path, document))
            {
                foreach (Occurrence one in OfReplacement(from, written, replacement, key, referrers ??= workspace.References.To(key)))
                {
                    yield return one;
                }
            }
        }
    }

    /// <summary>Those of the kustomization itself, and those of files that it names.</summary>
    private static IEnumerable<(string Path, ManifestDocument Document, YamlMapping Replacement)> Replacements(Workspace workspace, string path, ManifestDocument document)
    {
        foreach (YamlMapping item in RouteLabels.Items(document.Root.At("replacements")))
        {
            if (item.Get("path").Text() is not { Length: > 0 } name)
            {
                yield return (path, document, item);
                continue;
            }
            string from = RelativePath.Resolve(path, name);
            foreach (DocumentSlot slot in workspace.Whole.File(from)?.Manifest.Documents ?? [])
            {
                foreach (YamlMapping one in slot.Document.Root is YamlMapping only ? [only] : RouteLabels.Items(slot.Document.Root))
                {
                    yield return (from, slot.Document, one);
                }
            }
        }
    }

    private static IEnumerable<Occurrence> OfReplacement(string path, ManifestDocument document, YamlMapping replacement, ObjectKey key, IEnumerable<Referrer> referrers)
    {
        foreach (Occurrence one in Named(path, document, replacement.Get("source"), key))
        {
            yield return one;
        }
        foreach (YamlMapping target in RouteLabels.Items(replacement.Get("targets")))
        {
            foreach (YamlNode? selector in ((IEnumerable<YamlNode?>)RouteLabels.Items(target.Get("reject"))).Prepend(target.Get("select")))
            {
                foreach (Occurrence one in Named(path, document, selector, key))
                {
                    yield return one;
                }
            }
            foreach (YamlNode field in target.Get("fieldPaths") is YamlSequence fields ? fields.Items : [])
            {
                foreach (TextSpan span in InPath(document, field, target.Get("select"), key, referrers))
                {
                    yield return new Occurrence(path, document, field, span, field.Span, IsDefinition: false) { IsPart = true };
                }
            }
        }
    }

    /// <summary>The name in <c>[name=shop]</c>, where an object that is selected refers to the one that is meant at that place.</summary>
    private static IEnumerable<TextSpan> InPath(ManifestDocument document, YamlNode field, YamlNode? select, ObjectKey key, IEnumerable<Referrer> referrers)
    {
        string mark = $"[name={key.Name}]";
        if (field is not YamlScalar { IsOpaque: false } scalar)
        {
            yield break;
        }
        TextSpan text = SymbolSpans.Of(document, scalar);
        if (text.Length != scalar.Value.Length)
        {
            yield break;
        }
        for (int at = scalar.Value.IndexOf(mark, StringComparison.Ordinal); at >= 0; at = scalar.Value.IndexOf(mark, at + 1, StringComparison.Ordinal))
        {
            string place = AnyItem(scalar.Value[..at].TrimEnd('.')) + ".*";
            if (referrers.Any(one => Selects(select, one.Reference.From) && AnyItem(FieldPath.Of(one.Reference.Node, one.Reference.From.Node)) == place))
            {
                yield return new TextSpan(text.Start + at + mark.Length - 1 - key.Name.Length, key.Name.Length);
            }
        }
    }

    /// <summary>A path with a star for every item of a list, be it <c>rules[0]</c> or <c>rules.0</c>.</summary>
    private static string AnyItem(string path) => string.Join('.', path.Replace("[", ".[", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries)
        .Select(static part => part[0] == '[' || part.All(char.IsAsciiDigit) ? "*" : part));

    private static bool Selects(YamlNode? select, Model.ManifestObject one) =>
        (select.At("kind").IsNull() || select.At("kind").Text() == one.Kind) && (select.At("name").IsNull() || select.At("name").Text() == one.Name) && Fits(select.At("group"), one.Gvk.Group);

    private static IEnumerable<Occurrence> Named(string path, ManifestDocument document, YamlNode? selector, ObjectKey key) =>
        selector is YamlMapping target && Means(target, key) ? [Occurrence.Use(path, document, target.Find("name")!.Value)] : [];

    private static bool Means(YamlMapping target, ObjectKey key) =>
        target.Get("name").Text() == key.Name && target.Get("kind").Text() == key.Kind
        && Fits(target.Get("group"), key.Group) && Fits(target.Get("namespace"), key.Namespace);

    private static bool Fits(YamlNode? wanted, string actual) => wanted.IsNull() || wanted.Text() == actual;
}
