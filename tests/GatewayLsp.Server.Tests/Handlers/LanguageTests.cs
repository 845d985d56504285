using System.Text.Json.Nodes;
using GatewayLsp.Server.Tests.Harness;

namespace GatewayLsp.Server.Tests.Handlers;

/// <summary>Messages in the user's language: of the editor, or of the setting.</summary>
public sealed class LanguageTests
{
    private const string Published = "textDocument/publishDiagnostics";
    private const string Uri = "file:///w/a.yaml";
    private const string Korean = "`name`이(가) 같은 매핑의 윗줄에 이미 설정되어 있습니다. 둘 중 하나만 유효합니다.";
    private const string English = "`name` is already set on the line above in the same mapping; only one of the two can count.";

    [Theory]
    [InlineData("ko", null, Korean)]
    [InlineData("ko-KR", "auto", Korean)]
    [InlineData("ko", "en", English)]
    [InlineData("en", "ko", Korean)]
    [InlineData("de", null, English)]
    [InlineData(null, null, English)]
    public async Task The_setting_counts_else_the_editor(string? locale, string? setting, string expected)
    {
        await using var server = await ServerUnderTest.StartInitializedAsync(locale: locale, options: Settings(setting));
        server.Client.Open(Uri, Manifests.Broken());
        Assert.Equal(expected, Message(await server.Client.NextAsync(Published)));
    }

    [Fact]
    public async Task Another_language_takes_effect_at_once()
    {
        await using var server = await ServerUnderTest.StartInitializedAsync();
        server.Client.Open(Uri, Manifests.Broken());
        Assert.Equal(English, Message(await server.Client.NextAsync(Published)));
        server.Client.Notify("workspace/didChangeConfiguration", new JsonObject { ["settings"] = Settings("ko") });
        Assert.Equal(Korean, Message(await server.Client.NextAsync(Published)));
    }

