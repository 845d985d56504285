using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Tests.Syntax;

/// <summary>Texts in quotes and characters that mean something else than meant. The verdicts are those of kubectl.</summary>
public class ValueRepairTests
{
    /// <summary>What looks like a space and is none, where YAML wants one.</summary>
    [Theory]
    [InlineData("s:\n  p:\n  -\u00a0name: g\n  h: 1\n", "Replace it with a space", "s:\n  p:\n  - name: g\n  h: 1\n")]
    [InlineData("p:\n- name:\u00a0g\n", "Replace it with a space", "p:\n- name: g\n")]
    [InlineData("p:\n- name: g\n\u00a0 port: 80\n- name: h\n", "Replace it with a space", "p:\n- name: g\n  port: 80\n- name: h\n")]
    [InlineData("p:\n- name: g\n\u00a0\u3000port:\u202f80\n- name: h\n", "Replace them with spaces", "p:\n- name: g\n  port: 80\n- name: h\n")]
    public void A_blank_that_is_none_to_yaml_is_named(string text, string title, string mended)
    {
        var document = new ManifestDocument(text);
        SyntaxError error = Assert.Single(document.Errors);
        Assert.Equal(("control-character", title), (error.Code, error.Fix!.Title));
        Assert.Equal(mended, text.Remove(error.Fix.Span.Start, error.Fix.Span.Length).Insert(error.Fix.Span.Start, error.Fix.NewText));
        Assert.Equal(TreeDump.Of(new ManifestDocument(mended).Root), TreeDump.Of(document.Root));
    }

    [Theory]
    [InlineData("a: b\u00a0: c\n")]
    [InlineData("a: Note:\u00a0c\n")]
    [InlineData("a: |\n  b:\u00a0c\n  -\u00a0d\n")]
    [InlineData("a: \"\u00a0b\"\nc: \"\n  b:\u00a0c\"\n")]
    [InlineData("a: b # c:\u00a0d\n")]
    [InlineData("a: b\n  c:\u00a0d\n")]
    public void Special_blanks_in_texts_are_left_alone(string text) =>
        Assert.DoesNotContain(new ManifestDocument(text).Errors, error => error.Code == "control-character");

    [Theory]
    [InlineData("a: \"\\ud800\"\nb: 1\n", "\\ud800", null)]
    [InlineData("a: \"\\U0000d800\"\nb: 1\n", "\\U0000d800", null)]
    [InlineData("a: \"x\\ud83d\\ude00\"\nb: 1\n", "\\ud83d\\ude00", "a: \"x\\U0001F600\"\nb: 1\n")]
    [InlineData("a: \"\\UFFFFFFFF\"\nb: 1\n", "\\UFFFFFFFF", null)]
    [InlineData("a: \"\\U00110000\"\nb: 1\n", "\\U00110000", null)]
    [InlineData("a: \"\\q\"\nb: 1\n", "\\q", "a: \"\\\\q\"\nb: 1\n")]
    [InlineData("a: \"\\/\"\nb: 1\n", "\\/", "a: \"/\"\nb: 1\n")]
    [InlineData("a: \"\\d+ \\w\"\nb: 1\n", "\\d", "a: \"\\\\d+ \\\\w\"\nb: 1\n")]
    [InlineData("a: \"\\xZ\"\nb: 1\n", "\\x", "a: \"\\\\xZ\"\nb: 1\n")]
    [InlineData("a: \"\\u12\"\nb: 1\n", "\\u12", "a: \"\\\\u12\"\nb: 1\n")]
    [InlineData("a: \"C:\\Users\\x\"\nb: 1\n", "\\U", "a: \"C:\\\\Users\\\\x\"\nb: 1\n")]
    [InlineData("a: \"foo\n  \\q\"\nb: 1\n", "\\q", "a: \"foo\n  \\\\q\"\nb: 1\n")]
    [InlineData("a: [\"\\q\", c]\nb: 1\n", "\\q", "a: [\"\\\\q\", c]\nb: 1\n")]
    [InlineData("a: {c: \"\\😀\"}\nb: 1\n", "\\😀", "a: {c: \"\\\\😀\"}\nb: 1\n")]
    public void An_escape_that_means_nothing_is_one_message(string text, string escape, string? mended)
    {
        var document = new ManifestDocument(text);
        SyntaxError error = Assert.Single(document.Errors);
        Assert.Equal("invalid-escape", error.Code);
        Assert.Equal((text.IndexOf('\\', StringComparison.Ordinal), escape), (error.Span.Start, text.Substring(error.Span.Start, error.Span.Length)));
        Assert.Equal("1", document.Root.At("b").Text());
        Assert.Equal(mended, error.Fix is { } fix ? text.Remove(fix.Span.Start, fix.Span.Length).Insert(fix.Span.Start, fix.NewText) : null);
        if (mended is not null)
        {
            Assert.Empty(new ManifestDocument(mended).Errors);
        }
    }

