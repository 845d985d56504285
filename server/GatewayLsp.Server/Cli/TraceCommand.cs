using System.CommandLine;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Server.Cli.Trace;
using GatewayLsp.Server.Tracing;

namespace GatewayLsp.Server.Cli;

/// <summary><c>gateway-lsp trace</c>: its options.</summary>
internal static class TraceCommand
{
    public static Command Create(Terminal terminal)
    {
        var arguments = new Argument<string[]>("URL PATH")
        {
            Description = "What is requested: a URL, or in quotes a line as \"curl -H 'x: y' http://host/\" (not with --jsonl); then files, folders or - for stdin.",
            Arity = ArgumentArity.OneOrMore,
        };
        var gateway = new Option<string?>("--gateway") { Description = "Gateway that gets the request; default: the only one there is.", HelpName = "NS/NAME" };
        var from = new Option<string?>("--from") { Description = "Follow a request within a mesh, of a pod in this namespace (of this cluster); the URL names the Service.", HelpName = "[CLUSTER/]NAMESPACE" };
        var port = new Option<int?>("--port") { Description = "Port of the listener or Service.", HelpName = "P" };
        Option<string?> protocol = OptionalChoice("--protocol", "What the client speaks; default: what the URL says, else http.", "http", "grpc", "tls", "tcp", "udp");
        var method = new Option<string?>("--method", "-X") { Description = "HTTP method; default: GET.", HelpName = "M" };
        var header = new Option<string[]>("--header", "-H")
        {
            Description = "Header of the request; may be given several times.",
            HelpName = "K:V",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
        };
        var sni = new Option<string?>("--sni") { Description = "Server name of the TLS handshake; default: the host.", HelpName = "HOST" };
        var delay = new Option<string?>("--backend-delay") { Description = "How long the backend takes to answer, to see timeouts act.", HelpName = "1s" };
        var jsonl = new Option<bool>("--jsonl") { Description = "Read requests from stdin, one JSON object a line; answer with one a line." };
        Option<string> format = CliOptions.Choice("--format", "Form of the output.", "text", "json");
        Option<string> channel = CliOptions.Channel();
        Option<string> version = CliOptions.GatewayApiVersion();
        Option<string[]> cluster = CliOptions.Cluster();
        Option<string> color = CliOptions.Color();

        var command = new Command("trace",
            """
            Follow a request through a Gateway or mesh, as a conformant controller would route it.

            Tells listener, route, rule, filters, backends with their shares, and why. Nothing is sent anywhere.
            Exit code: 0 the request was followed (also to a 404), 1 it could not be, 2 wrong usage or a path that can't be read.
            """)
        {
            arguments, gateway, from, port, protocol, method, header, sni, delay, jsonl, format, channel, version, cluster, color,
        };
        command.SetAction(parsed =>
        {
            string[] given = parsed.GetValue(arguments)!;
            var run = new TraceRun(terminal, CliOptions.ChannelOf(parsed.GetValue(channel)), CliOptions.ClustersOf(parsed.GetValue(cluster), terminal.Folder));
            if (parsed.GetValue(jsonl))
            {
                return given.Contains("-")
                    ? Fail(terminal, command, "stdin holds the requests with --jsonl; give manifests as files or folders")
                    : run.FollowLines(given);
            }
            if (given.Length < 2)
            {
                return Fail(terminal, command, TraceUrl.Parse(given[0], out _) is not null && !given[0].Contains('/', StringComparison.Ordinal)
                    ? "URL or PATH is missing" : "PATH is missing: where the manifests are");
            }
            // A request line or a line of curl comes as one word; else it is the URL alone.
            if (Line(given[0], out string problem) is not { } line)
            {
                return Fail(terminal, command, $"'{given[0]}' is no {(RequestLine.IsLine(given[0]) ? "request" : "URL")}: {problem}");
            }
            HeaderList headers = line.Headers;
            foreach (string one in parsed.GetValue(header) ?? [])
            {
                int colon = one.IndexOf(':', StringComparison.Ordinal);
                if (colon <= 0)
                {
                    return Fail(terminal, command, $"--header: '{one}' is not 'Name: value'");
                }
                headers = headers.Add(one[..colon].Trim(), one[(colon + 1)..].Trim());
            }
            TimeSpan? wait = GatewayDuration.Parse(parsed.GetValue(delay));
            if (wait is null && parsed.GetValue(delay) is { } text)
            {
                return Fail(terminal, command, $"--backend-delay: '{text}' is no duration like 500ms or 1s");
            }
            if (parsed.GetValue(port) is < 1 or > 65535)
            {
                return Fail(terminal, command, $"--port: {parsed.GetValue(port)} is not from 1 to 65535");
            }
            ObjectName? name = null;
            string? inCluster = null;
            if (parsed.GetValue(gateway) is { } named)
            {
                string[] parts = named.Split('/');
                if (parts.Length > 3 || parts.Any(part => part.Length == 0))
                {
                    return Fail(terminal, command, $"--gateway: '{named}' is not NAMESPACE/NAME, nor CLUSTER/NAMESPACE/NAME");
                }
                if (parts.Length == 3)
                {
                    inCluster = parts[0];
                    parts = parts[1..];
                }
                name = parts.Length == 1 ? new ObjectName("default", parts[0]) : new ObjectName(parts[0], parts[1]);
            }
            string? client = parsed.GetValue(from);
            if (client is not null && client.Split('/') is [{ Length: > 0 } mesh, { Length: > 0 } ns])
            {
                (inCluster, client) = (mesh, ns);
            }
            if (name is not null && client is not null)
            {
                return Fail(terminal, command, "--gateway and --from exclude each other: a request comes to a Gateway or stays within the mesh");
            }
            var request = new TraceRequest
            {
                Gateway = name,
                Cluster = inCluster,
                Port = parsed.GetValue(port) ?? (parsed.GetValue(from) is null ? line.Port : null),
                Protocol = parsed.GetValue(protocol) is { } spoken ? TraceRequestReader.Protocol(spoken)!.Value : line.Protocol,
                Scheme = line.Scheme,
                Method = parsed.GetValue(method) ?? line.Method,
                Host = line.Host,
                Path = line.Path,
                Headers = headers,
                ServerName = parsed.GetValue(sni),
                ClientNamespace = client,
                BackendDelay = wait,
            };
            return run.Follow(request, isMesh: parsed.GetValue(from) is not null, given[1..], parsed.GetValue(format) == "json",
                CliOptions.UseColor(parsed.GetValue(color), terminal));
        });
        return command;
    }

    private static TraceRequest? Line(string text, out string problem)
    {
        if (RequestLine.IsLine(text))
        {
            return RequestLine.Parse(text, out problem);
        }
        return TraceUrl.Parse(text, out problem) is { } url
            ? new TraceRequest { Port = url.Port, Protocol = url.Protocol ?? TraceProtocol.Http, Scheme = url.Scheme, Method = "GET", Host = url.Host, Path = url.Path }
            : null;
    }

    private static Option<string?> OptionalChoice(string name, string description, params string[] values)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = string.Join('|', values) };
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
            {
                if (!values.Contains(token.Value, StringComparer.Ordinal))
                {
                    result.AddError($"{name}: '{token.Value}' is not one of {string.Join(", ", values)}");
                }
            }
        });
        return option;
    }

    private static int Fail(Terminal terminal, Command command, string message)
    {
        terminal.Error.Write(UsageError.Text(command, message, null));
        return ExitCode.Usage;
    }
}
