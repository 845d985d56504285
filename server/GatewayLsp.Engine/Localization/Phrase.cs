using System.Collections.Immutable;
using System.Text;

namespace GatewayLsp.Engine.Localization;

/// <summary>
/// A sentence or a part of one, in English and in another language. <c>{name}</c> is a hole: what is in it is translated, too, or is
/// a name, a number or a text in backticks. <c>{name=}</c> holds only such, <c>{name*}</c> what others said, which stays as it is, and
/// <c>{message}</c> whole sentences.
/// </summary>
internal sealed class Phrase
{
    private readonly ImmutableArray<Part> _other;

    public Phrase(string english, string other)
    {
        English = english;
        Other = other;
        Parts = Cut(english);
        _other = Cut(other);
        foreach (Part part in Parts)
        {
            Weight += part.IsHole ? 0 : part.Text.Length;
        }
    }

    public string English { get; }

    public string Other { get; }

    /// <summary>The English side: literal text and holes, in turn.</summary>
    public ImmutableArray<Part> Parts { get; }

    /// <summary>How many letters are given: of two phrases that fit, the one with more says more exactly what is meant.</summary>
    public int Weight { get; }

    /// <summary>Names of the holes of both sides, sorted; the same ones in a book that is in order.</summary>
    public (string English, string Other) Holes => (Names(Parts), Names(_other));

    public string Fill(IReadOnlyDictionary<string, string> values)
    {
        var text = new StringBuilder();
        foreach (Part part in _other)
        {
            text.Append(part.IsHole ? values.GetValueOrDefault(part.Text, "") : part.Text);
        }
        return Particles.Settle(text.ToString());
    }

    private static string Names(ImmutableArray<Part> parts) =>
        string.Join(',', parts.Where(static part => part.IsHole).Select(static part => part.Text).Distinct().Order(StringComparer.Ordinal));

    private static ImmutableArray<Part> Cut(string text)
    {
        var parts = ImmutableArray.CreateBuilder<Part>();
        int start = 0;
        for (int open = text.IndexOf('{'); open >= 0; open = text.IndexOf('{', open + 1))
        {
            int close = open + 1;
            while (close < text.Length && char.IsAsciiLetterOrDigit(text[close]))
            {
                close++;
            }
            HoleKind kind = close >= text.Length ? HoleKind.Phrase : text[close] switch
            {
                '*' => HoleKind.Foreign,
                '=' => HoleKind.Name,
                _ => text.AsSpan((open + 1)..close) is "message" ? HoleKind.Sentences : HoleKind.Phrase,
            };
            int end = kind is HoleKind.Foreign or HoleKind.Name ? close + 1 : close;
            if (close == open + 1 || end >= text.Length || text[end] != '}')
            {
                continue;
            }
            if (open > start)
            {
                parts.Add(new Part(text[start..open], HoleKind.None));
            }
            parts.Add(new Part(text[(open + 1)..close], kind, IsFirst: parts.Count == 0));
            start = end + 1;
        }
        if (start < text.Length)
        {
            parts.Add(new Part(text[start..], HoleKind.None));
        }
        return parts.DrainToImmutable();
    }

    /// <param name="Text">The literal text, or the name of the hole.</param>
    internal readonly record struct Part(string Text, HoleKind Kind, bool IsFirst = false)
    {
        public bool IsHole => Kind != HoleKind.None;
    }

    /// <summary>What may be in a hole; none for literal text.</summary>
    internal enum HoleKind : byte { None, Phrase, Name, Foreign, Sentences }
}
