using System.Text.Json;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Migration.Ingresses;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Text;
using GatewayLsp.Server.Cli.Input;
using GatewayLsp.Server.Cli.Migrate;
using GatewayLsp.Server.Cli.Report;

namespace GatewayLsp.Server.Cli.ConvertIngress;

/// <summary>Reads all files into one workspace, converts its Ingresses, prints what came out and what did not.</summary>
internal sealed class ConvertRun(ConvertOptions options, Terminal terminal)
{
    public int Execute()
    {
        LoadedWorkspace loaded = LoadedWorkspace.Load(options.Paths, options.StdinName, terminal, withMarkdown: false);
        foreach (InputProblem problem in loaded.Problems)
        {
            terminal.Error.WriteLine($"{(problem.IsNamed ? "error" : "warning")}: {Printable.Of(problem.Shown)}: {Printable.Of(problem.Message)}");
        }
        IngressConversion conversion = new Analysis(loaded.Workspace).ConvertIngresses(
            loaded.Files.Select(file => file.Source.Key), new ConversionOptions { GatewayClass = options.GatewayClass });
        var shown = loaded.Files.ToDictionary(file => file.Source.Key, file => file.Source.Shown, StringComparer.Ordinal);
        if (options.IsJson)
        {
            WriteJson(conversion, loaded, shown);
        }
        else
        {
            using TextWriter output = terminal.OpenWriter();
            output.Write(conversion.Manifest);
            WriteNotes(conversion, loaded, shown);
        }
        return loaded.Problems.Exists(p => p.IsNamed) ? ExitCode.Usage
            : conversion.Notes.Any(note => note.Kind == ConversionNoteKind.Lost) ? ExitCode.Findings
            : ExitCode.Fine;
    }

    private void WriteNotes(IngressConversion conversion, LoadedWorkspace loaded, Dictionary<string, string> shown)
    {
        if (conversion.Ingresses.IsEmpty)
        {
            terminal.Error.WriteLine("warning: there is no Ingress here");
        }
        foreach (ConversionNote note in conversion.Notes)
        {
            LineRange range = note.RangeIn(loaded.Workspace.File(note.Path)!.Manifest);
            terminal.Error.WriteLine($"{Printable.Of(shown[note.Path])}:{range.Start.Line + 1}:{range.Start.Character + 1}: {(note.Kind == ConversionNoteKind.Lost ? "not converted" : "note")}: "
                + $"{(note.Subject == "Ingress" ? "" : Printable.Of(note.Subject) + " of ")}Ingress {Printable.Of(note.Object.Name)}: {Printable.Of(note.Message)}");
        }
        int lost = conversion.Notes.Count(static note => note.Kind == ConversionNoteKind.Lost);
        if (lost > 0)
        {
            terminal.Error.WriteLine($"{(lost == 1 ? "1 setting is" : $"{lost} settings are")} not converted: what was printed works without {(lost == 1 ? "it" : "them")}. The lines above say why, and what to write instead.");
        }
    }

    private void WriteJson(IngressConversion conversion, LoadedWorkspace loaded, Dictionary<string, string> shown)
    {
        using var json = new Utf8JsonWriter(terminal.Out, JsonReport.Options);
        json.WriteStartObject();
        json.WriteString("manifest", conversion.Manifest);
        json.WriteStartArray("ingresses");
        foreach (ManifestObject one in conversion.Ingresses)
        {
            json.WriteStartObject();
            json.WriteString("namespace", Printable.WellFormed(one.Namespace));
            json.WriteString("name", Printable.WellFormed(one.Name));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("notes");
        foreach (ConversionNote note in conversion.Notes)
        {
            json.WriteStartObject();
            json.WriteString("kind", note.Kind == ConversionNoteKind.Lost ? "lost" : "differs");
            json.WriteString("path", Printable.WellFormed(shown[note.Path]));
            json.WriteString("ingress", Printable.WellFormed(note.Object.Name));
            json.WriteString("subject", Printable.WellFormed(note.Subject));
            json.WriteString("message", Printable.WellFormed(note.Message));
            MigrateJsonReport.Range(json, note.RangeIn(loaded.Workspace.File(note.Path)!.Manifest));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        terminal.Out.Write("\n"u8);
        terminal.Out.Flush();
    }
}