    [Fact]
    public async Task A_refactoring_is_offered_in_the_language_and_made_when_chosen()
    {
        var capabilities = (JsonObject)JsonNode.Parse("""
            {"workspace":{"workspaceEdit":{"documentChanges":true}},"textDocument":{"codeAction":{"dataSupport":true,"resolveSupport":{"properties":["edit"]}}}}
            """)!;
        await using var server = await ServerUnderTest.StartInitializedAsync(capabilities, locale: "ko");
        server.Client.Open(Uri, "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: store\nspec:\n  rules:\n  - backendRefs:\n    - name: store\n      port: 80\n");
        var actions = (await server.Client.RequestAsync("textDocument/codeAction", new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = Uri },
            ["range"] = Documents.Range(7, 8, 7, 8),
            ["context"] = new JsonObject { ["diagnostics"] = new JsonArray() },
        }))!.AsArray();
        var mirror = Assert.Single(actions, action => (string?)action!["title"] == "섀도 백엔드 store-shadow(으)로 요청 미러링")!;
        var made = (await server.Client.RequestAsync("codeAction/resolve", mirror.DeepClone()))!;
        Assert.NotNull(made["edit"]);
        Assert.Equal((string?)mirror["title"], (string?)made["title"]);
    }

    /// <summary>Names, paths and the words of the API are the same in every language; all else of the drawing is said in the user's.</summary>
    [Fact]
    public async Task What_boxes_and_lines_of_the_topology_say_is_in_the_language()
    {
        await using var server = await ServerUnderTest.StartInitializedAsync(locale: "ko");
        server.Client.Open(Uri, Drawn);
        JsonNode graph = (await server.Client.RequestAsync("gatewayLsp/topology", new JsonObject()))!;
        JsonNode folded = (await server.Client.RequestAsync("gatewayLsp/topology", new JsonObject { ["filters"] = new JsonObject { ["collapse"] = new JsonArray("rules", "workloads") } }))!;
        string[] said = [.. new[] { graph, folded }.SelectMany(Said).Distinct()];
        foreach (string expected in new[]
        {
            "클라이언트", "외부에서", "다른 클러스터", "메시에 속함", "메시 클라이언트", "모든 네임스페이스의 파드", "메시 내부", "edge에 합류", "모든 호출", "모든 연결",
            "전체 복사", "20 % 복사", "요청 헤더 · 재작성", "백엔드 없음", ":80 · 2개 준비됨", "Deployment · 레플리카 3개", "요청 5 s", "3회 시도", "규칙 2개", "클러스터 간",
        })
        {
            Assert.Contains(expected, said);
        }
        string[] names = ["HTTP", "HTTPS", "TCP", "TLS", "Deployment", "Service", "any", "istio-east-west", "cross", "http", "tcp", "second"];
        string[] english = [.. said.Where(text => text.Split(' ', '·', ',', '(', ')', ':').Any(word => word.Length > 2 && word.All(char.IsAsciiLetter) && !names.Contains(word)))];
        Assert.True(english.Length == 0, string.Join('\n', english));

        // As before: names that happen to be such words.
        Assert.Contains(graph["nodes"]!.AsArray(), node => (string?)node!["kind"] == "service" && (string?)node["label"] == "rewrite");

        static IEnumerable<string> Said(JsonNode graph) => graph["nodes"]!.AsArray().Concat(graph["edges"]!.AsArray()).SelectMany(one => one!["facts"]!.AsArray()
            .Where(fact => (string?)fact!["name"] is "role" or "timeout" or "retry" or "replicas").Select(fact => (string?)fact!["value"])
            .Append(one["object"]?["name"] is { } name && (string?)one["label"] == (string?)name ? null : (string?)one["label"]).Append((string?)one["detail"])).OfType<string>();
    }

    private const string Drawn = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: edge}
        spec: {gatewayClassName: any, listeners: [{name: http, port: 80, protocol: HTTP}, {name: tcp, port: 90, protocol: TCP}]}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: between}
        spec: {gatewayClassName: istio-east-west, listeners: [{name: cross, port: 15443, protocol: TLS, tls: {mode: Passthrough}}]}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: ListenerSet
        metadata: {name: more}
        spec: {parentRef: {name: edge}, listeners: [{name: second, port: 81, protocol: HTTP}]}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: web}
        spec:
          parentRefs: [{name: edge}]
          rules:
          - matches: [{path: {value: /a}}]
            timeouts: {request: 5s}
            retry: {attempts: 3}
            filters:
            - {type: RequestHeaderModifier, requestHeaderModifier: {remove: [x]}}
            - {type: URLRewrite, urlRewrite: {hostname: b.example}}
            - {type: RequestMirror, requestMirror: {backendRef: {name: copy, port: 80}}}
            - {type: RequestMirror, requestMirror: {percent: 20, backendRef: {name: rewrite, port: 80}}}
            backendRefs: [{name: rewrite, port: 80}]
          - matches: [{path: {value: /b}}]
            backendRefs: [{name: rewrite, port: 80}]
          - matches: [{path: {value: /c}}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: GRPCRoute
        metadata: {name: grpc}
        spec: {parentRefs: [{name: edge}], rules: [{backendRefs: [{name: rewrite, port: 80}]}]}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: TCPRoute
        metadata: {name: raw}
        spec: {parentRefs: [{name: edge}], rules: [{backendRefs: [{name: rewrite, port: 80}]}]}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: mesh}
        spec: {parentRefs: [{group: "", kind: Service, name: rewrite}], rules: [{backendRefs: [{name: rewrite, port: 80}]}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: rewrite}
        spec: {selector: {app: a}, ports: [{port: 80}]}
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: rewrite-1, labels: {kubernetes.io/service-name: rewrite}}
        addressType: IPv4
        ports: [{port: 80}]
        endpoints: [{addresses: [10.0.0.1], conditions: {ready: true}}, {addresses: [10.0.0.2], conditions: {ready: true}}]
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: a}
        spec: {replicas: 3, selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: a}]}}}
        """;

    private static JsonObject? Settings(string? language) => language is null ? null : new JsonObject { ["gatewayLsp"] = new JsonObject { ["language"] = language } };

    private static string? Message(JsonNode? published) => (string?)Assert.Single(published!["diagnostics"]!.AsArray())!["message"];
}
