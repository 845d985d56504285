using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using GatewayLsp.Benchmarks;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

if (args is ["workspace", ..])
{
    WorkspaceLatency.Run(Console.Out, args.AsSpan(1));
    return;
}

if (args is ["dataplane"])
{
    await DataPlaneLoad.Run(Console.Out);
    return;
}

if (args is ["live"])
{
    LiveLatency.Run(Console.Out);
    return;
}

if (args is ["verdict"])
{
    VerdictRate.Run(Console.Out);
    return;
}

if (args is ["published", _, ..])
{
    await PublishedLatency.Run(Console.Out, args[1..]);
    return;
}

if (args is ["load", _, ..])
{
    await ClusterLoad.Run(Console.Out, args[1..]);
    return;
}

// In this process: a build of its own for each run would need the project outside of its tree.
IConfig config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
BenchmarkSwitcher.FromAssembly(typeof(TraceBenchmarks).Assembly).Run(args.Length == 0 ? ["--filter", "*"] : args, config);
