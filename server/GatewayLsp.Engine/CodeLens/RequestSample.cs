using GatewayLsp.Engine.Routing;

namespace GatewayLsp.Engine.CodeLens;

/// <summary>A request that fits the match at a place, as a person would type it: where a trace begins.</summary>
/// <param name="Text">One line: <c>GET http://shop.example.com/cart -H "x-canary: true"</c>.</param>
/// <param name="Gateway">Who gets it; null for a request within a mesh.</param>
/// <param name="ClientNamespace">Within a mesh, where it comes from.</param>
public sealed record RequestSample(string Text, ObjectName? Gateway, string? ClientNamespace);
