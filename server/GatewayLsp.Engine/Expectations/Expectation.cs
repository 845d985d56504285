using System.Collections.Immutable;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Expectations;

/// <summary>
/// What the author of a manifest expects of one request, written into a comment beside the route or Gateway:
/// <c># expect: GET /api -> helloworld-v1 80%, helloworld-v2 20%</c>.
/// </summary>
/// <param name="Span">The comment from <c>#</c> on.</param>
/// <param name="OutcomeSpan">What stands behind the arrow.</param>
/// <param name="Request">Its Gateway, host and port are null or empty where they follow from the object beside it.</param>
public sealed record Expectation(TextSpan Span, TextSpan OutcomeSpan, string Text, TraceRequest Request, ImmutableArray<ExpectedOutcome> Outcomes);

/// <summary>One part of what is expected.</summary>
public abstract record ExpectedOutcome
{
    private ExpectedOutcome()
    {
    }

    /// <param name="Namespace">Null: whatever namespace.</param>
    /// <param name="Port">Null: whatever port.</param>
    /// <param name="Percent">From 0 to 100; null: some of the requests.</param>
    public sealed record Backend(string? Namespace, string Name, int? Port, double? Percent, bool IsMirror) : ExpectedOutcome;

    /// <param name="Location">Of a redirect, whole or from the path on; null: wherever it leads.</param>
    public sealed record Status(int Code, string? Location) : ExpectedOutcome;
}

/// <summary>A comment that means to be an expectation and can't be read as one.</summary>
public sealed record UnreadableExpectation(TextSpan Span, string Problem);

/// <summary>An expectation of a file and what becomes of it; <c>Problem</c> is null when it holds.</summary>
/// <param name="IsKnown">False when the files do not say enough to tell: the Gateway is not among them.</param>
public sealed record ExpectationResult(LineRange Range, string Text, bool IsKnown, string? Problem);
