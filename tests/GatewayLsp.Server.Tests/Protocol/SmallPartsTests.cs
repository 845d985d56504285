using System.Text.Json;
using GatewayLsp.Server.Configuration;
using GatewayLsp.Server.Disk;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;
using GatewayLsp.Server.Tests.Harness;
using GatewayLsp.Testing;

namespace GatewayLsp.Server.Tests.Protocol;

public sealed class SmallPartsTests
{
    [Theory]
    [InlineData("vendor/**", "vendor/a/b.yaml", true)]
    [InlineData("vendor/**", "src/vendor/b.yaml", false)]
    [InlineData("vendor", "vendor/a/b.yaml", true)]
    [InlineData("**/testdata/**", "a/b/testdata/c.yaml", true)]
    [InlineData("**/testdata/**", "testdata/c.yaml", true)]
    [InlineData("**/*.gen.yaml", "a/x.gen.yaml", true)]
    [InlineData("*.yaml", "a.yaml", true)]
    [InlineData("*.yaml", "a/b.yaml", false)]
    [InlineData("a?c.yaml", "abc.yaml", true)]
    [InlineData("**/*.{yaml,yml}", "x/y.yml", true)]
    [InlineData("{a,b}/**", "c/x.yaml", false)]
    [InlineData("a/**/d.yaml", "a/b/c/d.yaml", true)]
    [InlineData("a/**/d.yaml", "a/d.yaml", true)]
    [InlineData("a/**/d.yaml", "a/b/c/e.yaml", false)]
    [InlineData("{{{{{", "a", false)]
    public void Globs_match_as_in_editors(string glob, string path, bool matches) => Assert.Equal(matches, ExcludeGlob.Matches(glob, path));

    [Fact]
    public async Task A_hostile_glob_ends()
    {
        // One that tried each way would not end within years.
        Task<bool> matching = Task.Run(() => ExcludeGlob.Matches(string.Concat(Enumerable.Repeat("**/{a,b}*a*", 30)) + "c", string.Concat(Enumerable.Repeat("aaaa/", 300)) + "d"));
        Assert.False(await matching.WaitAsync(LspClient.Patience));
    }

    [Theory]
    [InlineData("Authorization: Bearer abc.def-1", "Authorization: [hidden]")]
    [InlineData("token=abc x", "token=[hidden] x")]
    [InlineData("{\"password\": \"hunter2\"}", "{\"password\": \"[hidden]\"}")]
    [InlineData("https://me:hunter2@host/x", "https://[hidden]@host/x")]
    [InlineData("got eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.sig!", "got [hidden]!")]
    [InlineData("textDocument/hover failed.", "textDocument/hover failed.")]
    public void Secrets_do_not_get_into_the_log(string text, string redacted) => Assert.Equal(redacted, Log.Redact(text));

    [Fact]
    public void What_holds_for_reports_holds_for_the_log() => RedactionTable.Check(Log.Redact);

    [Theory]
    [InlineData("""{"channel":"experimental","workspace":{"complete":true},"hover":{"enable":false}}""", true, true, false)]
    [InlineData("""{"gatewayLsp":{"channel":"experimental","workspace.complete":true,"hover.enable":false}}""", true, true, false)]
    [InlineData("""{"channel":7,"workspace":true,"hover":[],"exclude":"x"}""", false, false, true)]
    [InlineData("null", false, false, true)]
    [InlineData("[]", false, false, true)]
    public void Settings_are_read_nested_or_flat_and_odd_ones_are_defaults(string json, bool experimental, bool complete, bool hover)
    {
        using var document = JsonDocument.Parse(json);
        var settings = ServerSettings.Read(document.RootElement);
        Assert.Equal(experimental, settings.Engine.Channel == Engine.Schemas.Channel.Experimental);
        Assert.Equal(complete, settings.Engine.IsComplete);
        Assert.Equal(hover, settings.Hover);
        Assert.Empty(settings.Exclude);
    }

    [Fact]
    public void A_folder_scan_follows_no_links_and_reads_no_huge_files()
    {
        using var folder = new TempFolder();
        folder.Write("a/b.yaml", Manifests.Good());
        folder.Write("a/c.txt", Manifests.Good());
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "a", "loop"), folder.Path);
        Assert.Equal([Path.Combine(folder.Path, "a", "b.yaml")], FolderScan.Files(folder.Path, CancellationToken.None));
        Assert.Empty(FolderScan.Files(Path.Combine(folder.Path, "none"), CancellationToken.None));

        var huge = Path.Combine(folder.Path, "huge.yaml");
        using (var file = File.Create(huge))
        {
            file.SetLength(ManifestReader.MaxBytes + 1);
        }

        Assert.Null(ManifestReader.Read(huge));
        Assert.NotNull(ManifestReader.Read(Path.Combine(folder.Path, "a", "b.yaml")));
    }

    [Theory]
    [InlineData("""{"triggerSuggest":true}""", true)]
    [InlineData("""{"triggerSuggest":"yes"}""", false)]
    [InlineData("7", false)]
    public void Only_a_client_that_knows_the_command_is_sent_it(string options, bool isSent)
    {
        using var document = JsonDocument.Parse(options);
        var item = new Engine.Completion.CompletionItem { Label = "kind", Kind = Engine.Completion.CompletionKind.Field, NewText = "kind: ", SortText = "1", AsksAgain = true };
        var list = new Engine.Completion.CompletionList(default, [item, item with { AsksAgain = false }]);
        var sent = ConvertCompletion.ToLsp(list, ClientFeatures.Read(default, document.RootElement), "", 1).Items;
        Assert.Equal(isSent ? new LspCommand("", "editor.action.triggerSuggest") : null, sent[0].Command);
        Assert.Null(sent[1].Command);
    }
}
