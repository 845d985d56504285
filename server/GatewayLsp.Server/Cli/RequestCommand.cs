using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Serving;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Kubernetes;
using GatewayLsp.Server.Cli.Clusters;
using GatewayLsp.Server.Cli.Report;
using GatewayLsp.Server.Cli.Requests;
using GatewayLsp.Server.Sending;
using GatewayLsp.Server.Tracing;

namespace GatewayLsp.Server.Cli;

/// <summary><c>gateway-lsp request</c>: sends test requests through a Gateway of a cluster.</summary>
internal static class RequestCommand
{
    private const double DefaultTimeout = 5;
    private const double LongestTimeout = 600;

    public static Command Create(Terminal terminal)
    {
        var url = new Argument<string?>("URL") { Description = "What to request, e.g. http://shop.example.com/cart; not with --route.", Arity = ArgumentArity.ZeroOrOne };
        Option<string[]> contexts = PlannedRun.Contexts("whose Gateway gets the requests");
        Option<string?> kubeconfig = ClusterOptions.Kubeconfig();
        var gateway = new Option<string?>("--gateway") { Description = "Gateway that gets the requests; default: the only one there is.", HelpName = "NS/NAME" };
        var route = new Option<string?>("--route") { Description = "Send what a rule of this route matches; HTTPRoute unless a kind is named.", HelpName = "[KIND/]NS/NAME" };
        var rule = new Option<int>("--rule") { Description = "Which rule of the route, from 1.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var method = new Option<string?>("--method", "-X") { Description = "HTTP method; default: GET.", HelpName = "M" };
        var header = new Option<string[]>("--header", "-H")
        {
            Description = "Header of the request; may be given several times.",
            HelpName = "K:V",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
        };
        var sni = new Option<string?>("--sni") { Description = "Server name of the TLS handshake; default: the host.", HelpName = "HOST" };
        var count = new Option<int>("--count", "-n") { Description = "How many requests.", HelpName = "N", DefaultValueFactory = _ => TestWish.DefaultCount };
        var address = new Option<string?>("--address") { Description = "Connect to this in place of the Gateway's address.", HelpName = "HOST[:PORT]" };
        var data = new Option<string?>("--data") { Description = "What to say over a bare TLS or TCP connection, or in a datagram; default: nothing, and a line in a datagram.", HelpName = "TEXT" };
        var timeout = new Option<double>("--timeout") { Description = "Seconds in which each request has to be answered.", HelpName = "SECONDS", DefaultValueFactory = _ => DefaultTimeout };
        Option<string> format = CliOptions.Choice("--format", "Form of the output.", "text", "json");
        Option<string> color = CliOptions.Color();
        var command = new Command("request",
            """
            Send test requests through a Gateway of a cluster and compare who answers with what its objects say.

            The address comes from the Gateway's status; Host, server name, method and headers from the URL or the route's match.
            Exit code: 0 all is as expected, 1 it is not, or it could not be sent, 2 wrong usage or a cluster that does not answer.
            """)
        {
            url, contexts, kubeconfig, gateway, route, rule, method, header, sni, count, address, data, timeout, format, color,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(count) is < 1 or > TestWish.MaxCount)
            {
                return Fail(terminal, command, $"--count: {parsed.GetValue(count)} is not from 1 to {TestWish.MaxCount}");
            }
            if (parsed.GetValue(timeout) is not (> 0 and <= LongestTimeout))
            {
                return Fail(terminal, command, string.Create(CultureInfo.InvariantCulture, $"--timeout: {parsed.GetValue(timeout)} is no number of seconds up to {LongestTimeout:0}"));
            }
            if (Wish(parsed.GetValue(url), parsed.GetValue(route), parsed.GetValue(rule), parsed.GetValue(count), out string problem) is not { } wish)
            {
                return Fail(terminal, command, problem);
            }
            if (wish.Request is { } request)
            {
                HeaderList headers = HeaderList.Empty;
                foreach (string one in parsed.GetValue(header) ?? [])
                {
                    int colon = one.IndexOf(':', StringComparison.Ordinal);
                    if (colon <= 0)
                    {
                        return Fail(terminal, command, $"--header: '{one}' is not 'Name: value'");
                    }
                    headers = headers.Add(one[..colon].Trim(), one[(colon + 1)..].Trim());
                }
                ObjectName? name = null;
                if (parsed.GetValue(gateway) is { } named)
                {
                    if (named.Split('/') is not [{ Length: > 0 } space, { Length: > 0 } last])
                    {
                        return Fail(terminal, command, $"--gateway: '{named}' is not NAMESPACE/NAME");
                    }
                    name = new ObjectName(space, last);
                }
                wish = wish with
                {
                    Request = request with { Gateway = name, Method = parsed.GetValue(method) ?? "GET", Headers = headers, ServerName = parsed.GetValue(sni) },
                };
            }
            else if (parsed.GetValue(gateway) is not null || parsed.GetValue(method) is not null || parsed.GetValue(sni) is not null || parsed.GetValue(header) is { Length: > 0 })
            {
                return Fail(terminal, command, "--route tells method, headers and Gateway; name a URL to choose them");
            }
            wish = wish with { Address = parsed.GetValue(address), Data = parsed.GetValue(data), Timeout = TimeSpan.FromSeconds(parsed.GetValue(timeout)) };
            using ClusterDirectory directory = ClusterOptions.Open(parsed.GetValue(kubeconfig), ClusterClients.Settings(terminal), terminal);
            return ClusterClients.Open(command, directory, parsed.GetValue(contexts)!, terminal) is { } clients
                ? await RunAsync(clients, wish, terminal, parsed.GetValue(format) == "json", CliOptions.UseColor(parsed.GetValue(color), terminal), cancellation).ConfigureAwait(false)
                : ExitCode.Usage;
        });
        return command;
    }

    private static async Task<int> RunAsync(List<IClusterClient> clients, TestWish wish, Terminal terminal, bool asJson, bool color, CancellationToken cancellation)
    {
        int exit = ExitCode.Fine;
        using TextWriter output = terminal.OpenWriter();
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, JsonReport.Options))
        {
            json.WriteStartObject();
            json.WriteStartArray("results");
            foreach (IClusterClient client in clients)
            {
                (TestResult? result, string problem) = await TestRun.RunAsync(client, wish, cancellation).ConfigureAwait(false);
                json.WriteStartObject();
                json.WriteString("context", Printable.WellFormed(client.Target.Context));
                if (result is null)
                {
                    exit = ExitCode.Usage;
                    json.WriteString("error", Printable.WellFormed(problem));
                    terminal.Error.Write($"error: {Printable.Of(client.Target.Context)}: {Printable.Of(problem)}\n");
                }
                else
                {
                    exit = Math.Max(exit, result.IsAsExpected ? ExitCode.Fine : ExitCode.Findings);
                    TestJson.Write(json, result);
                    if (!asJson)
                    {
                        RequestText.Write(client.Target, result, output, color);
                    }
                }
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        if (asJson)
        {
            terminal.Out.Write(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
            terminal.Out.Write("\n"u8);
        }
        return exit;
    }

    private static TestWish? Wish(string? url, string? route, int rule, int count, out string problem)
    {
        problem = "";
        if (url is null == route is null)
        {
            problem = url is null ? "URL is missing, or --route" : "URL and --route exclude each other";
            return null;
        }
        if (route is not null)
        {
            string[] parts = route.Split('/');
            if (parts.Length is not (2 or 3) || parts.Any(part => part.Length == 0) || rule < 1)
            {
                problem = rule < 1 ? "--rule counts from 1" : $"--route: '{route}' is not [KIND/]NAMESPACE/NAME";
                return null;
            }
            return new TestWish(null, new ObjectKey(ClusterReader.GatewayGroup, parts.Length == 3 ? parts[0] : "HTTPRoute", parts[^2], parts[^1]), rule - 1, count);
        }
        if (TraceUrl.Parse(url!, out string wrong) is not { } parsed)
        {
            problem = $"'{url}' is no URL: {wrong}";
            return null;
        }
        var request = new TraceRequest { Port = parsed.Port, Protocol = parsed.Protocol ?? TraceProtocol.Http, Scheme = parsed.Scheme, Host = parsed.Host, Path = parsed.Path };
        return new TestWish(request, null, 0, count);
    }

    private static int Fail(Terminal terminal, Command command, string message)
    {
        terminal.Error.Write(UsageError.Text(command, message, null));
        return ExitCode.Usage;
    }
}
