using System.Diagnostics;
using System.Security.Cryptography;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Sandbox.Api;
using GatewayLsp.Sandbox.Control;
using GatewayLsp.Sandbox.Net;
using GatewayLsp.Sandbox.State;

namespace GatewayLsp.Sandbox.Cli;

/// <summary>How a sandbox is to be started.</summary>
/// <param name="Channel">Null when nobody said so: standard, or whatever runs.</param>
/// <param name="IsDetached">It is the process that <c>up</c> started, and nobody will read its output once it runs.</param>
/// <param name="For">How long it runs; null until it is told to stop.</param>
/// <param name="Parent">Process with which it ends.</param>
/// <param name="Snapshot">File that keeps the objects from one run to the next; null for none.</param>
/// <param name="Users">File with further users; null for none.</param>
/// <param name="IsBare">True for API servers alone.</param>
internal sealed record UpOptions(StateDirectory State, Channel? Channel, bool IsForeground, bool IsDetached, TimeSpan? For, int? Parent, string? Snapshot, string? Users, bool IsBare)
{
    public UpChoices Choices => new(
        Channel?.ToString().ToLowerInvariant() ?? "", Snapshot is null ? "" : Path.GetFullPath(Snapshot), Users is null ? "" : Path.GetFullPath(Users), For is { } time ? $"{(long)time.TotalSeconds}s" : "", IsBare);
}

