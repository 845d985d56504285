using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Navigation;

/// <summary>Where things stand, in words that people read and editors can follow.</summary>
internal static class ObjectPlace
{
    /// <summary>The place of a document in its file; null when the workspace does not have it there (any more).</summary>
    public static DocumentSlot? SlotOf(Workspace workspace, string path, ManifestDocument document)
    {
        if (workspace.File(path) is { } file)
        {
            foreach (DocumentSlot slot in file.Manifest.Documents)
            {
                if (ReferenceEquals(slot.Document, document))
                {
                    return slot;
                }
            }
        }
        return null;
    }

    /// <summary>What to jump to: the object's name, else its kind, else its first line.</summary>
    public static TextSpan HeadOf(ManifestObject one)
    {
        YamlNode? head = one.At("metadata", "name") ?? one.Node.Get("kind");
        return head is not null && one.Node.Span.Contains(head.Span) ? head.Span : new TextSpan(one.Node.Span.Start, 0);
    }

    /// <summary><c>HTTPRoute shop/store</c>; the namespace only where one is written.</summary>
    public static string NameOf(ManifestObject one)
    {
        string kind = one.Kind.Length == 0 ? "object" : one.Kind;
        return one.Name.Length == 0 ? kind : one.Namespace.Length == 0 ? $"{kind} {one.Name}" : $"{kind} {one.Namespace}/{one.Name}";
    }

    /// <summary>Markdown: file and 1-based line, as a link where the path is a URI.</summary>
    public static string Link(Workspace workspace, string path, ManifestDocument document, int offset)
    {
        int line = (SlotOf(workspace, path, document)?.StartLine ?? 0) + document.Lines.LineOf(offset) + 1;
        string text = $"{FileName(path)}:{line}";
        return path.Contains("://", StringComparison.Ordinal) ? $"[{text.Replace("]", "\\]", StringComparison.Ordinal)}]({path}#L{line})" : $"`{text}`";
    }

    /// <summary>The last part of a path or URI, as people know it.</summary>
    public static string FileName(string path)
    {
        string name = path[(path.LastIndexOfAny(['/', '\\']) + 1)..];
        return path.Contains("://", StringComparison.Ordinal) ? Uri.UnescapeDataString(name) : name;
    }
}
