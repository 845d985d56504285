using System.Net;
using GatewayLsp.Sandbox.Cli;
using GatewayLsp.Sandbox.Demo;

namespace GatewayLsp.Sandbox.Tests;

/// <summary><c>fail</c> and <c>heal</c> as on a terminal.</summary>
public sealed class FaultCommandTests : IAsyncLifetime
{
    private const string Service = "service/demo/helloworld-v1";

    private RunningCommands _commands = null!;

    private IPEndPoint Gateway => _commands.Running.GatewayAt("sandbox-eks", "demo", "front", 80)!;

    public async Task InitializeAsync() => _commands = await RunningCommands.Start();

    public async Task DisposeAsync() => await _commands.DisposeAsync();

    [Fact]
    public async Task TheSecondFaultReplacesTheFirst()
    {
        using var sender = new Sender(null);
        CommandResult all = await Fine("fail", Service, "--errors", "100");
        Assert.StartsWith("service/demo/helloworld-v1: 100 % errors\n  sandbox-eks: demo/helloworld-v1-", all.Out, StringComparison.Ordinal);
        Assert.Equal(10, await Failures(sender));
        CommandResult some = await Fine("fail", Service, "--errors", "50");
        Assert.StartsWith("service/demo/helloworld-v1: 50 % errors (before: 100 % errors)\n", some.Out, StringComparison.Ordinal);
        Assert.InRange(await Failures(sender), 4, 6);
        CommandResult late = await Fine("fail", Service, "--latency", "300ms");
        Assert.StartsWith("service/demo/helloworld-v1: 300 ms late (before: 50 % errors)\n", late.Out, StringComparison.Ordinal);
        Reply reply = await sender.Get(Gateway, "blue-green.demo.example", "/");
        Assert.True(reply is { Status: 200, Took.TotalMilliseconds: >= 290 }, reply.ToString());
        CommandResult none = await Fine("fail", Service, "--errors", "0");
        Assert.StartsWith("service/demo/helloworld-v1: no fault (before: 300 ms late)\n", none.Out, StringComparison.Ordinal);
        Assert.Equal(0, await Failures(sender));
        Assert.DoesNotContain("fault", (await Fine("status")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BothTellWhatTheyDid()
    {
        CommandResult lost = await Fine("fail", "sandbox-gke");
        Assert.Equal("sandbox-gke: down\n  sandbox-gke: API server, Gateways and 5 pods\n", lost.Out);
        CommandResult one = await Fine("fail", Service + "@sandbox-eks", "--latency", "1s", "--errors", "20");
        Assert.Matches("^service/demo/helloworld-v1@sandbox-eks: 1000 ms late, 20 % errors\n  sandbox-eks: demo/helloworld-v1-[^ ]+, demo/helloworld-v1-[^ ]+\n$", one.Out);
        string pod = _commands.Running.Sandbox.Of("sandbox-gke").Workloads.Running.First(one => one.Server.Identity.Deployment == "helloworld-v2").Place.Name;
        Assert.Equal($"pod/demo/{pod}: down\n  sandbox-gke: demo/{pod}\n", (await Fine("fail", $"pod/demo/{pod}")).Out);
        Assert.StartsWith($"pod/demo/{pod}: healed (was: down)\n  sandbox-gke: demo/{pod}\n", (await Fine("heal", $"pod/demo/{pod}")).Out, StringComparison.Ordinal);
        CommandResult idle = await Fine("heal", "service/demo/echoserver");
        Assert.StartsWith("service/demo/echoserver had no fault\nstill on: sandbox-gke: down\n", idle.Out, StringComparison.Ordinal);
        // The Service without a cluster stands for both of them.
        CommandResult healed = await Fine("heal", Service);
        Assert.StartsWith("service/demo/helloworld-v1@sandbox-eks: healed (was: 1000 ms late, 20 % errors)\n  sandbox-eks: demo/helloworld-v1-", healed.Out, StringComparison.Ordinal);
        Assert.EndsWith("\nstill on: sandbox-gke: down\n", healed.Out, StringComparison.Ordinal);
        CommandResult all = await Fine("heal");
        Assert.Equal("sandbox-gke: healed (was: down)\n  sandbox-gke: API server, Gateways and 5 pods\n", all.Out);
        Assert.Equal("there was no fault\n", (await Fine("heal")).Out);
    }

    /// <summary>While a cluster is down its port is free for anybody.</summary>
    [Fact]
    public async Task AnApiPortThatSomebodyTookIsToldAndWaitedFor()
    {
        await Fine("fail", "sandbox-gke");
        int port = _commands.Running.Sandbox.Of("sandbox-gke").Port;
        using (var other = new System.Net.Sockets.TcpListener(IPAddress.Loopback, port))
        {
            other.Start();
            string taken = $"sandbox-gke: another process took port {port}; the API server answers again when it is free\n";
            Assert.Equal("sandbox-gke: healed (was: down)\n  sandbox-gke: API server, Gateways and 5 pods\n" + taken, (await Fine("heal")).Out);
            Assert.Contains($"sandbox-gke  https://127.0.0.1:{port}  v1.36.4-gke.1000000  up, but another process has the port\n", (await Fine("status")).Out, StringComparison.Ordinal);
            // Again down and up at once: it still waits, and only once.
            await Fine("fail", "sandbox-gke");
            Assert.Contains($"  v1.36.4-gke.1000000  down\n", (await Fine("status")).Out, StringComparison.Ordinal);
            Assert.EndsWith(taken, (await Fine("heal")).Out, StringComparison.Ordinal);
        }
        for (int i = 0; i < 100 && (await Fine("status")).Out.Contains("has the port", StringComparison.Ordinal); i++)
        {
            await Task.Delay(100);
        }
        Assert.Equal(200, (await _commands.Running.Send("sandbox-gke", "GET", "/version")).Status);
        Assert.DoesNotContain("has the port", (await Fine("status")).Out, StringComparison.Ordinal);
    }

    private async Task<CommandResult> Fine(params string[] arguments)
    {
        CommandResult result = await _commands.Run(arguments);
        Assert.True(result.Exit == ExitCode.Fine && result.Errors.Length == 0, result.ToString());
        return result;
    }

    private async Task<int> Failures(Sender sender)
    {
        int failures = 0;
        for (int i = 0; i < 10; i++)
        {
            failures += (await sender.Get(Gateway, "blue-green.demo.example", "/")).Status == 503 ? 1 : 0;
        }
        return failures;
    }
}
