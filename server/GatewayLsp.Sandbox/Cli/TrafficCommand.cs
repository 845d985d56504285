using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using GatewayLsp.Sandbox.Demo;
using GatewayLsp.Sandbox.Objects;

namespace GatewayLsp.Sandbox.Cli;

/// <summary>The command <c>traffic</c>: sends requests to a running sandbox and shows who answers, every second.</summary>
internal static class TrafficCommand
{
    private const int DefaultRate = 50;
    private const int MostRate = 5_000;

    private static readonly TimeSpan DefaultLength = TimeSpan.FromSeconds(10);

    public static Command Build(CommandOutput output)
    {
        var target = new Argument<string>("PATH|URL")
        {
            Description = "What to ask for. With https://HOST/PATH over TLS, for which the Gateway needs a listener; HOST becomes the Host header and the server name.", DefaultValueFactory = _ => "/",
        };
        target.Validators.Add(result =>
        {
            if (result.Tokens is [var token, ..] && TrafficTarget.Parse(token.Value, out string problem) is null)
            {
                result.AddError("PATH|URL: " + problem);
            }
        });
        var gateway = new Option<string?>("--gateway") { Description = "Gateway to send to, in both clusters; without it the only one, or the only one with a route for the request.", HelpName = "NAMESPACE/NAME" };
        gateway.Validators.Add(result =>
        {
            if (result.Tokens is [var token, ..] && token.Value.Split('/') is not [{ Length: > 0 }, { Length: > 0 }])
            {
                result.AddError($"--gateway: '{token.Value}' is no name of a Gateway; write NAMESPACE/NAME");
            }
        });
        var host = new Option<string>("--host") { Description = "Host header, in place of that of the URL.", DefaultValueFactory = _ => "", HelpName = "NAME" };
        host.Validators.Add(result =>
        {
            if (result.Tokens is [var token, ..] && !TrafficTarget.IsHost(token.Value))
            {
                result.AddError($"--host: '{token.Value}' is no host");
            }
        });
        Option<string?> port = CommandOptions.Whole("--port", "Port of the listener, as the manifest has it; else that of the URL, or the usual one.", "PORT", 1, 65_535);
        Option<string?> rate = CommandOptions.Whole("--rps", $"Requests a second, up to {MostRate}; {DefaultRate} by default.", "N", 1, MostRate);
        Option<string?> length = CommandOptions.Time("--for", "How long; 10s by default.", TimeSpan.FromHours(999));
        var header = new Option<string[]>("--header") { Description = "Header to send; may be repeated.", HelpName = "NAME:VALUE", DefaultValueFactory = _ => [] };
        header.Validators.Add(result =>
        {
            foreach (System.CommandLine.Parsing.Token token in result.Tokens.Where(one => TrafficTarget.Header(one.Value) is null))
            {
                result.AddError($"--header: '{token.Value}' is no header; write NAME:VALUE");
            }
        });
        var cluster = new Option<string>("--cluster") { Description = "Cluster to begin with; the other one is taken when it does not answer.", DefaultValueFactory = _ => "sandbox-eks", HelpName = "NAME" };
        cluster.AcceptOnlyFromAmong("sandbox-eks", "sandbox-gke");
        var grpc = new Option<bool>("--grpc") { Description = "Make gRPC calls; PATH is /SERVICE/METHOD." };
        var insecure = new Option<bool>("--insecure") { Description = "Take every certificate, not only those of the sandbox's own authority." };
        var command = new Command("traffic", "Send requests to a Gateway and show who answers. Exit code 0 when each one was answered with a status below 400.")
        {
            target, gateway, host, port, rate, length, header, cluster, grpc, insecure,
        };
        command.SetAction((parsed, cancel) => output.With(parsed, client =>
        {
            TrafficTarget wanted = TrafficTarget.Parse(parsed.GetValue(target)!, out _)!;
            string name = parsed.GetValue(host) is { Length: > 0 } given ? given : wanted.Host;
            var request = new ClientRequest(name, wanted.Path, [.. (parsed.GetValue(header) ?? []).Select(one => TrafficTarget.Header(one)!.Value)], wanted.IsSecure, parsed.GetValue(grpc));
            var options = new TrafficOptions(
                parsed.GetValue(gateway), parsed.GetValue(cluster)!, CommandOptions.Number(parsed.GetValue(port)) ?? wanted.Port, request,
                CommandOptions.Number(parsed.GetValue(rate)) ?? DefaultRate, Durations.Parse(parsed.GetValue(length)) ?? DefaultLength, parsed.GetValue(insecure));
            return Run(client, options, output, output.State(parsed).AuthorityFile, cancel);
        }));
        return command;
    }

