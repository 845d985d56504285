namespace GatewayLsp.Engine.Schemas;

public enum KindAvailability : byte
{
    Served,

    /// <summary>The experimental channel serves it, the standard channel does not.</summary>
    OnlyExperimental,

    /// <summary>The version is known from earlier releases and served nowhere now.</summary>
    NoLongerServed,

    /// <summary>The kind is known, the version is not.</summary>
    UnknownVersion,

    /// <summary>The group is known, it has no such kind.</summary>
    UnknownKind,

    /// <summary>Somebody else's kind with the name of one of ours (<see cref="ForeignKinds"/>).</summary>
    Foreign,

    /// <summary>Nothing is known about the group: to be left alone.</summary>
    UnknownGroup,
}

/// <summary>Whether a kind is served and, when it is not, why and what to use.</summary>
/// <param name="Reason">One sentence for a diagnostic or hover; null when served.</param>
/// <param name="Use">The version or kind to use instead, when it is clear.</param>
public sealed record KindVerdict(KindAvailability Availability, string? Reason, ResourceKind? Use);
