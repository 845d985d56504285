using CsCheck;
using GatewayLsp.Engine.Hover;
using GatewayLsp.Engine.Tests.Formatting;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Tests.Navigation;

/// <summary>Half-typed and damaged text: answers keep their form, whatever is asked.</summary>
public class BrokenTextTests
{
    private const string Manifests = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: gw
        spec:
          gatewayClassName: istio
          listeners:
          - {name: http, port: 80, protocol: HTTP}
        ---
        # a route
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
          labels: {app: store}
        spec:
          parentRefs: &p
          - name: gw
            sectionName: http
          rules:
          - matches:
            - path:
                type: PathPrefix
                value: "/cart"
            backendRefs:
            - name: cart
              port: 80
              weight: 90
            - name: "cart-canary"
              weight: 10
          - filters:
            - type: RequestRedirect
              requestRedirect: {scheme: https}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: c
        data:
          text: |
            some text # no comment
              more

          other: 'x'
        """;

    private static readonly string[] Junk = ["{", "}", "[", "]", "\"", "'", ":", "- ", "\t", "\n", "---\n", "&a ", "*p", "!!x ", "|", ">", "#", "? ", "\r", "\0", "<<: *p\n", "  ", "{{ x }}", "é😀"];

    [Fact]
    public void Answers_keep_their_form() => Gen.Int[0, int.MaxValue].Sample(Check, iter: 1500);

    private static void Check(int seed)
    {
        string text = Broken(new Random(seed));
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.OnDisk("x.yaml", text));
        var analysis = new Analysis(host.Current);
        var lines = new LineIndex(text);
        StructureInvariants.Hold(analysis.Outline("x.yaml"));
        StructureInvariants.Hold(analysis.Fold("x.yaml"), lines.LineCount);
        FormattingCheck.Hold(text);
        analysis.FindSymbols("c");
        analysis.Links("x.yaml");
        for (int offset = seed % 7; offset <= text.Length; offset += 7)
        {
            // Between the two characters of a CRLF there is no place that a client could name.
            LinePosition position = lines.PositionOf(lines.OffsetOf(lines.PositionOf(offset)));
            StructureInvariants.Hold(analysis.SelectionRanges("x.yaml", position), position);
            HoverText? hover = analysis.Hover("x.yaml", position);
            Assert.True(hover is null || (hover.Range.Contains(position) && hover.Markdown.Length > 0));
        }
    }

    private static string Broken(Random random)
    {
        string text = Manifests;
        for (int i = random.Next(4); i >= 0; i--)
        {
            int at = random.Next(text.Length + 1);
            text = random.Next(4) switch
            {
                0 => text[..at],
                1 => text.Remove(at, Math.Min(text.Length - at, random.Next(1, 60))),
                2 => text.Insert(at, Junk[random.Next(Junk.Length)]),
                _ => string.Join('\n', text.Split('\n').OrderBy(_ => random.Next(20) == 0 ? 1 : 0)),
            };
        }
        return text;
    }
}
