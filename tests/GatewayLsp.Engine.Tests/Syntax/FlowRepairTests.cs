using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Tests.Syntax;

/// <summary>Collections in brackets: what Kubernetes' clients read is no error, what they don't costs as little of the tree as can be.</summary>
public class FlowRepairTests
{
    [Theory]
    [InlineData("{name: &x foo, b: 1}", "{name: &x foo, b: 1}")]
    [InlineData("a: {name: &x foo, b: 1}\nc: *x\n", "{a: {name: &x foo, b: 1}, c: *x}")]
    [InlineData("a: {k: &x !t foo, b: *x}\n", "{a: {k: &x foo, b: *x}}")]
    [InlineData("a: {k: !t &x foo, b: *x}\n", "{a: {k: &x foo, b: *x}}")]
    [InlineData("a: {k: &x foo\n, b: *x}\n", "{a: {k: &x foo, b: *x}}")]
    [InlineData("a: {k: &x 'f', b: {c: &y g, d: *y}}\n", "{a: {k: &x f, b: {c: &y g, d: *y}}}")]
    [InlineData("a: [&x foo, {b: *x, c: &y d, e: f}]\n", "{a: [&x foo, {b: *x, c: &y d, e: f}]}")]
    [InlineData("a: [b c,\nd 'e']\nf: 1\n", "{a: [b c, d 'e'], f: 1}")]
    [InlineData("a: {b: c\n  d, e: f}\n", "{a: {b: c d, e: f}}")]
    [InlineData("a: {http://x, b: c:d}\n", "{a: {http://x: ~, b: c:d}}")]
    [InlineData("a: [-, b, -]\n", "{a: [-, b, -]}")]
    [InlineData("{\"\", :\n\n:}", "{: ~, :: ~}")]
    public void Sound(string text, string tree)
    {
        var document = new ManifestDocument(text);
        Assert.Equal(tree, TreeDump.Of(document.Root));
        Assert.Empty(document.Errors);
    }

    [Theory]
    [InlineData("- §{name: a\n- name: b\n", "[{name: a}, {name: b}]")]
    [InlineData("l:\n- §{name: a\n- name: b\n- c\nm: 1\n", "{l: [{name: a}, {name: b}, c], m: 1}")]
    [InlineData("l:\n- §[a, b\n- name: [c]\nm: 1\n", "{l: [[a, b], {name: [c]}], m: 1}")]
    [InlineData("l:\n  - {name: a, c: §[1, 2}\n  - name: b\nm: 1\n", "{l: [{name: a, c: [1, 2]}, {name: b}], m: 1}")]
    [InlineData("l:\n  - §{name: a,\n     d: e\n  - name: b\nm: 1\n", "{l: [{name: a, d: e}, {name: b}], m: 1}")]
    [InlineData("l: §{name: a,\n  d: e\nm: {n: 2}\n", "{l: {name: a, d: e}, m: {n: 2}}")]
    [InlineData("- - §[a\n  - b\n- c\n", "[[[a], b], c]")]
    [InlineData("- k: §{\n    a: 1,\n    z: 2\n  y: 1\n- k: b\n", "[{k: {a: 1, z: 2}, y: 1}, {k: b}]")]
    [InlineData("a: §{\n  b: 1\n  c: 2\nd: 1\n", "{a: {b: 1, c: 2}, d: 1}")]
    [InlineData("a: §[\n  - b\n  - c\nd: 1\n", "{a: [b, c], d: 1}")]
    [InlineData("a: §[b, # c\n  d # e\nf: 1\n", "{a: [b, d], f: 1}")]
    [InlineData("§{\"a\": 1,\n \"b\": [2]\n", "{a: 1, b: [2]}")]
    public void An_unclosed_bracket_costs_what_is_in_it(string marked, string tree) => One("unclosed-bracket", marked, tree);

    /// <summary>What else is wrong behind the bracket waits until it is closed: then it can be told for sure.</summary>
    [Theory]
    [InlineData("l: §{name: a\n  d: e\n  f: g\nm: 1\n", "{l: {name: a, d: e, f: g}, m: 1}")]
    [InlineData("a: 1\n§[b\nc: 1\n", "{a: 1, c: 1}")]
    public void An_unclosed_bracket_is_the_first_message(string marked, string tree) => Told("unclosed-bracket", marked, tree);

