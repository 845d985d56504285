using System.Collections.Immutable;
using GatewayLsp.Engine.CodeActions;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Localization;
using GatewayLsp.Engine.Text;
using GatewayLsp.Engine.Topology;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Localization;

/// <summary>The Korean phrase book: whole, in order, and no older than the messages that it is for.</summary>
public sealed class KoreanTests
{
    private static readonly PhraseBook Korean = PhraseBook.For("ko")!;

    [Theory]
    [InlineData("There is no field `typ` in `spec.rules[0].matches[0].path`; did you mean `type`?", "`spec.rules[0].matches[0].path`에 `typ` 필드가 없습니다. `type`을(를) 쓰려고 했나요?")]
    [InlineData("Item 2 of `hostnames` must be a string, not an object.", "`hostnames`의 2번째 항목은 객체가 아니라 문자열이어야 합니다.")]
    [InlineData("`parentRefs` must be a list, not null.", "`parentRefs`은(는) null이(가) 아니라 목록이어야 합니다.")]
    [InlineData("There is no Service shop/cart for requests to go to; create it or correct the name.", "요청을 보낼 Service shop/cart이(가) 없습니다. 만들거나 이름을 고치세요.")]
    [InlineData("Service shop/cart has no port 81; it has 80 and 8080.", "Service shop/cart에 포트 81이 없습니다. 80 및 8080이 있습니다.")]
    [InlineData("In clusters `east` and `west`: Listener `web` (HTTP) can't share port 80 with listener `tcp` of Gateway shop/front (TCP); give one of them another port.",
        "클러스터 `east` 및 `west`: 리스너 `web`(HTTP)은(는) Gateway shop/front의 리스너 `tcp`(TCP)과(와) 포트 80을 함께 쓸 수 없습니다. 하나의 포트를 바꾸세요.")]
    [InlineData("Rule 2 gets no requests: rule 1 of this route takes all of them (paths under /, header x: v, method GET) first.", "규칙 2는 요청을 받지 못합니다. 이 라우트의 규칙 1이 모든 요청(/ 아래의 경로, 헤더 x: v, 메서드 GET)을 먼저 받습니다.")]
    [InlineData("HTTPRoute shop/shop, rule 1 does not match: it needs header x-canary: true.", "HTTPRoute shop/shop의 규칙 1은 일치하지 않습니다: 헤더 x-canary: true 필요.")]
    [InlineData("HTTPRoute shop/shop, rule 1 matches too but loses: its route comes first by namespace and name.", "HTTPRoute shop/shop의 규칙 1도 일치하지만 우선순위에서 밀립니다: 네임스페이스와 이름 순서로 라우트가 먼저입니다.")]
    [InlineData("3 more would go before the winner but do not match.", "그 외 3개는 선택된 항목보다 앞서지만 일치하지 않습니다.")]
    [InlineData("Shop EKS: programmed, differs in 2 fields | Shop GKE: not applied", "Shop EKS: 프로그래밍됨, 필드 2개 다름 | Shop GKE: 적용되지 않음")]
    [InlineData("Shop EKS reports Accepted = False, NoMatchingParent for parent `edge`: the parent has no listener of that name or port (No such `x`). The manifest has changed since it was applied.",
        "Shop EKS의 보고(부모 `edge`): Accepted = False, NoMatchingParent: 부모에 그 이름이나 포트의 리스너가 없습니다(No such `x`). 적용한 뒤 매니페스트가 바뀌었습니다.")]
    public void Messages_are_said_in_Korean(string english, string korean) => Assert.Equal(korean, Korean.Translate(english));

    [Theory]
    [InlineData("object `x` must have a fancy name")]
    [InlineData("There is no field of mine")]
    [InlineData("")]
    [InlineData("`")]
    [InlineData("In cluster `a: b")]
    public void What_others_wrote_stays_as_it_is(string text) => Assert.Equal(text, Korean.Translate(text));

