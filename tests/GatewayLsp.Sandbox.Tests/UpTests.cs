using System.Diagnostics;
using System.Text.RegularExpressions;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Sandbox.Cli;
using GatewayLsp.Sandbox.State;

namespace GatewayLsp.Sandbox.Tests;

/// <summary>What <c>up</c> tells when it can't do what is asked for.</summary>
public sealed class UpTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gateway-sandbox-up").FullName;
    private readonly List<Task> _running = [];

    private StateDirectory State => new(Path.Combine(_folder, "state"));

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (State.Read() is { } running)
        {
            using var client = new ControlClient(running);
            await client.Ask("/stop", []);
        }
        await Task.WhenAll(_running).WaitAsync(TimeSpan.FromSeconds(30));
        Directory.Delete(_folder, recursive: true);
    }

    private UpOptions Options(Channel? channel = null, string? snapshot = null, string? users = null, bool isBare = false, TimeSpan? time = null) =>
        new(State, channel, IsForeground: true, IsDetached: false, time, null, snapshot, users, isBare);

    private static async Task<(int Exit, string Out, string Errors)> Up(UpOptions options)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        int exit = await UpCommand.Run(options, output, errors);
        return (exit, output.ToString(), errors.ToString());
    }

    /// <summary>Starts one that stays.</summary>
    private async Task Started(UpOptions options)
    {
        Task<(int Exit, string Out, string Errors)> stays = Up(options);
        _running.Add(stays);
        while (State.Read() is null)
        {
            Assert.False(stays.IsCompleted, stays.IsCompleted ? (await stays).Errors : "");
            await Task.Delay(20);
        }
    }

    [Fact]
    public async Task ARunningSandboxIsNotTakenForAnotherOne()
    {
        await Started(Options(Channel.Experimental, isBare: true));
        (int exit, string output, string errors) = await Up(Options());
        Assert.Equal((0, State.Kubeconfig), (exit, output.Trim()));
        Assert.Equal("note: the sandbox that runs was started with --channel experimental --bare", errors.Trim());
        Assert.Equal((0, ""), await Up(Options(Channel.Experimental, isBare: true)) is var same ? (same.Exit, same.Errors) : default);

        string users = Path.Combine(_folder, "users.json");
        (exit, output, errors) = await Up(Options(Channel.Standard, snapshot: Path.Combine(_folder, "s.json"), users: users, time: TimeSpan.FromSeconds(60)));
        Assert.Equal((1, ""), (exit, output));
        Assert.StartsWith("error: a sandbox runs already, with --channel experimental, not standard, without --snapshot, without --users, without --for; stop it with 'gateway-sandbox down'", errors);
        Assert.False(File.Exists(Path.Combine(_folder, "s.json")));
    }

    [Fact]
    public async Task OfSeveralAtOnceOneStarts()
    {
        Task<(int Exit, string Out, string Errors)>[] all = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() => Up(Options(isBare: true))))];
        _running.AddRange(all);
        while (all.Count(one => one.IsCompleted) < 3)
        {
            await Task.WhenAny(Task.WhenAny(all.Where(one => !one.IsCompleted)), Task.Delay(TimeSpan.FromSeconds(30)));
        }
        Assert.Equal(3, all.Count(one => one.IsCompleted));
        foreach (Task<(int Exit, string Out, string Errors)> one in all.Where(one => one.IsCompleted))
        {
            Assert.Equal((0, State.Kubeconfig, ""), ((await one).Exit, (await one).Out.Trim(), (await one).Errors));
        }
        Assert.NotNull(State.Read());
    }

    [Fact]
    public async Task AFolderThatCantBeUsedIsTold()
    {
        (int exit, _, string errors) = await Up(Options() with { State = new StateDirectory("/proc/foo") });
        Assert.Equal(1, exit);
        Assert.StartsWith("error: the state directory /proc/foo can't be used: ", errors);
        Assert.Single(errors.Trim().Split('\n'));
        (exit, _, errors) = await Up(Options(snapshot: "/proc/foo.json"));
        Assert.Equal(1, exit);
        Assert.StartsWith("error: the snapshot /proc/foo.json can't be written: ", errors);
    }

    [Theory]
    [InlineData("""{"users":[{"cluster":"eks","token":"t","name":"dev"}]}""", "user dev is of cluster 'eks', which there is not; the clusters are sandbox-eks and sandbox-gke")]
    [InlineData("""{"users":[{"cluster":"sandbox-eks","token":"t","name":"dev"},{"cluster":"sandbox-eks","token":"t","name":"ops"}]}""", "user ops has the token of another user of sandbox-eks")]
    [InlineData("[]", "is no JSON object with a list of users")]
    public async Task UsersThatCantBeAreTold(string users, string message)
    {
        string file = Path.Combine(_folder, "users.json");
        await File.WriteAllTextAsync(file, users);
        (int exit, _, string errors) = await Up(Options(users: file));
        Assert.Equal(1, exit);
        Assert.StartsWith("error: ", errors);
        Assert.Contains(message, errors);
    }

    /// <summary>Of a sandbox in a process of its own nobody sees the errors: they come through <c>up</c> and <c>status</c>.</summary>
    [Fact]
    public async Task WarningsOfADetachedSandboxReachTheUser()
    {
        string snapshot = Path.Combine(_folder, "kept", "s.json");
        Directory.CreateDirectory(Path.GetDirectoryName(snapshot)!);
        await File.WriteAllTextAsync(snapshot, """{"format":"gateway-sandbox/1","clusters":{"sandbox-eks":{"version":5,"objects":[{"apiVersion":"example.com/v1","kind":"Cat","metadata":{"name":"tom"}}]}}}""");
        (int exit, string output, string errors) = await Command("up", "--bare", "--snapshot", snapshot);
        Assert.True(exit == 0, errors);
        Assert.Equal(State.Kubeconfig, output.Trim());
        Assert.Equal("warning: 1 object of the snapshot can't be shown, as sandbox-eks does not serve its kind now; the file keeps it", errors.Trim());
        try
        {
            (exit, _, errors) = await Command("up", "--channel", "experimental");
            Assert.Equal(1, exit);
            Assert.StartsWith("error: a sandbox runs already, with --channel standard, not experimental", errors);

            // The disk goes away under it.
            Directory.Delete(Path.GetDirectoryName(snapshot)!, recursive: true);
            await File.WriteAllTextAsync(Path.GetDirectoryName(snapshot)!, "");
            await Change(await File.ReadAllTextAsync(State.Kubeconfig));
            string status = "";
            for (int i = 0; i < 50 && !status.Contains("warning: the snapshot could not be written", StringComparison.Ordinal); i++)
            {
                await Task.Delay(200);
                (_, status, _) = await Command("status");
            }
            Assert.Contains("warning: the snapshot could not be written", status);
            Assert.Equal(0, (await Command("status")).Exit);
        }
        finally
        {
            await Command("down");
        }
    }

    private static async Task Change(string kubeconfig)
    {
        using var http = new HttpClient(new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true, UseProxy = false });
        ApiAnswer made = await RunningSandbox.Send(http, new Uri(Regex.Match(kubeconfig, "server: (\\S+)").Groups[1].Value + "/api/v1/namespaces"), "POST",
            """{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop"}}""", "application/json", Regex.Match(kubeconfig, "token: (\\S+)").Groups[1].Value, null);
        Assert.Equal(201, made.Status);
    }

    private async Task<(int Exit, string Out, string Errors)> Command(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "gateway-sandbox.exe" : "gateway-sandbox")) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])[.. arguments, "--state-dir", State.Path])
        {
            start.ArgumentList.Add(argument);
        }
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return (process.ExitCode, await output, await errors);
    }
}
