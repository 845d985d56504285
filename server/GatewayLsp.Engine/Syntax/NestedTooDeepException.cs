namespace GatewayLsp.Engine.Syntax;

/// <summary>So many brackets are open that reading on would take time quadratic in their number. Never leaves <see cref="YamlParser"/>.</summary>
internal sealed class NestedTooDeepException : Exception;
