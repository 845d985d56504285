using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CsCheck;
using GatewayLsp.Engine.Topology;
using GatewayLsp.Engine.Topology.Diff;
using GatewayLsp.Engine.Topology.Export;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Topology;

/// <summary>Drawings are well-formed whatever stands in the manifests, and no boxes overlap.</summary>
public sealed partial class TopologyExportTests
{
    private static readonly string[] Texts = [TopologyFixtures.Shop, TopologyFixtures.Mesh, TopologyFixtures.ManyClusters, TopologyFixtures.Shop + "---\n" + TopologyFixtures.Mesh + "---\n" + TopologyFixtures.ManyClusters];

    public static TheoryData<int> All => [.. Enumerable.Range(0, Texts.Length)];

    [Theory]
    [MemberData(nameof(All))]
    public void Boxes_lie_in_the_drawing_and_not_on_each_other(int text)
    {
        XElement svg = XDocument.Parse(SvgExporter.Write(TopologyCheck.Graph(Texts[text]))).Root!;
        (double width, double height) = (Number(svg, "width"), Number(svg, "height"));
        (double X, double Y, double Right, double Bottom)[] boxes = [.. Rectangles(svg, "box"), .. Rectangles(svg, "note")];
        Assert.True(boxes.Length > 3);
        for (int i = 0; i < boxes.Length; i++)
        {
            Assert.True(boxes[i].X >= 0 && boxes[i].Y >= 0 && boxes[i].Right <= width && boxes[i].Bottom <= height);
            for (int j = 0; j < i; j++)
            {
                Assert.False(Overlap(boxes[i], boxes[j]), $"{boxes[i]} and {boxes[j]}");
            }
        }
        (double X, double Y, double Right, double Bottom)[] frames = [.. Rectangles(svg, "frame")];
        Assert.All(frames, frame => Assert.DoesNotContain(frames, other => other != frame && Overlap(frame, other)));
        Assert.All(boxes, box => Assert.All(frames, frame => Assert.True(!Overlap(box, frame) || (box.X >= frame.X && box.Right <= frame.Right && box.Y >= frame.Y && box.Bottom <= frame.Bottom))));
    }

    [Fact]
    public void A_drawing_tells_itself_to_those_who_do_not_see_it()
    {
        XElement svg = XDocument.Parse(SvgExporter.Write(TopologyCheck.Graph(TopologyFixtures.Shop))).Root!;
        XNamespace ns = svg.Name.Namespace;
        Assert.Equal(("img", "topology-title topology-desc"), ((string?)svg.Attribute("role"), (string?)svg.Attribute("aria-labelledby")));
        Assert.Equal("Traffic topology", svg.Element(ns + "title")!.Value);
        Assert.Contains("1 Gateway · 2 routes · 4 backends", svg.Element(ns + "desc")!.Value, StringComparison.Ordinal);
        Assert.Contains(svg.Descendants(ns + "title"), title => title.Value.StartsWith("Service cart in namespace shop", StringComparison.Ordinal));
        Assert.Contains("prefers-color-scheme:dark", svg.Element(ns + "style")!.Value, StringComparison.Ordinal);
        Assert.Contains(svg.Descendants(ns + "text"), text => text.Value == "↩ front / https");
    }

    [Fact]
    public void An_empty_graph_is_a_drawing_too()
    {
        Assert.Contains("There is no Gateway and no route.", SvgExporter.Write(TopologyGraph.Empty), StringComparison.Ordinal);
        XDocument.Parse(SvgExporter.Write(TopologyGraph.Empty));
        Assert.Equal("flowchart LR\n", MermaidExporter.Write(TopologyGraph.Empty));
        Assert.EndsWith("}\n", DotExporter.Write(TopologyGraph.Empty), StringComparison.Ordinal);
    }

    [Fact]
    public void No_name_breaks_out_of_a_drawing() => Gen.String[Gen.Char["\"'`#;&<>[](){}|\\/%-=~*_^$@!?:.,\n\t\0\u001b\u202e\ud800 aé한"], 0, 20].Sample(name =>
    {
        TopologyGraph graph = TopologyGraph.Of(
            [
                new TopologyNode { Id = name, Kind = TopologyNodeKind.Service, Label = name, Detail = name, Namespace = name, Cluster = name },
                new TopologyNode { Id = name + "2", Kind = TopologyNodeKind.Rule, Label = name, Facts = [new TopologyFact("x", name)] },
            ],
            [new TopologyEdge { Id = "e", From = name + "2", To = name, Kind = TopologyEdgeKind.Sends, Label = name }]);
        XDocument.Parse(SvgExporter.Write(graph));
        Assert.All(MermaidExporter.Write(graph).Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(MermaidLine, line));
        Assert.All(DotExporter.Write(graph).Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(DotLine, line));
    }, iter: 300);

    [Theory]
    [MemberData(nameof(All))]
    public void Every_line_of_Mermaid_and_DOT_is_one_that_they_have(int text)
    {
        TopologyGraph graph = TopologyCheck.Graph(Texts[text]);
        graph = TopologyComparison.Of(TopologyCheck.Graph(Texts[(text + 1) % Texts.Length]), graph);
        Assert.All(MermaidExporter.Write(graph).Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(MermaidLine, line));
        Assert.All(DotExporter.Write(graph).Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(DotLine, line));
        Assert.Equal(Count(MermaidExporter.Write(graph), "subgraph "), Count(MermaidExporter.Write(graph), " end\n"));
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static IEnumerable<(double X, double Y, double Right, double Bottom)> Rectangles(XElement svg, string @class) =>
        svg.Descendants(svg.Name.Namespace + "rect").Where(rect => (string?)rect.Attribute("class") == @class)
            .Select(rect => (Number(rect, "x"), Number(rect, "y"), Number(rect, "x") + Number(rect, "width"), Number(rect, "y") + Number(rect, "height")));

    private static bool Overlap((double X, double Y, double Right, double Bottom) a, (double X, double Y, double Right, double Bottom) b) =>
        a.X < b.Right && b.X < a.Right && a.Y < b.Bottom && b.Y < a.Bottom;

    private static double Number(XElement element, string name) => double.Parse((string)element.Attribute(name)!, CultureInfo.InvariantCulture);

    [GeneratedRegex("""^(flowchart LR| *subgraph g\d+\["[^"]*"\]| *end| *n\d+(\(\[|\{\{|>|\(|\[\[|\[)"[^"]*"(\]\)|\}\}|\]|\)|\]\])|  n\d+ (-->|-\.->|==>|--x)(\|"[^"]+"\|)? n\d+|  linkStyle [\d,]+ stroke:#\w+|  classDef \w+ [\w:#.,\- ]+|  class [n\d,]+ \w+)$""")]
    private static partial Regex MermaidLine { get; }

    [GeneratedRegex("""^(digraph topology \{|  rankdir=LR|  (graph|node|edge) \[.*\]| *subgraph cluster_\d+ \{| *label="([^"\\]|\\.)*"| *\}| *"([^"\\]|\\.)*"( -> "([^"\\]|\\.)*")? \[label="([^"\\]|\\.)*"(, \w+=("([^"\\]|\\.)*"|\w+))*\])$""")]
    private static partial Regex DotLine { get; }
}
