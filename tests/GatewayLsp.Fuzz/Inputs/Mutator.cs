using System.Text;

namespace GatewayLsp.Fuzz.Inputs;

/// <summary>Damages a text as typing, pasting, merging and bad disks do. All from the random source, so a seed repeats it.</summary>
internal static class Mutator
{
    private static readonly string[] Junk =
    [
        ":", ": ", "- ", "-", "? ", "[", "]", "{", "}", ",", "#", " #", "&a ", "*a", "!t ", "!!str ", "|", ">-", "'", "\"", "\\", "%", "@", "`", "\t", " ", "  ", "\n", "\r\n", "\r",
        "---\n", "...\n", "--- ", "\n---\n", "<<: *a\n", "null", "~", "true", "yes", "0x1F", "1e9", ".inf", "-0", "99999999999999999999", "\0", "\u0007", "\u00a0", "\u2028", "\uFEFF",
        "\U0001F600", "\u0301", "\uD83D", "{{ .Values.x }}", "{{- if x }}\n", "{{", "}}", "${X}", "$(X)", "{%", "name: x\n", "  name: x\n", "spec:\n", "- name: x\n", "kind: Gateway\n",
        "apiVersion: gateway.networking.k8s.io/v1\n", "kind: HTTPRoute\n", "    port: \"80\"\n", "\"\": x\n", "? [a]\n: b\n", "a: b: c\n", "key", "\\u", "\"\\ud800\"", "<<<<<<< HEAD\n", "=======\n",
    ];

    public static string Mutate(string text, Random random, IReadOnlyList<string> corpus)
    {
        for (int rounds = 1 + random.Next(4); rounds > 0; rounds--)
        {
            text = Once(text, random, corpus);
            if (text.Length > 60_000)
            {
                text = text[..60_000];
            }
        }
        return text;
    }

    private static string Once(string text, Random random, IReadOnlyList<string> corpus)
    {
        int at = random.Next(text.Length + 1);
        switch (random.Next(14))
        {
            case 0:
                return text[..at];
            case 1:
                return text[at..];
            case 2:
                return text.Remove(at, Math.Min(text.Length - at, 1 + random.Next(40)));
            case 3:
            case 4:
                return text.Insert(at, Junk[random.Next(Junk.Length)]);
            case 5:
                return text.Insert(at, string.Concat(Enumerable.Repeat(Junk[random.Next(Junk.Length)], 1 + random.Next(30))));
            case 6:
            {
                int length = Math.Min(text.Length - at, 1 + random.Next(3));
                return string.Concat(text.AsSpan(0, at), Junk[random.Next(Junk.Length)], text.AsSpan(at + length));
            }
            case 7:
                return text.Replace("\n", random.Next(2) == 0 ? "\r\n" : "\r", StringComparison.Ordinal);
            case 8:
            {
                string other = corpus[random.Next(corpus.Count)];
                int from = random.Next(other.Length + 1);
                return text.Insert(at, other.Substring(from, Math.Min(other.Length - from, random.Next(400))));
            }
            case 9:
                return text.Insert(at, text.Substring(at, Math.Min(text.Length - at, random.Next(200))));
            default:
                return Lines(text, random);
        }
    }

    private static string Lines(string text, Random random)
    {
        List<string> lines = [.. text.Split('\n')];
        int line = random.Next(lines.Count);
        int other = random.Next(lines.Count);
        switch (random.Next(7))
        {
            case 0:
                lines.Insert(line, lines[line]);
                break;
            case 1:
                (lines[line], lines[other]) = (lines[other], lines[line]);
                break;
            case 2:
                lines[line] = new string(' ', random.Next(12)) + lines[line].TrimStart(' ');
                break;
            case 3:
                Reindent(lines, line, random.Next(-3, 4), 1 + random.Next(12));
                break;
            case 4:
                lines[line] = "\t" + lines[line];
                break;
            case 5:
                lines[line] = lines[line].Replace(":", random.Next(2) == 0 ? "" : ":  ", StringComparison.Ordinal);
                break;
            default:
                lines.RemoveAt(line);
                break;
        }
        return string.Join('\n', lines);
    }

    private static void Reindent(List<string> lines, int from, int by, int count)
    {
        for (int i = from; i < Math.Min(lines.Count, from + count); i++)
        {
            lines[i] = by >= 0 ? new string(' ', by) + lines[i] : lines[i].StartsWith(new string(' ', -by), StringComparison.Ordinal) ? lines[i][-by..] : lines[i];
        }
    }

    /// <summary>A long, deep or wide text of one pattern: what makes a careless algorithm quadratic or overflow the stack.</summary>
    public static string Extreme(Random random)
    {
        int n = 1 << random.Next(4, 13);
        string unit = Junk[random.Next(Junk.Length)] + (random.Next(2) == 0 ? Junk[random.Next(Junk.Length)] : "");
        var text = new StringBuilder();
        switch (random.Next(6))
        {
            case 0:
                text.Insert(0, unit, n);
                break;
            case 1:
                for (int i = 0; i < Math.Min(n, 400); i++)
                {
                    text.Append(' ', i).Append("k:\n");
                }
                break;
            case 2:
                text.Append("k: ").Insert(text.Length, random.Next(2) == 0 ? "[" : "{a: ", n);
                break;
            case 3:
                text.Append("a0: &a0 [x, x]\n");
                for (int i = 1; i < Math.Min(n, 60); i++)
                {
                    text.Append($"a{i}: &a{i} [*a{i - 1}, *a{i - 1}, *a{i - 1}]\n");
                }
                break;
            case 4:
                text.Append("apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nspec:\n  rules:\n");
                text.Insert(text.Length, "  - " + unit + "\n", Math.Min(n, 1000));
                break;
            default:
                text.Append("k: ").Append(random.Next(2) == 0 ? '"' : '|').Insert(text.Length, unit, n);
                break;
        }
        return text.Length > 30_000 ? text.ToString(0, 30_000) : text.ToString();
    }
}
