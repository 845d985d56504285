using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Navigation;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Hover;

/// <summary>Markdown about what stands at <c>Range</c>.</summary>
public sealed record HoverText(string Markdown, LineRange Range);

/// <summary>
/// textDocument/hover. A key tells its field; a value what it means, an object's head what the object is. Kinds that we do
/// not know, and blanks, tell nothing.
/// </summary>
internal static class HoverProvider
{
    public static HoverText? Hover(Workspace workspace, string path, LinePosition position, CancellationToken cancel)
    {
        if (workspace.File(path) is not { } file || position.Line < 0 || position.Character < 0)
        {
            return null;
        }
        cancel.ThrowIfCancellationRequested();
        DocumentSlot slot = file.Manifest.At(position);
        slot = workspace.IsKustomization(slot.Document) && InlinePatches.At(slot, position) is { } patch ? patch : slot;
        if (!slot.Document.IsRead && DocumentWindow.Around(slot, slot.OffsetOf(position)) is { } window)
        {
            slot = window;
        }
        ManifestDocument document = slot.Document;
        int offset = slot.OffsetOf(position);
        if (NodeFinder.At(document.Root, offset) is not { } node)
        {
            return null;
        }
        TextSpan span = node.Span;
        if (node is YamlSequence list && NodeFinder.DashAt(list, offset) is >= 0 and int dash)
        {
            node = list.Items[dash];
            span = new TextSpan(list.Dashes[dash], 1);
        }
        else if (node is not (YamlScalar or YamlAlias))
        {
            return null;
        }
        return Describe(workspace, path, document, node) is { } markdown ? new HoverText(markdown, slot.RangeOf(span)) : null;
    }

    private static string? Describe(Workspace workspace, string path, ManifestDocument document, YamlNode node)
    {
        if (ObjectOf(document, node) is not { } one)
        {
            return ListHover.Describe(document, node);
        }
        bool isKey = node.Entry is { } entry && ReferenceEquals(entry.Key, node);
        if (!isKey && HeadHover.IsHead(one, node))
        {
            return HeadHover.Describe(workspace, path, one);
        }
        string? old = OldFieldHover.Describe(one, node, out bool isOld);
        if (FieldLookup.Of(one, node, workspace.CatalogOf(path, document), workspace.Settings.Channel) is not { } field)
        {
            return old;
        }
        string? told = Describe(workspace, one, node, field, isKey, old, isOld);
        string? support = field is { Status: FieldStatus.Known, Schema.Feature: { } feature } ? FeatureHover.OfFeature(workspace, feature)
            : !isKey && node is YamlScalar { IsMissing: false } name ? FeatureHover.OfClass(workspace, one, name) : null;
        return support is null ? told : $"{told}\n\n{support}";
    }

    private static string? Describe(Workspace workspace, ManifestObject one, YamlNode node, Field field, bool isKey, string? old, bool isOld)
    {
        if (old is not null && (isOld || field.Status != FieldStatus.Known))
        {
            return field.Status == FieldStatus.Known ? old + FieldHover.Rule + FieldHover.OfKey(node, field) : old;
        }
        // At the dash of a match what it takes comes first; at one of its keys, the key.
        if (MatchHover.Describe(workspace, one, isKey ? node.Entry!.Mapping : node) is { } standing)
        {
            string key = FieldHover.OfKey(node, field);
            return isKey ? key + FieldHover.Rule + standing : standing + FieldHover.Rule + key;
        }
        return isKey || node is not YamlScalar { IsMissing: false } scalar ? FieldHover.OfKey(node, field) : FieldHover.OfValue(workspace, one, scalar, field);
    }

    private static ManifestObject? ObjectOf(ManifestDocument document, YamlNode node)
    {
        foreach (ManifestObject one in ManifestObject.Of(document))
        {
            if (one.Node.Span.Contains(node.Span))
            {
                for (YamlNode? at = node; at is not null; at = at.Parent)
                {
                    if (ReferenceEquals(at, one.Node))
                    {
                        return one;
                    }
                }
            }
        }
        return null;
    }
}