    [Theory]
    [InlineData("ko", true)]
    [InlineData("ko-KR", true)]
    [InlineData("ko_KR.UTF-8", true)]
    [InlineData("KO", true)]
    [InlineData("kok", false)]
    [InlineData("en", false)]
    [InlineData("C.UTF-8", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void The_language_is_told_by_tag_or_locale(string? locale, bool isKorean) => Assert.Equal(isKorean, PhraseBook.For(locale) is not null);

    [Fact]
    public void Names_in_a_manifest_cannot_make_it_slow()
    {
        string name = string.Concat(Enumerable.Repeat(" of a or b, the x and {name} `", 100));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Korean.Translate($"Listener {name} and {name} both serve {name} on port {name}; give one of them another port or hostname.");
        Korean.Translate(new string('a', 100_000) + " is required and missing.");
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Both_sides_of_a_phrase_have_the_same_holes()
    {
        Assert.Empty(Korean.Phrases.Where(one => one.Holes.English != one.Holes.Other).Select(one => one.English));
        Assert.Empty(Korean.Phrases.GroupBy(one => one.English).Where(same => same.Count() > 1).Select(same => same.Key));
        Assert.True(Korean.Phrases.Length > 700);
    }

    /// <summary>Whoever words a message anew finds its old phrase here.</summary>
    [Fact]
    public void Each_phrase_is_of_a_message_that_there_is()
    {
        string root = SharedFiles.Root;
        IEnumerable<string> files = new[] { "server/GatewayLsp.Engine", "server/GatewayLsp.Server" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Concat(Directory.EnumerateFiles(Path.Combine(root, "schemas"), "*.yaml", SearchOption.AllDirectories));
        string sources = string.Join('\n', files.Select(File.ReadAllText))
            .Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal).Replace("''", "'", StringComparison.Ordinal);
        string[] stale = [.. Korean.Phrases.Where(phrase => !IsFromOneOf(sources, phrase)).Select(phrase => phrase.English)];
        Assert.True(stale.Length == 0, string.Join('\n', stale));
    }

    [Fact]
    public void What_the_examples_of_all_rules_say_has_Korean_words()
    {
        var missing = new SortedSet<string>(StringComparer.Ordinal);
        foreach (IRule rule in RuleCatalog.All)
        {
            foreach (string example in new[] { rule.Doc.Bad, rule.Doc.Good })
            {
                Note(DiagnosticCheck.Find(example), missing);
            }
        }
        Assert.Empty(missing);
    }

    /// <summary>The reasons that the topology shows: conditions, what is wrong with backends, findings.</summary>
    [Fact]
    public void What_the_topology_says_of_the_examples_of_all_rules_has_Korean_words()
    {
        var missing = new SortedSet<string>(StringComparer.Ordinal);
        foreach (string example in RuleCatalog.All.SelectMany(rule => new[] { rule.Doc.Bad, rule.Doc.Good }).Append(Broken))
        {
            var host = new AnalysisHost();
            host.Apply(new WorkspaceChange.Configured(WorkspaceSettings.Default with { IsComplete = true }));
            host.Apply(new WorkspaceChange.OnDisk("a.yaml", example));
            TopologyGraph graph = new Analysis(host.Current).Topology();
            foreach (TopologyReason reason in graph.Nodes.SelectMany(node => node.Reasons).Concat(graph.Edges.SelectMany(edge => edge.Reasons)))
            {
                Note(reason.Message, missing);
            }
        }
        Assert.True(missing.Count == 0, string.Join('\n', missing));
    }

    /// <summary>What no rule has as its example.</summary>
    private const string Broken = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: edge}
        spec:
          gatewayClassName: any
          addresses: [{type: Odd, value: x}]
          listeners:
          - {name: a, port: 80, protocol: HTTP, allowedRoutes: {kinds: [{kind: TCPRoute}]}}
          - {name: b, port: 81, protocol: ODD}
          - {name: c, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: none}]}}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: web}
        spec:
          parentRefs: [{name: edge, sectionName: z, port: 9}, {name: edge, sectionName: z}, {name: edge, port: 9}, {name: none}, {group: "", kind: Service, name: s, port: 5}]
          rules:
          - filters:
            - {type: RequestRedirect, requestRedirect: {hostname: a.example}}
            - {type: URLRewrite, urlRewrite: {hostname: b.example}}
            backendRefs: [{name: s, port: 9}, {group: odd.io, kind: Odd, name: s}]
          - backendRefs: [{name: none, port: 80}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: ListenerSet
        metadata: {name: set, namespace: other}
        spec: {parentRef: {name: edge, namespace: default}, listeners: [{name: x, port: 99, protocol: HTTP}]}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: BackendTLSPolicy
        metadata: {name: tls}
        spec: {targetRefs: [{group: "", kind: Service, name: s, sectionName: odd}], validation: {hostname: a, wellKnownCACertificates: Odd}}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: s}
        spec: {selector: {app: a}, ports: [{port: 80}]}
        """;

    [Fact]
    public void What_the_samples_say_and_offer_has_Korean_words()
    {
        string root = Path.Combine(SharedFiles.Root, "samples");
        var missing = new SortedSet<string>(StringComparer.Ordinal);
        foreach (string folder in Directory.GetDirectories(root))
        {
            var host = new AnalysisHost();
            var texts = Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories).ToDictionary(file => Path.GetRelativePath(root, file), File.ReadAllText);
            foreach ((string path, string text) in texts)
            {
                host.Apply(new WorkspaceChange.OnDisk(path, text));
            }
            var analysis = new Analysis(host.Current);
            foreach ((string path, string text) in texts)
            {
                Note(analysis.Diagnose(path), missing);
                for (int line = 0; line < text.Count(c => c == '\n'); line++)
                {
                    var at = new LinePosition(line, 4);
                    foreach (CodeActionItem action in analysis.Actions(path, new LineRange(at, at)))
                    {
                        Note(action.Title, missing);
                    }
                }
                foreach (var lens in analysis.Lenses(path))
                {
                    if (analysis.ResolveLens(lens.Kind, lens.Object, lens.Section, path) is { } words)
                    {
                        Note(words.Title, missing);
                    }
                }
            }
        }
        Assert.Empty(missing);
    }

    /// <summary>The messages of the rules of the bundled schemas are whole sentences.</summary>
    [Fact]
    public void What_the_schemas_say_has_Korean_words()
    {
        var missing = new SortedSet<string>(StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(Path.Combine(SharedFiles.Root, "schemas"), "*.yaml", SearchOption.AllDirectories))
        {
            foreach (string line in File.ReadLines(file))
            {
                string text = line.Trim().TrimStart('-').Trim();
                if (text.StartsWith("message: ", StringComparison.Ordinal))
                {
                    string message = text["message: ".Length..];
                    Note(message.StartsWith('\'') ? message[1..^1].Replace("''", "'", StringComparison.Ordinal) : message, missing);
                }
            }
        }
        Assert.Empty(missing);
    }

    private static void Note(ImmutableArray<FileDiagnostic> found, SortedSet<string> missing)
    {
        foreach (FileDiagnostic one in found)
        {
            Note(one.Diagnostic.Message, missing);
            foreach (Fix fix in one.Diagnostic.Fixes)
            {
                Note(fix.Title, missing);
            }
            foreach (RelatedLocation related in one.Diagnostic.Related)
            {
                Note(related.Message, missing);
            }
        }
    }

    private static void Note(string text, SortedSet<string> missing)
    {
        if (!Korean.Knows(text))
        {
            missing.Add(text);
        }
    }

    /// <summary>Messages are put together of pieces: of all that have enough words, half of any three in a row stand somewhere as they are.</summary>
    private static bool IsFromOneOf(string sources, Phrase phrase)
    {
        int all = 0, found = 0;
        foreach (Phrase.Part part in phrase.Parts)
        {
            string[] words = part.IsHole ? [] : part.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            for (int i = 0; i + 3 <= words.Length; i++)
            {
                string three = string.Join(' ', words, i, 3);
                all++;
                found += sources.Contains(three, StringComparison.Ordinal) || sources.Contains(char.ToUpperInvariant(three[0]) + three[1..], StringComparison.Ordinal) ? 1 : 0;
            }
        }
        return all < 5 || found * 2 >= all;
    }
}
