using System.Collections.Immutable;
using System.Globalization;

namespace GatewayLsp.Engine.Kustomize;

/// <summary>
/// A selector of labels or annotations as a text (<c>app=shop,tier in (web, api),!canary,level&gt;3</c>), with the grammar of the Kubernetes API:
/// all conditions have to hold.
/// </summary>
internal sealed class LabelSelector
{
    private const int MaxName = 63;
    private const int MaxPrefix = 253;

    private enum Operator : byte { Exists, Absent, In, NotIn, Greater, Less }

    private readonly record struct Condition(string Key, Operator Operator, ImmutableArray<string> Values);

    private readonly ImmutableArray<Condition> _conditions;

    private LabelSelector(ImmutableArray<Condition> conditions) => _conditions = conditions;

    /// <summary>Null for a text that is no selector.</summary>
    public static LabelSelector? Parse(string text)
    {
        var tokens = new Tokens(text);
        var conditions = ImmutableArray.CreateBuilder<Condition>();
        while (!tokens.IsAtEnd)
        {
            if (Read(tokens) is not { } condition)
            {
                return null;
            }
            conditions.Add(condition);
            if (tokens.IsAtEnd)
            {
                break;
            }
            if (!tokens.Take(",") || tokens.IsAtEnd)
            {
                return null;
            }
        }
        return new LabelSelector(conditions.DrainToImmutable());
    }

    public bool Selects(BuildMapping? labels)
    {
        foreach (Condition condition in _conditions)
        {
            BuildNode? node = labels?.Get(condition.Key);
            string? value = (node as BuildScalar)?.Value;
            bool holds = condition.Operator switch
            {
                Operator.Exists => node is not null,
                Operator.Absent => node is null,
                Operator.In => value is not null && condition.Values.Contains(value),
                Operator.NotIn => value is null || !condition.Values.Contains(value),
                _ => Number(value) is { } number && Number(condition.Values[0]) is { } limit && (condition.Operator == Operator.Greater ? number > limit : number < limit),
            };
            if (!holds)
            {
                return false;
            }
        }
        return true;
    }

    private static Condition? Read(Tokens tokens)
    {
        bool isAbsent = tokens.Take("!");
        if (tokens.TakeWord() is not { } key || !IsKey(key))
        {
            return null;
        }
        if (isAbsent || tokens.IsAtEnd || tokens.IsNext(","))
        {
            return new Condition(key, isAbsent ? Operator.Absent : Operator.Exists, []);
        }
        if (tokens.TakeWord() is { } word)
        {
            return word is "in" or "notin" && Set(tokens) is { IsDefault: false } values && values.All(IsValue)
                ? new Condition(key, word == "in" ? Operator.In : Operator.NotIn, values)
                : null;
        }
        Operator? wanted = tokens.Take("=") || tokens.Take("==") ? Operator.In
            : tokens.Take("!=") ? Operator.NotIn
            : tokens.Take(">") ? Operator.Greater
            : tokens.Take("<") ? Operator.Less : null;
        string? one = tokens.IsAtEnd || tokens.IsNext(",") ? "" : tokens.TakeWord();
        if (wanted is not { } found || one is null || !IsValue(one) || (found is Operator.Greater or Operator.Less && Number(one) is null))
        {
            return null;
        }
        return new Condition(key, found, [one]);
    }

    /// <summary>The values in brackets; nothing between two commas is the empty value. Default where there are none.</summary>
    private static ImmutableArray<string> Set(Tokens tokens)
    {
        if (!tokens.Take("("))
        {
            return default;
        }
        var values = ImmutableArray.CreateBuilder<string>();
        while (true)
        {
            values.Add(tokens.TakeWord() ?? "");
            if (tokens.Take(")"))
            {
                return values.DrainToImmutable();
            }
            if (!tokens.Take(","))
            {
                return default;
            }
        }
    }

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null;

    private static bool IsKey(string key)
    {
        int slash = key.IndexOf('/', StringComparison.Ordinal);
        return key.Length > 0 && IsName(key[(slash + 1)..]) && key.Length > slash + 1
            && (slash < 0 || (slash is > 0 and <= MaxPrefix && key[..slash].Split('.').All(static part => part.Length > 0 && part[0] != '-' && part[^1] != '-'
                && part.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))));
    }

    private static bool IsValue(string value) => IsName(value);

    private static bool IsName(string text) => text.Length == 0 || (text.Length <= MaxName && char.IsAsciiLetterOrDigit(text[0]) && char.IsAsciiLetterOrDigit(text[^1])
        && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'));

    /// <summary>Words and signs, with or without blanks between them.</summary>
    private sealed class Tokens(string text)
    {
        private int _at;

        public bool IsAtEnd => Skip() == text.Length;

        public bool IsNext(string sign) => Sign() == sign;

        public bool Take(string sign)
        {
            if (Sign() != sign)
            {
                return false;
            }
            _at += sign.Length;
            return true;
        }

        public string? TakeWord()
        {
            int start = Skip();
            while (_at < text.Length && !IsBlank(text[_at]) && !IsSign(text[_at]))
            {
                _at++;
            }
            return _at > start ? text[start.._at] : null;
        }

        private string Sign()
        {
            Skip();
            return _at == text.Length || !IsSign(text[_at]) ? ""
                : text[_at] is '=' or '!' && _at + 1 < text.Length && text[_at + 1] == '=' ? text.Substring(_at, 2)
                : text.Substring(_at, 1);
        }

        private int Skip()
        {
            while (_at < text.Length && IsBlank(text[_at]))
            {
                _at++;
            }
            return _at;
        }

        private static bool IsBlank(char c) => c is ' ' or '\t' or '\r' or '\n';

        private static bool IsSign(char c) => c is '=' or '!' or '(' or ')' or ',' or '>' or '<';
    }
}
