using System.Text.Json;
using GatewayLsp.Engine.Migration;
using GatewayLsp.Engine.Text;
using GatewayLsp.Server.Cli.Report;

namespace GatewayLsp.Server.Cli.Migrate;

/// <summary>The stable machine form (docs/cli.md). Lines and characters are 0-based UTF-16, as in LSP.</summary>
internal static class MigrateJsonReport
{
    public static void Write(Stream output, List<MigratedFile> files)
    {
        using var json = new Utf8JsonWriter(output, JsonReport.Options);
        int human = 0;
        json.WriteStartObject();
        json.WriteStartArray("files");
        foreach (MigratedFile file in files)
        {
            json.WriteStartObject();
            json.WriteString("path", Printable.WellFormed(file.Source.Shown));
            json.WriteBoolean("changed", file.Migration.IsChanged);
            json.WriteBoolean("written", file.IsWritten);
            Notes(json, "changes", file.Migration, MigrationNoteKind.Changed);
            human += Notes(json, "needsHuman", file.Migration, MigrationNoteKind.Human);
            json.WriteStartArray("placeholders");
            foreach (LineRange place in file.Migration.Placeholders)
            {
                json.WriteStartObject();
                Range(json, place);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteStartArray("edits");
            foreach (TextEdit edit in file.Migration.Edits)
            {
                json.WriteStartObject();
                Range(json, edit.Range);
                json.WriteString("newText", Printable.WellFormed(edit.NewText));
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartObject("summary");
        json.WriteNumber("files", files.Count);
        json.WriteNumber("changed", files.Count(file => file.Migration.IsChanged));
        json.WriteNumber("written", files.Count(file => file.IsWritten));
        json.WriteNumber("needsHuman", human);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        output.Write("\n"u8);
        output.Flush();
    }

    private static int Notes(Utf8JsonWriter json, string name, FileMigration file, MigrationNoteKind kind)
    {
        int count = 0;
        json.WriteStartArray(name);
        foreach (FileMigrationNote note in file.Notes)
        {
            if (note.Note.Kind != kind)
            {
                continue;
            }
            count++;
            json.WriteStartObject();
            if (note.Note.Object is { } one)
            {
                json.WriteStartObject("object");
                json.WriteString("kind", Printable.WellFormed(one.Kind));
                json.WriteString("namespace", Printable.WellFormed(one.Namespace));
                json.WriteString("name", Printable.WellFormed(one.Name));
                json.WriteEndObject();
            }
            json.WriteString("field", Printable.WellFormed(note.Note.Field));
            json.WriteString("message", Printable.WellFormed(note.Note.Message));
            Range(json, note.Range);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        return count;
    }

    internal static void Range(Utf8JsonWriter json, LineRange range)
    {
        json.WriteStartObject("range");
        Position(json, "start", range.Start);
        Position(json, "end", range.End);
        json.WriteEndObject();
    }

    private static void Position(Utf8JsonWriter json, string name, LinePosition position)
    {
        json.WriteStartObject(name);
        json.WriteNumber("line", position.Line);
        json.WriteNumber("character", position.Character);
        json.WriteEndObject();
    }
}
