using GatewayLsp.Engine.Text;
using GatewayLsp.Server.Cli.Report;

namespace GatewayLsp.Cli.Tests;

/// <summary>The marks stand under what they mean, column by column.</summary>
public class SnippetTests
{
    [Theory]
    [InlineData("key: value", 5, 10, "key: value", "     ^^^^^")]
    [InlineData("\tkey: v", 6, 7, "    key: v", "         ^")]
    [InlineData("a\tb", 2, 3, "a   b", "    ^")]
    [InlineData("漢字: x", 4, 5, "漢字: x", "      ^")]
    [InlineData("k: 漢字", 3, 5, "k: 漢字", "   ^^^^")]
    [InlineData("k: e\u0301 x", 6, 7, "k: e\u0301 x", "     ^")]
    [InlineData("k: \U0001F600 x", 6, 7, "k: \U0001F600 x", "      ^")]
    [InlineData("k: \u001b[0m x", 8, 9, "k: \u241b[0m x", "        ^")]
    [InlineData("k:", 2, 2, "k:", "  ^")]
    [InlineData("", 0, 0, "", "^")]
    public void One_line(string text, int from, int to, string shown, string marks)
    {
        Snippet snippet = Snippet.Of(new LineIndex(text), 0, new LineRange(new LinePosition(0, from), new LinePosition(0, to)));
        Assert.Equal((shown, marks), (Assert.Single(snippet.Lines).Text, snippet.Lines[0].Marks));
    }

    [Theory]
    [InlineData(10, 15)]
    [InlineData(500_000, 500_010)]
    [InlineData(999_990, 1_000_000)]
    [InlineData(100, 900_000)]
    public void Of_a_long_line_the_part_that_matters(int from, int to)
    {
        string text = string.Create(1_000_000, 0, (span, _) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                span[i] = (char)('a' + (i % 26));
            }
        });
        Snippet snippet = Snippet.Of(new LineIndex(text), 0, new LineRange(new LinePosition(0, from), new LinePosition(0, to)));
        SnippetLine line = Assert.Single(snippet.Lines);
        Assert.InRange(line.Text.Length, 10, 150);
        int mark = line.Marks.IndexOf('^', StringComparison.Ordinal);
        Assert.Equal(text[from], line.Text[mark]);
        Assert.Equal(Math.Min(to - from, line.Marks.Count(c => c == '^')), line.Marks.Count(c => c == '^'));
    }

    [Fact]
    public void Several_lines_are_marked_from_text_to_text()
    {
        Snippet snippet = Snippet.Of(new LineIndex("a:\n  b: |\n    x\n\n    y  \nc: 1\n"), 9, new LineRange(new LinePosition(1, 5), new LinePosition(5, 0)));
        Assert.Equal(["10:a:/", "11:  b: |/     ^", "12:    x/    ^", "13:/^", "14:    y/    ^"], snippet.Lines.Select(l => $"{l.Number}:{l.Text}/{l.Marks}"));
    }

    [Fact]
    public void Of_many_lines_the_first_and_the_last()
    {
        string text = string.Concat(Enumerable.Range(1, 30).Select(i => $"k{i}: 1\n"));
        Snippet snippet = Snippet.Of(new LineIndex(text), 0, new LineRange(new LinePosition(0, 0), new LinePosition(29, 3)));
        Assert.Equal(["1", "2", "3", "...", "30"], snippet.Lines.Select(l => l.Number));
    }
}
