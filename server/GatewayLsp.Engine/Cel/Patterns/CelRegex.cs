using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using GatewayLsp.Engine.Cel.Functions;
using GatewayLsp.Engine.Cel.Values;

namespace GatewayLsp.Engine.Cel.Patterns;

/// <summary>Patterns of the API server (RE2), matched in linear time.</summary>
internal sealed class CelRegex
{
    /// <summary>Patterns come from the rules and from the objects they check; beyond this many, start over.</summary>
    private const int CacheLimit = 512;

    /// <summary>Longer patterns are not compiled. No rule needs a tenth of it.</summary>
    private const int MaxLength = 10_000;

    private static readonly ConcurrentDictionary<string, CelRegex> Cache = new(StringComparer.Ordinal);

    private readonly Regex? _regex;
    private readonly string? _refusal;

    private CelRegex(string pattern)
    {
        if (pattern.Length > MaxLength)
        {
            Failure = CelError.Invalid($"the pattern is longer than {MaxLength} characters");
            return;
        }
        try
        {
            _regex = new Regex(PatternTranslator.Translate(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (PatternException error)
        {
            _refusal = error.Message;
            Failure = CelError.Invalid($"{ConversionFunctions.Shown(pattern)} is not a valid pattern: {error.Message}");
        }
        catch (Exception error) when (error is NotSupportedException or ArgumentException)
        {
            // The API server may well take it: too large an automaton for .NET, or a class that .NET does not know.
            Failure = CelUnknown.Instance;
        }
    }

    /// <summary>Why there is nothing to match with; null when there is. Unknown for a pattern that is right but beyond us.</summary>
    public CelValue? Failure { get; }

    /// <summary>Why RE2 refuses a pattern; null for one that it takes, and for one that is beyond us.</summary>
    public static string? Refusal(string pattern) => Of(pattern)._refusal;

    public static CelRegex Of(string pattern)
    {
        if (Cache.Count > CacheLimit)
        {
            Cache.Clear();
        }
        return Cache.GetOrAdd(pattern, static p => new CelRegex(p));
    }

    public static CelValue Matches(string text, string pattern) => Of(pattern) is var regex && regex._regex is { } found ? CelBool.Of(found.IsMatch(text)) : regex.Failure!;

    /// <summary>The matches from left to right, at most so many when the limit is not negative.</summary>
    public static CelValue Find(string text, string pattern, long limit, out List<string> matches)
    {
        matches = [];
        CelRegex regex = Of(pattern);
        if (regex._regex is not { } found)
        {
            return regex.Failure!;
        }
        for (Match match = found.Match(text); match.Success && (limit < 0 || matches.Count < limit); match = match.NextMatch())
        {
            matches.Add(match.Value);
        }
        return CelBool.True;
    }
}
