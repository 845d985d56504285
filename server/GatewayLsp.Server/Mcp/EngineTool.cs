using System.Text.Json;
using System.Text.Json.Nodes;

namespace GatewayLsp.Server.Mcp;

/// <summary>One tool that assistants may call: a command of the command line that only reads, with named arguments.</summary>
/// <param name="ReadsManifests">It takes <c>paths</c> and <c>manifest</c> beside its own parameters.</param>
/// <param name="Command">The command line for the arguments, without what manifests to read.</param>
internal sealed record EngineTool(
    string Name, string Title, string Description, bool ReadsManifests, ToolParameter[] Own, Func<ToolArguments, IEnumerable<string>> Command)
{
    private static readonly ToolParameter[] Manifests =
    [
        new("paths", "Files and folders with manifests, relative to the folder of the server.", IsList: true),
        new("manifest", "Manifests as YAML text, instead of or beside the paths."),
    ];

    /// <summary>What is answered where the command says nothing: an answer without a word looks like a fault.</summary>
    public string Nothing { get; init; } = "Nothing to tell.";

    /// <summary>It asks a cluster.</summary>
    public bool IsLive { get; init; }

    public IReadOnlyList<ToolParameter> Parameters { get; } = ReadsManifests ? [.. Manifests, .. Own] : Own;

    public JsonElement InputSchema()
    {
        var properties = new JsonObject();
        foreach (ToolParameter parameter in Parameters)
        {
            properties[parameter.Name] = parameter.Schema();
        }
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = new JsonArray([.. Parameters.Where(parameter => parameter.IsRequired).Select(parameter => (JsonNode)parameter.Name)]),
            ["additionalProperties"] = false,
        };
        using JsonDocument document = JsonDocument.Parse(schema.ToJsonString());
        return document.RootElement.Clone();
    }
}
