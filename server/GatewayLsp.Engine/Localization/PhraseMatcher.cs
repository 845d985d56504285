using System.Collections.Immutable;

namespace GatewayLsp.Engine.Localization;

/// <summary>Finds the phrases that a message is made of, and puts the other language in their place.</summary>
internal sealed class PhraseMatcher
{
    /// <summary>Longer texts are what others wrote.</summary>
    private const int MaxLength = 4_000;

    /// <summary>Phrases within phrases; ours go four deep.</summary>
    private const int MaxDepth = 8;

    /// <summary>Attempts for one message. Ours take a few hundred; names of a manifest can't be made to take longer than this.</summary>
    private const int MaxAttempts = 50_000;

    private readonly ImmutableArray<Phrase> _phrases;
    private readonly Dictionary<string, Phrase> _whole = new(StringComparer.Ordinal);

    public PhraseMatcher(ImmutableArray<Phrase> phrases)
    {
        // A stable order, so that equal weights go by the order of the book.
        _phrases = [.. phrases.Where(static one => one.Parts is not [{ IsHole: false }]).OrderByDescending(static one => one.Weight)];
        foreach (Phrase phrase in phrases)
        {
            _whole.TryAdd(phrase.English, phrase);
        }
    }

    /// <summary>The text in the other language; null when not all of it is known.</summary>
    public string? Match(string text) => text.Length > MaxLength ? null : new Run(this).Text(text, 0);

    private sealed class Run(PhraseMatcher matcher)
    {
        private readonly Dictionary<string, string?> _known = new(StringComparer.Ordinal);
        private int _attempts;

        /// <summary>A message: one phrase, or sentences that are.</summary>
        public string? Text(string text, int depth) => Part(text, depth) ?? Sentences(text, depth);

        /// <summary>A phrase; a list of such; a name or value that is the same in every language.</summary>
        private string? Part(string text, int depth)
        {
            if (_known.TryGetValue(text, out string? known))
            {
                return known;
            }
            if (depth > MaxDepth || _attempts > MaxAttempts)
            {
                return null;
            }
            _known[text] = null;
            return _known[text] = Phrased(text, depth) ?? (NamesInText.IsName(text) ? text : List(text, depth));
        }

        private string? Phrased(string text, int depth)
        {
            if (matcher._whole.TryGetValue(text, out Phrase? whole)
                || (text.Length > 1 && char.IsAsciiLetterLower(text[1]) && matcher._whole.TryGetValue(char.ToLowerInvariant(text[0]) + text[1..], out whole)))
            {
                return whole.Other;
            }
            bool[]? isQuoted = null;
            foreach (Phrase phrase in matcher._phrases)
            {
                if (phrase.Weight >= text.Length || !MayFit(phrase, text))
                {
                    continue;
                }
                isQuoted ??= NamesInText.Quoted(text);
                var values = new Dictionary<string, string>(StringComparer.Ordinal);
                if (Fits(phrase.Parts, 0, text, 0, isQuoted, values, depth))
                {
                    return phrase.Fill(values);
                }
            }
            return null;
        }

        private static bool MayFit(Phrase phrase, string text) =>
            (phrase.Parts[0].IsHole || IsAt(text, 0, phrase.Parts[0].Text))
            && (phrase.Parts[^1].IsHole || text.EndsWith(phrase.Parts[^1].Text, StringComparison.Ordinal));

        /// <summary>A part of a sentence that begins one has a capital letter there.</summary>
        private static bool IsAt(string text, int at, string literal) =>
            string.CompareOrdinal(text, at, literal, 0, literal.Length) == 0
            || (at == 0 && text.Length >= literal.Length && char.ToLowerInvariant(text[0]) == literal[0] && string.CompareOrdinal(text, 1, literal, 1, literal.Length - 1) == 0);

        /// <summary>True when the parts from <paramref name="part"/> on cover the text from <paramref name="at"/> on.</summary>
        private bool Fits(ImmutableArray<Phrase.Part> parts, int part, string text, int at, bool[] isQuoted, Dictionary<string, string> values, int depth)
        {
            if (++_attempts > MaxAttempts)
            {
                return false;
            }
            if (part == parts.Length)
            {
                return at == text.Length;
            }
            if (!parts[part].IsHole)
            {
                return IsAt(text, at, parts[part].Text) && Fits(parts, part + 1, text, at + parts[part].Text.Length, isQuoted, values, depth);
            }
            if (part + 1 == parts.Length)
            {
                return at < text.Length && Take(parts[part], text[at..], values, depth);
            }
            // A hole ends where the literal text behind it begins, and never within a name in backticks.
            string next = parts[part + 1].Text;
            for (int end = text.IndexOf(next, Math.Min(at + 1, text.Length), StringComparison.Ordinal); end >= 0; end = text.IndexOf(next, end + 1, StringComparison.Ordinal))
            {
                if ((!isQuoted[end] || next[0] == '`') && Take(parts[part], text[at..end], values, depth) && Fits(parts, part + 1, text, end, isQuoted, values, depth))
                {
                    return true;
                }
                if (_attempts > MaxAttempts)
                {
                    return false;
                }
            }
            return false;
        }

        private bool Take(Phrase.Part hole, string content, Dictionary<string, string> values, int depth)
        {
            _attempts++;
            string? found = hole.Kind switch
            {
                Phrase.HoleKind.Name => NamesInText.IsName(content) ? content : null,
                // At the head stands the name of a cluster or product; what has more in it is a sentence of ours.
                Phrase.HoleKind.Foreign => hole.IsFirst && content.AsSpan().ContainsAny('`', '|') ? null : content,
                Phrase.HoleKind.Sentences => Text(content, depth + 1),
                _ => Part(content, depth + 1),
            };
            if (found is null)
            {
                return false;
            }
            values[hole.Text] = found;
            return true;
        }

        private string? Sentences(string text, int depth)
        {
            if (depth > MaxDepth)
            {
                return null;
            }
            foreach (int end in NamesInText.SentenceEnds(text))
            {
                if (Part(text[..end], depth + 1) is { } first && Text(text[(end + 1)..], depth + 1) is { } rest)
                {
                    return first + " " + rest;
                }
            }
            return null;
        }

        /// <summary><c>a, b and c</c> by its items; the word before the last is a phrase with that word.</summary>
        private string? List(string text, int depth)
        {
            foreach (string joint in (ReadOnlySpan<string>)[" and ", " or "])
            {
                int last = NamesInText.LastOutside(text, joint);
                if (last <= 0 || !matcher._whole.TryGetValue(joint.Trim(), out Phrase? word))
                {
                    continue;
                }
                var items = new List<string>();
                foreach (string item in NamesInText.SplitOutside(text[..last], ", "))
                {
                    if (Part(item, depth + 1) is not { } translated)
                    {
                        return null;
                    }
                    items.Add(translated);
                }
                return Part(text[(last + joint.Length)..], depth + 1) is { } end ? $"{string.Join(", ", items)} {word.Other} {end}" : null;
            }
            List<string> all = NamesInText.SplitOutside(text, ", ");
            if (all.Count == 1)
            {
                return null;
            }
            var parts = new List<string>();
            foreach (string item in all)
            {
                if (Part(item, depth + 1) is not { } translated)
                {
                    return null;
                }
                parts.Add(translated);
            }
            return string.Join(", ", parts);
        }
    }
}
