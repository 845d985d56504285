using CsCheck;
using GatewayLsp.Engine.Completion;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Tests.Completion;

/// <summary>Whatever the text and wherever the cursor: an answer, with ranges that are in the text.</summary>
public sealed class CompletionFuzzTests
{
    private const string Manifest = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: a\nspec:\n  parentRefs:\n  - name: \"b\"\n  hostnames: [a, 'b']\n  rules:\n  - matches:\n    - path: {type: Exact}\n    backendRefs:\n    - name: c\n      port: 80\n---\nkind: Service\n";

    private static readonly Gen<string> Junk = Gen.OneOf(
        Gen.String[Gen.Char[" \n\t:-#{}[]\"'|>&*!%@,.~\r\0a\u00e9"], 0, 12],
        Gen.OneOf(new[] { "---\n", "- - - ", "<<: *a\n", "&a [*a]", "{{ x }}", "${x}", "a: b: c", "\uFEFF", "\U0001F600", "? ", "...\n", "%YAML 1.2\n", "|\n  x\n", "[[[[[[[[", "{a: {b: {c: " }.Select(Gen.Const).ToArray()));

    private static readonly Gen<(int From, int Length, string Junk, int Cursor)> Mutation = Gen.Select(Gen.Int[0, Manifest.Length], Gen.Int[0, 40], Junk, Gen.Int[0, Manifest.Length + 20]);

    [Fact]
    public void AnswersAnything() => Mutation.Array[1, 3].Sample(
        mutations =>
        {
            string text = Manifest;
            int cursor = 0;
            foreach ((int from, int length, string junk, int at) in mutations)
            {
                int start = Math.Min(from, text.Length);
                text = text.Remove(start, Math.Min(length, text.Length - start)).Insert(start, junk);
                cursor = Math.Min(at, text.Length);
            }
            Ask(text, cursor);
        },
        iter: 4000);

    [Theory]
    [InlineData("[", 3000)]
    [InlineData("{a: ", 2000)]
    [InlineData("- ", 2000)]
    [InlineData("a: &a [*a, *a]\n", 200)]
    [InlineData("\n", 100_000)]
    public void AnswersHostileText(string part, int times)
    {
        string text = string.Concat(Enumerable.Repeat(part, times));
        Ask(text, text.Length);
        Ask(text, text.Length / 2);
    }

    private static void Ask(string text, int offset)
    {
        var lines = new LineIndex(text);
        // No editor puts a cursor between the two characters of a line break.
        LinePosition cursor = lines.PositionOf(lines.OffsetOf(lines.PositionOf(offset)));
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.Opened("x.yaml", text, 1));
        CompletionList list = new Analysis(host.Current).Complete("x.yaml", cursor);
        foreach (CompletionItem item in list.Items)
        {
            LineRange range = item.Range ?? list.Range;
            Assert.Equal(range.Start, lines.PositionOf(lines.OffsetOf(range.Start)));
            Assert.Equal(range.End, lines.PositionOf(lines.OffsetOf(range.End)));
            Assert.True(range.Start <= range.End && range.Start.Line == range.End.Line && range.Contains(cursor), $"{item.Label} replaces {range} at {cursor}");
            Assert.DoesNotContain("gatewayLspCursorMark", item.NewText, StringComparison.Ordinal);
        }
    }
}
