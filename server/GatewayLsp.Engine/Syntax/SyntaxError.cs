using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Syntax;

/// <summary>What is wrong with the YAML itself. <c>Code</c> is the diagnostic's code; the span is relative to the document.</summary>
public sealed record SyntaxError(string Code, TextSpan Span, string Message, SyntaxFix? Fix = null)
{
    /// <summary>The other place that the error is about: the first of two equal keys.</summary>
    public TextSpan? First { get; init; }

    /// <summary>Where the parser gave up, which may be lines below what is taken for the fault.</summary>
    internal int? FailedAt { get; init; }

    /// <summary>True when the line was moved or left out on a guess: what holds it may have got fields that are not its own.</summary>
    internal bool IsGuess { get; init; }
}

/// <summary>A repair that is safe to offer: replace the span by the text.</summary>
/// <param name="IsCertain">False where something else may be meant: it wants a look and is never applied with others.</param>
public sealed record SyntaxFix(string Title, TextSpan Span, string NewText, bool IsCertain = true);
