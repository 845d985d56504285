using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Schemas;

/// <summary>What a validation of one object needs besides the object and its schema.</summary>
/// <param name="Document">Holds the object; tells where syntax errors make findings worthless.</param>
/// <param name="IsPartial">Only what changes is written (a patch): nothing is missing.</param>
/// <param name="Experimental">The object's schema in the experimental channel, asked for only when a field or value is unknown.</param>
public sealed record SchemaValidation(ManifestDocument Document, bool IsPartial = false, Func<SchemaNode?>? Experimental = null)
{
    /// <summary>Lines may come and go, so that counts mean nothing.</summary>
    public bool IsIncomplete { get; } = IsPartial || Document.IsTemplate;

    /// <summary>
    /// Also names the unknown fields below a value of the wrong type, as strict decoding does. For people that is noise, the
    /// type says it all; who foretells the API server's answer wants it.
    /// </summary>
    public bool WithConsequences { get; init; }
}
