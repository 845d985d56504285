using GatewayLsp.Testing;
using Xunit.Abstractions;

namespace GatewayLsp.Engine.Tests.Completion.Replay;

/// <summary>Types real manifests again and holds completion to the shares that it has to reach, mode by mode.</summary>
public sealed class ReplayTests(ITestOutputHelper output)
{
    private const string GatewayApi = "gateway.networking.k8s.io/";

    /// <summary>Least shares in percent. Values include some that nobody can know, such as the methods of a gRPC service.</summary>
    private const double Keys = 99.5;
    private const double Values = 98;
    private const double FirstWithOneLetter = 95;

    [Fact]
    public void TypesOurSamples()
    {
        string[] files = FilesIn(Path.Combine(SharedFiles.Root, "samples"));
        Replay("samples", [.. files.Where(file => Path.GetFileName(Path.GetDirectoryName(file)) is not ("broken" or "legacy"))], Enum.GetValues<ReplayMode>(), 2);
    }

    [SharedFact("bench/data/typical.yaml")]
    public void TypesTheBenchFilesInAllModes() =>
        Replay("bench/data", [SharedFiles.Get("bench/data/small.yaml"), SharedFiles.Get("bench/data/typical.yaml")], Enum.GetValues<ReplayMode>(), int.MaxValue);

    [SharedFact("bench/manifests/examples/standard")]
    public void TypesTheUpstreamExamples() =>
        Replay("examples", FilesIn(SharedFiles.Get("bench/manifests/examples/standard")), Enum.GetValues<ReplayMode>(), 2);

    [SharedFact("oracle/conformance/manifests")]
    public void TypesTheConformanceManifests() =>
        Replay("conformance", FilesIn(SharedFiles.Get("oracle/conformance/manifests")), [ReplayMode.Append], 2);

    private static string[] FilesIn(string folder) => [.. Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private void Replay(string title, string[] files, ReplayMode[] modes, int letters)
    {
        var host = new AnalysisHost();
        var texts = files.Select(file => (Path: file, Text: File.ReadAllText(file).ReplaceLineEndings("\n"))).ToList();
        foreach ((string path, string text) in texts)
        {
            host.Apply(new WorkspaceChange.OnDisk(path, text));
        }
        var strokes = new List<Keystroke>();
        foreach ((string path, string text) in texts)
        {
            foreach (ReplayMode mode in modes)
            {
                strokes.AddRange(Keystrokes.Replay(host, path, text, mode, letters, GatewayApi));
            }
            host.Apply(new WorkspaceChange.Closed(path, text));
        }
        var table = new ReplayTable(strokes);
        output.WriteLine(title + "\n" + table + "\nmissed:\n" + table.Missed(20) + "\nnot first:\n" + table.Behind(10));
        foreach (ReplayMode mode in modes)
        {
            bool Untyped(Keystroke s) => s.Mode == mode && s.Typed == 0;
            bool OneLetter(Keystroke s) => s.Mode == mode && s.Typed == 1;
            Assert.InRange(table.Offered(false, Untyped), Keys, 100);
            Assert.InRange(table.Applies(false, Untyped), Keys, 100);
            Assert.InRange(table.First(false, OneLetter), FirstWithOneLetter, 100);
            Assert.InRange(table.Offered(true, Untyped), Values, 100);
            Assert.InRange(table.Applies(true, Untyped), Values, 100);
        }
    }
}
