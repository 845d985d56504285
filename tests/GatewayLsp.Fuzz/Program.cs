using System.Diagnostics;
using System.Globalization;
using GatewayLsp.Fuzz;
using GatewayLsp.Fuzz.Inputs;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (FuzzOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(FuzzOptions.Usage);
    return 2;
}
string root = Repository.Root();
var log = new FailureLog(options.Out ?? Path.Combine(root, "out", "fuzz"));
var clock = Stopwatch.StartNew();
var engine = new EngineFuzzer(options, Corpus.Load(root), log);
engine.Run();
Console.WriteLine($"{engine.Done} documents in {clock.Elapsed.TotalSeconds:F1} s: {log.Count} faults");
foreach ((string fault, int times) in log.Faults())
{
    Console.WriteLine($"  {times} x {fault}");
}
return log.Count > 0 ? 1 : 0;
