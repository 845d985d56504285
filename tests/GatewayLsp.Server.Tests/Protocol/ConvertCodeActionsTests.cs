using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayLsp.Engine;
using GatewayLsp.Engine.CodeActions;
using GatewayLsp.Engine.Text;
using GatewayLsp.Server.Configuration;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Tests.Protocol;

public sealed class ConvertCodeActionsTests
{
    private const string Key = "file:///c%3A/a%20b.yaml";
    private const string ClientUri = "file:///C:/a b.yaml";

    private static readonly CodeActionItem Item = new(
        "Quote it",
        "quickfix",
        [new FileEdit(Key, [new TextEdit(new LineRange(new(1, 2), new(1, 4)), "\"80\"")]), new FileEdit("file:///new.yaml", [], CreatesFile: true)],
        [],
        IsPreferred: true);

    [Fact]
    public void Edits_carry_the_version_and_the_spelling_of_the_client()
    {
        var edit = Json(versioned: true)["edit"]!;
        var changes = edit["documentChanges"]!.AsArray();
        Assert.Null(edit["changes"]);
        Assert.Equal(ClientUri, (string?)changes[0]!["textDocument"]!["uri"]);
        Assert.Equal(7, (int)changes[0]!["textDocument"]!["version"]!);
        Assert.Equal("\"80\"", (string?)changes[0]!["edits"]![0]!["newText"]);
        Assert.Equal("""{"kind":"create","uri":"file:///new.yaml"}""", changes[1]!.ToJsonString());
        Assert.True(changes[2]!["textDocument"]!.AsObject().ContainsKey("version"));
    }

    [Fact]
    public void A_client_without_versions_gets_plain_changes()
    {
        var edit = Json(versioned: false)["edit"]!;
        Assert.Null(edit["documentChanges"]);
        Assert.Single(edit["changes"]![ClientUri]!.AsArray());
    }

    [Theory]
    [InlineData("quickfix", null, true)]
    [InlineData("quickfix", "", true)]
    [InlineData("quickfix", "quickfix", true)]
    [InlineData("quickfix", "quick", false)]
    [InlineData("quickfix", "refactor,quickfix", true)]
    [InlineData("source.fixAll.gatewayLsp", "source", true)]
    [InlineData("source.fixAll.gatewayLsp", "source.fixAll", true)]
    [InlineData("source.fixAll.gatewayLsp", "source.fixAll.gatewayLsp", true)]
    [InlineData("source.fixAll.gatewayLsp", "source.fixAll.eslint", false)]
    [InlineData("source.fixAll.gatewayLsp", "source.organizeImports", false)]
    public void Kinds_are_asked_for_by_their_beginning(string kind, string? only, bool wanted)
        => Assert.Equal(wanted, ConvertCodeActions.IsWanted(kind, only?.Split(',')));

    private static JsonNode Json(bool versioned)
    {
        var open = ImmutableDictionary<string, OpenDocument>.Empty.Add(Key, new OpenDocument(Key, ClientUri, 7, CancellationToken.None));
        var snapshot = new Snapshot(new Analysis(Workspace.Empty), open, new ClientFeatures { VersionedEdits = versioned }, ServerSettings.Default);
        IReadOnlyList<CodeAction> actions = [ConvertCodeActions.ToLsp(Item, snapshot)];
        return JsonNode.Parse(JsonSerializer.Serialize(actions, LspJson.Default.IReadOnlyListCodeAction))![0]!;
    }
}
