using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Syntax;

/// <summary>What is wrong with the YAML itself. <c>Code</c> is the diagnostic's code; the span is relative to the document.</summary>
public sealed record SyntaxError(string Code, TextSpan Span, string Message, SyntaxFix? Fix = null)
{
    /// <summary>The other place that the error is about: the first of two equal keys.</summary>
    public TextSpan? First { get; init; }
}

/// <summary>A repair that is safe to offer: replace the span by the text.</summary>
public sealed record SyntaxFix(string Title, TextSpan Span, string NewText);
