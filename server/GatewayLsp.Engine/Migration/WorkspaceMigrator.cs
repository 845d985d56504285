using System.Collections.Immutable;
using System.Text;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Migration;

/// <summary>Migrates files of a workspace. What one needs of another (ports, Gateways that chose a route) is read from all as they are now.</summary>
internal static class WorkspaceMigrator
{
    public static FileMigration? File(Workspace workspace, string path, CancellationToken cancel) =>
        workspace.File(path) is { } file ? File(file.Manifest, new WorkspaceFacts(workspace, guesses: true), cancel) : null;

    /// <summary>All files in the order of their paths, also those without change.</summary>
    public static ImmutableArray<FileMigration> All(Workspace workspace, CancellationToken cancel)
    {
        var facts = new WorkspaceFacts(workspace, guesses: true);
        return [.. workspace.Files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => File(file.Value.Manifest, facts, cancel))];
    }

    /// <summary>Migrates one construct: the edits of its document.</summary>
    public static DocumentMigration Construct(Workspace workspace, ManifestDocument document, TextSpan unit) =>
        DocumentMigrator.Run(document, new WorkspaceFacts(workspace, guesses: true), unit);

    private static FileMigration File(ManifestFile file, MigrationFacts facts, CancellationToken cancel)
    {
        ImmutableArray<FileMigrationNote>.Builder notes = ImmutableArray.CreateBuilder<FileMigrationNote>();
        ImmutableArray<TextEdit>.Builder edits = ImmutableArray.CreateBuilder<TextEdit>();
        var placeholders = new List<TextSpan>();
        var text = new StringBuilder();
        foreach (DocumentSlot slot in file.Documents)
        {
            cancel.ThrowIfCancellationRequested();
            DocumentMigration one = DocumentMigrator.Run(slot.Document, facts);
            foreach (MigrationNote note in one.Notes)
            {
                notes.Add(new FileMigrationNote(note, slot));
            }
            if (one.Refusal is { } refusal)
            {
                notes.Clear();
                notes.Add(new FileMigrationNote(Refused(slot.Document, refusal), slot));
            }
            foreach (TextSpan placeholder in one.Placeholders)
            {
                placeholders.Add(placeholder with { Start = placeholder.Start + text.Length });
            }
            if (one.Text != slot.Document.Text)
            {
                edits.AddRange(LineDiff.Edits(slot.Document.Text, one.Text).Select(edit => new TextEdit(slot.ToFile(edit.Range), edit.NewText)));
            }
            text.Append(one.Text);
        }
        string newText = text.ToString();
        var lines = new LineIndex(newText);
        return new FileMigration(file.Path, file.GetText(), newText, edits.DrainToImmutable(), notes.DrainToImmutable(),
            [.. placeholders.Select(span => new LineRange(lines.PositionOf(span.Start), lines.PositionOf(span.End)))]);
    }

    private static MigrationNote Refused(ManifestDocument document, string refusal)
    {
        TextSpan span = (document.Root as YamlMapping)?.Find("apiVersion")?.Value.Span ?? new TextSpan(0, 0);
        return new MigrationNote { Kind = MigrationNoteKind.Human, Span = span, Unit = span, Field = "", Message = refusal };
    }
}
