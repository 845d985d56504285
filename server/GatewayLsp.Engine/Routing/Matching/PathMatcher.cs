using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Routing.Matching;

/// <summary>How a rule chooses by the path of a request (HTTPPathMatch). Case matters.</summary>
internal sealed class PathMatcher
{
    /// <summary>What a match without a path means: every path.</summary>
    public static readonly PathMatcher Everything = new(PathMatchType.PathPrefix, "/");

    private readonly string _prefix;
    private readonly PatternMatcher? _pattern;

    public PathMatcher(PathMatchType type, string value)
    {
        Type = type;
        Value = value;
        _prefix = value.TrimEnd('/');
        _pattern = type == PathMatchType.RegularExpression ? WholePattern.Of(value) : null;
    }

    public PathMatchType Type { get; }

    /// <summary>As written.</summary>
    public string Value { get; }

    /// <summary>Characters that count for precedence: a slash at the end of a prefix is ignored as it is in matching.</summary>
    public int Length => Type == PathMatchType.PathPrefix ? Math.Max(1, _prefix.Length) : Value.Length;

    /// <param name="path">Without the query, beginning with a slash.</param>
    public bool Matches(ReadOnlySpan<char> path) => Type switch
    {
        PathMatchType.Exact => path.SequenceEqual(Value),
        PathMatchType.PathPrefix => path.StartsWith(_prefix) && (path.Length == _prefix.Length || path[_prefix.Length] == '/'),
        _ => _pattern?.IsMatch(path.ToString()) ?? false,
    };

    /// <summary>
    /// The path with the matched prefix replaced, whole elements at a time (<c>replacePrefixMatch</c>): slashes never double
    /// and the result is never empty.
    /// </summary>
    public string ReplacePrefix(string path, string replacement)
    {
        string rest = path.StartsWith(_prefix, StringComparison.Ordinal) ? path[_prefix.Length..] : path;
        string replaced = replacement.TrimEnd('/') + rest;
        return replaced.StartsWith('/') ? replaced : "/" + replaced;
    }

    /// <summary>Negative when this one takes precedence.</summary>
    public int CompareTo(PathMatcher other)
    {
        int byType = Rank(Type).CompareTo(Rank(other.Type));
        return byType != 0 ? byType : Type == PathMatchType.Exact ? 0 : other.Length.CompareTo(Length);
    }

    /// <summary>Regular expressions stand where <see cref="MatchPrecedence"/> says.</summary>
    private static int Rank(PathMatchType type) => type switch
    {
        PathMatchType.Exact => 0,
        PathMatchType.RegularExpression => 1,
        _ => 2,
    };

    public override string ToString() => Type switch
    {
        PathMatchType.Exact => $"path {Value}",
        PathMatchType.PathPrefix => $"paths under {Value}",
        _ => $"paths like {Value}",
    };
}
