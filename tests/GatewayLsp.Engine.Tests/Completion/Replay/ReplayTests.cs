using GatewayLsp.Testing;
using Xunit.Abstractions;

namespace GatewayLsp.Engine.Tests.Completion.Replay;

/// <summary>Types real manifests again and holds completion to the shares that it has to reach.</summary>
public sealed class ReplayTests(ITestOutputHelper output)
{
    private const string GatewayApi = "gateway.networking.k8s.io/";

    [SharedFact("bench/data/typical.yaml")]
    public void TypesTheBenchFilesInAllModes()
    {
        ReplayTable table = Replay("bench/data", ["bench/data/small.yaml", "bench/data/typical.yaml"], Enum.GetValues<ReplayMode>(), int.MaxValue);
        Assert.InRange(table.Offered(false), 99.5, 100);
    }

    [SharedFact("bench/manifests/examples/standard")]
    public void TypesTheUpstreamExamples()
    {
        string root = SharedFiles.Get("bench/manifests/examples/standard");
        string[] files = [.. Directory.EnumerateFiles(root, "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        ReplayTable table = Replay("examples", files, Enum.GetValues<ReplayMode>(), 5);
        Assert.InRange(table.Offered(false), 99.5, 100);
    }

    [SharedFact("oracle/conformance/manifests")]
    public void TypesTheConformanceManifests()
    {
        string root = SharedFiles.Get("oracle/conformance/manifests");
        string[] files = [.. Directory.EnumerateFiles(root, "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        ReplayTable table = Replay("conformance", files, [ReplayMode.Append, ReplayMode.Insert], 2);
        Assert.InRange(table.Offered(false), 99.5, 100);
    }

    private ReplayTable Replay(string title, string[] files, ReplayMode[] modes, int maxTyped)
    {
        var host = new AnalysisHost();
        var texts = files.Select(file => (Path: file, Text: File.ReadAllText(Path.IsPathRooted(file) ? file : SharedFiles.Get(file)))).ToList();
        foreach ((string path, string text) in texts)
        {
            host.Apply(new WorkspaceChange.OnDisk(path, text));
        }
        var strokes = new List<Keystroke>();
        foreach ((string path, string text) in texts)
        {
            foreach (ReplayMode mode in modes)
            {
                strokes.AddRange(Keystrokes.Replay(host, path, text, mode, maxTyped, GatewayApi));
            }
            host.Apply(new WorkspaceChange.Closed(path, text));
        }
        var table = new ReplayTable(strokes);
        output.WriteLine(title + "\n" + table + "\n" + table.Missed(40) + "\n" + table.Behind(40));
        return table;
    }
}
