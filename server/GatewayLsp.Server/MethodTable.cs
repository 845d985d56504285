using System.Text.Json;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Handlers.Gateway;
using GatewayLsp.Server.Handlers.Lifecycle;
using GatewayLsp.Server.Handlers.TextDocument;
using GatewayLsp.Server.Handlers.Topology;
using GatewayLsp.Server.Handlers.Workspace;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server;

/// <summary>Every method that the server knows: name, how its params and result are read and written, who handles it.</summary>
internal static class MethodTable
{
    /// <summary>Edits of a text that is history would be applied to the wrong places.</summary>
    private static readonly RpcError Modified = new(ErrorCode.ContentModified, "The document changed in the meantime.");

    private static readonly RpcError Retrigger = new(
        ErrorCode.ServerCancelled,
        "The document changed in the meantime.",
        Payload.Of(new DiagnosticCancellationData(RetriggerRequest: true), LspJson.Default.DiagnosticCancellationData));

    public static IEnumerable<Method> All(ServerParts parts)
    {
        var json = LspJson.Default;
        var session = parts.Session;
        var recent = new RecentCompletions();
        return
        [
            new MutatingRequest<InitializeParams, InitializeResult>("initialize", json.InitializeParams, json.InitializeResult, new InitializeHandler(session, parts.Watch)),
            new MutatingNotification<NoParams>("initialized", null, new InitializedHandler(session, parts.Client, parts.Configuration, parts.Disk)),
            new MutatingRequest<NoParams, JsonElement>("shutdown", null, json.JsonElement, new ShutdownHandler(parts.Stop)),
            new MutatingNotification<SetTraceParams>("$/setTrace", json.SetTraceParams, new SetTraceHandler(session)),

            new MutatingNotification<DidOpenParams>("textDocument/didOpen", json.DidOpenParams, new DidOpenHandler(session)),
            new MutatingNotification<DidChangeParams>("textDocument/didChange", json.DidChangeParams, new DidChangeHandler(session, parts.Log)),
            new MutatingNotification<DidSaveParams>("textDocument/didSave", json.DidSaveParams, new DidSaveHandler(session)),
            new MutatingNotification<DidCloseParams>("textDocument/didClose", json.DidCloseParams, new DidCloseHandler(session, parts.Pulled)),

            new ReadRequest<DocumentDiagnosticParams, DocumentDiagnosticReport>("textDocument/diagnostic", json.DocumentDiagnosticParams, json.DocumentDiagnosticReport, new DiagnosticHandler(parts.Pulled), Retrigger),
            new ReadRequest<DocumentPositionParams, CompletionList>("textDocument/completion", json.DocumentPositionParams, json.CompletionList, new CompletionHandler(recent)),
            new ReadRequest<CompletionItem, CompletionItem>("completionItem/resolve", json.CompletionItem, json.CompletionItem, new CompletionResolveHandler(recent)),
            new ReadRequest<DocumentPositionParams, Hover?>("textDocument/hover", json.DocumentPositionParams, json.Hover!, new HoverHandler()),
            new ReadRequest<DocumentPositionParams, IReadOnlyList<DefinitionTarget>>("textDocument/definition", json.DocumentPositionParams, json.IReadOnlyListDefinitionTarget, new DefinitionHandler()),
            new ReadRequest<DocumentPositionParams, IReadOnlyList<DefinitionTarget>>("textDocument/declaration", json.DocumentPositionParams, json.IReadOnlyListDefinitionTarget, new DeclarationHandler()),
            new ReadRequest<DocumentPositionParams, IReadOnlyList<DefinitionTarget>>("textDocument/typeDefinition", json.DocumentPositionParams, json.IReadOnlyListDefinitionTarget, new TypeDefinitionHandler()),
            new ReadRequest<DocumentPositionParams, IReadOnlyList<DefinitionTarget>>("textDocument/implementation", json.DocumentPositionParams, json.IReadOnlyListDefinitionTarget, new ImplementationHandler()),
            new ReadRequest<ReferenceParams, IReadOnlyList<Location>>("textDocument/references", json.ReferenceParams, json.IReadOnlyListLocation, new ReferencesHandler()),
            new ReadRequest<DocumentPositionParams, IReadOnlyList<DocumentHighlight>>("textDocument/documentHighlight", json.DocumentPositionParams, json.IReadOnlyListDocumentHighlight, new DocumentHighlightHandler()),
            new ReadRequest<DocumentPositionParams, PrepareRenameResult?>("textDocument/prepareRename", json.DocumentPositionParams, json.PrepareRenameResult!, new PrepareRenameHandler()),
            new ReadRequest<RenameParams, WorkspaceEdit>("textDocument/rename", json.RenameParams, json.WorkspaceEdit, new RenameHandler(parts.Client), Modified),
            new ReadRequest<DocumentPositionParams, IReadOnlyList<CallHierarchyItem>>("textDocument/prepareCallHierarchy", json.DocumentPositionParams, json.IReadOnlyListCallHierarchyItem, new PrepareCallHierarchyHandler()),
            new ReadRequest<CallHierarchyCallsParams, IReadOnlyList<CallHierarchyIncomingCall>>("callHierarchy/incomingCalls", json.CallHierarchyCallsParams, json.IReadOnlyListCallHierarchyIncomingCall, new IncomingCallsHandler()),
            new ReadRequest<CallHierarchyCallsParams, IReadOnlyList<CallHierarchyOutgoingCall>>("callHierarchy/outgoingCalls", json.CallHierarchyCallsParams, json.IReadOnlyListCallHierarchyOutgoingCall, new OutgoingCallsHandler()),
            new ReadRequest<InlayHintParams, IReadOnlyList<InlayHint>>("textDocument/inlayHint", json.InlayHintParams, json.IReadOnlyListInlayHint, new InlayHintHandler()),
            new ReadRequest<DocumentParams, IReadOnlyList<CodeLens>>("textDocument/codeLens", json.DocumentParams, json.IReadOnlyListCodeLens, new CodeLensHandler()),
            new ReadRequest<CodeLens, CodeLens>("codeLens/resolve", json.CodeLens, json.CodeLens, new CodeLensResolveHandler()),
            new ReadRequest<DocumentParams, IReadOnlyList<DocumentSymbol>>("textDocument/documentSymbol", json.DocumentParams, json.IReadOnlyListDocumentSymbol, new DocumentSymbolHandler()),
            new ReadRequest<DocumentParams, IReadOnlyList<FoldingRange>>("textDocument/foldingRange", json.DocumentParams, json.IReadOnlyListFoldingRange, new FoldingRangeHandler()),
            new ReadRequest<SelectionRangeParams, IReadOnlyList<SelectionRange>>("textDocument/selectionRange", json.SelectionRangeParams, json.IReadOnlyListSelectionRange, new SelectionRangeHandler()),
            new ReadRequest<DocumentParams, IReadOnlyList<DocumentLink>>("textDocument/documentLink", json.DocumentParams, json.IReadOnlyListDocumentLink, new DocumentLinkHandler()),
            new ReadRequest<FormattingParams, IReadOnlyList<LspTextEdit>>("textDocument/formatting", json.FormattingParams, json.IReadOnlyListLspTextEdit, new FormattingHandler(), Modified),
            new ReadRequest<RangeFormattingParams, IReadOnlyList<LspTextEdit>>("textDocument/rangeFormatting", json.RangeFormattingParams, json.IReadOnlyListLspTextEdit, new RangeFormattingHandler(), Modified),
            new ReadRequest<CodeActionParams, IReadOnlyList<CodeAction>>("textDocument/codeAction", json.CodeActionParams, json.IReadOnlyListCodeAction, new CodeActionHandler(), Modified),

            new ReadRequest<WorkspaceSymbolParams, IReadOnlyList<SymbolInformation>>("workspace/symbol", json.WorkspaceSymbolParams, json.IReadOnlyListSymbolInformation, new SymbolHandler()),
            new ReadRequest<JsonElement, JsonElement>("gatewayLsp/trace", json.JsonElement, json.JsonElement, new TraceHandler()),
            new ReadRequest<JsonElement, JsonElement>("gatewayLsp/topology", json.JsonElement, json.JsonElement, new TopologyHandler()),
            new MutatingRequest<JsonElement, JsonElement>("gatewayLsp/topology/subscribe", json.JsonElement, json.JsonElement, new SubscribeHandler(session, parts.Topology)),
            new MutatingRequest<JsonElement, JsonElement>("gatewayLsp/topology/unsubscribe", json.JsonElement, json.JsonElement, new UnsubscribeHandler(parts.Topology)),
            new ReadRequest<ExecuteCommandParams, JsonElement>("workspace/executeCommand", json.ExecuteCommandParams, json.JsonElement, new ExecuteCommandHandler(parts.Client)),

            new MutatingNotification<DidChangeConfigurationParams>("workspace/didChangeConfiguration", json.DidChangeConfigurationParams, new DidChangeConfigurationHandler(session, parts.Configuration)),
            new MutatingNotification<DidChangeWatchedFilesParams>("workspace/didChangeWatchedFiles", json.DidChangeWatchedFilesParams, new DidChangeWatchedFilesHandler(session, parts.Disk)),
            new MutatingNotification<DidChangeWorkspaceFoldersParams>("workspace/didChangeWorkspaceFolders", json.DidChangeWorkspaceFoldersParams, new DidChangeWorkspaceFoldersHandler(session, parts.Disk)),
        ];
    }
}
