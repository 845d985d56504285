using System.Reflection;

namespace GatewayLsp.Server.Cli;

/// <summary>The command line. Exit codes: 0 fine, 1 findings, 2 usage.</summary>
internal static class CommandLine
{
    internal static int Run(string[] args)
    {
        if (args is ["--version"])
        {
            Console.Out.WriteLine(typeof(CommandLine).Assembly.GetName().Version?.ToString(3));
            return 0;
        }

        Console.Error.WriteLine("usage: gateway-lsp [serve [--stdio]] | --version");
        return 2;
    }
}
