using System.Text.Json.Nodes;
using CsCheck;
using GatewayLsp.Server.Tests.Harness;

namespace GatewayLsp.Server.Tests.Handlers;

/// <summary>The server's text is the client's text, whatever is typed.</summary>
public sealed class TextSyncTests : IAsyncLifetime
{
    private const string Uri = "file:///w/a.yaml";

    /// <summary>Pieces that meet in bad ways: line ends of all kinds, document markers, characters of one to two UTF-16 units.</summary>
    private static readonly string[] Pieces =
        ["a", "b: 1", "\n", "\r\n", "\r", "---\n", "\n---\n", "- x\n", "  ", "é", "漢", "😀", "\t", "#c\n", "\"", "{{ x }}", "kind: Gateway\n", "\u2028", "---", "..."];

    private ServerUnderTest _server = null!;

    private LspClient Client => _server.Client;

    public async Task InitializeAsync()
    {
        _server = ServerUnderTest.StartInMemory(TestMethods.Create().Factory);
        await _server.InitializeAsync();
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("a: 😀x\n", 0, 5, 0, 6, "y", "a: 😀y\n")]
    [InlineData("a: 😀x\n", 0, 3, 0, 5, "", "a: x\n")]
    [InlineData("漢字: 1\n", 0, 2, 0, 2, "!", "漢字!: 1\n")]
    [InlineData("a\r\nb\r\n", 1, 0, 1, 1, "c", "a\r\nc\r\n")]
    [InlineData("a\r\nb\r\n", 0, 1, 1, 0, "\n", "a\nb\r\n")]
    [InlineData("a\rb\r", 1, 1, 1, 1, "!", "a\rb!\r")]
    [InlineData("ab\n", 0, 99, 0, 99, "!", "ab!\n")]
    [InlineData("ab\n", 99, 0, 99, 5, "!", "ab\n!")]
    [InlineData("ab\n", 0, 0, 99, 99, "", "")]
    [InlineData("", 0, 0, 0, 0, "x", "x")]
    public async Task Positions_are_UTF_16_and_clamped(string text, int startLine, int startCharacter, int endLine, int endCharacter, string insert, string expected)
    {
        Client.Open(Uri, text);
        Client.Edit(Uri, 2, Documents.Range(startLine, startCharacter, endLine, endCharacter), insert);
        Assert.Equal(expected, await Client.TextAsync(Uri));
    }

    [Fact]
    public async Task Several_changes_in_one_message_apply_one_after_the_other()
    {
        Client.Open(Uri, "one\ntwo\n");
        Client.Change(
            Uri,
            2,
            new JsonObject { ["range"] = Documents.Range(0, 0, 0, 3), ["text"] = "1\n1.5" },
            new JsonObject { ["range"] = Documents.Range(2, 0, 2, 3), ["text"] = "2" },
            new JsonObject { ["text"] = "whole\n" },
            new JsonObject { ["range"] = Documents.Range(0, 5, 0, 5), ["text"] = "!" });
        Assert.Equal("whole!\n", await Client.TextAsync(Uri));
    }

    [Fact]
    public async Task Half_a_surrogate_pair_survives()
    {
        // An editor that deletes "behind the first unit" of an emoji sends exactly this.
        Client.WriteBody("""{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///w/a.yaml","languageId":"yaml","version":1,"text":"a: \ud83d\n\"q\\t\"\u00e9"}}}""");
        Assert.Equal("a: \uFFFD\n\"q\\t\"é", await Client.TextAsync(Uri));
        Client.WriteBody("""{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///w/a.yaml","version":2},"contentChanges":[{"range":{"start":{"line":0,"character":4},"end":{"line":0,"character":4}},"text":"\ude00"}]}}""");
        Assert.Equal("a: 😀\n\"q\\t\"é", await Client.TextAsync(Uri));
    }

    [Fact]
    public async Task Random_edits_keep_both_texts_equal()
    {
        var edits = Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1], Gen.Int[0, Pieces.Length - 1].Array[0, 4]).Array[1, 40];
        var run = 0;
        await edits.SampleAsync(
            async script =>
            {
                var uri = $"file:///w/{Interlocked.Increment(ref run)}.yaml";
                var text = "apiVersion: v1\r\nkind: Service\n---\nx: 😀\n";
                Client.Open(uri, text);
                var version = 1;
                foreach (var (at, length, pieces) in script)
                {
                    var start = (int)(at * text.Length);
                    var end = start + (int)(length * length * length * (text.Length - start));
                    var insert = string.Concat(pieces.Select(i => Pieces[i]));
                    var (from, to) = (Whole(text, start), Whole(text, end));
                    Client.Edit(uri, ++version, RangeOf(text, from, to), insert);
                    text = text[..from] + insert + text[to..];
                }

                var seen = await Client.TextAsync(uri);
                Client.Close(uri);
                return seen == text;
            },
            iter: 150,
            threads: 1);
    }

    [Fact]
    public async Task Changes_of_documents_that_are_not_open_are_ignored()
    {
        Client.Replace("file:///w/never.yaml", 1, "x");
        Client.Close("file:///w/never.yaml");
        Client.Open(Uri, "a\n");
        Client.Close(Uri);
        Client.Replace(Uri, 2, "b\n");
        Assert.Null(await Client.TextAsync(Uri));
    }

    [Theory]
    [InlineData("file:///w/a.yaml", "file:///w/%61.yaml")]
    [InlineData("file:///c%3A/a%20b.yaml", "file:///C:/a b.yaml")]
    [InlineData("file:///w/%C3%A9.yaml", "FILE://localhost/w/é.yaml")]
    [InlineData("untitled:Untitled-1", "untitled:Untitled-1")]
    public async Task One_document_has_one_text_however_its_uri_is_spelt(string opened, string asked)
    {
        Client.Open(opened, "a\n");
        Assert.Equal("a\n", await Client.TextAsync(asked));
    }

    /// <summary>Editors move by whole characters.</summary>
    private static int Whole(string text, int at)
        => at > 0 && at < text.Length && ((char.IsLowSurrogate(text[at]) && char.IsHighSurrogate(text[at - 1])) || (text[at] == '\n' && text[at - 1] == '\r')) ? at - 1 : at;

    private static JsonObject RangeOf(string text, int from, int to)
    {
        var (start, end) = (PositionOf(text, from), PositionOf(text, to));
        return Documents.Range(start.Line, start.Character, end.Line, end.Character);
    }

    private static (int Line, int Character) PositionOf(string text, int at)
    {
        var (line, start) = (0, 0);
        for (var i = 0; i < at; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && !(i + 1 < text.Length && text[i + 1] == '\n')))
            {
                (line, start) = (line + 1, i + 1);
            }
        }

        return (line, at - start);
    }
}
