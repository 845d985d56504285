using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Tests.Syntax;

/// <summary>Broken YAML as people type it: the tree that stays, and the one message they get.</summary>
public class YamlRepairTests
{
    [Theory]
    [InlineData("spec:\n  a: 1\n  pat\nb: 1\n", "{spec: {a: 1, pat?: ~}, b: 1}", "unfinished-key@3")]
    [InlineData("spec:\n  pat\n  a: 1\n", "{spec: {pat?: ~, a: 1}}", "unfinished-key@2")]
    [InlineData("a: 1\npat", "{a: 1, pat?: ~}", "unfinished-key@2")]
    [InlineData("spec\n  rules: 1\nx: 1\n", "{spec?: {rules: 1}, x: 1}", "unfinished-key@1")]
    [InlineData("spec:\n  rules:\n  - name: x\n    por\n  - name: y\n", "{spec: {rules: [{name: x, por?: ~}, {name: y}]}}", "unfinished-key@4")]
    [InlineData("a:b\nc: 1\n", "{a: b, c: 1}", "missing-space@1")]
    [InlineData("a: \"foo\nb: 1\nc: 2\n", "{a: foo, b: 1, c: 2}", "unclosed-quote@1")]
    [InlineData("a: 'x\nb: 'y'\n", "{a: x, b: y}", "unclosed-quote@1")]
    [InlineData("a: [1, 2\nb: 1\n", "{a: [1, 2], b: 1}", "unclosed-bracket@1")]
    [InlineData("a: {\nb: 1\n", "{a: {}, b: 1}", "unclosed-bracket@1")]
    [InlineData("a: [x, {y: 1\nb: 1\n", "{a: [x, {y: 1}], b: 1}", "unclosed-bracket@1")]
    [InlineData("a: ]\nb: 1\n", "{a: ~, b: 1}", "unclosed-bracket@1")]
    [InlineData("a:\n  b: 1\n c: 2\nd: 3\n", "{a: {b: 1, c: 2}, d: 3}", "bad-indentation@3")]
    [InlineData("a:\n    - b: 1\n  - c: 2\nd: 3\n", "{a: [{b: 1}, {c: 2}], d: 3}", "bad-indentation@3")]
    [InlineData("r:\n  a:\n    - b: 1\n  - c: 2\n    e: 3\n\n    f: 4\n  d: 3\n", "{r: {a: [{b: 1}, {c: 2, e: 3, f: 4}], d: 3}}", "bad-indentation@4")]
    [InlineData("r:\n  a:\n    - b: 1\n  - \n  d: 3\n", "{r: {a: [{b: 1}, ~], d: 3}}", "bad-indentation@4")]
    [InlineData("r:\r\n  a:\r\n    - b: 1\r\n  - c: 1\r\n    e: 2\r\n  d: 3\r\n", "{r: {a: [{b: 1}, {c: 1, e: 2}], d: 3}}", "bad-indentation@4")]
    [InlineData("a:\n  b: 1\n    c: 2\nd: 3\n", "{a: {b: 1, c: 2}, d: 3}", "bad-indentation@3")]
    [InlineData("a: b: c\nd: 1\n", "{a: b: c, d: 1}", "ambiguous-colon@1")]
    [InlineData("a:\n\tb: 1\n\tc: 3\nd: 2\n", "{a: {b: 1, c: 3}, d: 2}", "tab-indentation@2")]
    [InlineData("a:\n-\tb: 1\n  c: 3\nd: 2\n", "{a: [{b: 1, c: 3}], d: 2}", "tab-indentation@2")]
    [InlineData("a:\n- \t\n  b\nd: 2\n", "{a: [b], d: 2}", "tab-indentation@2")]
    [InlineData("a: @x\nb: 1\n", "{a: @x, b: 1}", "reserved-character@1")]
    [InlineData("a: - b\nc: 1\n", "{a: b, c: 1}", "invalid-yaml@1")]
    [InlineData("a: \"x\" y\nb: 1\n", "{a: x, b: 1}", "invalid-yaml@1")]
    [InlineData("- a\nb: 1\n", "[a]", "invalid-yaml@2")]
    [InlineData("a: 1\na: 2\n", "{a: 1, a: 2}", "duplicate-key@2")]
    [InlineData("a: *u\n", "{a: *u}", "unknown-alias@1")]
    [InlineData("hostnames:\n- *.example.com\n", "{hostnames: [*.example.com]}", "unknown-alias@2")]
    [InlineData("a: &x\n  b: *x\n", "{a: &x {b: *x}}", "unknown-alias@2")]
    [InlineData("a: 1\u0000\nb: 2\n", "{a: 1, b: 2}", "control-character@1")]
    [InlineData("\u0000- a", "[a]", "control-character@1")]
    [InlineData("&x\u0000{b: []}", "&x {b: []}", "control-character@1")]
    [InlineData("a: |\nfoo\nb: 1\n", "{a: , foo?: ~, b: 1}", "unfinished-key@2")]
    [InlineData("a:\n  b: |\n     \n    x\nc: 1\n", "{a: {b: \\nx\\n}, c: 1}", "bad-indentation@3")]
    [InlineData("a:\n  b: |\n    \n    x\nc: 1\n", "{a: {b: \\nx\\n}, c: 1}", "")]
    [InlineData("a:\r\n  b: |-\r\n  \r\n   \r\n    x: y\r\n\r\nc: 1\r\n", "{a: {b: \\n\\nx: y}, c: 1}", "")]
    [InlineData("a: |\n  \n  \nc: 1\n", "{a: , c: 1}", "")]
    [InlineData("a: b\n\tc: 1\n", "{a: b, c: 1}", "tab-indentation@2")]
    [InlineData("a:\n-b.c\n- d\n", "{a: [b.c, d]}", "missing-space@2")]
    [InlineData("a:\n  - d\n  -b.c\n  - e\n", "{a: [d, b.c, e]}", "missing-space@3")]
    [InlineData("s:\n  a:\n  -b.c\n", "{s: {a: [b.c]}}", "missing-space@3")]
    [InlineData("s:\n  a:\n  -b:\n    - c: 1\n  - b: []\n", "{s: {a: [{b: [{c: 1}]}, {b: []}]}}", "missing-space@3")]
    [InlineData("kind Service\nmetadata:\n  name: x\n", "{kind?: Service, metadata: {name: x}}", "unfinished-key@1")]
    [InlineData("apiVersion v1\nkind: Service\n", "{apiVersion?: v1, kind: Service}", "unfinished-key@1")]
    [InlineData("a: 1\nb 2\nc: 3\n", "{a: 1, b?: 2, c: 3}", "unfinished-key@2")]
    [InlineData(":\n\t- x\n", "{~: [x]}", "tab-indentation@2")]
    [InlineData("s:\n  \tp:\n  \t- n: a\nb: 1\n", "{s: {p: [{n: a}]}, b: 1}", "tab-indentation@2")]
    [InlineData("s:\n<<<<<<< HEAD\n  h: [a]\n=======\n  h: [b]\n>>>>>>> feature\n  p: 1\n", "{s: {h: [a], p: 1}}", "invalid-yaml@2")]
    [InlineData("<<<<<<< HEAD\r\na: 1\r\n||||||| base\r\na: 2\r\n=======\r\na: 3\r\n>>>>>>> b\r\nb: 1\r\n<<<<<<< HEAD\r\n=======\r\nc: 3\r\n>>>>>>> b\r\n", "{a: 1, b: 1}", "invalid-yaml@1 invalid-yaml@9")]
    [InlineData("a: 1\n>>>>>>> feature\nb: 2\n", "{a: 1, b: 2}", "invalid-yaml@2")]
    [InlineData("a: |\n  <<<<<<< HEAD\n  =======\n  >>>>>>> b\n", "{a: <<<<<<< HEAD\\n=======\\n>>>>>>> b\\n}", "")]
    public void One_message_and_the_rest_of_the_tree(string text, string tree, string error)
    {
        var document = new ManifestDocument(text);
        Assert.Equal(tree, TreeDump.Of(document.Root));
        Assert.Equal(error, string.Join(" ", document.Errors.Select(e => $"{e.Code}@{document.Lines.LineOf(e.Span.Start) + 1}")));
    }

