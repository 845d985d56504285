using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.CodeActions;

/// <summary>An action on a range. <c>Kind</c> is LSP's dotted kind (<c>quickfix</c>, <c>source.fixAll.gatewayLsp</c> ...).</summary>
public sealed record CodeActionItem(string Title, string Kind, ImmutableArray<FileEdit> Edits, ImmutableArray<FileDiagnostic> Fixes, bool IsPreferred)
{
    /// <summary>What to select once the edits are in, in positions of the new text: a value that was guessed.</summary>
    public LineRange? Selection { get; init; }

    /// <summary>True when the edits are made only for the one that is chosen: see <see cref="Analysis.ResolveAction"/>.</summary>
    public bool IsDeferred { get; init; }

    /// <summary>Edits of many files are made only when the action is chosen: the server's command of this name does it.</summary>
    public string? Command { get; init; }
}