/// <summary>Starts both clusters: in this process, or in one of its own that outlives the command.</summary>
internal static class UpCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static async Task<int> Run(UpOptions options, TextWriter output, TextWriter errors)
    {
        try
        {
            options.State.Create();
            return await Running(options.State) is { } running ? Join(options, running, output, errors)
                : options.IsForeground ? await Start(options, output, errors) : await Detach(options, output, errors);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or FormatException)
        {
            errors.WriteLine("error: " + problem.Message);
            return ExitCode.Failed;
        }
    }

    /// <summary>The sandbox of this folder if it answers.</summary>
    private static async Task<RunningSandbox?> Running(StateDirectory state)
    {
        if (state.Read() is not { } running)
        {
            return null;
        }
        using var client = new ControlClient(running);
        return await client.Ask("/status") is null ? null : running;
    }

    /// <summary>What runs stays as it is; who asked for something else is told.</summary>
    private static int Join(UpOptions options, RunningSandbox running, TextWriter output, TextWriter errors)
    {
        string[] missing = [.. options.Choices.MissingIn(running.Choices)];
        if (missing.Length > 0)
        {
            errors.WriteLine($"error: a sandbox runs already, {string.Join(", ", missing)}; stop it with 'gateway-sandbox down', or take another --state-dir than {options.State.Path}");
            return ExitCode.Failed;
        }
        if (running.Choices.Unusual is { Length: > 0 } unusual && unusual != options.Choices.Unusual)
        {
            (options.IsDetached ? output : errors).WriteLine("note: the sandbox that runs was started with " + unusual);
        }
        output.WriteLine(options.State.Kubeconfig);
        return ExitCode.Fine;
    }

    /// <summary>In this process, unless another one is about to start the sandbox of the same folder.</summary>
    private static async Task<int> Start(UpOptions options, TextWriter output, TextWriter errors)
    {
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < Patience; await Task.Delay(Pause))
        {
            using FileStream? held = options.State.TryLock();
            if (await Running(options.State) is { } running)
            {
                return Join(options, running, output, errors);
            }
            if (held is not null)
            {
                return await Stay(options, output, errors);
            }
        }
        errors.WriteLine($"error: another process is starting a sandbox in {options.State.Path}, and does not come to an end");
        return ExitCode.Failed;
    }

    private static async Task<int> Stay(UpOptions options, TextWriter output, TextWriter errors)
    {
        using SnapshotFile? snapshot = options.Snapshot is null ? null : SnapshotFile.Open(options.Snapshot);
        IReadOnlyList<NamedUser> users = options.Users is null ? [] : UsersFile.Read(options.Users, Cluster.Names);
        // What was told in an earlier run is no news.
        File.Delete(options.State.Log);
        TextWriter warnings = errors;
        if (options.IsDetached)
        {
            warnings = output;
            errors = new LogWriter(options.State.Log);
            Console.SetError(errors);
        }
        using var ends = new CancellationTokenSource();
        using var onTerm = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, signal => { signal.Cancel = true; ends.Cancel(); });
        using var onInt = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGINT, signal => { signal.Cancel = true; ends.Cancel(); });
        // The terminal that it was started from may be closed.
        using var onHangUp = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGHUP, signal => signal.Cancel = true);
        await using Sandbox sandbox = await Sandbox.Start(options.Channel ?? Channel.Standard, options.State.PortOf, isBare: options.IsBare, prepare: cluster =>
        {
            foreach (NamedUser one in users.Where(one => one.Cluster == cluster.Name))
            {
                cluster.Users[one.Token] = one.User;
            }
            if (snapshot?.Restore(cluster) is > 0 and var unknown)
            {
                warnings.WriteLine($"warning: {unknown} {(unknown == 1 ? "object" : "objects")} of the snapshot can't be shown, as {cluster.Name} does not serve {(unknown == 1 ? "its kind" : "their kinds")} now; the file keeps {(unknown == 1 ? "it" : "them")}");
            }
        });
        string token = Convert.ToHexString(RandomNumberGenerator.GetBytes(24)).ToLowerInvariant();
        using Acceptor control = sandbox.Serve(new ControlServer(sandbox, token, ends.Cancel).Handle);
        options.State.WritePorts(sandbox.Clusters.Select(one => (one.Cluster.Name, one.Port)));
        options.State.WriteKubeconfig(sandbox.Clusters.Select(one => (one.Cluster, one.Port, one.Token)), sandbox.Authority.Pem);
        options.State.Write(new RunningSandbox(Environment.ProcessId, $"http://{control.EndPoint}", token, options.Choices));
        output.WriteLine(options.State.Kubeconfig);
        output.Flush();
        if (options.For is { } time)
        {
            ends.CancelAfter(time);
        }
        string problem = "";
        try
        {
            while (true)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(500), ends.Token);
                if (options.Parent is { } parent && !IsAlive(parent))
                {
                    break;
                }
                problem = Save(snapshot, sandbox, errors, problem);
            }
        }
        catch (OperationCanceledException)
        {
        }
        Save(snapshot, sandbox, errors, problem);
        options.State.Forget();
        return ExitCode.Fine;
    }

    /// <summary>A disk that is full now may not be so later: the clusters go on. Answers what is wrong; told once.</summary>
    private static string Save(SnapshotFile? snapshot, Sandbox sandbox, TextWriter errors, string known)
    {
        try
        {
            snapshot?.Save([.. sandbox.Clusters.Select(one => one.Cluster)]);
            return "";
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            if (problem.Message != known)
            {
                errors.WriteLine("warning: the snapshot could not be written: " + problem.Message);
            }
            return problem.Message;
        }
    }

    private static async Task<int> Detach(UpOptions options, TextWriter output, TextWriter errors)
    {
        using Process child = Process.Start(CommandOf(options))!;
        child.StandardInput.Close();
        using var patience = new CancellationTokenSource(Patience + TimeSpan.FromSeconds(5));
        try
        {
            while (await child.StandardOutput.ReadLineAsync(patience.Token) is { } line)
            {
                if (!line.StartsWith("warning: ", StringComparison.Ordinal) && !line.StartsWith("note: ", StringComparison.Ordinal))
                {
                    output.WriteLine(line);
                    return ExitCode.Fine;
                }
                errors.WriteLine(line);
            }
            string why = (await child.StandardError.ReadToEndAsync(patience.Token)).Trim();
            errors.WriteLine(why.StartsWith("error: ", StringComparison.Ordinal) ? why : "error: the sandbox did not start: " + why);
        }
        catch (OperationCanceledException)
        {
            child.Kill();
            errors.WriteLine("error: the sandbox did not start: no answer in time");
        }
        return ExitCode.Failed;
    }

    private static ProcessStartInfo CommandOf(UpOptions options)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        // Not a native executable: what runs is the runtime, and the program is its first argument.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "gateway-sandbox.dll"));
        }
        UpChoices choices = options.Choices;
        foreach (string argument in (string[])["up", "--foreground", "--detached", "--state-dir", options.State.Path])
        {
            start.ArgumentList.Add(argument);
        }
        string parent = options.Parent?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "";
        foreach ((string name, string value) in ((string, string)[])
            [("--channel", choices.Channel), ("--snapshot", choices.Snapshot), ("--users", choices.Users), ("--for", choices.For), ("--parent", parent)])
        {
            if (value.Length > 0)
            {
                start.ArgumentList.Add(name);
                start.ArgumentList.Add(value);
            }
        }
        if (options.IsBare)
        {
            start.ArgumentList.Add("--bare");
        }
        return start;
    }

    private static bool IsAlive(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
