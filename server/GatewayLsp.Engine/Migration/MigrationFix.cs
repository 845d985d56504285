using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Migration;

/// <summary>The repair of one old construct.</summary>
internal static class MigrationFix
{
    /// <summary>Null when the document is of a form that can't be rewritten.</summary>
    public static Fix? Of(ManifestDocument document, MigrationNote note, MigrationFacts facts) => Of(document, note, DocumentMigrator.Run(document, facts, note.Unit));

    public static Fix? Of(ManifestDocument document, MigrationNote note, DocumentMigration migration)
    {
        if (migration.Text == document.Text)
        {
            return null;
        }
        ImmutableArray<SpanEdit> edits = [.. LineDiff.Edits(document.Text, migration.Text).Select(edit => new SpanEdit(
            TextSpan.FromBounds(document.Lines.OffsetOf(edit.Range.Start), document.Lines.OffsetOf(edit.Range.End)), edit.NewText))];
        bool needsHuman = migration.Notes.Any(other => other.Kind == MigrationNoteKind.Human && other.Unit == note.Unit);
        return new Fix(Title(document, note, migration, edits), edits, IsPreferred: !needsHuman);
    }

    /// <summary>The finding's construct with what the workspace knows; null when the finding is none of ours.</summary>
    public static DocumentMigration? InWorkspace(Workspace workspace, ManifestDocument document, Diagnostic finding, out MigrationNote? note)
    {
        note = finding.Source != DiagnosticSource.Migration ? null
            : DocumentMigrator.Explain(document).FirstOrDefault(one => one.Kind == MigrationNoteKind.Changed && one.Span == finding.Span && one.Field == finding.Field);
        return note is null ? null : WorkspaceMigrator.Construct(workspace, document, note.Unit);
    }

    private static string Title(ManifestDocument document, MigrationNote note, DocumentMigration migration, ImmutableArray<SpanEdit> edits)
    {
        string old = Shown(document.Text.Substring(note.Unit.Start, note.Unit.Length));
        if (note.IsValue && edits is [var edit] && note.Unit.Contains(edit.Span))
        {
            string now = string.Concat(document.Text.AsSpan(note.Unit.Start, edit.Span.Start - note.Unit.Start), edit.NewText, document.Text.AsSpan(edit.Span.End, note.Unit.End - edit.Span.End));
            return $"Change to `{Shown(now)}`";
        }
        return $"Migrate `{old}`";
    }

    private static string Shown(string text)
    {
        string plain = text.Trim().Trim('"', '\'');
        return plain.Length <= 40 && !plain.Contains('\n') ? plain : "this";
    }
}
