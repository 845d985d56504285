using GatewayLsp.Engine.Formatting;
using GatewayLsp.Engine.Text;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Formatting;

public class FormattingTests
{
    [Theory]
    [InlineData("a:   1\n", "a: 1\n")]
    [InlineData("a : 1\n", "a: 1\n")]
    [InlineData("a: 1   \n", "a: 1\n")]
    [InlineData("a: 1", "a: 1\n")]
    [InlineData("a: 1  ", "a: 1\n")]
    [InlineData("a: 1\n\n\n", "a: 1\n")]
    [InlineData("a: 1\n   \n  \n\nb: 2\n", "a: 1\n\nb: 2\n")]
    [InlineData("a:\n    b: 1\n    c:\n        d: 2\n", "a:\n  b: 1\n  c:\n    d: 2\n")]
    [InlineData("  a: 1\n  b: 2\n", "a: 1\nb: 2\n")]
    [InlineData("a:\n- b:   1\n  c: 2\n", "a:\n- b: 1\n  c: 2\n")]
    [InlineData("a:\n    -   b: 1\n        c: 2\n", "a:\n  - b: 1\n    c: 2\n")]
    [InlineData("a:\n- 1\nb:\n- 2\nc:\n  - 3\n", "a:\n- 1\nb:\n- 2\nc:\n- 3\n")]
    [InlineData("a:\n  - 1\nb:\n  - 2\nc:\n- 3\n", "a:\n  - 1\nb:\n  - 2\nc:\n  - 3\n")]
    [InlineData("-   - a\n    - b\n-   c\n", "- - a\n  - b\n- c\n")]
    [InlineData("-\n    a: 1\n", "-\n  a: 1\n")]
    [InlineData("a: {b: 1,c:   2}\n", "a: {b: 1, c: 2}\n")]
    [InlineData("a: { b: 1 ,c: 2}\n", "a: { b: 1, c: 2 }\n")]
    [InlineData("a: [ ]\nb: {  }\nc: [1 ,2,]\n", "a: []\nb: {}\nc: [1, 2,]\n")]
    [InlineData("a: {\"b\":1}\n", "a: {\"b\": 1}\n")]
    [InlineData("x:\n    a: [\n      1,\n      2\n    ]\n", "x:\n  a: [\n    1,\n    2\n  ]\n")]
    [InlineData("a: 1 # x\nb: 22    # y\nc: 3\t# z\n", "a: 1 # x\nb: 22    # y\nc: 3 # z\n")]
    [InlineData("x:\n    # about a\n    a: 1\n    # the end of x\n# about y\ny: 2\n", "x:\n  # about a\n  a: 1\n  # the end of x\n# about y\ny: 2\n")]
    [InlineData("x:\n  # one\n  - a\n  # two\n  - b\ny:\n- 1\nz:\n- 2\n", "x:\n# one\n- a\n# two\n- b\ny:\n- 1\nz:\n- 2\n")]
    [InlineData("x:\n- a\n# two\n- b\n# end\n", "x:\n- a\n# two\n- b\n# end\n")]
    [InlineData("a:   &x   !t   b\nc:  *x\n*x : 1\n", "a: &x !t b\nc: *x\n*x : 1\n")]
    [InlineData("a: &x\n    b: 1\n", "a: &x\n  b: 1\n")]
    [InlineData("a:\n    b: |\n        x\n          y\n\n        z\n    c: 1\n", "a:\n  b: |\n      x\n        y\n\n      z\n  c: 1\n")]
    [InlineData("a: |+\n  x\n\n\n\nb: 1\n", "a: |+\n  x\n\n\n\nb: 1\n")]
    [InlineData("a: |+\n  x\n\n\n", "a: |+\n  x\n\n\n")]
    [InlineData("a: |\n  x\n\n\n\nb: 1\n", "a: |\n  x\n\nb: 1\n")]
    [InlineData("a: |\n  x  \n     \nb: 1\n", "a: |\n  x  \n     \nb: 1\n")]
    [InlineData("a: |\n  x", "a: |\n  x")]
    [InlineData("a:\n    b: >2-   # folded\n        x\n      y\n", "a:\n  b: >2-   # folded\n      x\n    y\n")]
    [InlineData("a:\n    b: foo\n      bar\n    c: 'q\n\n       r'\n", "a:\n  b: foo\n    bar\n  c: 'q\n\n     r'\n")]
    [InlineData("---   # first\na:   1\n---\nb: 2 \n", "---   # first\na: 1\n---\nb: 2\n")]
    [InlineData("%YAML 1.2\n---\na:   1\n...\n", "%YAML 1.2\n---\na: 1\n...\n")]
    [InlineData("\uFEFFa:   1\n", "\uFEFFa: 1\n")]
    [InlineData("a:\n  b:   {{ .x }}\n", "a:\n  b:   {{ .x }}\n")]
    [InlineData("a:   1\nb: [\n---\nc:   2\n", "a:   1\nb: [\n---\nc: 2\n")]
    [InlineData("? a\n:   b\n", "? a\n:   b\n")]
    [InlineData("# only   \n\n\n\n# comments\n", "# only\n\n# comments\n")]
    [InlineData("", "")]
    [InlineData("\n\n", "")]
    public void Whole(string text, string formatted)
    {
        Assert.Equal(formatted, FormattingCheck.Format(text));
        FormattingCheck.Hold(text);
        if (!text.Contains('\n', StringComparison.Ordinal))
        {
            return;
        }
        string windows = text.Replace("\n", "\r\n", StringComparison.Ordinal);
        Assert.Equal(formatted.Replace("\n", "\r\n", StringComparison.Ordinal), FormattingCheck.Format(windows));
        FormattingCheck.Hold(windows);
    }

