using System.Diagnostics;
using System.Text;
using GatewayLsp.Engine.Completion;
using GatewayLsp.Engine.Text;
using Xunit.Abstractions;

namespace GatewayLsp.Engine.Tests.Completion;

/// <summary>Typing in a file of 5,000 documents: what is offered, and what is not read for it. The benchmarks tell the time it takes.</summary>
public sealed class CompletionSpeedTests
{
    private const int Documents = 5_000;

    private readonly AnalysisHost _host = new();
    private readonly string[] _lines;
    private readonly ITestOutputHelper _output;

    public CompletionSpeedTests(ITestOutputHelper output)
    {
        _output = output;
        var text = new StringBuilder();
        for (int i = 0; i < Documents; i++)
        {
            text.Append(i % 2 == 0
                ? $"---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: route-{i}\n  namespace: ns-{i % 50}\nspec:\n  parentRefs:\n  - name: main\n  rules:\n  - backendRefs:\n    - name: service-{i + 1}\n      port: 8080\n"
                : $"---\napiVersion: v1\nkind: Service\nmetadata:\n  name: service-{i}\n  namespace: ns-{i % 50}\nspec:\n  ports:\n  - name: http\n    port: 8080\n");
        }
        _host.Apply(new WorkspaceChange.Opened("big.yaml", text.ToString(), 1));
        _lines = text.ToString().Split('\n');
    }

    [Theory]
    [InlineData("  - name: main", "    n")]
    [InlineData("  - name: main", "    ")]
    [InlineData("    - name: service-2501", "      kind: ")]
    [InlineData("    - name: service-2501", "      namespace: ")]
    [InlineData("  rules:", "  - backendRefs:\n    - name: ")]
    public void AnswersInTheMiddleOfABigFile(string after, string typed)
    {
        int line = Array.IndexOf(_lines, after, _lines.Length / 2 - 40) + 1;
        string[] parts = typed.Split('\n');
        _host.Apply(new WorkspaceChange.Edited("big.yaml", [new TextChange(LineRange.At(new LinePosition(line, 0)), typed + "\n")], 2));
        var cursor = new LinePosition(line + parts.Length - 1, parts[^1].Length);
        Assert.NotEmpty(new Analysis(_host.Current).Complete("big.yaml", cursor).Items);
    }

    /// <summary>Keys need nothing of the workspace: the index of all documents is not even made.</summary>
    [Fact]
    public void KeysDoNotReadTheOtherDocuments()
    {
        int line = Array.IndexOf(_lines, "  - name: main") + 1;
        _host.Apply(new WorkspaceChange.Edited("big.yaml", [new TextChange(LineRange.At(new LinePosition(line, 0)), "    \n")], 2));
        new Analysis(_host.Current).Complete("big.yaml", new LinePosition(line, 4));
        long start = Stopwatch.GetTimestamp();
        Assert.NotEmpty(new Analysis(_host.Current).Complete("big.yaml", new LinePosition(line, 4)).Items);
        double keys = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        start = Stopwatch.GetTimestamp();
        _ = _host.Current.Index;
        double index = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        _output.WriteLine($"keys {keys:f3} ms, the index afterwards {index:f1} ms");
        Assert.InRange(keys, 0, index / 2);
    }
}
