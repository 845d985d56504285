using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Tests.Syntax;

/// <summary>The way back from a repaired text, held against undoing the repairs one by one.</summary>
public class PatchedTextTests
{
    [Fact]
    public void Every_place_leads_back_to_where_it_was_written()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            string original = new('a', random.Next(40));
            var text = new PatchedText(original);
            var edits = new List<(int At, int Inserted, int Removed)>();
            for (int i = random.Next(12); i > 0; i--)
            {
                int at = random.Next(text.Text.Length + 1);
                if (random.Next(2) == 0)
                {
                    string inserted = new('+', random.Next(4));
                    text.Insert(at, inserted);
                    edits.Add((at, inserted.Length, 0));
                }
                else
                {
                    int removed = random.Next(text.Text.Length - at + 1);
                    text.Remove(at, removed);
                    edits.Add((at, 0, removed));
                }
                for (int offset = 0; offset <= text.Text.Length; offset++)
                {
                    Assert.Equal((seed, offset, Undone(offset, edits, original.Length)), (seed, offset, text.ToOriginal(offset)));
                }
            }
        }
    }

    [Theory]
    [InlineData("a: 1\nl:\n  - n: b\n[c\n    s: d-3", "{a: 1, l: [{n: b, s: d-3}]}")]
    [InlineData("l:\n  - n: b\n[c\n    s: d-3\n", "{l: [{n: b, s: d-3}]}")]
    public void What_a_repair_put_in_is_no_part_of_a_value(string text, string tree) => Assert.Equal(tree, TreeDump.Of(new ManifestDocument(text).Root));

    private static int Undone(int offset, List<(int At, int Inserted, int Removed)> edits, int length)
    {
        for (int i = edits.Count - 1; i >= 0; i--)
        {
            (int at, int inserted, int removed) = edits[i];
            offset = inserted > 0 ? offset >= at + inserted ? offset - inserted : Math.Min(offset, at) : offset >= at ? offset + removed : offset;
        }
        return Math.Min(offset, length);
    }
}
