using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Completion;

/// <summary>A value that fits a place, not yet shaped for it.</summary>
internal sealed record ValueOffer(JsonValue Value)
{
    public static ValueOffer Of(string value) => new(JsonValue.Of(value));

    public CompletionKind Kind { get; init; } = CompletionKind.Value;
    public string? Detail { get; init; }
    public Func<string?>? Documentation { get; init; }

    /// <summary>Lower comes first; within a rank, the order of the offers.</summary>
    public int Rank { get; init; }

    public bool IsDeprecated { get; init; }

    /// <summary>Entries to put in below, at the column of the value's key (<c>port: 8080</c>); null for none.</summary>
    public string? Below { get; init; }

    /// <summary>A line to put in above the value's own; null for none.</summary>
    public string? Above { get; init; }

    /// <summary>A snippet to put in instead of the value itself, when part of it is for the user to fill in.</summary>
    public string? Snippet { get; init; }
}
