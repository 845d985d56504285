using System.CommandLine;
using GatewayLsp.Server.Cli.ConvertIngress;

namespace GatewayLsp.Server.Cli;

/// <summary><c>gateway-lsp convert ingress</c>: its options.</summary>
internal static class ConvertCommand
{
    public static Command Create(Terminal terminal) => new("convert", "Make Gateway API objects out of others.") { Ingress(terminal) };

    private static Command Ingress(Terminal terminal)
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Files, folders (searched for *.yaml, *.yml and *.json) or - for stdin.",
            Arity = ArgumentArity.OneOrMore,
        };
        var gatewayClass = new Option<string>("--gateway-class") { Description = "Class of the Gateways; by default the usual one of the Ingress's controller.", HelpName = "NAME" };
        Option<string> format = CliOptions.Choice("--format", "text: manifests on stdout, the rest on stderr; json: all in one object.", "text", "json");
        var stdinPath = new Option<string>("--stdin-path") { Description = "Name under which stdin is reported.", HelpName = "NAME" };
        var command = new Command("ingress",
            """
            Convert Ingresses to Gateways and routes.

            Reads the annotations of ingress-nginx, of the AWS Load Balancer Controller and of GKE. All files are one workspace:
            ports by name are looked up in Services, canaries are merged with what they are for. What Gateway API
            has no field for is not converted; it is listed at its line on stderr, with the reason and what to write instead.
            Exit code: 0 all is converted, 1 something is not, 2 wrong usage or a path that can't be read.
            """)
        {
            paths, gatewayClass, format, stdinPath,
        };
        command.SetAction(parsed => new ConvertRun(new ConvertOptions
        {
            Paths = parsed.GetValue(paths)!,
            StdinName = parsed.GetValue(stdinPath) ?? "<stdin>",
            GatewayClass = parsed.GetValue(gatewayClass),
            IsJson = parsed.GetValue(format) == "json",
        }, terminal).Execute());
        return command;
    }
}
