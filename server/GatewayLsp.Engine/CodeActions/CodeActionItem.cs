using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.CodeActions;

/// <summary>An action on a range. <c>Kind</c> is LSP's dotted kind (<c>quickfix</c>, <c>source.fixAll.gatewayLsp</c> ...).</summary>
public sealed record CodeActionItem(string Title, string Kind, ImmutableArray<FileEdit> Edits, ImmutableArray<FileDiagnostic> Fixes, bool IsPreferred);
