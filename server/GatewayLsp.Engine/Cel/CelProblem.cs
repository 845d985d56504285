using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Cel;

/// <summary>Why an expression can't be compiled.</summary>
/// <param name="Message">A sentence of ours, in plain words.</param>
/// <param name="Span">Where in the expression, in UTF-16 code units.</param>
public sealed record CelProblem(string Message, TextSpan Span);
