using GatewayLsp.Server;
using GatewayLsp.Server.Cli;
using GatewayLsp.Server.Dispatch;

ExceptionText.InsteadOfTheRuntimes(Console.Error);

return args switch
{
    [] or ["serve"] or ["serve", "--stdio"] or ["--stdio"] => await StdioServer.RunAsync().ConfigureAwait(false),
    _ => CommandLine.Run(args),
};