    [Theory]
    [InlineData("a: \"it\\'s\"\n", "it's")]
    [InlineData("a: \"\\x41\\u00e9\\U0001F600\\e\\_\\N\\L\\P\\0\"\n", "Aé😀\u001b\u00a0\u0085\u2028\u2029\0")]
    [InlineData("{\"a\": \"\\ud83d\\ude00\\/\"}\n", "😀/")]
    [InlineData("{\"a\": \"\\ud800\"}\n", "������")]
    [InlineData("a: '\\q'\n", "\\q")]
    [InlineData("a: \"x\u2028y\"\n", "x\u2028y")]
    [InlineData("a: \"x\u2029\u2028y: z\"\n", "x\u2029\u2028y: z")]
    [InlineData("a: \"x\u0085y\"\n", "x y")]
    [InlineData("a: [\"x\u2028y\", 'z\u2028']\n", null)]
    [InlineData("a: 'x\u2028y'\n", "x\u2028y")]
    [InlineData("a: \"x\ny\"\nb: 1\n", "x y")]
    [InlineData("c:\n- a: \"x\ny\n z\" # d\n  b: 1\n", null)]
    [InlineData("a:\n|\n  x\nb: 1\n", "x\n")]
    public void Sound(string text, string? value)
    {
        var document = new ManifestDocument(text);
        Assert.Empty(document.Errors);
        Assert.Equal(value, document.Root.At("a").Text());
    }

    [Theory]
    [InlineData("a: §*\nb: 1\n", "{a: *, b: 1}", "\"*\"")]
    [InlineData("a: §&\nb: 1\n", "{a: &, b: 1}", "\"&\"")]
    [InlineData("a: §* /5 # c\nb: 1\n", "{a: * /5, b: 1}", "\"* /5\"")]
    [InlineData("- §*\n- b\n", "[*, b]", "\"*\"")]
    [InlineData("a: [§*, b]\n", "{a: [*, b]}", "\"*\"")]
    [InlineData("a: {c: §*, d: e}\nb: 1\n", "{a: {c: *, d: e}, b: 1}", "\"*\"")]
    [InlineData("a: §*.x\n", "{a: *.x}", "\"*.x\"")]
    [InlineData("a: §*x*\n", "{a: *x*}", "\"*x*\"")]
    [InlineData("a: §**\n", "{a: **}", "\"**\"")]
    public void A_star_or_ampersand_as_text_is_told_to_get_quotes(string marked, string tree, string quoted)
    {
        int at = marked.IndexOf('§', StringComparison.Ordinal);
        var document = new ManifestDocument(marked.Remove(at, 1));
        Assert.Equal(tree, TreeDump.Of(document.Root));
        SyntaxError error = Assert.Single(document.Errors);
        Assert.Equal((at, quoted, at), (error.Span.Start, error.Fix!.NewText, error.Fix.Span.Start));
        Assert.Contains($"`{quoted}`", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a: x\u2028y\nb: 1\n", "{a: x\u2028y, b: 1}")]
    [InlineData("a: |\n  x\u2028y\n  z\nb: 1\n", "{a: x\u2028y\\nz\\n, b: 1}")]
    [InlineData("a: 1 # c\u2028d\nb: 1\n", "{a: 1, b: 1}")]
    public void A_line_break_of_other_scripts_is_named_where_it_breaks(string text, string tree)
    {
        var document = new ManifestDocument(text);
        Assert.Equal(tree, TreeDump.Of(document.Root));
        SyntaxError error = Assert.Single(document.Errors);
        Assert.Equal(("control-character", text.IndexOf('\u2028', StringComparison.Ordinal)), (error.Code, error.Span.Start));
    }

    [Theory]
    [InlineData("a: [\"b, c]\nd: 1\n", "{a: [b, c], d: 1}", "unclosed-quote")]
    [InlineData("a: {b: 'c}\nd: 1\n", "{a: {b: c}, d: 1}", "unclosed-quote")]
    [InlineData("a: {b: \"c\t}\nd: 1\n", "{a: {b: c}, d: 1}", "unclosed-quote")]
    [InlineData("a: - - - b\nc: 1\n", "{a: b, c: 1}", "invalid-yaml")]
    [InlineData("a: [}, ]]\nb: 1\n", "{a: [], b: 1}", "unclosed-bracket")]
    [InlineData("a: @b @c: d: e\nf: 1\n", "{a: @b @c: d: e, f: 1}", "reserved-character")]
    public void One_message_a_line(string text, string tree, string code)
    {
        var document = new ManifestDocument(text);
        Assert.Equal(tree, TreeDump.Of(document.Root));
        Assert.Equal(code, Assert.Single(document.Errors).Code);
    }
}
