using System.Collections.Concurrent;
using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics;

namespace GatewayLsp.Engine.Localization;

/// <summary>
/// The messages of the engine in another language. Rules write English and know of no other: a finished message is matched with the
/// phrases of the book, whose holes stand for what the rule filled in, and said anew. So English costs nothing for there being other
/// languages, and a message that the book does not know stays English as a whole. Thread-safe.
/// </summary>
public sealed class PhraseBook
{
    /// <summary>More messages than a workspace shows; then the memory starts anew.</summary>
    private const int MaxKnown = 8_192;

    private static readonly Lazy<PhraseBook> Korean = new(static () => Read("ko"));

    private readonly PhraseMatcher _matcher;
    private readonly ConcurrentDictionary<string, string> _known = new(StringComparer.Ordinal);

    internal PhraseBook(string language, ImmutableArray<Phrase> phrases)
    {
        Language = language;
        Phrases = phrases;
        _matcher = new PhraseMatcher(phrases);
    }

    /// <summary>The language that it translates to, as in BCP 47: <c>ko</c>.</summary>
    public string Language { get; }

    internal ImmutableArray<Phrase> Phrases { get; }

    /// <summary>The book for a language tag or POSIX locale (<c>ko</c>, <c>ko-KR</c>, <c>ko_KR.UTF-8</c>); null for English and where there is none.</summary>
    public static PhraseBook? For(string? locale)
    {
        if (locale is null)
        {
            return null;
        }
        int end = locale.AsSpan().IndexOfAny('-', '_', '.');
        return (end < 0 ? locale : locale[..end]).Equals("ko", StringComparison.OrdinalIgnoreCase) ? Korean.Value : null;
    }

    /// <summary>The text in the book's language; the text itself where the book has no words for it.</summary>
    public string Translate(string text)
    {
        if (_known.TryGetValue(text, out string? known))
        {
            return known;
        }
        if (_known.Count >= MaxKnown)
        {
            _known.Clear();
        }
        return _known[text] = _matcher.Match(text) ?? text;
    }

    /// <summary>A finding with its message, the titles of its fixes and what it says of other places.</summary>
    public Diagnostic Translate(Diagnostic finding) => finding with
    {
        Message = Translate(finding.Message),
        Fixes = [.. finding.Fixes.Select(fix => fix with { Title = Translate(fix.Title) })],
        Related = [.. finding.Related.Select(related => related with { Message = Translate(related.Message) })],
    };

    /// <summary>True when the book has words for all of the text.</summary>
    internal bool Knows(string text) => _matcher.Match(text) is not null;

    private static PhraseBook Read(string language)
    {
        using var reader = new StreamReader(typeof(PhraseBook).Assembly.GetManifestResourceStream("phrases/" + language)!);
        return new PhraseBook(language, PhraseReader.Read(reader.ReadToEnd()));
    }
}
