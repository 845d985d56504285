using Spectre.Console;

namespace GatewayLsp.Server.Cli.Report;

/// <summary>
/// Spectre.Console for the outputs that people read; machine forms never load it. It starts within half a millisecond and
/// needs no reflection for what we use (measured, NativeAOT).
/// </summary>
internal static class Consoles
{
    public static IAnsiConsole On(TextWriter output, bool color)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = color ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = color ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
            Out = new AnsiConsoleOutput(output),
        });
        // No wrapping: marks stand under their text only if lines stay lines.
        console.Profile.Width = 1_000_000;
        return console;
    }
}
