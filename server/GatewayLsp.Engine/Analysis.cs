using System.Collections.Immutable;
using GatewayLsp.Engine.CodeActions;
using GatewayLsp.Engine.Completion;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Formatting;
using GatewayLsp.Engine.Hover;
using GatewayLsp.Engine.Migration;
using GatewayLsp.Engine.Migration.Ingresses;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Navigation;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine;

/// <summary>
/// All questions that an edge may ask of a snapshot. Answers depend on the snapshot alone; a path that the workspace does
/// not know has an empty answer. Thread-safe. Throws only <see cref="OperationCanceledException"/>.
/// </summary>
public sealed class Analysis(Workspace workspace)
{
    public Workspace Workspace => workspace;

    /// <summary>The findings of a file, by place.</summary>
    public ImmutableArray<FileDiagnostic> Diagnose(string path, CancellationToken cancel = default)
    {
        if (!workspace.Settings.Validate || workspace.File(path) is not { } file)
        {
            return [];
        }
        var context = new DocumentContext(workspace.Catalog, workspace.Settings, workspace.Partials.Contains(path));
        ImmutableArray<DocumentSlot> documents = file.Manifest.Documents;
        var perDocument = new ImmutableArray<Diagnostic>[documents.Length];
        if (documents.Length < 64)
        {
            for (int i = 0; i < documents.Length; i++)
            {
                cancel.ThrowIfCancellationRequested();
                perDocument[i] = DocumentDiagnostics.Of(documents[i].Document, context);
            }
        }
        else
        {
            Parallel.For(0, documents.Length, new ParallelOptions { CancellationToken = cancel },
                i => perDocument[i] = DocumentDiagnostics.Of(documents[i].Document, context));
        }
        var found = ImmutableArray.CreateBuilder<FileDiagnostic>();
        for (int i = 0; i < documents.Length; i++)
        {
            foreach (Diagnostic diagnostic in perDocument[i])
            {
                if (!workspace.Settings.DisabledRules.Contains(diagnostic.Code))
                {
                    found.Add(new FileDiagnostic(diagnostic, documents[i]));
                }
            }
        }
        return found.DrainToImmutable();
    }

    public CompletionList Complete(string path, LinePosition position, CancellationToken cancel = default) =>
        CompletionProvider.Complete(workspace, path, position, cancel);

    public HoverText? Hover(string path, LinePosition position, CancellationToken cancel = default) =>
        HoverProvider.Hover(workspace, path, position, cancel);

    public ImmutableArray<OutlineItem> Outline(string path, CancellationToken cancel = default) =>
        OutlineProvider.Outline(workspace, path, cancel);

    /// <summary>Objects whose name or kind matches the query's letters in order; at most a few hundred, best first.</summary>
    public ImmutableArray<WorkspaceItem> FindSymbols(string query, CancellationToken cancel = default) =>
        WorkspaceSymbolProvider.Find(workspace, query, cancel);

    public ImmutableArray<FoldingItem> Fold(string path, CancellationToken cancel = default) =>
        FoldingProvider.Fold(workspace, path, cancel);

    public ImmutableArray<LineRange> SelectionRanges(string path, LinePosition position) =>
        SelectionRangeProvider.Ranges(workspace, path, position);

    public ImmutableArray<LinkItem> Links(string path, CancellationToken cancel = default) =>
        LinkProvider.Links(workspace, path, cancel);

    /// <summary>Edits that format the file, or the documents that a range touches.</summary>
    public ImmutableArray<TextEdit> Format(string path, LineRange? range, FormattingOptions options, CancellationToken cancel = default) =>
        FormattingProvider.Format(workspace, path, range, options, cancel);

    public ImmutableArray<CodeActionItem> Actions(string path, LineRange range, CancellationToken cancel = default) =>
        CodeActionProvider.Actions(workspace, path, range, cancel);

    /// <summary>A file brought to today's version of Gateway API; null for a path that the workspace does not know.</summary>
    public FileMigration? Migrate(string path, CancellationToken cancel = default) => WorkspaceMigrator.File(workspace, path, cancel);

    /// <summary>The same for Markdown that stands beside the manifests and is no part of the workspace.</summary>
    public FileMigration MigrateMarkdown(string path, string text) => MarkdownMigrator.Run(path, text, new WorkspaceFacts(workspace, guesses: true));

    /// <summary>All Ingresses of those files as Gateway API objects.</summary>
    public IngressConversion ConvertIngresses(IEnumerable<string> paths, ConversionOptions? options = null) =>
        IngressConverter.Convert(workspace, [.. paths.SelectMany(path => workspace.File(path)?.Manifest.Documents.SelectMany(slot => ManifestObject.Of(slot.Document)) is { } objects
            ? objects.Where(IngressModel.IsIngress).Select(one => (path, one)) : [])], options ?? new ConversionOptions());

    /// <summary>All files brought to today's version of Gateway API, by path, also those that stay as they are.</summary>
    public ImmutableArray<FileMigration> MigrateAll(CancellationToken cancel = default) => WorkspaceMigrator.All(workspace, cancel);
}
