using System.Collections.Immutable;

namespace GatewayLsp.Engine.Routing.Matching;

/// <summary>One item of a rule's <c>matches</c>: all of its parts must fit.</summary>
internal sealed class RequestMatch
{
    /// <summary>Stands for <c>matches</c> that are not written: every request.</summary>
    public static readonly RequestMatch Everything = new();

    /// <summary>0-based place in <c>matches</c>; null when the rule has none.</summary>
    public int? Index { get; init; }

    public PathMatcher Path { get; init; } = PathMatcher.Everything;

    /// <summary>Null for HTTPRoute.</summary>
    public CallMatcher? Call { get; init; }

    public string? Method { get; init; }

    /// <summary>Of several with one name only the first, as the Gateway API has it.</summary>
    public ImmutableArray<ValueMatcher> Headers { get; init; } = [];

    public ImmutableArray<ValueMatcher> Query { get; init; } = [];

    /// <summary>The field that holds a template expression; such a match can't be judged and never wins.</summary>
    public string? Unknown { get; init; }

    /// <summary>Equal for matches that take the same requests; made when first asked for.</summary>
    public string Key => field ??= MatchKey.Of(this);

    public bool Matches(RequestFacts request)
    {
        if (Unknown is not null || !(Call is null ? Path.Matches(request.Path) : Call.Matches(request.Service, request.Call))
            || (Method is not null && !Method.Equals(request.Method, StringComparison.Ordinal)))
        {
            return false;
        }
        foreach (ValueMatcher header in Headers)
        {
            if (!header.Matches(request.Headers.Find(header.Name)))
            {
                return false;
            }
        }
        foreach (ValueMatcher parameter in Query)
        {
            if (!parameter.Matches(request.Query.Find(parameter.Name)))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>In words, the first part that does not fit; null when all do.</summary>
    public string? Miss(RequestFacts request)
    {
        if (Unknown is not null)
        {
            return $"{Unknown} comes from a template, so it is not known";
        }
        if (Call is null ? !Path.Matches(request.Path) : !Call.Matches(request.Service, request.Call))
        {
            return Call is null ? $"it matches {Path} only" : $"it matches {Call} only";
        }
        if (Method is not null && !Method.Equals(request.Method, StringComparison.Ordinal))
        {
            return $"it needs method {Method}";
        }
        foreach (ValueMatcher header in Headers)
        {
            string? actual = request.Headers.Find(header.Name);
            if (!header.Matches(actual))
            {
                return $"it needs header {header}" + (actual is null ? "" : $", the request has {actual}");
            }
        }
        foreach (ValueMatcher parameter in Query)
        {
            string? actual = request.Query.Find(parameter.Name);
            if (!parameter.Matches(actual))
            {
                return $"it needs query parameter {parameter}" + (actual is null ? "" : $", the request has {actual}");
            }
        }
        return null;
    }

    public override string ToString()
    {
        var parts = new List<string> { Call is null ? Path.ToString() : Call.ToString() };
        if (Method is not null)
        {
            parts.Add("method " + Method);
        }
        foreach (ValueMatcher header in Headers)
        {
            parts.Add("header " + header);
        }
        foreach (ValueMatcher parameter in Query)
        {
            parts.Add("query " + parameter);
        }
        return string.Join(", ", parts);
    }
}
