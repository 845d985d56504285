using System.Diagnostics;
using GatewayLsp.Server.Cli.Input;

namespace GatewayLsp.Cli.Tests;

/// <summary>Which files a check reads.</summary>
public sealed class FindingFilesTests : IDisposable
{
    private readonly CliHost _cli = new();

    [Fact]
    public void Folders_are_searched_for_manifests_in_path_order()
    {
        _cli.Write("b.yaml", "").Write("a/z.yml", "").Write("a/b/C.YAML", "").Write("a/readme.md", "").Write("a/.hidden/x.yaml", "")
            .Write("node_modules/m/x.yaml", "").Write(".git/x.yaml", "").Write(".dot.yaml", "");
        Assert.Equal([".dot.yaml", "a/b/C.YAML", "a/z.yml", "b.yaml"], _cli.Checked("."));
    }

    [Fact]
    public void An_empty_file_is_found_however_busy_the_process_is()
    {
        _cli.Write("a.yaml", "");
        using var done = new ManualResetEventSlim();
        int waiting = 4 * Environment.ProcessorCount + 64;
        using var over = new CountdownEvent(waiting);
        for (int i = 0; i < waiting; i++)
        {
            ThreadPool.QueueUserWorkItem(_ =>
            {
                done.Wait();
                over.Signal();
            });
        }
        var found = new ManifestFinder(_cli.Folder);
        Assert.Single(found.Find(["."], "stdin.yaml"));
        done.Set();
        over.Wait();
    }

    [Fact]
    public void A_pipe_is_left_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        using (Process make = Process.Start("mkfifo", Path.Combine(_cli.Folder, "a.yaml")))
        {
            make.WaitForExit();
        }
        _cli.Write("b.yaml", "");
        Assert.Equal(["b.yaml"], _cli.Checked("."));
    }

    [Fact]
    public void Json_counts_when_it_holds_objects()
    {
        _cli.Write("package.json", "{\"name\": \"x\"}").Write("service.json", "{\"apiVersion\": \"v1\", \"kind\": \"Service\", \"metadata\": {\"name\": \"a\"}}");
        Assert.Equal(["service.json"], _cli.Checked("."));
        Assert.Equal(["package.json"], _cli.Checked("package.json"));
    }

    [Theory]
    [InlineData("m", "m/a.yaml")]
    [InlineData("./m/", "m/a.yaml")]
    [InlineData("m/a.yaml", "m/a.yaml")]
    [InlineData("./m/../m/a.yaml", "m/../m/a.yaml")]
    public void Paths_are_shown_as_they_are_written(string named, string shown)
    {
        _cli.Write("m/a.yaml", "");
        Assert.Equal([shown], _cli.Checked(named));
    }

    [Fact]
    public void Absolute_paths_stay_absolute()
    {
        _cli.Write("m/a.yaml", "");
        Assert.Equal([_cli.Folder + "/m/a.yaml"], _cli.Checked(_cli.Folder + "/m"));
    }

    [Fact]
    public void A_file_named_twice_is_read_once()
    {
        _cli.Write("m/a.yaml", "");
        Assert.Equal(["m/a.yaml"], _cli.Checked("m/a.yaml", "m", "./m/a.yaml"));
    }

    [Fact]
    public void What_git_ignores_is_read_only_when_named()
    {
        Directory.CreateDirectory(Path.Combine(_cli.Folder, ".git"));
        _cli.Write(".gitignore", "/out/\n*.local.yaml\n!keep.local.yaml\n").Write(".git/info/exclude", "secret.yaml\n")
            .Write("out/a.yaml", "").Write("b.local.yaml", "").Write("keep.local.yaml", "").Write("secret.yaml", "").Write("c/out/d.yaml", "");
        Assert.Equal(["c/out/d.yaml", "keep.local.yaml"], _cli.Checked("."));
        Assert.Equal(["c/out/d.yaml"], _cli.Checked("c"));
        Assert.Equal(["b.local.yaml", "out/a.yaml", "secret.yaml"], _cli.Checked("b.local.yaml", "out", "secret.yaml"));
    }

    [Fact]
    public void Ignore_files_further_in_overrule_those_further_out()
    {
        _cli.Write(".gitignore", "*.yaml\n").Write("a/.gitignore", "!b.yaml\n").Write("a/b.yaml", "").Write("a/c.yaml", "").Write("d.yaml", "");
        Assert.Equal(["a/b.yaml"], _cli.Checked("."));
    }

    [Fact]
    public void Links_are_followed_once()
    {
        _cli.Write("real/a.yaml", "").Write("else/b.yaml", "");
        Directory.CreateSymbolicLink(Path.Combine(_cli.Folder, "real/up"), _cli.Folder);
        Directory.CreateSymbolicLink(Path.Combine(_cli.Folder, "real/else"), Path.Combine(_cli.Folder, "else"));
        File.CreateSymbolicLink(Path.Combine(_cli.Folder, "real/again.yaml"), Path.Combine(_cli.Folder, "real/a.yaml"));
        Assert.Equal(["real/a.yaml", "real/else/b.yaml"], _cli.Checked("real/a.yaml", "real/else").Order());
        Assert.Equal(["else/b.yaml", "real/a.yaml"], _cli.Checked("."));
    }

    [Fact]
    public void A_broken_link_is_a_warning()
    {
        File.CreateSymbolicLink(Path.Combine(_cli.Folder, "a.yaml"), Path.Combine(_cli.Folder, "nowhere"));
        _cli.Write("b.yaml", "");
        CliResult result = _cli.Run("check", ".");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal("warning: a.yaml: leads nowhere (broken link)\n", result.Error);
    }

    [Fact]
    public void A_path_that_is_not_there_is_an_error()
    {
        _cli.Write("a.yaml", "");
        CliResult result = _cli.Run("check", "a.yaml", "b.yaml");
        Assert.Equal(2, result.ExitCode);
        Assert.Equal("error: b.yaml: no such file or folder\n", result.Error);
        Assert.Contains("1 file", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_found_is_told()
    {
        CliResult result = _cli.Run("check", ".");
        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("warning: no *.yaml", result.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _cli.Dispose();
}
