using System.Collections.Immutable;

namespace GatewayLsp.Engine.Localization;

/// <summary>Reads a phrase book: lines in pairs, the English one first, with blank lines and lines of <c>#</c> between pairs.</summary>
internal static class PhraseReader
{
    public static ImmutableArray<Phrase> Read(string text)
    {
        var phrases = ImmutableArray.CreateBuilder<Phrase>();
        string? english = null;
        foreach (string line in text.Split('\n'))
        {
            string own = line.TrimEnd('\r');
            if (english is null && (own.Length == 0 || own[0] == '#'))
            {
                continue;
            }
            if (english is null)
            {
                english = own;
            }
            else
            {
                phrases.Add(new Phrase(english, own));
                english = null;
            }
        }
        return phrases.DrainToImmutable();
    }
}
