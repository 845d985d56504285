namespace GatewayLsp.Engine.Schemas;

public enum KindAvailability : byte
{
    Served,

    /// <summary>The experimental channel serves it, the standard channel does not.</summary>
    OnlyExperimental,

    /// <summary>The version is known from earlier releases and served nowhere now.</summary>
    NoLongerServed,

    /// <summary>The kind is one of Gateway API, it never had the version.</summary>
    UnknownVersion,

    /// <summary>The group is one of Gateway API, it has no such kind.</summary>
    UnknownKind,

    /// <summary>Somebody else's kind with the name of one of ours (<see cref="ForeignKinds"/>).</summary>
    Foreign,

    /// <summary>Nothing is known about the kind, and we don't claim to know all of its group: to be left alone.</summary>
    Unknown,
}

/// <summary>Whether a kind is served and, when it is not, why and what to use.</summary>
/// <param name="Reason">One sentence for a diagnostic or hover; null when served.</param>
/// <param name="Use">The version or kind to use instead, when it is clear.</param>
public sealed record KindVerdict(KindAvailability Availability, string? Reason, ResourceKind? Use);
