using System.Text.Json.Nodes;

namespace GatewayLsp.Server.Tests.Harness;

/// <summary>Messages about documents, as an editor sends them.</summary>
internal static class Documents
{
    public static JsonObject Id(string uri) => new() { ["textDocument"] = new JsonObject { ["uri"] = uri } };

    public static JsonObject At(string uri, int line, int character)
        => new() { ["textDocument"] = new JsonObject { ["uri"] = uri }, ["position"] = Position(line, character) };

    public static JsonObject Position(int line, int character) => new() { ["line"] = line, ["character"] = character };

    public static JsonObject Range(int startLine, int startCharacter, int endLine, int endCharacter)
        => new() { ["start"] = Position(startLine, startCharacter), ["end"] = Position(endLine, endCharacter) };

    public static void Open(this LspClient client, string uri, string text, int version = 1)
        => client.Notify("textDocument/didOpen", new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = uri, ["languageId"] = "yaml", ["version"] = version, ["text"] = text },
        });

    public static void Close(this LspClient client, string uri) => client.Notify("textDocument/didClose", Id(uri));

    public static void Replace(this LspClient client, string uri, int version, string text)
        => client.Change(uri, version, new JsonObject { ["text"] = text });

    public static void Edit(this LspClient client, string uri, int version, JsonObject range, string text)
        => client.Change(uri, version, new JsonObject { ["range"] = range, ["text"] = text });

    public static void Change(this LspClient client, string uri, int version, params JsonObject[] changes)
        => client.Notify("textDocument/didChange", new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = uri, ["version"] = version },
            ["contentChanges"] = new JsonArray([.. changes]),
        });

    public static async Task<JsonArray> PullAsync(this LspClient client, string uri)
        => (await client.RequestAsync("textDocument/diagnostic", Id(uri)))!["items"]!.AsArray();

    public static async Task<string?> TextAsync(this LspClient client, string uri) => (string?)await client.RequestAsync("test/text", Id(uri));
}
