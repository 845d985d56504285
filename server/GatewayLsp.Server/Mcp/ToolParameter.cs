using System.Text.Json.Nodes;

namespace GatewayLsp.Server.Mcp;

/// <summary>A named argument of a tool, as JSON Schema describes it to the assistant.</summary>
/// <param name="IsList">A list of texts instead of one text.</param>
internal sealed record ToolParameter(string Name, string Description, bool IsRequired = false, bool IsList = false, string[]? Choices = null)
{
    public JsonObject Schema()
    {
        var text = new JsonObject { ["type"] = "string" };
        if (Choices is not null)
        {
            text["enum"] = new JsonArray([.. Choices.Select(choice => (JsonNode)choice)]);
        }
        JsonObject schema = IsList ? new JsonObject { ["type"] = "array", ["items"] = text } : text;
        schema["description"] = Description;
        return schema;
    }
}
