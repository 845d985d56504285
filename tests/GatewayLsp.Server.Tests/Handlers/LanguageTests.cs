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

    private static JsonObject? Settings(string? language) => language is null ? null : new JsonObject { ["gatewayLsp"] = new JsonObject { ["language"] = language } };

    private static string? Message(JsonNode? published) => (string?)Assert.Single(published!["diagnostics"]!.AsArray())!["message"];
}
