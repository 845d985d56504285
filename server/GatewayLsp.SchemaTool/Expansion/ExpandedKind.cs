using System.Text.Json.Nodes;

namespace GatewayLsp.SchemaTool.Expansion;

/// <summary>One version of a kind with the schemas of the whole object, ready to be packed or exported.</summary>
internal sealed record ExpandedKind(string Area, string Group, string Version, string Kind, string Plural, bool IsCluster)
{
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    public string? Description { get; init; }

    public string? Link { get; init; }

    public string? Since { get; init; }

    public string? Deprecated { get; init; }

    public bool IsPreferred { get; init; }

    public bool ServedInExperimental { get; init; }

    /// <summary>Null when the standard channel does not serve it.</summary>
    public JsonObject? Standard { get; init; }

    /// <summary>There even when no channel serves the version: people still hover over old manifests.</summary>
    public required JsonObject Experimental { get; init; }
}
