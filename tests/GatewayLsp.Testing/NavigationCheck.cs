using GatewayLsp.Engine;
using GatewayLsp.Engine.Navigation;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Testing;

/// <summary>Places as a user sees them: <c>file:line text</c>, lines counted from 1.</summary>
public static class NavigationCheck
{
    /// <summary>The places, joined by <c>|</c>.</summary>
    public static string Show(Workspace workspace, IEnumerable<PlaceItem> places) =>
        string.Join("|", places.Select(place => $"{place.Path}:{place.Selection.Start.Line + 1} {Text(workspace, place.Path, place.Selection)}"));

    public static string Text(Workspace workspace, string path, LineRange range)
    {
        string text = workspace.File(path)!.Manifest.GetText();
        var lines = new LineIndex(text);
        return text[lines.OffsetOf(range.Start)..lines.OffsetOf(range.End)];
    }

    /// <summary>All files after a rename, each behind its <c>#file:</c> line.</summary>
    public static string Apply(Workspace workspace, RenameResult rename)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string path, WorkspaceFile file) in workspace.Files)
        {
            FileEdit? edit = rename.Edits.FirstOrDefault(one => one.Path == path);
            texts[path] = edit is null ? file.Manifest.GetText() : TextEditing.Apply(file.Manifest.GetText(), edit.Edits);
        }
        return string.Concat(texts.Select(file => $"#file: {file.Key}\n{file.Value.TrimEnd('\n')}\n"));
    }
}
