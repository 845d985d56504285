using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Applying;
using GatewayLsp.Server.Deploying;

namespace GatewayLsp.Cli.Tests;

/// <summary>The journal's files: one writer for a context, and the latest is the latest whatever the clock says.</summary>
public sealed class JournalTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("gateway-lsp-journal-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private FileJournal Journal => FileJournal.Of(name => name == "XDG_STATE_HOME" ? _folder : null);

    private static JournalHead Head(string id, DateTimeOffset at, string context = "east") => new(id, context, "", "https://a", at, []);

    [Fact]
    public void Of_two_that_begin_at_the_same_time_one_is_refused()
    {
        Answered<IJournalLog> first = Journal.Begin(Head("a", Noon));
        Answered<IJournalLog> second = Journal.Begin(Head("b", Noon));
        Assert.Equal("another apply to `east` is under way", second.Error?.Message);
        using (Journal.Begin(Head("c", Noon, "west")).Value)
        {
        }
        string path = Directory.EnumerateFiles(_folder, "*-a.jsonl", SearchOption.AllDirectories).Single();
        Assert.False(FileJournal.Reopen(path).IsOk);
        first.Value!.Dispose();
        using IJournalLog again = FileJournal.Reopen(path).Value!;
        Assert.Null(again.Append(new JournalEntry(JournalEvent.Ended, -1, Noon) { Outcome = ApplyOutcome.Applied }));
    }

    /// <summary>The device that is always full stands in for a disk that is.</summary>
    [FullDeviceFact]
    public void A_full_disk_is_told_as_such_and_leaves_the_turn_to_the_next()
    {
        var full = new FileJournal(_folder, static (_, _) => new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite));
        Answered<IJournalLog> log = full.Begin(Head("a", Noon));
        Assert.StartsWith("No space left on device", log.Error?.Message, StringComparison.Ordinal);
        using IJournalLog next = new FileJournal(_folder).Begin(Head("b", Noon)).Value!;
    }

    [Fact]
    public void A_folder_that_can_not_be_made_is_told_by_its_name()
    {
        string taken = Path.Combine(_folder, "taken");
        File.WriteAllText(taken, "");
        Answered<IJournalLog> log = new FileJournal(Path.Combine(taken, "applies")).Begin(Head("a", Noon));
        Assert.Contains(taken, log.Error?.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("another apply", log.Error?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clock_that_was_set_back_does_not_hide_the_latest_apply()
    {
        foreach ((string id, DateTimeOffset at) in ((string, DateTimeOffset)[])[("a", Noon), ("b", Noon.AddYears(-1)), ("c", Noon.AddHours(-1)), ("d", Noon.AddHours(1))])
        {
            Journal.Begin(Head(id, at)).Value!.Dispose();
        }
        Assert.Equal(["d", "c", "b", "a"], Journal.Of("east").Select(one => one.Record!.Head.Id));
    }

    private sealed class FullDeviceFactAttribute : FactAttribute
    {
        public FullDeviceFactAttribute()
        {
            if (!File.Exists("/dev/full"))
            {
                Skip = "There is no device that is always full here.";
            }
        }
    }
}
