using GatewayLsp.Engine;
using System.Text.Json;
using GatewayLsp.Engine.CodeActions;

namespace GatewayLsp.Server.Protocol;

/// <summary>Capabilities stay raw JSON: <see cref="ClientFeatures"/> looks up the few that matter, whatever the rest looks like.</summary>
internal sealed record InitializeParams(
    int? ProcessId = null,
    ClientInfo? ClientInfo = null,
    string? RootPath = null,
    string? RootUri = null,
    JsonElement InitializationOptions = default,
    JsonElement Capabilities = default,
    string? Trace = null,
    IReadOnlyList<WorkspaceFolder>? WorkspaceFolders = null,
    string? Locale = null);

internal sealed record ClientInfo(string Name, string? Version = null);

internal sealed record WorkspaceFolder(string Uri, string Name = "");

internal sealed record InitializeResult(ServerCapabilities Capabilities, ServerInfo ServerInfo);

internal sealed record ServerInfo(string Name, string Version);

internal sealed record ServerCapabilities
{
    public string PositionEncoding => "utf-16";

    public TextDocumentSyncOptions TextDocumentSync { get; } = new();

    public CompletionOptions CompletionProvider { get; } = new();

    public bool HoverProvider => true;

    public bool DefinitionProvider => true;

    public bool DeclarationProvider => true;

    public bool TypeDefinitionProvider => true;

    public bool ImplementationProvider => true;

    public bool ReferencesProvider => true;

    public bool DocumentHighlightProvider => true;

    public RenameOptions RenameProvider { get; } = new();

    public bool CallHierarchyProvider => true;

    public bool InlayHintProvider => true;

    public CodeLensOptions CodeLensProvider { get; } = new();

    public bool DocumentSymbolProvider => true;

    public bool WorkspaceSymbolProvider => true;

    public bool FoldingRangeProvider => true;

    public bool SelectionRangeProvider => true;

    public DocumentLinkOptions DocumentLinkProvider { get; } = new();

    public bool DocumentFormattingProvider => true;

    public bool DocumentRangeFormattingProvider => true;

    public CodeActionOptions CodeActionProvider { get; } = new();

    public ExecuteCommandOptions ExecuteCommandProvider { get; } = new();

    /// <summary>Only for a client that pulls: any other would not know what to do with it.</summary>
    public DiagnosticOptions? DiagnosticProvider { get; init; }

    public WorkspaceCapabilities Workspace { get; } = new();
}

internal sealed record TextDocumentSyncOptions
{
    public bool OpenClose => true;

    /// <summary>2: incremental.</summary>
    public int Change => 2;

    public SaveOptions Save { get; } = new();
}

internal sealed record SaveOptions
{
    public bool IncludeText => false;
}

internal sealed record CompletionOptions
{
    public IReadOnlyList<string> TriggerCharacters { get; } = [" ", ":", "-", "\n", "\"", "'", "/", "."];

    public bool ResolveProvider => true;
}

internal sealed record RenameOptions
{
    public bool PrepareProvider => true;
}

internal sealed record CodeLensOptions
{
    public bool ResolveProvider => true;
}

internal sealed record DocumentLinkOptions
{
    public bool ResolveProvider => false;
}

internal sealed record CodeActionOptions
{
    public IReadOnlyList<string> CodeActionKinds { get; } = 
    [
        CodeActionKind.QuickFix, CodeActionKind.FixAll, CodeActionKind.Migrate, CodeActionKind.Convert, .. Analysis.RefactoringKinds,
    ];

    public bool ResolveProvider => true;
}

internal sealed record ExecuteCommandOptions
{
    public IReadOnlyList<string> Commands { get; } = [MigrationCommands.File, MigrationCommands.Workspace, MigrationCommands.Select];
}

internal sealed record DiagnosticOptions
{
    public string Identifier => "gateway-lsp";

    public bool InterFileDependencies => true;

    public bool WorkspaceDiagnostics => false;
}

internal sealed record WorkspaceCapabilities
{
    public WorkspaceFoldersCapability WorkspaceFolders { get; } = new();
}

internal sealed record WorkspaceFoldersCapability
{
    public bool Supported => true;

    public bool ChangeNotifications => true;
}
