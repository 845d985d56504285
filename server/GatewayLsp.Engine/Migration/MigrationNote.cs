using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Migration;

/// <summary>Changed: done, nothing to do. Human: somebody has to look, at the place that the note names.</summary>
public enum MigrationNoteKind : byte { Changed, Human }

/// <summary>What a migration did at a place, or could not do. Spans are of the document before.</summary>
public sealed record MigrationNote
{
    public required MigrationNoteKind Kind { get; init; }

    /// <summary>The key or value that is old.</summary>
    public required TextSpan Span { get; init; }

    /// <summary>The outermost old construct that this belongs to: what a single repair migrates.</summary>
    public required TextSpan Unit { get; init; }

    /// <summary>Null for text outside of objects: comments.</summary>
    public ManifestObject? Object { get; init; }

    /// <summary>Kubernetes field path within the object; empty for comments.</summary>
    public required string Field { get; init; }

    /// <summary>A sentence that explains what was meant and what it is today.</summary>
    public required string Message { get; init; }

    /// <summary>True when the old thing is a value of a field that still exists, not the field.</summary>
    public bool IsValue { get; init; }

    /// <summary>True for the head of the object (<c>apiVersion</c>, <c>kind</c>), which rules of their own watch over.</summary>
    public bool IsHead { get; init; }
}

/// <summary>A document after migration.</summary>
/// <param name="Placeholders">Guessed values in the new text, for a human to look at.</param>
/// <param name="Refusal">Why nothing was done although there is something old; null when it was done.</param>
public sealed record DocumentMigration(string Text, ImmutableArray<MigrationNote> Notes, ImmutableArray<TextSpan> Placeholders, string? Refusal = null);

/// <summary>A note with its place in the file as it was.</summary>
public readonly record struct FileMigrationNote(MigrationNote Note, DocumentSlot Slot)
{
    public LineRange Range => Slot.RangeOf(Note.Span);
}

/// <summary>A file after migration: its new text, the edits that lead there, what was done and what is left.</summary>
/// <param name="Placeholders">Guessed values, in positions of the new text.</param>
public sealed record FileMigration(
    string Path, string OldText, string NewText, ImmutableArray<TextEdit> Edits, ImmutableArray<FileMigrationNote> Notes, ImmutableArray<LineRange> Placeholders)
{
    public bool IsChanged => !Edits.IsEmpty;
}