    [Theory]
    [InlineData("a: {{ .V }}\nb: 1\n", "{a: ?xxxxxxxx, b: 1}", true)]
    [InlineData("{{- if x }}\na: 1\n{{- else }}\na: 2\n{{- end }}\n", "{a: 1, a: 2}", true)]
    [InlineData("labels:\n  {{- include \"x\" . | nindent 4 }}\n  b: 1\n", "{labels: {b: 1}}", true)]
    [InlineData("a: \"{{ .V }}\"\nb: 1\n", "{a: ?{{ .V }}, b: 1}", false)]
    [InlineData("a: \"{{ default \"x\" .V }}\"\nb: 1\n", "{a: ?xxxxxxxxxxxxxxxxxxxx, b: 1}", true)]
    [InlineData("a: |\n  {{ x }}\nb: 1 # {{ y }}\n", "{a: ?{{ x }}\\n, b: 1}", false)]
    [InlineData("a: ${HOST}.example.com\n", "{a: ?${HOST}.example.com}", false)]
    [InlineData("{{ .k }}: 1\n", "{?xxxxxxxx: 1}", true)]
    [InlineData("s:\n  g:\n   m\n-{%\na: 1\n", "{s: {g: {m?: ~}}, a: 1}", true)]
    [InlineData("a: {{\n  .V }}\nb: 1\n", "{a: ?xx, b: 1}", true)]
    [InlineData("a: 1\nb: {{ .Va\nc: 2\n", "{a: 1, b: ?xxxxxx, c: 2}", true)]
    [InlineData("hosts: {{- range .x }}\n- a\n{{- end }}\nb: 1\n", "{hosts: [a], b: 1}", true)]
    [InlineData("s:\n  refs: {{ range .p }}\n  - name: {{ .n }}\n  {{ end }}\n  b: 1\n", "{s: {refs: [{name: ?xxxxxxxx}], b: 1}}", true)]
    [InlineData("- refs: {{- range .b }}\n  - name: x\n    port: 1\n  {{- end }}\n- refs: []\n", "[{refs: [{name: x, port: 1}]}, {refs: []}]", true)]
    [InlineData("a: {{- toYaml . | nindent 4 }}\n  b: 1\nc: 2\n", "{a: {b: 1}, c: 2}", true)]
    [InlineData("a: {{- toYaml . | nindent 4 }}\nc: 2\n", "{a: ?xxxxxxxxxxxxxxxxxxxxxxxxxxx, c: 2}", true)]
    [InlineData("d:\n  a: |\n    {{ .a }}\n  b: {{ .b }}\n", "{d: {a: ?xxxxxxxx\\n, b: ?xxxxxxxx}}", true)]
    [InlineData("d:\n  a: |\n{{ .F | indent 4 }}\n  b: {{ .b }}\n", "{d: {a: ?xxxxxxxxxxxxxxxx\\n, b: ?xxxxxxxx}}", true)]
    [InlineData("d:\n  a: |-\n    {{- if .x }}\n      foo\n    {{- end }}\n  b: {{ .b }}\n", "{d: {a: ?xxxxxxxxxx\\nfoo\\nxxxxxxxx, b: ?xxxxxxxx}}", true)]
    [InlineData("a: <%= x %>\n<% if x %>\nc: 1\n<% end %>\n", "{a: ?xxxxxxxx, c: 1}", true)]
    [InlineData("a: #@ v.x\nl:\n- #@ v.y\n#@ if y:\nz: 1\n#@ end\n", "{a: ?xxxxxx, l: [?xxxxxx], z: 1}", true)]
    [InlineData("{{/*\na: {{ .V }}\n  b: \"\n*/}}\nc: 1\n", "{c: 1}", true)]
    [InlineData("l:\n- @HOST@\n- b\nc: %HOST%\nd: x\n", "{l: [?@HOST@, b], c: ?%HOST%, d: x}", false)]
    public void Templates_are_tolerated(string text, string tree, bool isTemplate)
    {
        var document = new ManifestDocument(text);
        Assert.Equal(tree, TreeDump.Of(document.Root));
        Assert.Empty(document.Errors);
        Assert.Equal(isTemplate, document.IsTemplate);
    }

