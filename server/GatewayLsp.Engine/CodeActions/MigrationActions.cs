using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Migration;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.CodeActions;

/// <summary>Ways out of old manifests: one construct, the file, the workspace.</summary>
internal static class MigrationActions
{
    public const string Kind = "refactor.rewrite.gatewayLsp.migrate";

    /// <summary>The repair of an old construct with what the workspace knows: ports, Gateways. Null for other findings.</summary>
    public static CodeActionItem? OfFinding(Workspace workspace, string path, FileDiagnostic finding)
    {
        ManifestDocument document = finding.Slot.Document;
        if (MigrationFix.InWorkspace(workspace, document, finding.Diagnostic, out MigrationNote? note) is not { } migration
            || MigrationFix.Of(document, note!, migration) is not { } fix)
        {
            return null;
        }
        return new CodeActionItem(fix.Title, CodeActionProvider.QuickFix, [new FileEdit(path, [.. finding.EditsOf(fix)])], [finding], fix.IsPreferred)
        {
            Selection = migration.Placeholders is [var first, ..] ? Place(migration.Text, first, finding.Slot.StartLine) : null,
        };
    }

    /// <summary>Offered where the selection touches a document of an old version or with old fields.</summary>
    public static IEnumerable<CodeActionItem> OfFile(Workspace workspace, string path, LineRange range, ImmutableArray<FileDiagnostic> findings, CancellationToken cancel)
    {
        if (workspace.File(path) is not { } file || !IsOld(file.Manifest, range) || WorkspaceMigrator.File(workspace, path, cancel) is not { IsChanged: true } migration)
        {
            yield break;
        }
        ImmutableArray<FileDiagnostic> mended = [.. findings.Where(one => one.Diagnostic.Source == DiagnosticSource.Migration || one.Diagnostic.Code == "not-served")];
        yield return new CodeActionItem($"Migrate this file to {MigrationTarget.V1}", Kind, [new FileEdit(path, migration.Edits)], mended, IsPreferred: false)
        {
            Selection = migration.Placeholders is [var first, ..] ? first : null,
        };
        if (workspace.Files.Count > 1)
        {
            yield return new CodeActionItem($"Migrate the workspace to {MigrationTarget.V1}", Kind, [], [], IsPreferred: false) { Command = MigrationCommands.Workspace };
        }
    }

    private static bool IsOld(ManifestFile file, LineRange range)
    {
        for (int i = file.IndexAt(range.Start.Line); i < file.Documents.Length && file.Documents[i].StartLine <= range.End.Line; i++)
        {
            foreach (ManifestObject one in ManifestObject.Of(file.Documents[i].Document))
            {
                if (MigrationTarget.Of(one) is { } target && (one.ApiVersion != target.ApiVersion || one.Kind != target.Kind))
                {
                    return true;
                }
            }
            if (!DocumentMigrator.Explain(file.Documents[i].Document).IsEmpty)
            {
                return true;
            }
        }
        return false;
    }

    private static LineRange Place(string text, TextSpan span, int startLine)
    {
        var lines = new LineIndex(text);
        LinePosition start = lines.PositionOf(span.Start);
        LinePosition end = lines.PositionOf(span.End);
        return new LineRange(start with { Line = start.Line + startLine }, end with { Line = end.Line + startLine });
    }
}
