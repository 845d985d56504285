using System.Diagnostics;
using System.Globalization;
using System.Text;
using GatewayLsp.Engine.Completion;
using GatewayLsp.Engine.Hover;
using GatewayLsp.Engine.Text;
using Xunit.Abstractions;

namespace GatewayLsp.Engine.Tests.Completion;

/// <summary>One document of several megabytes is answered for as fast, and with the same, as a small one of the same make.</summary>
public sealed class LargeDocumentTests(ITestOutputHelper output)
{
    private const string Path = "file:///large.yaml";

    private const string Item =
        """
        - apiVersion: gateway.networking.k8s.io/v1
          kind: HTTPRoute
          metadata:
            name: route-NUMBER
            namespace: shop
          spec:
            parentRefs:
            - name: front
            rules:
            - matches:
              - path:
                  type: PathPrefix
                  value: /a
              filters:
              - type: RequestRedirect
              backendRefs:
              - name: service-NUMBER
                port: 80

        """;

    public static TheoryData<string, string, string> Forms => new()
    {
        { "apiVersion: v1\nkind: List\nitems:\n", "", "" },
        { "---\n# A comment.\napiVersion: v1\nkind: List\nitems:\n", "", "" },
        { "apiVersion: v1\nitems:\n", "kind: List\nmetadata:\n  resourceVersion: \"\"\n", "" },
        { "apiVersion: v1\nkind: List\nitems:\n", "", "  " },
        { "apiVersion: gateway.networking.k8s.io/v1\nitems:\n", "kind: HTTPRouteList\n", "    " },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void OffersWhatASmallOneOffers(string head, string foot, string indent)
    {
        string item = string.Concat(Item.TrimEnd('\n').Split('\n').Select(line => indent + line + "\n"));
        Analysis small = Opened(head + Repeat(item, 1000, 4) + foot);
        Analysis large = Opened(head + Repeat(item, 1000, 2500) + foot);
        int headLines = head.Count(c => c == '\n');
        int itemLines = item.Count(c => c == '\n');
        for (int line = 0; line < itemLines; line++)
        {
            string text = item.Split('\n')[line];
            int key = text.Length - text.TrimStart(' ', '-').Length;
            int value = text.IndexOf(':', StringComparison.Ordinal) + 2;
            foreach (int column in new[] { key, key + 1, Math.Min(value, text.Length), text.Length })
            {
                // The first, one in the middle and the last, each of which has other neighbours.
                foreach ((int inSmall, int inLarge) in new[] { (0, 0), (1, 1200), (3, 2499) })
                {
                    Same(small, large, headLines + (inSmall * itemLines) + line, headLines + (inLarge * itemLines) + line, column);
                }
            }
        }
    }

    [Fact]
    public void KnowsTheObjectsOfTheDocumentBeforeItIsReadAgain()
    {
        string text = "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Service\n  metadata: {name: cart, namespace: shop}\n  spec: {ports: [{port: 8080}]}\n" + Repeat(Item, 1, 2500);
        var host = new AnalysisHost();
        _ = host.Apply(new WorkspaceChange.Opened(Path, text, 1)).Index;
        string[] lines = text.Split('\n');
        int line = Array.IndexOf(lines, "      - name: service-1800");
        Workspace edited = host.Apply(new WorkspaceChange.Edited(Path, [new TextChange(Range(line, 14, lines[line].Length), "")], 2));
        CompletionList offers = new Analysis(edited).Complete(Path, new LinePosition(line, 14));
        Assert.Contains(offers.Items, one => one.Label == "cart");
        Assert.Equal(Range(line, 14, 14), offers.Range);
        Assert.NotEmpty(edited.Index.OfKind("gateway.networking.k8s.io", "HTTPRoute"));
    }

    [Fact]
    public void EntriesOfALongMapAreFoundBesideItsBlocks()
    {
        var text = new StringBuilder("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: big\ndata:\n  big.txt: |\n");
        for (int i = 0; i < 20_000; i++)
        {
            text.Append("    - kind: {x} [1] \"\n");
        }
        int line = 6 + 20_000;
        text.Append("immutable: \n");
        CompletionList offers = Complete(text.ToString(), new LinePosition(line, 11));
        Assert.Equal(["true", "false"], offers.Items.Select(one => one.Label).Order().Reverse());
        Assert.Empty(Complete(text.ToString(), new LinePosition(line - 10_000, 6)).Items);
    }

    /// <summary>Time is told, not judged: on a busy machine it says little. That the document is left unread is what makes it short.</summary>
    [Theory]
    [InlineData(20_000)]
    public void AnswersWithoutReadingTheDocument(int items)
    {
        string text = "apiVersion: v1\nkind: List\nitems:\n" + Repeat(Item, 1, items);
        string[] lines = text.Split('\n');
        int line = Array.FindIndex(lines, lines.Length / 2, l => l.Contains("type: PathPrefix", StringComparison.Ordinal));
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.Opened(Path, text, 1));
        var completions = new List<double>();
        var hovers = new List<double>();
        for (int i = 0; i < 12; i++)
        {
            var analysis = new Analysis(host.Apply(new WorkspaceChange.Edited(Path, [new TextChange(Range(line, 18, 18), "x")], i + 2)));
            long start = Stopwatch.GetTimestamp();
            Assert.NotEmpty(analysis.Complete(Path, new LinePosition(line, 18)).Items);
            completions.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            start = Stopwatch.GetTimestamp();
            Assert.NotNull(analysis.Hover(Path, new LinePosition(line, 12)));
            hovers.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            Assert.False(analysis.Workspace.File(Path)!.Manifest.Documents[0].Document.IsRead);
        }
        completions.Sort();
        hovers.Sort();
        output.WriteLine($"{text.Length >> 20} MB: completion {completions[6]:f1} ms (slowest {completions[^1]:f1}), hover {hovers[6]:f1} ms (slowest {hovers[^1]:f1})");
    }

    private static void Same(Analysis small, Analysis large, int inSmall, int inLarge, int column)
    {
        CompletionList expected = small.Complete(Path, new LinePosition(inSmall, column));
        CompletionList found = large.Complete(Path, new LinePosition(inLarge, column));
        Assert.Equal(expected.Items.Where(IsFixed).Select(one => (one.Label, one.NewText)), found.Items.Where(IsFixed).Select(one => (one.Label, one.NewText)));
        Assert.Equal((expected.Range.Start.Character, expected.Range.End.Character), (found.Range.Start.Character, found.Range.End.Character));
        Assert.Equal(inLarge, found.Range.Start.Line);
        HoverText? hover = large.Hover(Path, new LinePosition(inLarge, column));
        Assert.Equal(small.Hover(Path, new LinePosition(inSmall, column)) is null, hover is null);
        if (hover is not null)
        {
            Assert.Equal(inLarge, hover.Range.Start.Line);
        }
    }

    /// <summary>Names out of the workspace differ, as the objects do.</summary>
    private static bool IsFixed(CompletionItem item) => item.Kind != CompletionKind.Reference;

    private static CompletionList Complete(string text, LinePosition at) => Opened(text).Complete(Path, at);

    private static Analysis Opened(string text) => new(new AnalysisHost().Apply(new WorkspaceChange.Opened(Path, text, 1)));

    private static LineRange Range(int line, int from, int to) => new(new LinePosition(line, from), new LinePosition(line, to));

    private static string Repeat(string item, int from, int count)
    {
        var text = new StringBuilder();
        for (int i = from; i < from + count; i++)
        {
            text.Append(item.Replace("NUMBER", i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        }
        return text.ToString();
    }
}
