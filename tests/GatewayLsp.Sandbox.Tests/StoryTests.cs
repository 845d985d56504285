using System.Net;
using GatewayLsp.Sandbox.Cli;
using GatewayLsp.Sandbox.Demo;
using GatewayLsp.Sandbox.Faults;
using GatewayLsp.Sandbox.Objects;
using GatewayLsp.Sandbox.Traffic;
using GatewayLsp.Testing;
using Xunit.Abstractions;

namespace GatewayLsp.Sandbox.Tests;

/// <summary>The story of the sample, as a whole and in parts.</summary>
public sealed class StoryTests(ITestOutputHelper output)
{
    private static string Samples => Path.Combine(SharedFiles.Root, "samples", "multi-cluster");

    [Fact]
    public async Task EveryStepOfTheDemoHolds()
    {
        var text = new StringWriter();
        int exit = await DemoRun.Run(Samples, text, CancellationToken.None);
        output.WriteLine(text.ToString());
        Assert.DoesNotContain("FAILED", text.ToString());
        Assert.Contains("\n    http  split.demo.example       /* -> helloworld-v1 80 %, helloworld-v2 20 %\n", text.ToString());
        Assert.Equal(ExitCode.Fine, exit);
    }

    [Fact]
    public async Task SharesOfTenThousandRequestsAreExact()
    {
        await using RunningSandbox running = await Start();
        using var sender = new Sender(null);
        var run = new TrafficRun(sender, [() => running.GatewayAt("sandbox-eks", "demo", "front", 80)], "split.demo.example", "/", []);
        await run.Count(10_000, atOnce: 16);
        output.WriteLine(string.Join(", ", run.Who));
        Assert.Equal(0, run.Lost);
        Assert.Equal(2_000, run.Who["sandbox-eks helloworld-v2"]);
    }

    [Fact]
    public async Task FaultsOfServicesAndPodsShowAndHeal()
    {
        await using RunningSandbox running = await Start();
        IPEndPoint gateway = running.GatewayAt("sandbox-eks", "demo", "front", 80)!;
        using var sender = new Sender(null);
        FaultTarget service = FaultTarget.Parse("service/demo/helloworld-v1")!;
        running.Sandbox.Fail(service, new PodFault(false, TimeSpan.Zero, 100));
        await running.Settle();
        Assert.Equal(503, (await sender.Get(gateway, "blue-green.demo.example", "/")).Status);
        running.Sandbox.Heal(service);
        await running.Settle();
        Assert.Equal(200, (await sender.Get(gateway, "blue-green.demo.example", "/")).Status);
        string pod = running.Sandbox.Of("sandbox-eks").Workloads.Running.First(one => one.Server.Identity.Deployment == "helloworld-v1").Place.Name;
        running.Sandbox.Fail(FaultTarget.Parse($"pod/demo/{pod}@sandbox-eks")!, new PodFault(true, TimeSpan.Zero, 0));
        // Nobody has noticed yet: the gateway finds out and takes the other pod.
        for (int i = 0; i < 20; i++)
        {
            Reply reply = await sender.Get(gateway, "blue-green.demo.example", "/");
            Assert.Equal(200, reply.Status);
            Assert.NotEqual(pod, reply.Body!["pod"].Text());
        }
        Assert.True(await Until(() => running.Stored("sandbox-eks", "", "pods", "demo", pod)!.Body.At("status", "conditions").Items().Any(one => one.At("type").Text() == "Ready" && one.At("status").Text() == "False")));
    }

    [Fact]
    public async Task StatusIsWhatTheEngineSays()
    {
        await using RunningSandbox running = await Start();
        await running.Apply("sandbox-eks", """
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: lost, namespace: demo}
            spec:
              parentRefs: [{name: front, sectionName: nope}]
              rules: [{backendRefs: [{name: missing, port: 80}]}]
            """);
        await running.Settle();
        var parent = running.Stored("sandbox-eks", "gateway.networking.k8s.io", "httproutes", "demo", "lost")!.Body.At("status", "parents")![0];
        Assert.Equal(["Accepted False NoMatchingParent", "ResolvedRefs False BackendNotFound"],
            parent.At("conditions").Items().Select(one => $"{one.At("type").Text()} {one.At("status").Text()} {one.At("reason").Text()}"));
        Assert.Equal("nope", parent.At("parentRef", "sectionName").Text());
        Assert.All(parent.At("conditions").Items(), one => Assert.Equal(1, one.At("observedGeneration").Number()));
    }

    private static async Task<RunningSandbox> Start()
    {
        RunningSandbox running = await RunningSandbox.Start();
        foreach (string file in Directory.EnumerateFiles(Samples, "*.yaml").Order(StringComparer.Ordinal))
        {
            await running.Apply("sandbox-eks", File.ReadAllText(file));
        }
        await running.Settle();
        return running;
    }

    private static async Task<bool> Until(Func<bool> holds)
    {
        for (int i = 0; i < 200 && !holds(); i++)
        {
            await Task.Delay(25);
        }
        return holds();
    }
}
