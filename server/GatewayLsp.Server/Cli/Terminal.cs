namespace GatewayLsp.Server.Cli;

/// <summary>What a command sees of the process around it; tests hand in their own.</summary>
internal sealed record Terminal
{
    public required Stream Out { get; init; }

    public required TextWriter Error { get; init; }

    public required Func<Stream> In { get; init; }

    public bool OutIsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    /// <summary>Somebody is there to be asked.</summary>
    public bool InIsTerminal { get; init; }

    /// <summary>Relative paths start here.</summary>
    public required string Folder { get; init; }

    public required Func<string, string?> Variable { get; init; }

    public static Terminal OfProcess() => new()
    {
        Out = Console.OpenStandardOutput(),
        Error = Console.Error,
        In = Console.OpenStandardInput,
        OutIsTerminal = !Console.IsOutputRedirected,
        ErrorIsTerminal = !Console.IsErrorRedirected,
        InIsTerminal = !Console.IsInputRedirected,
        Folder = Environment.CurrentDirectory,
        Variable = Environment.GetEnvironmentVariable,
    };

    /// <summary>Always UTF-8, whatever the locale says: pipes and CI logs expect it.</summary>
    public TextWriter OpenWriter() => new StreamWriter(Out, new System.Text.UTF8Encoding(false), 16 * 1024, leaveOpen: true) { NewLine = "\n" };
}

/// <summary>Exit codes of every command.</summary>
internal static class ExitCode
{
    public const int Fine = 0;
    public const int Findings = 1;
    public const int Usage = 2;
}
