using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Verdict;

/// <summary>One cause of a refusal: <c>details.causes</c> of the API server's <c>Status</c>, with our words and a place.</summary>
/// <param name="Field">
/// Field path as the API server writes it; <see cref="NoField"/> where it names none; empty when the object as a whole is concerned.
/// </param>
/// <param name="Reason">One of <see cref="CauseReason"/>.</param>
/// <param name="Span">Where to look, in the object's document; null when it is nowhere in particular.</param>
public sealed record VerdictCause(string Field, string Reason, string Message, TextSpan? Span)
{
    /// <summary>What the API server prints for a cause without a field.</summary>
    public const string NoField = "<nil>";

    /// <summary>Code of the diagnostic that the editor shows for it; null when it only accompanies another cause.</summary>
    public string? Code { get; init; }
}
