using System.Text.Json;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Applying;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Server.Deploying;

namespace GatewayLsp.Cli.Tests;

/// <summary>The journal's files: one writer for a context, and the latest is the latest whatever the clock says.</summary>
public sealed class JournalTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    private static readonly ServedKind Namespaces = new(new Gvk("", "v1", "Namespace"), "namespaces", false);

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

    [Fact]
    public void The_list_has_a_form_for_programs()
    {
        using CliHost host = Host();
        using (IJournalLog log = Journal.Begin(Head("a", Noon) with { Steps = [new JournalStep(new ResourceAddress(Namespaces, "", "demo"), ["+kind: Namespace"])] }).Value!)
        {
            log.Append(new JournalEntry(JournalEvent.Ended, -1, Noon) { Outcome = ApplyOutcome.RolledBack });
        }
        using IJournalLog running = Journal.Begin(Head("b", Noon.AddHours(1))).Value!;
        CliResult list = host.Run("rollback", "--context", "east", "--list", "--format", "json");
        Assert.True(list.ExitCode == 0 && list.Error.Length == 0, list.ToString());
        Assert.Equal("east", list.Json.GetProperty("context").GetString());
        JsonElement[] applies = [.. list.Json.GetProperty("applies").EnumerateArray()];
        Assert.Equal(["running", "rolledBack"], applies.Select(one => one.GetProperty("outcome").GetString()));
        Assert.Equal(("a", "2026-05-04T12:00:00Z"), (applies[1].GetProperty("id").GetString(), applies[1].GetProperty("time").GetString()));
        JsonElement made = Assert.Single(applies[1].GetProperty("objects").EnumerateArray());
        Assert.Equal(("Namespace", "demo", "+kind: Namespace"), (made.GetProperty("kind").GetString(), made.GetProperty("name").GetString(), made.GetProperty("diff")[0].GetString()));
        Assert.Equal("error: another apply to `east` is under way\n", host.Run("rollback", "--context", "east", "--yes").Error);
    }

    /// <summary>A link to itself stands in for a file that the system does not open.</summary>
    [Fact]
    public void A_record_that_does_not_open_is_not_taken_for_an_apply_under_way()
    {
        using CliHost host = Host();
        Journal.Begin(Head("a", Noon)).Value!.Dispose();
        string path = Directory.EnumerateFiles(_folder, "*-a.jsonl", SearchOption.AllDirectories).Single();
        File.Delete(path);
        File.CreateSymbolicLink(path, path);
        foreach (string[] command in (string[][])[["apply", "shop.yaml", "--context", "east", "--yes"], ["rollback", "--context", "east", "--yes"]])
        {
            CliResult refused = host.Run(command);
            Assert.Equal(1, refused.ExitCode);
            Assert.StartsWith("error: the record of an apply to `east` can't be read, so what it wrote is not known: ", refused.Error, StringComparison.Ordinal);
            Assert.EndsWith($". Make the file {path} readable, or move it away to go on without it\n", refused.Error, StringComparison.Ordinal);
        }
        Assert.StartsWith("can't be read: ", host.Run("rollback", "--context", "east", "--list").Out, StringComparison.Ordinal);
        JsonElement one = host.Run("rollback", "--context", "east", "--list", "--format", "json").Json.GetProperty("applies")[0];
        Assert.Equal(("unreadable", false), (one.GetProperty("outcome").GetString(), string.IsNullOrEmpty(one.GetProperty("message").GetString())));

        // Moved away, it is no longer in the way.
        File.Delete(path);
        Assert.Equal("There is no apply to east to take back.\n", host.Run("rollback", "--context", "east", "--yes").Error);
    }

    /// <summary>A context that leads to another server now, or did for a while: what went elsewhere is neither in the way nor hides what went here.</summary>
    [Theory]
    [InlineData("https://127.0.0.1:1", "error: east: ")]
    [InlineData("https://127.0.0.1:2", "error: the last apply went to https://a; east is another cluster now\n")]
    public void What_went_to_another_server_under_the_same_context_does_not_hide_what_went_here(string first, string told)
    {
        using CliHost host = Host();
        foreach ((string id, string server) in ((string, string)[])[("a", first), ("b", "https://a")])
        {
            JournalHead head = Head(id, Noon) with { Server = server, Steps = [new JournalStep(new ResourceAddress(Namespaces, "", "demo"), ["+kind: Namespace"])] };
            using IJournalLog log = Journal.Begin(head).Value!;
            log.Append(new JournalEntry(JournalEvent.Writing, 0, Noon));
        }
        // Nobody listens there: that it is asked is enough.
        CliResult back = host.Run("rollback", "--context", "east", "--yes");
        Assert.True(back.ExitCode != 0 && back.Error.StartsWith(told, StringComparison.Ordinal), back.ToString());
        bool isKnown = first.EndsWith(":1", StringComparison.Ordinal);
        CliResult apply = host.Run("apply", "shop.yaml", "--context", "east", "--yes");
        Assert.Equal(isKnown, apply.Error.Contains("was interrupted after 1 of 1 objects", StringComparison.Ordinal));
        Assert.Equal(isKnown ? 0 : 1, host.Run("rollback", "--keep", "--context", "east").ExitCode);
    }

    /// <summary>A process may be gone between the last object that was taken back and the line that ends it.</summary>
    [Theory]
    [InlineData(JournalEvent.NotWritten, 0, "The last apply was interrupted before anything was written. Everything is as before.\n", "rolledBack")]
    [InlineData(JournalEvent.Left, 1, "The last apply was interrupted. What it wrote is taken back, but for what is left to others.\n", "partlyRolledBack")]
    public void What_is_left_to_others_is_not_told_as_it_was_before(JournalEvent last, int code, string told, string outcome)
    {
        using CliHost host = Host();
        using (IJournalLog log = Journal.Begin(Head("a", Noon) with { Server = "https://127.0.0.1:1", Steps = [new JournalStep(new ResourceAddress(Namespaces, "", "demo"), [])] }).Value!)
        {
            log.Append(new JournalEntry(JournalEvent.Writing, 0, Noon));
            log.Append(new JournalEntry(last, 0, Noon));
        }
        CliResult back = host.Run("rollback", "--context", "east", "--yes");
        Assert.Equal((code, told), (back.ExitCode, back.Out));
        Assert.Equal(outcome, host.Run("rollback", "--context", "east", "--list", "--format", "json").Json.GetProperty("applies")[0].GetProperty("outcome").GetString());
    }

    private CliHost Host()
    {
        CliHost host = new CliHost().Write("shop.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: demo}\n").Write("config", """
            apiVersion: v1
            kind: Config
            clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]
            contexts: [{name: east, context: {cluster: c, user: u}}]
            users: [{name: u, user: {token: t}}]
            """);
        host.Variables["KUBECONFIG"] = Path.Combine(host.Folder, "config");
        host.Variables["XDG_STATE_HOME"] = _folder;
        return host;
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
