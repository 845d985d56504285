namespace GatewayLsp.Engine.Schemas;

/// <summary>
/// An entry of <c>x-kubernetes-validations</c>: a CEL expression over the value (<c>self</c>), and in an update over what it
/// was (<c>oldSelf</c>), that must be true.
/// </summary>
/// <param name="Expression">As written; it need not compile.</param>
public sealed record ValidationRule(string Expression)
{
    /// <summary>What is wrong when it is not true; null when only <see cref="MessageExpression"/> says it, or nothing does.</summary>
    public string? Message { get; init; }

    /// <summary>A CEL expression that makes the message; wins over <see cref="Message"/> when it gives a usable text.</summary>
    public string? MessageExpression { get; init; }

    /// <summary>Reason of the cause, such as <c>FieldValueRequired</c>; null for <c>FieldValueInvalid</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>Path below the value that the cause names instead of the value itself, such as <c>.spec.replicas</c>.</summary>
    public string? FieldPath { get; init; }

    /// <summary><c>oldSelf</c> is an optional, so that the rule also holds when there was no value.</summary>
    public bool OptionalOldSelf { get; init; }

    /// <summary>Code of the diagnostic that explains it; null for rules that are not ours.</summary>
    public string? Code { get; init; }
}
