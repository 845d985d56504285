using GatewayLsp.Sandbox.Cli;

namespace GatewayLsp.Sandbox.Tests;

/// <summary>One sandbox with the sample for tests that leave it as it is.</summary>
public sealed class CommandFixture : IAsyncLifetime
{
    internal RunningCommands Commands { get; private set; } = null!;

    public async Task InitializeAsync() => Commands = await RunningCommands.Start();

    public async Task DisposeAsync() => await Commands.DisposeAsync();
}

/// <summary>Slips on the command line: a message that tells what is right, an exit code that is not 0, and nothing done.</summary>
public sealed class CommandUsageTests(CommandFixture fixture) : IClassFixture<CommandFixture>
{
    private readonly RunningCommands _commands = fixture.Commands;

    [Theory]
    [InlineData("--errors", "-5", "error: --errors: '-5' is no whole number from 0 to 100")]
    [InlineData("--errors", "200", "error: --errors: '200' is no whole number from 0 to 100")]
    [InlineData("--errors", "many", "error: --errors: 'many' is no whole number from 0 to 100")]
    [InlineData("--latency", "-1s", "error: --latency: '-1s' is no duration; write 500ms, 10s or 5m")]
    [InlineData("--latency", "2m", "error: --latency: '2m' is more than 60s")]
    public async Task NumbersOutOfBoundsAreRefused(string option, string value, string message)
    {
        CommandResult refused = await _commands.Run("fail", "service/demo/helloworld-v1", option, value);
        Assert.Equal((ExitCode.Usage, "", message), (refused.Exit, refused.Out, refused.Errors.Trim()));
        Assert.Empty(_commands.Running.Sandbox.Faults.All);
    }

    [Theory]
    [InlineData("service/demo/helloword-v1", "error: neither cluster has a Service demo/helloword-v1; did you mean service/demo/helloworld-v1?")]
    [InlineData("service/demo/helloword-v1@sandbox-gke", "error: sandbox-gke has no Service demo/helloword-v1; did you mean service/demo/helloworld-v1?")]
    [InlineData("pod/demo/helloworld-v1", "error: neither cluster has a Pod demo/helloworld-v1; did you mean pod/demo/helloworld-v1-")]
    [InlineData("service/shop/web", "error: neither cluster has a Service shop/web; there are service/demo/echoserver, service/demo/helloworld")]
    [InlineData("helloworld-v1", "error: 'helloworld-v1' names nothing that can fail; name a cluster (sandbox-eks, sandbox-gke), service/NAMESPACE/NAME or pod/NAMESPACE/NAME; did you mean service/demo/helloworld-v1?")]
    [InlineData("sandbox-esk", "did you mean sandbox-eks?")]
    [InlineData("service/demo/helloworld-v1@sandbox-aks", "error: there is no cluster 'sandbox-aks'; there are sandbox-eks and sandbox-gke")]
    public async Task TargetsThatAreNotThereAreRefused(string target, string message)
    {
        foreach (string command in (string[])["fail", "heal"])
        {
            CommandResult refused = await _commands.Run(command, target);
            Assert.True(refused.Exit == ExitCode.Failed && refused.Out.Length == 0 && refused.Errors.Contains(message, StringComparison.Ordinal), refused.ToString());
        }
        Assert.Empty(_commands.Running.Sandbox.Faults.All);
    }

    [Theory]
    [InlineData("error: PATH|URL: 'nopath' is neither a path (begin it with /) nor a URL (http://HOST/PATH, https://HOST/PATH)", "nopath")]
    [InlineData("error: PATH|URL: '/a b' has blanks in it; write them as %20", "/a b")]
    [InlineData("error: PATH|URL: 'a_host:99999' in 'http://a_host:99999/' is no host", "http://a_host:99999/")]
    [InlineData("error: --header: 'bad' is no header; write NAME:VALUE", "/", "--header", "bad")]
    [InlineData("error: --header: 'a b: c' is no header; write NAME:VALUE", "/", "--header", "a: b", "--header", "a b: c")]
    [InlineData("error: --rps: '0' is no whole number from 1 to 5000", "/", "--rps", "0")]
    [InlineData("error: --rps: '100000' is no whole number from 1 to 5000", "/", "--rps", "100000")]
    [InlineData("error: --for: '0s' is no time at all; write 500ms, 10s or 5m", "/", "--for", "0s")]
    [InlineData("error: --host: 'bad host' is no host", "/", "--host", "bad host")]
    [InlineData("error: --port: '70000' is no whole number from 1 to 65535", "/", "--port", "70000")]
    [InlineData("error: --gateway: 'front' is no name of a Gateway; write NAMESPACE/NAME", "/", "--gateway", "front")]
    public async Task WrongUsageIsTold(string message, params string[] arguments)
    {
        CommandResult refused = await _commands.Run(["traffic", .. arguments]);
        Assert.Equal((ExitCode.Usage, "", message), (refused.Exit, refused.Out, refused.Errors.Trim()));
    }

    [Theory]
    [InlineData("error: no cluster has a Gateway demo/frnt; did you mean demo/front?", "--gateway", "demo/frnt")]
    [InlineData("error: no cluster has a Gateway shop/main; there are demo/front", "--gateway", "shop/main")]
    [InlineData("error: Gateway demo/front has no port 8443 open; there are 80 (HTTP), 443 (HTTPS)", "--port", "8443")]
    public async Task GatewaysThatAreNotThereAreTold(string message, params string[] arguments)
    {
        CommandResult refused = await _commands.Run(["traffic", "/", .. arguments]);
        Assert.Equal((ExitCode.Failed, "", message), (refused.Exit, refused.Out, refused.Errors.Trim()));
    }
}
