using System.Diagnostics;
using System.Security.Cryptography;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Sandbox.Control;
using GatewayLsp.Sandbox.Net;
using GatewayLsp.Sandbox.State;

namespace GatewayLsp.Sandbox.Cli;

/// <summary>How a sandbox is to be started.</summary>
/// <param name="For">How long it runs; null until it is told to stop.</param>
/// <param name="Parent">Process with which it ends.</param>
/// <param name="Snapshot">File that keeps the objects from one run to the next; null for none.</param>
/// <param name="Users">File with further users; null for none.</param>
/// <param name="IsBare">True for API servers alone.</param>
internal sealed record UpOptions(StateDirectory State, Channel Channel, bool IsForeground, TimeSpan? For, int? Parent, string? Snapshot, string? Users, bool IsBare);

/// <summary>Starts both clusters: in this process, or in one of its own that outlives the command.</summary>
internal static class UpCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<int> Run(UpOptions options, TextWriter output, TextWriter errors)
    {
        options.State.Create();
        if (options.State.Read() is { } running)
        {
            using var client = new ControlClient(running);
            if (await client.Ask("/status") is not null)
            {
                output.WriteLine(options.State.Kubeconfig);
                return ExitCode.Fine;
            }
        }
        return options.IsForeground ? await Stay(options, output, errors) : await Detach(options, output, errors);
    }

    private static async Task<int> Stay(UpOptions options, TextWriter output, TextWriter errors)
    {
        SnapshotFile? snapshot = null;
        IReadOnlyList<NamedUser> users = [];
        try
        {
            snapshot = options.Snapshot is null ? null : SnapshotFile.Open(options.Snapshot);
            users = options.Users is null ? [] : UsersFile.Read(options.Users);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or FormatException)
        {
            errors.WriteLine("error: " + problem.Message);
            return ExitCode.Failed;
        }
        using var ends = new CancellationTokenSource();
        using var onTerm = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, signal => { signal.Cancel = true; ends.Cancel(); });
        using var onInt = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGINT, signal => { signal.Cancel = true; ends.Cancel(); });
        // The terminal that it was started from may be closed.
        using var onHangUp = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGHUP, signal => signal.Cancel = true);
        await using Sandbox sandbox = await Sandbox.Start(options.Channel, options.State.PortOf, isBare: options.IsBare, prepare: cluster =>
        {
            foreach (NamedUser one in users.Where(one => one.Cluster == cluster.Name))
            {
                cluster.Users[one.Token] = one.User;
            }
            if (snapshot?.Restore(cluster) is > 0 and var unknown)
            {
                errors.WriteLine($"warning: {unknown} objects of the snapshot are of kinds that {cluster.Name} does not serve; they are dropped");
            }
        });
        string token = Convert.ToHexString(RandomNumberGenerator.GetBytes(24)).ToLowerInvariant();
        using Acceptor control = sandbox.Serve(new ControlServer(sandbox, token, ends.Cancel).Handle);
        options.State.WritePorts(sandbox.Clusters.Select(one => (one.Cluster.Name, one.Port)));
        options.State.WriteKubeconfig(sandbox.Clusters.Select(one => (one.Cluster, one.Port, one.Token)), sandbox.Authority.Pem);
        options.State.Write(new RunningSandbox(Environment.ProcessId, $"http://{control.EndPoint}", token));
        output.WriteLine(options.State.Kubeconfig);
        output.Flush();
        if (options.For is { } time)
        {
            ends.CancelAfter(time);
        }
        try
        {
            while (true)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(500), ends.Token);
                if (options.Parent is { } parent && !IsAlive(parent))
                {
                    break;
                }
                Save(snapshot, sandbox, errors);
            }
        }
        catch (OperationCanceledException)
        {
        }
        Save(snapshot, sandbox, errors);
        options.State.Forget();
        return ExitCode.Fine;
    }

    /// <summary>A disk that is full now may not be so later: the clusters go on.</summary>
    private static void Save(SnapshotFile? snapshot, Sandbox sandbox, TextWriter errors)
    {
        try
        {
            snapshot?.Save([.. sandbox.Clusters.Select(one => one.Cluster)]);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine("warning: the snapshot could not be written: " + problem.Message);
        }
    }

    private static async Task<int> Detach(UpOptions options, TextWriter output, TextWriter errors)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        // Not a native executable: what runs is the runtime, and the program is its first argument.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "gateway-sandbox.dll"));
        }
        foreach (string argument in (string[])["up", "--foreground", "--state-dir", options.State.Path, "--channel", options.Channel.ToString().ToLowerInvariant()])
        {
            start.ArgumentList.Add(argument);
        }
        foreach ((string name, string? value) in ((string, string?)[])[("--snapshot", options.Snapshot), ("--users", options.Users)])
        {
            if (value is not null)
            {
                start.ArgumentList.Add(name);
                start.ArgumentList.Add(Path.GetFullPath(value));
            }
        }
        if (options.IsBare)
        {
            start.ArgumentList.Add("--bare");
        }
        if (options.For is { } time)
        {
            start.ArgumentList.Add("--for");
            start.ArgumentList.Add($"{(long)time.TotalSeconds}s");
        }
        if (options.Parent is { } parent)
        {
            start.ArgumentList.Add("--parent");
            start.ArgumentList.Add(parent.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
        using Process child = Process.Start(start)!;
        child.StandardInput.Close();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            if (await child.StandardOutput.ReadLineAsync(patience.Token) is { } line)
            {
                output.WriteLine(line);
                return ExitCode.Fine;
            }
        }
        catch (OperationCanceledException)
        {
        }
        errors.WriteLine("error: the sandbox did not start: " + (child.HasExited ? await child.StandardError.ReadToEndAsync(CancellationToken.None) : "no answer in time"));
        return ExitCode.Failed;
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
