using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Routing.Matching;

/// <summary>
/// Regular expressions of matches. Dialect and anchoring are up to the implementation; here they are RE2's and cover the
/// whole value, as most data planes have it. Matching takes linear time.
/// </summary>
internal static class WholePattern
{
    /// <summary>One that can't be compiled matches nothing: a data plane would not take it either.</summary>
    public static bool Matches(PatternMatcher pattern, string value) => pattern.IsUsable && pattern.IsMatch(value);

    public static PatternMatcher Of(string pattern) => PatternMatcher.Of($"^(?:{pattern})$");
}
