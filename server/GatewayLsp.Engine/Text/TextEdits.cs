using System.Collections.Immutable;

namespace GatewayLsp.Engine.Text;

/// <summary>An edit as a client sends it: <c>Range</c> null replaces the whole text (LSP TextDocumentContentChangeEvent).</summary>
public readonly record struct TextChange(LineRange? Range, string NewText);

/// <summary>An edit that we propose, in positions of the file it is for.</summary>
public sealed record TextEdit(LineRange Range, string NewText)
{
    /// <summary>Parts of the new text that are guesses: the user is asked to look at them. Offsets in <c>NewText</c>, in order.</summary>
    public ImmutableArray<TextSpan> Guessed { get; init; } = [];
}

/// <summary>Edits of one file. <c>Path</c> is the key under which the workspace knows the file.</summary>
public sealed record FileEdit(string Path, IReadOnlyList<TextEdit> Edits, bool CreatesFile = false);
