using GatewayLsp.Engine.Cel.Values;

namespace GatewayLsp.Engine.Cel;

public enum CelOutcomeKind : byte
{
    Value,
    Error,

    /// <summary>It depends on something that only a template or the cluster knows.</summary>
    Unknown,
}

/// <summary>What kind of error an evaluation ended with.</summary>
public enum CelErrorKind : byte
{
    NoSuchOverload,
    NoSuchKey,
    IndexOutOfRange,
    Overflow,
    DivisionByZero,

    /// <summary>An argument that a function can't take, such as a text that is no duration.</summary>
    InvalidArgument,

    /// <summary>The object does not have the type that the schema declares.</summary>
    InvalidData,

    /// <summary>More than one rule, or all rules of an object together, may cost.</summary>
    CostExceeded,
}

/// <summary>The result of one evaluation.</summary>
public sealed class CelOutcome
{
    internal static readonly CelOutcome Unknown = new(CelOutcomeKind.Unknown, null, null, default);

    private CelOutcome(CelOutcomeKind kind, CelValue? value, string? message, CelErrorKind error)
    {
        Kind = kind;
        Value = value;
        Message = message;
        Error = error;
    }

    public CelOutcomeKind Kind { get; }

    /// <summary>Null unless <see cref="Kind"/> is <see cref="CelOutcomeKind.Value"/>.</summary>
    public CelValue? Value { get; }

    /// <summary>What went wrong, in a sentence; null when nothing did.</summary>
    public string? Message { get; }

    /// <summary>Meaningful when <see cref="Kind"/> is <see cref="CelOutcomeKind.Error"/>.</summary>
    public CelErrorKind Error { get; }

    /// <summary>The rule holds.</summary>
    public bool IsTrue => Value is CelBool { Value: true };

    /// <summary>The rule is broken: it gave a false, neither an error nor an unknown.</summary>
    public bool IsFalse => Value is CelBool { Value: false };

    /// <summary>The result of a message expression; null when it is no text.</summary>
    public string? Text => (Value as CelString)?.Value;

    internal static CelOutcome Of(CelValue value) => value switch
    {
        CelError error => new CelOutcome(CelOutcomeKind.Error, null, error.Message, error.Error),
        CelUnknown => Unknown,
        _ => new CelOutcome(CelOutcomeKind.Value, value, null, default),
    };
}
