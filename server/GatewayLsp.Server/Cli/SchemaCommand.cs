using System.CommandLine;
using System.IO.Compression;

namespace GatewayLsp.Server.Cli;

/// <summary><c>gateway-lsp schema export</c>: unpacks the JSON Schema files that the build made.</summary>
internal static class SchemaCommand
{
    private const string Resource = "json-schemas.zip";

    public static Command Create(Terminal terminal)
    {
        var target = new Option<string>("--out") { Description = "Folder to write to; made if missing, files of the same name are replaced.", HelpName = "DIR", Required = true };
        var export = new Command("export",
            """
            Write JSON Schema files for editors that have no Gateway LSP.

            One file for each kind, version and channel, and one for each channel that chooses by apiVersion and kind.
            """)
        {
            target,
        };
        export.SetAction(parsed => Export(Path.GetFullPath(parsed.GetValue(target)!, terminal.Folder), parsed.GetValue(target)!, terminal));
        return new Command("schema", "JSON Schema for other editors.") { export };
    }

    private static int Export(string folder, string shown, Terminal terminal)
    {
        using Stream packed = typeof(SchemaCommand).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException(Resource + " is not embedded.");
        using var archive = new ZipArchive(packed, ZipArchiveMode.Read);
        try
        {
            Directory.CreateDirectory(folder);
            archive.ExtractToDirectory(folder, overwriteFiles: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            terminal.Error.WriteLine($"error: {shown}: can't be written: {e.Message}");
            return ExitCode.Usage;
        }
        using TextWriter output = terminal.OpenWriter();
        output.WriteLine($"{archive.Entries.Count} files written to {shown}");
        return ExitCode.Fine;
    }
}
