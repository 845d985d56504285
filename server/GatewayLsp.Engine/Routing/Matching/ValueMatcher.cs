using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Routing.Matching;

/// <summary>How a rule chooses by a header or query parameter (HTTPHeaderMatch, HTTPQueryParamMatch, GRPCHeaderMatch).</summary>
internal sealed class ValueMatcher(string name, string value, bool isPattern)
{
    private readonly PatternMatcher? _pattern = isPattern ? WholePattern.Of(value) : null;

    public string Name => name;

    public string Value => value;

    public bool IsPattern => isPattern;

    /// <param name="actual">What the request has; null when it has none.</param>
    public bool Matches(string? actual) =>
        actual is not null && (_pattern is null ? actual.Equals(value, StringComparison.Ordinal) : _pattern.IsMatch(actual));

    public override string ToString() => isPattern ? $"{name} like {value}" : $"{name}: {value}";
}