    [Theory]
    [InlineData("[§\"a\" \"b\"]", "[a, b]")]
    [InlineData("a: [§\"a\" b, c]\nb: 1\n", "{a: [a, b, c], b: 1}")]
    [InlineData("x: {a: §1 b: 2}\ny: 1\n", "{x: {a: 1, b: 2}, y: 1}")]
    [InlineData("x: {a: §1 \"b c\": 2}\n", "{x: {a: 1, b c: 2}}")]
    [InlineData("{\"a\": §1\n\"b\": 2}", "{a: 1, b: 2}")]
    [InlineData("{\n  \"a\": {\"c\": §\"d\"\n   \"e\": 3},\n  \"b\": 2\n}\n", "{a: {c: d, e: 3}, b: 2}")]
    [InlineData("{\n  \"a\": [1, 2§]\n  \"b\": 2\n}\n", "{a: [1, 2], b: 2}")]
    [InlineData("{\r\n  \"a\": §true\r\n  \"b\": 2\r\n}\r\n", "{a: true, b: 2}")]
    [InlineData("x: [{a: 1§} {b: 2}, [c]]\n", "{x: [{a: 1}, {b: 2}, [c]]}")]
    [InlineData("x: {a: §b\n  c: d, e: f}\n", "{x: {a: b, c: d, e: f}}")]
    [InlineData("x: {a: &y §\"b\" c: *y}\n", "{x: {a: &y b, c: *y}}")]
    public void A_missing_comma_costs_nothing(string marked, string tree) => One("missing-comma", marked, tree);

    [Theory]
    [InlineData("h: [a,§,b]\n", "{h: [a, b]}")]
    [InlineData("h: [a, §, b]\n", "{h: [a, b]}")]
    [InlineData("h: [§,a]\n", "{h: [a]}")]
    public void A_comma_too_many_is_one_to_remove(string marked, string tree) => One("invalid-yaml", marked, tree);

    /// <summary>The brace of a placeholder is not one of the collection's.</summary>
    [Theory]
    [InlineData("t: {request: §${TIMEOUT}}\n", "{t: {request: ?${TIMEOUT}}}")]
    [InlineData("h: [§a-${ENV}.${ZONE}.io, b]\n", "{h: [?a-${ENV}.${ZONE}.io, b]}")]
    [InlineData("h: [§${A:=x}, b: c]\n", "{h: [?${A:=x}, {b: c}]}")]
    public void A_placeholder_in_brackets_wants_quotes(string marked, string tree)
    {
        One("reserved-character", marked, tree);
        Assert.False(Told("reserved-character", marked, tree).Fix.IsCertain);
    }

    [Theory]
    [InlineData("b:\n§[x, y]\n", "{b: [x, y]}")]
    [InlineData("b:\n§[x, y]", "{b: [x, y]}")]
    [InlineData("a: 1\nb: # c\n§{x: y}\nc: 2\n", "{a: 1, b: {x: y}, c: 2}")]
    [InlineData("b:\n§[\n  x,\n  y\n]\nc: 1\n", "{b: [x, y], c: 1}")]
    [InlineData("a:\n- b:\n  §[x]\n- c: 1\n", "{a: [{b: [x]}, {c: 1}]}")]
    [InlineData("b:\n§\"x\"\nc: 1\n", "{b: x, c: 1}")]
    public void A_value_below_its_key_is_kept(string marked, string tree) => One("bad-indentation", marked, tree);

    [Fact]
    public void Each_missing_comma_is_told()
    {
        var document = new ManifestDocument("{\n \"a\": 1\n \"b\": 2\n \"c\": 3\n}\n");
        Assert.Equal("{a: 1, b: 2, c: 3}", TreeDump.Of(document.Root));
        Assert.Equal([("missing-comma", 8), ("missing-comma", 16)], document.Errors.Select(e => (e.Code, e.Span.Start)));
        Assert.All(document.Errors, e => Assert.Equal(",", e.Fix!.NewText));
    }

    /// <summary>One message that starts at the mark; its fix, applied, leaves the same tree and no error.</summary>
    private static void One(string code, string marked, string tree)
    {
        (string text, SyntaxFix fix) = Told(code, marked, tree);
        var mended = new ManifestDocument(text.Remove(fix.Span.Start, fix.Span.Length).Insert(fix.Span.Start, fix.NewText));
        Assert.Empty(mended.Errors);
        Assert.Equal(tree, TreeDump.Of(mended.Root));
    }

    private static (string Text, SyntaxFix Fix) Told(string code, string marked, string tree)
    {
        int at = marked.IndexOf('§', StringComparison.Ordinal);
        string text = marked.Remove(at, 1);
        var document = new ManifestDocument(text);
        Assert.Equal(tree, TreeDump.Of(document.Root));
        SyntaxError error = Assert.Single(document.Errors);
        Assert.Equal((code, at), (error.Code, error.Span.Start));
        Assert.False(error.Span.IsEmpty);
        return (text, error.Fix!);
    }
}
