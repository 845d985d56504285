using System.Diagnostics;
using System.Globalization;
using GatewayLsp.Fuzz;
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
    if (protocol is not null)
    {
        File.AppendAllText(tap, $"{(log.Count == engineFaults && enoughSteps ? "ok" : "not ok")} - {protocol.Done} protocol steps\n");
    }
}
return log.Count > 0 || !enoughDocuments || !enoughSteps ? 1 : 0;
