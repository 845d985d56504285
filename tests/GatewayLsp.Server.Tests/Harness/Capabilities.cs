using System.Text.Json.Nodes;

namespace GatewayLsp.Server.Tests.Harness;

/// <summary>Kinds of clients.</summary>
internal static class Capabilities
{
    public static JsonObject Pull(bool refresh = true) => new()
    {
        ["textDocument"] = new JsonObject { ["diagnostic"] = new JsonObject { ["dynamicRegistration"] = true } },
        ["workspace"] = new JsonObject { ["diagnostics"] = new JsonObject { ["refreshSupport"] = refresh } },
    };

    public static JsonObject With(string area, string feature, JsonNode value) => new() { [area] = new JsonObject { [feature] = value } };
}
