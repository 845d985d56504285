using BenchmarkDotNet.Attributes;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Completion;
using GatewayLsp.Engine.Hover;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Benchmarks;

/// <summary>A keystroke in one document of 5 MB: nothing there is to wait for all of it being read again.</summary>
[MemoryDiagnoser]
public class LargeDocumentBenchmarks
{
    private const string Path = "file:///large.yaml";

    private readonly AnalysisHost _host = new();
    private LinePosition _value;
    private int _keystroke;

    [Params("list", "block")]
    public string Form { get; set; } = "list";

    [GlobalSetup]
    public void Open()
    {
        string text = Form == "list" ? Manifests.List(15_000) : Manifests.Block(100_000);
        string[] lines = text.Split('\n');
        string wanted = Form == "list" ? "type: PathPrefix" : "immutable: true";
        int line = Array.FindIndex(lines, Form == "list" ? lines.Length / 2 : 0, l => l.Contains(wanted, StringComparison.Ordinal));
        _value = new LinePosition(line, lines[line].IndexOf(':', StringComparison.Ordinal) + 2);
        _ = new Analysis(_host.Apply(new WorkspaceChange.Opened(Path, text, 1))).Workspace.Index;
    }

    /// <summary>A letter typed, nothing asked.</summary>
    [Benchmark(Baseline = true)]
    public Analysis Edit() => Type();

    [Benchmark]
    public CompletionList EditAndComplete() => Type().Complete(Path, _value);

    [Benchmark]
    public HoverText? EditAndHover() => Type().Hover(Path, _value);

    /// <summary>Puts a letter in front of the value, and takes it away at the next stroke.</summary>
    private Analysis Type()
    {
        bool isOn = _keystroke++ % 2 == 0;
        var range = new LineRange(_value, isOn ? _value : _value with { Character = _value.Character + 1 });
        return new Analysis(_host.Apply(new WorkspaceChange.Edited(Path, [new TextChange(range, isOn ? "x" : "")], _keystroke)));
    }
}
