namespace GatewayLsp.Engine.Cel;

/// <summary>One entry of <c>x-kubernetes-validations</c>, as the definition writes it.</summary>
public sealed record CelRule(string Expression)
{
    /// <summary>What the API server says when the rule fails; it makes one up when there is none.</summary>
    public string? Message { get; init; }

    /// <summary>A CEL expression for the message. It wins over <see cref="Message"/> when it gives one line of text.</summary>
    public string? MessageExpression { get; init; }

    /// <summary><c>FieldValueInvalid</c> (default), <c>FieldValueForbidden</c>, <c>FieldValueRequired</c> or <c>FieldValueDuplicate</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>Below the place of the rule, such as <c>.spec.ports</c>; where the finding sits.</summary>
    public string? FieldPath { get; init; }

    /// <summary>A transition rule that also runs when there is no old value; <c>oldSelf</c> is then an optional.</summary>
    public bool OptionalOldSelf { get; init; }
}
