using System.Text;

namespace GatewayLsp.Engine.Localization;

/// <summary>
/// Particles of Korean depend on the sound before them: <c>이(가)</c> and the like are settled where that is a Korean syllable. After names
/// and numbers both forms stay, as Korean software writes them.
/// </summary>
internal static class Particles
{
    /// <summary>How both forms are written, after a final consonant, after a vowel, and after a word that is not Korean.</summary>
    private static readonly (string Both, string Consonant, string Vowel, string Unknown)[] All =
    [
        ("이(가)", "이", "가", "이(가)"),
        ("을(를)", "을", "를", "을(를)"),
        ("은(는)", "은", "는", "은(는)"),
        ("과(와)", "과", "와", "과(와)"),
        ("(으)로", "으로", "로", "(으)로"),
        ("(이)어야", "이어야", "여야", "이어야"),
    ];

    private const char FirstSyllable = '가';
    private const char LastSyllable = '힣';
    private const int Finals = 28;

    /// <summary>The final consonant ㄹ, after which <c>로</c> stands.</summary>
    private const int FinalRieul = 8;

    /// <summary>How digits sound at the end: 영, 일, 이, 삼, 사, 오, 육, 칠, 팔, 구.</summary>
    private static readonly int[] FinalsOfDigits = [21, FinalRieul, 0, 16, 0, 0, 1, FinalRieul, FinalRieul, 0];

    public static string Settle(string text)
    {
        if (!text.Contains('(', StringComparison.Ordinal))
        {
            return text;
        }
        var settled = new StringBuilder(text.Length);
        int i = 0;
        while (i < text.Length)
        {
            if (settled.Length > 0 && At(text, i) is { } particle)
            {
                settled.Append(FinalOf(settled) switch
                {
                    null => particle.Unknown,
                    0 => particle.Vowel,
                    FinalRieul when particle.Vowel == "로" => particle.Vowel,
                    _ => particle.Consonant,
                });
                i += particle.Both.Length;
            }
            else
            {
                settled.Append(text[i++]);
            }
        }
        return settled.ToString();
    }

    private static (string Both, string Consonant, string Vowel, string Unknown)? At(string text, int at)
    {
        foreach (var particle in All)
        {
            if (string.CompareOrdinal(text, at, particle.Both, 0, particle.Both.Length) == 0)
            {
                return particle;
            }
        }
        return null;
    }

    /// <summary>The final consonant of the last syllable, 0 without one; null where that is not known.</summary>
    private static int? FinalOf(StringBuilder text)
    {
        char last = text[^1];
        if (last is >= FirstSyllable and <= LastSyllable)
        {
            return (last - FirstSyllable) % Finals;
        }
        if (!char.IsAsciiDigit(last))
        {
            return null;
        }
        int start = text.Length - 1;
        while (start > 0 && char.IsAsciiDigit(text[start - 1]))
        {
            start--;
        }
        // A number, as opposed to the end of a name.
        return start == 0 || text[start - 1] == ' ' ? FinalsOfDigits[last - '0'] : null;
    }
}
