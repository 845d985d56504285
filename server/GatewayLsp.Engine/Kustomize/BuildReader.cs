using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Kustomize;

/// <summary>
/// Copies what documents hold into nodes that can be changed, each with the place it was read from. Aliases are written out, merge
/// keys followed, so the number of nodes is bounded.
/// </summary>
internal sealed class BuildReader(BuildBudget budget)
{
    /// <summary>Kustomize turns these into JSON first, by YAML 1.1.</summary>
    private bool _isJsonPatch;

    /// <param name="whole">The place of everything, where the document is only made up from a text within another.</param>
    public BuildNode Read(string path, ManifestDocument document, YamlNode? node, BuildOrigin? whole = null)
    {
        _isJsonPatch = node.Resolved() is YamlSequence;
        return Read(path, document, node, whole, 0);
    }

    private BuildNode Read(string path, ManifestDocument document, YamlNode? node, BuildOrigin? whole, int depth)
    {
        if (!budget.Take(depth))
        {
            return BuildScalar.Unknown(whole);
        }
        YamlNode? source = node.Resolved();
        BuildOrigin? origin = whole ?? (node is null ? null : new BuildOrigin(path, document, node.Span));
        switch (source)
        {
            case YamlScalar scalar when !budget.TakeText(scalar.Value):
                return BuildScalar.Unknown(whole);
            case YamlScalar scalar:
                return new BuildScalar(scalar.IsOpaque ? Raw(document, scalar) : scalar.Value, scalar.Style == ScalarStyle.Plain && (_isJsonPatch || !IsWord(scalar)), scalar.Properties?.Tag, scalar.IsOpaque, origin);
            case YamlSequence sequence:
                var list = new BuildSequence(origin);
                foreach (YamlNode item in sequence.Items)
                {
                    list.Items.Add(Read(path, document, item, whole, depth + 1));
                }
                return list;
            case YamlMapping mapping:
                var made = new BuildMapping(origin);
                Fill(made, path, document, mapping, whole, depth, areDefaults: false);
                return made;
            default:
                return new BuildScalar("null", isPlain: true, null, isOpaque: false, origin);
        }
    }

    private void Fill(BuildMapping to, string path, ManifestDocument document, YamlMapping from, BuildOrigin? whole, int depth, bool areDefaults)
    {
        foreach (YamlEntry entry in from.Entries)
        {
            if (!budget.Take(depth) || entry.IsMerge || (areDefaults && to.Find(entry.Name) is not null))
            {
                continue;
            }
            to.Set(entry.Name, Read(path, document, entry.Value, whole, depth + 1), whole ?? new BuildOrigin(path, document, entry.Key.Span));
        }
        foreach (YamlEntry entry in from.Entries)
        {
            if (!entry.IsMerge)
            {
                continue;
            }
            foreach (YamlNode? one in entry.Value.Resolved() is YamlSequence several ? several.Items : [entry.Value])
            {
                if (budget.Take(depth) && one.Resolved() is YamlMapping merged)
                {
                    Fill(to, path, document, merged, whole, depth + 1, areDefaults: true);
                }
            }
        }
    }

    /// <summary>Kustomize reads YAML 1.2, in which <c>yes</c>, <c>on</c> and <c>y</c> are texts, and writes them as such.</summary>
    private static bool IsWord(YamlScalar scalar) =>
        scalar.Properties?.Tag is null && ScalarResolver.KindOf(scalar.Value) == ScalarKind.Boolean && scalar.Value is not ("true" or "True" or "TRUE" or "false" or "False" or "FALSE");

    /// <summary>A template's expression as it is written, on one line: what it makes is not known, only that it is one.</summary>
    private static string Raw(ManifestDocument document, YamlScalar scalar)
    {
        string text = document.Text.Substring(scalar.Span.Start, scalar.Span.Length);
        return text.Contains('\n') || !Placeholders.IsIn(text.Trim('"', '\'')) ? "${UNKNOWN}" : text.Trim('"', '\'');
    }
}