    /// <summary>What the user broke beside an expression is told; what the expression may explain is not.</summary>
    [Theory]
    [InlineData("a: {{ .x }}\nb: \"foo\nc: 1\n", "unclosed-quote@2")]
    [InlineData("a: 1\npat\nb: {{ .x }}\n", "unfinished-key@2")]
    [InlineData("a: {{ .x }}\npat\nb: 1\n", "unfinished-key@2")]
    [InlineData("a: {{ .x }}\nb: [1\nc: 1\n", "unclosed-bracket@2")]
    [InlineData("a: {{ .x }}\nb: c: d\n", "ambiguous-colon@2")]
    [InlineData("{{- if .x }}\na: \"foo\n{{- end }}\nb: 1\n", "unclosed-quote@2")]
    [InlineData("{{- if .x }}\na: \"\\q\"\n{{- end }}\nb: 1\n", "invalid-escape@2")]
    [InlineData("a:\n  b: {{ .x }}\n c: 1\nd: 2\n", "bad-indentation@3")]
    [InlineData("{{- if .x }}\na: 1\n\npat\nb: 1\n{{- end }}\n", "unfinished-key@4")]
    [InlineData("a: {{ .x }}\n  b: 1\nc: 2\n", "")]
    [InlineData("{{- if .x }}\npat\n{{- end }}\nb: 1\n", "")]
    [InlineData("a: [\n{{- range .x }}\n  {{ . }},\n{{- end }}\n]\nb: 1\n", "")]
    [InlineData("a:\n  {{- with .x }}\n  {{- toYaml . | nindent 2 }}\n  {{- end }}\n  b: 1\n", "")]
    [InlineData("a:\n{{ toYaml .x | indent 2 }}\n  b: 1\nc: 1\n", "")]
    [InlineData("{{- range .x }}\n- a: {{ . }}\n  b: 1\n{{- end }}\n- c: 1\n", "")]
    [InlineData("a:\n  {{ .k }}: 1\n  {{- if .y }}\n  b: \"{{ .z }}\"\n  {{- else }}\n  b: 2\n  {{- end }}\n", "")]
    public void Errors_beside_expressions(string text, string errors)
    {
        var document = new ManifestDocument(text);
        Assert.Equal(errors, string.Join(" ", document.Errors.Select(e => $"{e.Code}@{document.Lines.LineOf(e.Span.Start) + 1}")));
    }

