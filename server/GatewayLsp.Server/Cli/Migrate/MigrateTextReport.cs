using GatewayLsp.Engine.Migration;
using GatewayLsp.Server.Cli.Report;

namespace GatewayLsp.Server.Cli.Migrate;

/// <summary>For people: what changed, line by line of the old file, and what they have to see to.</summary>
internal static class MigrateTextReport
{
    /// <summary>A file may hold many objects with the same fields.</summary>
    private static string ObjectOf(FileMigrationNote note) => note.Note.Object is { } one ? Printable.Of($"{one.Kind} {one.Name}".Trim()) + ": " : "";

    public static void Write(TextWriter output, List<MigratedFile> files, bool onlyHuman, bool writes)
    {
        int human = 0;
        int changed = 0;
        foreach (MigratedFile file in files)
        {
            changed += file.Migration.IsChanged ? 1 : 0;
            foreach (FileMigrationNote note in file.Migration.Notes)
            {
                bool isHuman = note.Note.Kind == MigrationNoteKind.Human;
                human += isHuman ? 1 : 0;
                if (isHuman || !onlyHuman)
                {
                    output.WriteLine($"{Printable.Of(file.Source.Shown)}:{note.Range.Start.Line + 1}:{note.Range.Start.Character + 1}: {(isHuman ? "to do" : "changed")}: "
                        + $"{ObjectOf(note)}{(note.Note.Field.Length > 0 ? Printable.Of(note.Note.Field) + ": " : "")}{Printable.Of(note.Note.Message)}");
                }
            }
        }
        if (onlyHuman)
        {
            return;
        }
        string verb = changed == 0 ? $"Nothing to migrate in {files.Count} {(files.Count == 1 ? "file" : "files")}" : $"{changed} {(changed == 1 ? "file" : "files")} {(writes ? "migrated" : "to migrate")} of {files.Count}";
        output.WriteLine($"{verb}{(human > 0 ? $"; {human} {(human == 1 ? "place needs" : "places need")} a human" : "")}."
            + (changed > 0 && !writes ? " Nothing is written; --write does it." : ""));
    }
}
