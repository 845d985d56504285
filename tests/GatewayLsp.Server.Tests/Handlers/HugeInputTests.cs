using System.Diagnostics;
using System.Text;
using GatewayLsp.Server.Tests.Harness;

namespace GatewayLsp.Server.Tests.Handlers;

/// <summary>Input of a size that nobody plans for. These run alone: they are about time.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}

[Collection(AloneCollection.Name)]
public sealed class HugeInputTests
{
    private const string Uri = "file:///w/a.yaml";

    /// <summary>Tells a server that hangs, or whose cost grows with the square, from one on a busy machine. The benchmarks measure.</summary>
    private static readonly TimeSpan HangsAfter = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Thirty_megabytes_are_opened_edited_and_asked_about_in_bounded_time()
    {
        var document = new StringBuilder("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n");
        for (var i = 0; i < 300; i++)
        {
            document.Append("  k").Append(i).Append('x', 60).Append(": value\n");
        }

        var text = new StringBuilder();
        while (text.Length < 30_000_000)
        {
            text.Append(document).Append("---\n");
        }

        text.Append(Manifests.Broken());
        await using var server = await ServerUnderTest.StartInitializedAsync(Capabilities.Pull());
        var clock = Stopwatch.StartNew();
        server.Client.Open(Uri, text.ToString());
        for (var i = 0; i < 20; i++)
        {
            server.Client.Edit(Uri, i + 2, Documents.Range(0, 0, 0, 0), "#\n");
        }

        Assert.NotNull(await server.Client.RequestAsync("textDocument/hover", Documents.At(Uri, 21, 1)));
        Assert.Single(await server.Client.PullAsync(Uri), d => (string?)d!["code"] == "duplicate-key");
        Assert.True(clock.Elapsed < HangsAfter, $"took {clock.Elapsed}");
    }

    [Fact]
    public async Task A_workspace_of_thousands_of_files_does_not_hold_up_an_open_document()
    {
        using var folder = new TempFolder();
        for (var i = 0; i < 3000; i++)
        {
            File.WriteAllText(Path.Combine(folder.Path, $"f{i}.yaml"), Manifests.Good($"g{i}"));
        }

        folder.Write("z/last.yaml", Manifests.Broken("last"));
        await using var server = await ServerUnderTest.StartInitializedAsync(Capabilities.Pull(), folder.Uri);
        server.Client.Open(Uri, Manifests.Broken());
        var clock = Stopwatch.StartNew();
        Assert.Single(await server.Client.PullAsync(Uri));
        Assert.True(clock.Elapsed < HangsAfter, $"took {clock.Elapsed}");

        var last = await server.Client.NextAsync("textDocument/publishDiagnostics");
        Assert.Single(last!["diagnostics"]!.AsArray());
    }
}