    [Fact]
    public void A_wildcard_without_quotes_is_told_to_get_them()
    {
        SyntaxError error = Assert.Single(new ManifestDocument("hostnames:\n- *.example.com\n").Errors);
        Assert.Equal(("\"*.example.com\"", 13, 13), (error.Fix!.NewText, error.Fix.Span.Start, error.Fix.Span.Length));
    }

    [Fact]
    public void No_message_quotes_what_covers_an_expression()
    {
        var document = new ManifestDocument("a:\n  b: 1\n    {{ .x }}yy\n {{ .k }}\n  c {{ .d }}\n");
        Assert.DoesNotContain(document.Errors, e => e.Message.Contains("xx", StringComparison.Ordinal));
    }

    [Fact]
    public void Brackets_without_end_are_given_up_soon()
    {
        var document = new ManifestDocument("a: 1\nb: " + new string('[', 100_000) + "\nc: 2\n");
        Assert.Equal("{a: 1, b: ~}", TreeDump.Of(document.Root));
        Assert.Equal("nested-too-deep", Assert.Single(document.Errors).Code);
    }

    [Fact]
    public void Tabs_in_thousands_of_lines_are_one_error()
    {
        var document = new ManifestDocument("a:\n" + string.Concat(Enumerable.Repeat("\t- b\n", 20_000)));
        Assert.Equal("tab-indentation", Assert.Single(document.Errors).Code);
        Assert.Equal(20_000, Assert.IsType<YamlSequence>(document.Root.At("a")).Items.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("# only\n")]
    [InlineData("---\n")]
    [InlineData("%YAML 1.2\n")]
    [InlineData("\uFEFF")]
    [InlineData("...\n")]
    public void Nothing_is_no_error(string text)
    {
        var document = new ManifestDocument(text);
        Assert.True(document.Root is null or YamlScalar { IsMissing: true });
        Assert.Empty(document.Errors);
    }
}
