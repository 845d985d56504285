using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using GatewayLsp.Engine.CodeActions;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.CodeActions;

/// <summary>Refactorings at random places of routes in random style: sound, all comments kept, and requests go where they went unless they are meant to go elsewhere.</summary>
public sealed partial class RefactoringPropertyTests
{
    /// <summary>Routes; more by the environment, for a long run by hand.</summary>
    private static readonly int Cases = int.TryParse(Environment.GetEnvironmentVariable("GATEWAY_LSP_CASES"), NumberStyles.None, CultureInfo.InvariantCulture, out int cases) ? cases : 300;

    private const string Gateway = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: edge}
        spec:
          gatewayClassName: c
          listeners:
          - {name: http, port: 80, protocol: HTTP}
        ---

        """;

    private static readonly string[] Requests = ["GET x/", "GET x/a", "GET x/a/b", "POST x/a", "GET x/ v=1", "GET x/a v=1", "POST x/b v=2"];

    [GeneratedRegex(@"\b(\d+) %")]
    private static partial Regex PercentOf { get; }

    [Fact]
    public void RequestsGoWhereTheyAreMeantTo()
    {
        var done = new Dictionary<string, int>();
        for (int seed = 0; seed < Cases; seed++)
        {
            var random = new Random(seed);
            string text = Gateway + Route(random);
            var analysis = new Analysis(Host(text).Current);
            int offset = random.Next(Gateway.Length, text.Length);
            LineRange range = LineRange.At(new LineIndex(text).PositionOf(offset));
            foreach (CodeActionItem offer in analysis.Actions("f.yaml", range).Where(one => one.IsDeferred))
            {
                CodeActionItem? made = analysis.ResolveAction("f.yaml", range, offer.Kind, offer.Title);
                Assert.True(made is not null, $"{seed}: {offer.Title} can't be done in\n{text}");
                string after = TextEditing.Apply(text, made.Edits.Single().Edits);
                string kind = offer.Kind[(offer.Kind.LastIndexOf('.') + 1)..];
                done[kind] = done.GetValueOrDefault(kind) + 1;
                string about = $"{seed}: {offer.Title}\n{text}\n=====\n{after}";
                CheckText(text, after, about);
                CheckTraces(analysis, new Analysis(Host(after).Current), kind, offer.Title, about);
            }
        }
        foreach (string kind in (string[])["split", "canary", "headerCanary", "promote", "rollBack", "blueGreen", "mirror", "stopMirror", "serviceImport", "match", "mergeRules"])
        {
            Assert.True(done.ContainsKey(kind), $"{kind} was never done.");
        }
    }

    private static void CheckText(string before, string after, string about)
    {
        Assert.True(Errors(after) <= Errors(before), about);
        foreach (string comment in Comments(before))
        {
            Assert.True(after.Contains(comment, StringComparison.Ordinal), $"{comment} is lost: {about}");
        }
    }

    private static void CheckTraces(Analysis before, Analysis after, string kind, string title, string about)
    {
        foreach (string line in Requests)
        {
            RequestTrace was = before.Trace(TraceCheck.Request(before, line));
            RequestTrace now = after.Trace(TraceCheck.Request(after, line));
            (string old, string made) = (Backends(was), Backends(now));
            switch (kind)
            {
                case "mirror" or "stopMirror" or "match" or "mergeRules" or "headerCanary":
                    Assert.True(old == made, $"{line}: {old} became {made}, {about}");
                    break;
                case "canary" or "split" when old != made:
                    int percent = int.Parse(PercentOf.Match(title).Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
                    string name = kind == "split" ? title[(title.LastIndexOf(' ') + 1)..] : title["Canary ".Length..title.IndexOf(':', StringComparison.Ordinal)];
                    double share = now.Backends.Where(one => one.Target.Name == name).Sum(one => one.Share.Value);
                    Assert.True(Math.Abs(share - (percent / 100.0)) < 1e-9, $"{line}: {name} gets {share}, {about}");
                    break;
                default:
                    // The request is still taken by the same route, if by another of its backends.
                    Assert.True((was.Route is null) == (now.Route is null), $"{line}: {about}");
                    break;
            }
        }
    }

    private static string Backends(RequestTrace trace) =>
        string.Join(", ", trace.Backends.Where(one => one.Weight > 0).GroupBy(one => one.Target.Name).Select(same => $"{same.Key} {same.Sum(one => one.Share.Value):0.######}")) + trace.Response?.StatusCodes.FirstOrDefault();

    private static AnalysisHost Host(string text)
    {
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.OnDisk("f.yaml", text));
        return host;
    }

    private static int Errors(string text) => new Analysis(Host(text).Current).Diagnose("f.yaml").Count(one => one.Diagnostic.Severity == DiagnosticSeverity.Error);

    private static IEnumerable<string> Comments(string text) =>
        ManifestFile.Parse("f.yaml", text).Documents.SelectMany(slot => slot.Document.Comments.Select(span => slot.Document.Text.Substring(span.Start, span.Length).TrimEnd()));

    /// <summary>A route as many people would have written it: block or flow, lists indented or not, comments here and there.</summary>
    private static string Route(Random random)
    {
        var text = new StringBuilder("apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: r\nspec:\n  parentRefs: [{name: edge}]\n  rules:");
        string list = random.Next(2) == 0 ? "" : "  ";
        int comment = 0;
        int rules = random.Next(1, 4);
        string? last = null;
        text.Append(Remark()).Append('\n');
        for (int i = 0; i < rules; i++)
        {
            string pad = "  " + list;
            text.Append(Line(pad));
            string matches = Matches(pad + "  ");
            string rest = last is not null && random.Next(3) == 0 ? last : Filters(pad + "  ") + BackendRefs(pad + "  ");
            last = rest;
            text.Append(pad).Append("- ").Append((matches + rest)[(pad.Length + 2)..]);
        }
        return text.ToString();

        string Remark() => random.Next(5) == 0 ? $" # remark {comment++}." : "";
        string Line(string pad) => random.Next(6) == 0 ? $"{pad}# line {comment++}.\n" : "";

        string Matches(string pad)
        {
            if (random.Next(5) == 0)
            {
                return "";
            }
            string[] all = ["path: {type: PathPrefix, value: /a}", "path: {type: Exact, value: /a/b}", "method: POST", "headers: [{name: v, value: \"1\"}]", "path: {value: /b}"];
            string[] chosen = [.. all.OrderBy(_ => random.Next()).Take(random.Next(1, 4))];
            return random.Next(3) == 0
                ? $"{pad}matches: [{string.Join(", ", chosen.Select(one => $"{{{one}}}"))}]{Remark()}\n"
                : $"{pad}matches:{Remark()}\n" + string.Concat(chosen.Select(one => $"{Line(pad + list)}{pad}{list}- {one}{Remark()}\n"));
        }

        string Filters(string pad) => random.Next(4) switch
        {
            0 => $"{pad}filters:\n{pad}{list}- type: RequestMirror{Remark()}\n{pad}{list}  requestMirror:\n{pad}{list}    backendRef: {{name: shadow, port: 80}}\n",
            1 => $"{pad}filters: [{{type: RequestHeaderModifier, requestHeaderModifier: {{remove: [x]}}}}, {{type: RequestMirror, requestMirror: {{backendRef: {{name: shadow, port: 80}}}}}}]{Remark()}\n",
            _ => "",
        };

        string BackendRefs(string pad)
        {
            string[] names = [.. new[] { "a-v1", "b-blue", "c" }.Take(random.Next(1, 4))];
            string weight(bool isFlow, string at) => random.Next(3) == 0 ? "" : (isFlow ? ", weight: " : $"{at}  weight: ") + (int[])[0, 1, 5, 10, 90, 100, 100] switch { var some => some[random.Next(some.Length)] };
            return random.Next(3) == 0
                ? $"{pad}backendRefs: [{string.Join(", ", names.Select(name => $"{{name: {name}, port: 80{weight(true, "")}}}"))}]{Remark()}\n"
                : $"{pad}backendRefs:{Remark()}\n" + string.Concat(names.Select(name =>
                    $"{Line(pad + list)}{pad}{list}- name: {name}{Remark()}\n{pad}{list}  port: 80{Remark()}\n{(weight(false, pad + list) is { Length: > 0 } w ? w + Remark() + "\n" : "")}"));
        }
    }
}
