using GatewayLsp.Engine;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Testing;

/// <summary>
/// A workspace out of one string: <c>#file: name</c> lines begin files (without one, all is <see cref="DefaultPath"/>) and
/// <c>$0</c>, if there is one, is the cursor.
/// </summary>
public sealed record WorkspaceFixture(Workspace Workspace, string Path, LinePosition Cursor)
{
    public const string DefaultPath = "manifest.yaml";

    private const string FileMark = "#file: ";
    private const string CursorMark = "$0";

    public Analysis Analysis => new(Workspace);

    public static WorkspaceFixture Parse(string fixture, WorkspaceSettings? settings = null)
    {
        var host = new AnalysisHost();
        if (settings is not null)
        {
            host.Apply(new WorkspaceChange.Configured(settings));
        }
        string path = "";
        LinePosition cursor = default;
        foreach ((string name, string content) in Files(fixture))
        {
            int mark = content.IndexOf(CursorMark, StringComparison.Ordinal);
            string text = mark < 0 ? content : content.Remove(mark, CursorMark.Length);
            if (mark >= 0 || path.Length == 0)
            {
                path = name;
                cursor = new LineIndex(text).PositionOf(Math.Max(0, mark));
            }
            host.Apply(new WorkspaceChange.OnDisk(name, text));
        }
        return new WorkspaceFixture(host.Current, path, cursor);
    }

    private static IEnumerable<(string Name, string Content)> Files(string fixture)
    {
        if (!fixture.StartsWith(FileMark, StringComparison.Ordinal))
        {
            yield return (DefaultPath, fixture);
            yield break;
        }
        foreach (string part in ("\n" + fixture).Split("\n" + FileMark, StringSplitOptions.RemoveEmptyEntries))
        {
            int end = part.IndexOf('\n', StringComparison.Ordinal);
            yield return (part[..end].Trim(), part[(end + 1)..]);
        }
    }
}
