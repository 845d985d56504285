using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Tests.Syntax;

/// <summary>Spans are exact to the character: what they cover is what the user sees as that thing.</summary>
public class SpanTests
{
    [Theory]
    [InlineData("a: &x !t foo # c\nb: 1\n", "a", "foo")]
    [InlineData("a: |\n  foo\n  bar\n\n\nb: 1\n", "a", "|\n  foo\n  bar")]
    [InlineData("a: 'q r' # c\n", "a", "'q r'")]
    [InlineData("a: {b: c, d: [1, 2 ]}\nb: 1\n", "a", "{b: c, d: [1, 2 ]}")]
    [InlineData("a: [\n  x,\n  y\n]\nb: 1\n", "a", "[\n  x,\n  y\n]")]
    [InlineData("a: &y\n- 1\n- 2\nb: 3\n", "a", "- 1\n- 2")]
    [InlineData("a: &y {b: 1}\n", "a", "{b: 1}")]
    [InlineData("a: &y\n  [1, 2]\nb: 3\n", "a", "[1, 2]")]
    [InlineData("a:\n  b: 1\n  c: 2   # x\n\n# y\nd: 1\n", "a", "b: 1\n  c: 2")]
    [InlineData("a: foo\n  bar\nb: 1\n", "a", "foo\n  bar")]
    [InlineData("a:\r\n  b: 1\r\nc: 1\r\n", "a", "b: 1")]
    [InlineData("a: 1\n- x", "a", "1")]
    [InlineData("a:\n- 1\n- # c - d\n", "a", "- 1\n-")]
    [InlineData("a:   \nb: 1\n", "a", "")]
    [InlineData("a: &x # - c\nb: 1\n", "a", "")]
    [InlineData("a:\n- &x\n- !t\n- b\nb: 1\n", "a", "- &x\n- !t\n- b")]
    [InlineData("pat\na: \"é😀\" # x\n", "a", "\"é😀\"")]
    public void Value(string text, string key, string covered)
    {
        var document = new ManifestDocument(text);
        YamlEntry entry = Assert.IsType<YamlMapping>(document.Root).Find(key)!;
        Assert.Equal(covered, text.Substring(entry.Value.Span.Start, entry.Value.Span.Length));
        Assert.Equal(key, text.Substring(entry.Key.Span.Start, entry.Key.Span.Length));
    }

    [Theory]
    [InlineData("x: [a: b, {c: d}, ? e : f]", "a: b|{c: d}|e : f")]
    [InlineData("x: [: y]", ": y")]
    public void Bare_pairs_in_a_list(string text, string covered)
    {
        var items = Assert.IsType<YamlSequence>(new ManifestDocument(text).Root.At("x")).Items;
        Assert.Equal(covered, string.Join('|', items.Select(i => text.Substring(i.Span.Start, i.Span.Length))));
        Assert.All(items, i => Assert.IsType<YamlMapping>(i));
    }

    [Theory]
    [InlineData(": a\n: b\n")]
    [InlineData("&a :\n&b : c\n")]
    [InlineData("!t\n")]
    public void What_is_missing_stands_behind_what_came_before(string text)
    {
        int end = 0;
        foreach (YamlNode node in new ManifestDocument(text).Root!.DescendantsAndSelf().OfType<YamlScalar>())
        {
            Assert.True(node.Span.Start >= end);
            Assert.Equal(node is YamlScalar { Value: "" }, node.Span.IsEmpty);
            end = node.Span.End;
        }
    }

    [Fact]
    public void Anchor_tag_and_dashes()
    {
        const string text = "a: &x !t foo\nb:\n- 1\n-\n- c: 2\n";
        var root = (YamlMapping)new ManifestDocument(text).Root!;
        NodeProperties properties = root.Find("a")!.Value.Properties!;
        Assert.Equal("&x", text.Substring(properties.AnchorSpan.Start, properties.AnchorSpan.Length));
        Assert.Equal("!t", text.Substring(properties.TagSpan.Start, properties.TagSpan.Length));
        Assert.Equal([16, 20, 22], ((YamlSequence)root.Get("b")!).Dashes.ToArray());
    }

    [Fact]
    public void A_missing_value_with_an_anchor_is_empty()
    {
        var list = (YamlSequence)((YamlMapping)new ManifestDocument("a:\n- &x  # - c\n- !t\n- b\n").Root!).Get("a")!;
        Assert.Equal([true, true, false], list.Items.Select(item => item.Span.IsEmpty));
        Assert.Equal("3 15 20", string.Join(" ", list.Dashes));
    }

    [Fact]
    public void Comments()
    {
        const string text = "# one\na: 1 # two\nb: \"# no\" # three\nc: |  # four\n  # text\nd: x#y\n  # five";
        var document = new ManifestDocument(text);
        Assert.Equal(["# one", "# two", "# three", "# four", "# five"], document.Comments.Select(c => text.Substring(c.Start, c.Length)));
    }

    [Theory]
    [InlineData("spec:\n  rules:\n  - matches:\n    - path:\n        type: X\n", "X", "spec.rules[0].matches[0].path.type")]
    [InlineData("metadata:\n  labels:\n    app.io/x: X\n", "X", "metadata.labels[app.io/x]")]
    public void Field_path(string text, string value, string path)
    {
        YamlNode node = new ManifestDocument(text).Root!.DescendantsAndSelf().First(n => n is YamlScalar s && s.Value == value);
        Assert.Equal(path, FieldPath.Of(node));
    }
}
