using System.Text.Json.Nodes;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Fuzz.Protocol;

/// <summary>What a client may send, and what it may not.</summary>
internal static class Messages
{
    public static readonly string[] Methods =
    [
        "textDocument/completion", "textDocument/hover", "textDocument/documentSymbol", "textDocument/foldingRange", "textDocument/selectionRange",
        "textDocument/documentLink", "textDocument/formatting", "textDocument/rangeFormatting", "textDocument/codeAction", "textDocument/diagnostic",
        "workspace/symbol",
    ];

    public static readonly string[] Garbage =
    [
        "", "{", "null", "[]", "7", "\"x\"", "{}", "{\"jsonrpc\":\"2.0\"}", "{\"jsonrpc\":\"2.0\",\"method\":7}", "{\"jsonrpc\":\"2.0\",\"id\":{},\"result\":1}",
        "{\"jsonrpc\":\"2.0\",\"id\":99999999,\"result\":null}", "{\"jsonrpc\":\"1.0\",\"method\":\"x\"}", "{\"method\":\"textDocument/didChange\",\"params\":{\"textDocument\":7}}",
        "{\"jsonrpc\":\"2.0\",\"method\":\"textDocument/didChange\",\"params\":{\"textDocument\":{\"uri\":\"file:///never-opened.yaml\",\"version\":1},\"contentChanges\":[{\"text\":\"x\"}]}}",
        "{\"jsonrpc\":\"2.0\",\"method\":\"textDocument/didClose\",\"params\":{\"textDocument\":{\"uri\":\"::not a uri::\"}}}",
        "{\"jsonrpc\":\"2.0\",\"method\":\"$/cancelRequest\",\"params\":{\"id\":\"none\"}}", "\u0000\u0001", "{\"jsonrpc\":\"2.0\",\"method\":\"a\",\"method\":\"b\"}",
    ];

    public static JsonObject Position(LinePosition position) => new() { ["line"] = position.Line, ["character"] = position.Character };

    public static (string Method, JsonObject Parameters) Question(Random random, string uri, LinePosition position)
    {
        string method = Methods[random.Next(Methods.Length)];
        var parameters = new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri } };
        var range = new JsonObject { ["start"] = Position(position), ["end"] = Position(position with { Line = position.Line + random.Next(5) }) };
        switch (method)
        {
            case "textDocument/completion" or "textDocument/hover":
                parameters["position"] = Position(position);
                break;
            case "textDocument/selectionRange":
                parameters["positions"] = new JsonArray(Position(position), Position(default));
                break;
            case "textDocument/formatting":
                parameters["options"] = new JsonObject { ["tabSize"] = random.Next(9), ["insertSpaces"] = true };
                break;
            case "textDocument/rangeFormatting":
                parameters["range"] = range;
                parameters["options"] = new JsonObject { ["tabSize"] = 2, ["insertSpaces"] = true };
                break;
            case "textDocument/codeAction":
                parameters["range"] = range;
                parameters["context"] = new JsonObject { ["diagnostics"] = new JsonArray() };
                break;
            case "workspace/symbol":
                parameters = new JsonObject { ["query"] = random.Next(2) == 0 ? "" : "gate" };
                break;
        }
        return (method, parameters);
    }
}
