using BenchmarkDotNet.Attributes;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Completion;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Hover;
using GatewayLsp.Engine.Navigation;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Benchmarks;

/// <summary>What happens at a keystroke and around it, in a typical file and in one of 5,000 documents.</summary>
[MemoryDiagnoser]
public class EditorBenchmarks
{
    private const string Path = "file:///shop.yaml";

    private readonly AnalysisHost _host = new();
    private string _text = "";
    private LinePosition _value;
    private int _keystroke;

    [Params(8, 5000)]
    public int Documents { get; set; }

    [GlobalSetup]
    public void Open()
    {
        _text = Documents == 8 ? Manifests.Typical() : Manifests.Documents(Documents);
        var analysis = new Analysis(_host.Apply(new WorkspaceChange.Opened(Path, _text, 1)));
        _ = analysis.Diagnose(Path);
        _ = analysis.Workspace.Index;
        // The path of a route in the middle of the file.
        string[] lines = _text.Split('\n');
        int line = Array.FindIndex(lines, lines.Length / 2, l => l.Contains("type: PathPrefix", StringComparison.Ordinal));
        _value = new LinePosition(line, lines[line].IndexOf("Path", StringComparison.Ordinal));
    }

    /// <summary>All of the file read and its trees made.</summary>
    [Benchmark]
    public int Parse() => ManifestFile.Parse(Path, _text).Documents.Sum(d => d.Document.Errors.Length);

    /// <summary>All of the file read and checked.</summary>
    [Benchmark]
    public int ParseAndValidate() => new Analysis(new AnalysisHost().Apply(new WorkspaceChange.Opened(Path, _text, 1))).Diagnose(Path).Length;

    /// <summary>A letter typed and the findings of the whole file after it.</summary>
    [Benchmark]
    public int EditAndDiagnose() => Type().Diagnose(Path).Length;

    /// <summary>A letter typed and the offers after it.</summary>
    [Benchmark]
    public CompletionList EditAndComplete() => Type().Complete(Path, _value);

    [Benchmark]
    public HoverText? Hover() => new Analysis(_host.Current).Hover(Path, _value);

    [Benchmark]
    public CompletionList Complete() => new Analysis(_host.Current).Complete(Path, _value);

    [Benchmark]
    public int Outline() => new Analysis(_host.Current).Outline(Path).Length;

    /// <summary>Puts a letter in front of the value, and takes it away at the next stroke.</summary>
    private Analysis Type()
    {
        bool isOn = _keystroke++ % 2 == 0;
        var range = new LineRange(_value, isOn ? _value : _value with { Character = _value.Character + 1 });
        return new Analysis(_host.Apply(new WorkspaceChange.Edited(Path, [new TextChange(range, isOn ? "x" : "")], _keystroke)));
    }
}