    private static async Task<int> Run(ControlClient client, TrafficOptions options, CommandOutput to, string authorityFile, CancellationToken cancel)
    {
        if (await client.Ask("/status") is not { } status)
        {
            to.Errors.WriteLine("error: the sandbox does not answer");
            return ExitCode.Failed;
        }
        string[] takers = options.Gateway is null ? [.. (await client.Ask("/takers", Asked(options))).At("gateways").Items().Select(one => one.Text()).OfType<string>()] : [];
        if (TrafficGateways.Find(status, takers, options, out string problem) is not { } gateways)
        {
            to.Errors.WriteLine("error: " + problem);
            return ExitCode.Failed;
        }
        using X509Certificate2? authority = options.Request.IsSecure && File.Exists(authorityFile) ? X509Certificate2.CreateFromPem(await File.ReadAllTextAsync(authorityFile, cancel)) : null;
        using var sender = new Sender(authority, options.IsInsecure);
        ClientRequest request = options.Request;
        string asked = $"{(request.IsGrpc ? "gRPC " : "")}{(request.IsSecure ? "https" : "http")}://{(request.Host.Length > 0 ? request.Host : gateways.Open[0].At.ToString())}{request.Path}";
        to.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{asked}, {options.PerSecond} a second, to {gateways.Name}: {string.Join(", then ", gateways.Open.Select(one => $"{one.Cluster} at {one.At}"))}"));
        var run = new TrafficRun(sender, [.. gateways.Open.Select(one => (Func<System.Net.IPEndPoint?>)(() => one.At))], request);
        Task all = run.Run(options.PerSecond, options.Length, cancel);
        bool isTerminal = ReferenceEquals(to.Output, Console.Out) && !Console.IsOutputRedirected;
        int lines = 0;
        while (await Task.WhenAny(all, Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None)) != all)
        {
            lines = Show(run, gateways, to.Output, isTerminal ? lines : 0);
        }
        await all;
        Show(run, gateways, to.Output, isTerminal ? lines : 0);
        foreach ((string who, string why) in run.Why)
        {
            to.Output.WriteLine($"{who}: {why}");
        }
        if (run.Who.ContainsKey("(certificate not trusted)"))
        {
            to.Output.WriteLine("the certificate is not for this name, or not of the sandbox's authority; --insecure takes it all the same");
        }
        return run.Lost == 0 ? ExitCode.Fine : ExitCode.Failed;
    }

    private static JsonObject Asked(TrafficOptions options) => new()
    {
        ["host"] = options.Request.Host, ["path"] = options.Request.Path, ["port"] = options.Port, ["secure"] = options.Request.IsSecure, ["grpc"] = options.Request.IsGrpc,
        ["headers"] = new JsonArray([.. options.Request.Headers.Select(one => (JsonNode)new JsonObject { ["name"] = one.Name, ["value"] = one.Value })]),
    };

    private static int Show(TrafficRun run, TrafficGateways gateways, TextWriter output, int above)
    {
        if (above > 0)
        {
            output.Write(string.Create(CultureInfo.InvariantCulture, $"\u001b[{above}A\u001b[J"));
        }
        IReadOnlyDictionary<string, int> who = run.Who;
        int all = Math.Max(1, who.Values.Sum());
        IReadOnlyList<GatewayMove> moves = run.Moves;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{run.Sent} requests, {run.Lost} lost, half within {run.Percentile(0.5).TotalMilliseconds:0.0} ms, 99 % within {run.Percentile(0.99).TotalMilliseconds:0.0} ms"));
        foreach ((string name, int count) in who)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-40} {count,8} {CommandLine.Percent((double)count / all),9}"));
        }
        foreach (GatewayMove move in moves)
        {
            TimeSpan after = System.Diagnostics.Stopwatch.GetElapsedTime(run.Started, move.At);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  after {after.TotalSeconds:0.0} s no answer from {gateways.Open[move.From].Cluster}; {gateways.Open[move.To].Cluster} took over, {move.Took.TotalMilliseconds:0.0} ms for that request"));
        }
        return who.Count + moves.Count + 1;
    }
}
