using GatewayLsp.Server;
using GatewayLsp.Server.Cli;
using GatewayLsp.Server.Dispatch;

ExceptionText.InsteadOfTheRuntimes();

return args switch
{
    // Editors never start it on a terminal; people who try the command out do.
    [] when !Console.IsInputRedirected => CommandLine.Run(["--help"]),
    [] or ["serve"] or ["serve", "--stdio"] or ["--stdio"] => await StdioServer.RunAsync().ConfigureAwait(false),
    _ => CommandLine.Run(args),
};
