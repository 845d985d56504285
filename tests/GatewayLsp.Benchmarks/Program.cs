using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using GatewayLsp.Benchmarks;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

if (args is ["workspace"])
{
    WorkspaceLatency.Run(Console.Out);
    return;
}

if (args is ["live"])
{
    LiveLatency.Run(Console.Out);
    return;
}

// In this process: a build of its own for each run would need the project outside of its tree.
IConfig config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args.Length == 0 ? ["--filter", "*"] : args, config);
