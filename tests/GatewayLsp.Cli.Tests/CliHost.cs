using System.Text;
using System.Text.Json;
using GatewayLsp.Server.Cli;

namespace GatewayLsp.Cli.Tests;

/// <summary>What a run of the command line left behind.</summary>
internal sealed record CliResult(int ExitCode, string Out, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Out).RootElement;

    /// <summary>For failed assertions; the generated one would read text as JSON.</summary>
    public override string ToString() => $"exit code {ExitCode}\n{Out}\n{Error}";
}

/// <summary>Runs the command line in a temporary folder of its own.</summary>
internal sealed class CliHost : IDisposable
{
    public CliHost()
    {
        Folder = Directory.CreateTempSubdirectory("gateway-lsp-").FullName;
    }

    public string Folder { get; }

    public bool IsTerminal { get; init; }

    /// <summary>Questions are answered by <see cref="Stdin"/>.</summary>
    public bool CanBeAsked { get; set; }

    public Dictionary<string, string> Variables { get; } = [];

    public byte[] Stdin { get; set; } = [];

    public CliHost Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    public CliHost Write(string path, byte[] content)
    {
        string full = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, content);
        return this;
    }

    public CliResult Run(params string[] args)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter { NewLine = "\n" };
        int code = CommandLine.Run(args, new Terminal
        {
            Out = output,
            Error = error,
            In = () => new MemoryStream(Stdin),
            OutIsTerminal = IsTerminal,
            ErrorIsTerminal = IsTerminal,
            InIsTerminal = CanBeAsked,
            Folder = Folder,
            Variable = name => Variables.GetValueOrDefault(name),
        });
        return new CliResult(code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    /// <summary>The paths that a check of the folder reports, in its order.</summary>
    public string[] Checked(params string[] paths) =>
        [.. Run(["check", "--format", "json", .. paths]).Json.GetProperty("files").EnumerateArray().Select(f => f.GetProperty("path").GetString()!)];

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
