using System.Diagnostics;
using System.Globalization;
using GatewayLsp.Fuzz;
using GatewayLsp.Fuzz.Cel;
using GatewayLsp.Fuzz.Inputs;
using GatewayLsp.Fuzz.Protocol;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (FuzzOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(FuzzOptions.Usage);
    return 2;
}
string root = Repository.Root();
var log = new FailureLog(options.Out ?? Path.Combine(root, "out", "fuzz"));
var corpus = Corpus.Load(root);
var clock = Stopwatch.StartNew();

var engine = new EngineFuzzer(options, corpus, log);
engine.Run();
Console.WriteLine($"{engine.Done} documents in {clock.Elapsed.TotalSeconds:F0} s");
int engineFaults = log.Count;

CelFuzzer? cel = null;
if (options.CelExpressions > 0)
{
    clock.Restart();
    cel = new CelFuzzer(options, log);
    cel.Run();
    Console.WriteLine($"{cel.Done} expressions in {clock.Elapsed.TotalSeconds:F0} s: {cel.Depth.Compiled} compiled, {cel.Depth.Valued} evaluations gave a value");
}
int ruleFaults = log.Count - engineFaults;

ProtocolFuzzer? protocol = null;
if (options.ProtocolSteps > 0)
{
    string server = options.Server ?? Environment.GetEnvironmentVariable("GATEWAY_LSP_BIN") ?? Path.Combine(root, "out", "gateway-lsp");
    if (!File.Exists(server))
    {
        Console.Error.WriteLine($"no server at {server}: build it with ./run --build, or name it with --server");
        return 2;
    }
    clock.Restart();
    protocol = new ProtocolFuzzer(options, corpus, log, server);
    protocol.Run();
    Console.WriteLine($"{protocol.Done} protocol steps in {clock.Elapsed.TotalSeconds:F0} s: {protocol.Answered} answers, {protocol.Agreed} findings compared");
}

Console.WriteLine(log.Count == 0 ? "nothing found" : $"{log.Count} faults");
foreach ((string fault, int times) in log.Faults())
{
    Console.WriteLine($"  {times} x {fault}");
}
// A run that got through next to nothing proves nothing, however clean it was.
bool enoughDocuments = engine.Done * 10L >= options.Documents;
bool enoughSteps = protocol is null || protocol.Done * 10L >= options.ProtocolSteps;
if (!enoughDocuments || !enoughSteps)
{
    Console.WriteLine("too little was done in the time given");
}
if (options.Tap is { } tap)
{
    File.AppendAllText(tap, $"{(engineFaults == 0 && enoughDocuments ? "ok" : "not ok")} - {engine.Done} documents\n");
    if (cel is not null)
    {
        File.AppendAllText(tap, $"{(ruleFaults == 0 ? "ok" : "not ok")} - {cel.Done} rules\n");
    }
    if (protocol is not null)
    {
        File.AppendAllText(tap, $"{(log.Count == engineFaults + ruleFaults && enoughSteps ? "ok" : "not ok")} - {protocol.Done} protocol steps\n");
    }
}
return log.Count > 0 || !enoughDocuments || !enoughSteps ? 1 : 0;
