using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Routing.Matching;

/// <summary>
/// Regular expressions of matches. Dialect and anchoring are up to the implementation; here they are RE2's and cover the
/// whole value, as most data planes have it. Matching takes linear time.
/// </summary>
internal static class WholePattern
{
    public static PatternMatcher Of(string pattern) => PatternMatcher.Of($"^(?:{pattern})$");
}
