using CsCheck;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Tests.Syntax;

public class ManifestFileTests
{
    private static readonly string[] Pieces =
        ["---\n", "---", "...\n", "a: 1\n", "  b: 2\n", "- x\n", "\n", "\r\n", "\r", "--- # c\n", "-", "----\n", "é😀", "k:", " ", "%YAML 1.2\n", "# c\n"];

    [Theory]
    [InlineData("a: 1\n---\nb: 2\n", "a: 1\n|---\nb: 2\n")]
    [InlineData("---\na: 1\n---\nb: 2\n", "---\na: 1\n|---\nb: 2\n")]
    [InlineData("a: |\n  ---\n  x\n---x\n", "a: |\n  ---\n  x\n---x\n")]
    [InlineData("a: 1\r\n---\r\nb: 2", "a: 1\r\n|---\r\nb: 2")]
    [InlineData("a: 1\n...\nb: 2\n---\n", "a: 1\n...\n|b: 2\n|---\n")]
    [InlineData("", "")]
    [InlineData("---", "---")]
    [InlineData("a: 1\n---", "a: 1\n|---")]
    [InlineData("a: 1\n---\u00a0b: 2\n", "a: 1\n---\u00a0b: 2\n")]
    [InlineData("a: 1\n---\tb\n", "a: 1\n|---\tb\n")]
    public void Splits_on_markers(string text, string parts) =>
        Assert.Equal(parts, string.Join("|", ManifestFile.Parse("f", text).Documents.Select(d => d.Document.Text)));

    [Fact]
    public void An_edit_shares_all_other_documents()
    {
        ManifestFile before = ManifestFile.Parse("f", "a: 1\n---\nb: 2\n---\nc: 3\n");
        ManifestFile after = before.Apply([new TextChange(Range(2, 3, 2, 4), "x")]);
        Assert.Same(before.Documents[0].Document, after.Documents[0].Document);
        Assert.Same(before.Documents[2].Document, after.Documents[2].Document);
        Assert.Equal("a: 1\n---\nb: x\n---\nc: 3\n", after.GetText());
    }

    /// <summary>Whatever is typed where: text, cuts and line numbers are those of a file read anew.</summary>
    [Fact]
    public void Edits_come_out_as_if_read_anew()
    {
        Gen<string> piece = Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]);
        Gen<string> text = piece.Array[0, 30].Select(p => string.Concat(p));
        Gen<(int, int, string)> edit = Gen.Select(Gen.Int[0, 120], Gen.Int[0, 40], piece.Array[0, 3].Select(p => string.Concat(p)));
        Gen.Select(text, edit.Array[1, 8]).Sample((start, edits) =>
        {
            ManifestFile file = ManifestFile.Parse("f", start);
            string expected = start;
            foreach ((int at, int length, string insert) in edits)
            {
                var lines = new LineIndex(expected);
                int from = Clean(lines, expected, at);
                int to = Math.Max(from, Clean(lines, expected, at + length));
                file = file.Apply([new TextChange(new LineRange(lines.PositionOf(from), lines.PositionOf(to)), insert)]);
                expected = expected[..from] + insert + expected[to..];
                ManifestFile anew = ManifestFile.Parse("f", expected);
                Assert.Equal(expected, file.GetText());
                Assert.Equal(
                    anew.Documents.Select(d => (d.Document.Text, d.Start, d.StartLine)),
                    file.Documents.Select(d => (d.Document.Text, d.Start, d.StartLine)));
                Assert.Equal(file.Documents.Length, file.Documents.Select(d => d.Document).Distinct().Count());
            }
        }, iter: 3000);
    }

    /// <summary>An offset that a client can name: not inside of a line break.</summary>
    private static int Clean(LineIndex lines, string text, int offset)
    {
        offset = Math.Min(offset, text.Length);
        return lines.OffsetOf(lines.PositionOf(offset));
    }

    private static LineRange Range(int line, int character, int endLine, int endCharacter) =>
        new(new LinePosition(line, character), new LinePosition(endLine, endCharacter));
}
