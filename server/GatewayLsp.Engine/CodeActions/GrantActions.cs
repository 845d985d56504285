using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.CodeActions;

/// <summary>
/// Other places for a missing ReferenceGrant than behind the document that refers: the grant is for the owner of the other namespace, so it
/// had better stand with what that one has.
/// </summary>
internal static class GrantActions
{
    private const string Code = "ref-not-permitted";

    public static IEnumerable<CodeActionItem> Of(Workspace workspace, string path, FileDiagnostic finding)
    {
        if (finding.Diagnostic is not { Code: Code, Fixes: [{ Edits: [var edit] } fix] })
        {
            yield break;
        }
        string text = edit.NewText.TrimStart('\r', '\n');
        if (ManifestObject.Of(new ManifestDocument(text)) is not [{ Namespace: { Length: > 0 } ns } grant])
        {
            yield break;
        }
        if (FileOf(workspace, ns, grant) is { } other)
        {
            if (other != path)
            {
                yield return new CodeActionItem($"{fix.Title}, in {NameOf(other)}", CodeActionProvider.QuickFix, [AtEnd(workspace, other, text)], [finding], IsPreferred: false);
            }
            yield break;
        }
        string fresh = path[..(path.LastIndexOf('/') + 1)] + $"{ns}-referencegrant.yaml";
        if (workspace.File(fresh) is null)
        {
            string content = text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..];
            var start = LineRange.At(default);
            yield return new CodeActionItem($"{fix.Title}, in a new file {NameOf(fresh)}", CodeActionProvider.QuickFix,
                [new FileEdit(fresh, [new TextEdit(start, content)], CreatesFile: true)], [finding], IsPreferred: false);
        }
    }

    /// <summary>Where the grants of the namespace stand, else the object that is referred to, else anything of the namespace that no template or overlay makes.</summary>
    private static string? FileOf(Workspace workspace, string ns, ManifestObject grant)
    {
        YamlNode? to = (grant.At("spec", "to") as YamlSequence)?.Items[0];
        var target = new ObjectKey(to.At("group").Text() ?? "", to.At("kind").Text() ?? "", ns, to.At("name").Text() ?? "");
        IEnumerable<IndexedObject> grants = workspace.Index.OfKind(ApiGroups.Gateway, "ReferenceGrant").Where(one => one.Object.Namespace == ns);
        return First(workspace, grants) ?? First(workspace, workspace.Index.Find(target)) ?? First(workspace, workspace.Index.All.Where(one => one.Object.Namespace == ns));
    }

    private static string? First(Workspace workspace, IEnumerable<IndexedObject> candidates) => candidates
        .Where(one => !one.Object.Document.IsTemplate && !workspace.Partials.Contains(one.Path) && one.Object.Document.Root is YamlMapping { IsFlow: false })
        .Select(one => one.Path).Order(StringComparer.Ordinal).FirstOrDefault();

    private static FileEdit AtEnd(Workspace workspace, string path, string text)
    {
        DocumentSlot last = workspace.File(path)!.Manifest.Documents[^1];
        ManifestDocument document = last.Document;
        bool isWindows = document.Text.Contains("\r\n", StringComparison.Ordinal);
        bool ends = document.Text.Length == 0 || document.Text[^1] == '\n';
        string added = (ends ? "" : "\n") + text.ReplaceLineEndings("\n");
        LinePosition end = last.ToFile(document.Lines.PositionOf(document.Text.Length));
        return new FileEdit(path, [new TextEdit(LineRange.At(end), isWindows ? added.ReplaceLineEndings("\r\n") : added)]);
    }

    private static string NameOf(string path) => Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
}