    [Theory]
    [InlineData(4, "a:\n  b:\n  - c: 1\n    d: 2\n", "a:\n    b:\n    - c: 1\n      d: 2\n")]
    [InlineData(4, "a:\n  - b: {c: 1}\n", "a:\n    - b: {c: 1}\n")]
    [InlineData(0, "a:\n    b: 1\n", "a:\n  b: 1\n")]
    [InlineData(-3, "a:\n    b: 1\n", "a:\n  b: 1\n")]
    [InlineData(17, "a:\n    b: 1\n", "a:\n  b: 1\n")]
    [InlineData(1, "a:\n    b: 1\n", "a:\n b: 1\n")]
    public void Indent_size(int size, string text, string formatted) => Assert.Equal(formatted, FormattingCheck.Format(text, new FormattingOptions(size)));

    [Theory]
    [InlineData("a:\n    b:   1\nc:\n    d:   2\n", 3, 3, "a:\n    b:   1\nc:\n  d: 2\n")]
    [InlineData("a:\n    b:   1\nc:\n    d:   2\n", 2, 3, "a:\n    b:   1\nc:\n  d: 2\n")]
    [InlineData("a:\n    b:   1\nc:\n    d:   2\n", 1, 2, "a:\n  b: 1\nc:\n  d: 2\n")]
    [InlineData("a:   1\n---\nb:   2\n---\nc:   3\n", 2, 2, "a:   1\n---\nb: 2\n---\nc:   3\n")]
    [InlineData("a:   1\n---\nb:   2\n---\nc:   3\n", 2, 4, "a:   1\n---\nb: 2\n---\nc: 3\n")]
    [InlineData("a:\n- x:   1\n- y:   2\n", 2, 2, "a:\n- x:   1\n- y: 2\n")]
    public void Selection(string text, int first, int last, string formatted)
    {
        var range = new LineRange(new LinePosition(first, 0), new LinePosition(last, 1));
        Assert.Equal(formatted, FormattingCheck.Format(text, range: range));
    }

    [Fact]
    public void Edits_are_small()
    {
        WorkspaceFixture fixture = WorkspaceFixture.Parse("a:\n    b:   1 # c\n");
        TextEdit edit = Assert.Single(fixture.Analysis.Format(fixture.Path, null, new FormattingOptions()));
        Assert.Equal((1, 2), (edit.Range.Start.Line, edit.Range.Start.Character));
    }
}
