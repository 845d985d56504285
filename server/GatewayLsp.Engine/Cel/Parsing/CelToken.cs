using GatewayLsp.Engine.Cel.Values;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Cel.Parsing;

internal enum CelTokenKind : byte
{
    End,
    Identifier,
    Literal,
    Dot,
    Comma,
    Colon,
    Question,
    OpenParen,
    CloseParen,
    OpenBracket,
    CloseBracket,
    OpenBrace,
    CloseBrace,
    Minus,
    Not,

    /// <summary>A binary operator other than minus; <c>in</c> too.</summary>
    Operator,
}

/// <param name="Text">The identifier or the operator.</param>
/// <param name="Value">Of a literal. A number of 2^63 comes as its uint, for the minus before it.</param>
internal readonly record struct CelToken(CelTokenKind Kind, TextSpan Span, string Text, CelValue? Value = null);

/// <summary>Ends the reading of an expression. Never leaves the compiler.</summary>
internal sealed class CelSyntaxException(string message, TextSpan span) : Exception(message)
{
    public CelProblem Problem { get; } = new(message, span);
}
