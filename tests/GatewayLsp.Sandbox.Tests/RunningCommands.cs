using GatewayLsp.Sandbox.Cli;
using GatewayLsp.Sandbox.Control;
using GatewayLsp.Sandbox.Net;
using GatewayLsp.Sandbox.State;
using GatewayLsp.Testing;

namespace GatewayLsp.Sandbox.Tests;

/// <summary>What a command printed, and its exit code.</summary>
internal sealed record CommandResult(int Exit, string Out, string Errors)
{
    public override string ToString() => $"exit code {Exit}\n{Out}{Errors}";
}

/// <summary>A running sandbox with a state folder, and the commands that find it there, as in a terminal.</summary>
internal sealed class RunningCommands : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gateway-sandbox-").FullName;
    private readonly Acceptor _control;

    private RunningCommands(RunningSandbox running)
    {
        Running = running;
        _control = running.Sandbox.Serve(new ControlServer(running.Sandbox, "token", () => { }).Handle);
        var state = new StateDirectory(_folder);
        state.WriteKubeconfig(running.Sandbox.Clusters.Select(one => (one.Cluster, one.Port, one.Token)), running.Sandbox.Authority.Pem);
        state.Write(new State.RunningSandbox(Environment.ProcessId, $"http://{_control.EndPoint}", "token", new UpChoices("", "", "", "", IsBare: false)));
    }

    public RunningSandbox Running { get; }

    /// <summary>The sample of the story in both clusters.</summary>
    public static async Task<RunningCommands> Start()
    {
        RunningSandbox running = await RunningSandbox.Start();
        foreach (string file in Directory.EnumerateFiles(Path.Combine(SharedFiles.Root, "samples", "multi-cluster"), "*.yaml").Order(StringComparer.Ordinal))
        {
            await running.Apply("sandbox-eks", File.ReadAllText(file));
            await running.Apply("sandbox-gke", File.ReadAllText(file));
        }
        await running.Settle();
        return new RunningCommands(running);
    }

    public async Task<CommandResult> Run(params string[] arguments)
    {
        var output = new StringWriter();
        var errors = new StringWriter();
        int exit = await CommandLine.Run([.. arguments, "--state-dir", _folder], output, errors);
        return new CommandResult(exit, output.ToString(), errors.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        await Running.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
