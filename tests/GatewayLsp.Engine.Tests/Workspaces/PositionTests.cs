using GatewayLsp.Engine.Formatting;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Tests.Workspaces;

/// <summary>Positions that are nowhere in the file: an answer or none, never an exception.</summary>
public class PositionTests
{
    private const string Path = "file:///a.yaml";

    public static TheoryData<int, int> Places
    {
        get
        {
            var places = new TheoryData<int, int>();
            foreach (int line in (int[])[int.MinValue, -1, 0, 2, 99, int.MaxValue])
            {
                foreach (int character in (int[])[int.MinValue, -1, 0, 3, 999, int.MaxValue])
                {
                    places.Add(line, character);
                }
            }
            return places;
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Are_clamped(int line, int character)
    {
        const string text = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n---\nkind: Gateway\napiVersion: gateway.networking.k8s.io/v1\n";
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.Opened(Path, text, 1));
        var analysis = new Analysis(host.Current);
        var position = new LinePosition(line, character);
        var range = new LineRange(position, position);
        _ = analysis.Hover(Path, position);
        _ = analysis.Complete(Path, position);
        _ = analysis.SelectionRanges(Path, position);
        _ = analysis.Actions(Path, range);
        _ = analysis.Format(Path, range, new FormattingOptions());
        _ = analysis.Format(Path, new LineRange(position, new LinePosition(0, 0)), new FormattingOptions());
        host.Apply(new WorkspaceChange.Edited(Path, [new TextChange(range, "x"), new TextChange(new LineRange(new LinePosition(1, 0), position), "y\n")], 2));
        Assert.NotEmpty(host.Current.File(Path)!.Manifest.GetText());
        _ = new Analysis(host.Current).Diagnose(Path);
    }
}
