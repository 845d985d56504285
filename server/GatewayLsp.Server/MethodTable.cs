using System.Text.Json;
using GatewayLsp.Server.Clusters;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Handlers.Clusters;
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
        Payload.Of(new DiagnosticCancellationData(RetriggerRequest: true), static json => json.DiagnosticCancellationData));

    public static IEnumerable<Method> All(ServerParts parts)
    {
        var session = parts.Session;
        var recent = new RecentCompletions();
        return
        [
            new MutatingRequest<InitializeParams, InitializeResult>("initialize", static json => json.InitializeParams, static json => json.InitializeResult, new InitializeHandler(session, parts.Watch, parts.Clusters)),
            new MutatingNotification<NoParams>("initialized", null, new InitializedHandler(session, parts.Client, parts.Configuration, parts.Disk)),
            new MutatingRequest<NoParams, JsonElement>("shutdown", null, static json => json.JsonElement, new ShutdownHandler(parts.Stop)),
            new MutatingNotification<SetTraceParams>("$/setTrace", static json => json.SetTraceParams, new SetTraceHandler(session)),

            new MutatingNotification<DidOpenParams>("textDocument/didOpen", static json => json.DidOpenParams, new DidOpenHandler(session)),
            new MutatingNotification<DidChangeParams>("textDocument/didChange", static json => json.DidChangeParams, new DidChangeHandler(session, parts.Log)),
            new MutatingNotification<DidSaveParams>("textDocument/didSave", static json => json.DidSaveParams, new DidSaveHandler(session)),
            new MutatingNotification<DidCloseParams>("textDocument/didClose", static json => json.DidCloseParams, new DidCloseHandler(session, parts.Pulled)),

            new ReadRequest<DocumentDiagnosticParams, DocumentDiagnosticReport>("textDocument/diagnostic", static json => json.DocumentDiagnosticParams, static json => json.DocumentDiagnosticReport, new DiagnosticHandler(parts.Pulled), Retrigger),
            new ReadRequest<DocumentPositionParams, CompletionList>("textDocument/completion", static json => json.DocumentPositionParams, static json => json.CompletionList, new CompletionHandler(recent)),
            new ReadRequest<CompletionItem, CompletionItem>("completionItem/resolve", static json => json.CompletionItem, static json => json.CompletionItem, new CompletionResolveHandler(recent)),
            new ReadRequest<DocumentPositionParams, Hover?>("textDocument/hover", static json => json.DocumentPositionParams, static json => json.Hover!, new HoverHandler()),
            new ReadRequest<DocumentPositionParams, IReadOnlyList<DefinitionTarget>>("textDocument/definition", static json => json.DocumentPositionParams, static json => json.IReadOnlyListDefinitionTarget, new DefinitionHandler()),
            new ReadRequest<DocumentPositionParams, IReadOnlyList<DefinitionTarget>>("textDocument/declaration", static json => json.DocumentPositionParams, static json => json.IReadOnlyListDefinitionTarget, new DeclarationHandler()),
            new ReadRequest<DocumentPositionParams, IReadOnlyList<DefinitionTarget>>("textDocument/typeDefinition", static json => json.DocumentPositionParams, static json => json.IReadOnlyListDefinitionTarget, new TypeDefinitionHandler()),
            new ReadRequest<DocumentPositionParams, IReadOnlyList<DefinitionTarget>>("textDocument/implementation", static json => json.DocumentPositionParams, static json => json.IReadOnlyListDefinitionTarget, new ImplementationHandler()),
            new ReadRequest<ReferenceParams, IReadOnlyList<Location>>("textDocument/references", static json => json.ReferenceParams, static json => json.IReadOnlyListLocation, new ReferencesHandler(), needsAllFiles: true),
            new ReadRequest<DocumentPositionParams, IReadOnlyList<DocumentHighlight>>("textDocument/documentHighlight", static json => json.DocumentPositionParams, static json => json.IReadOnlyListDocumentHighlight, new DocumentHighlightHandler()),
            new ReadRequest<DocumentPositionParams, PrepareRenameResult?>("textDocument/prepareRename", static json => json.DocumentPositionParams, static json => json.PrepareRenameResult!, new PrepareRenameHandler()),
            new ReadRequest<RenameParams, WorkspaceEdit>("textDocument/rename", static json => json.RenameParams, static json => json.WorkspaceEdit, new RenameHandler(parts.Client), Modified, needsAllFiles: true),
            new ReadRequest<DocumentPositionParams, IReadOnlyList<CallHierarchyItem>>("textDocument/prepareCallHierarchy", static json => json.DocumentPositionParams, static json => json.IReadOnlyListCallHierarchyItem, new PrepareCallHierarchyHandler()),
            new ReadRequest<CallHierarchyCallsParams, IReadOnlyList<CallHierarchyIncomingCall>>("callHierarchy/incomingCalls", static json => json.CallHierarchyCallsParams, static json => json.IReadOnlyListCallHierarchyIncomingCall, new IncomingCallsHandler()),
            new ReadRequest<CallHierarchyCallsParams, IReadOnlyList<CallHierarchyOutgoingCall>>("callHierarchy/outgoingCalls", static json => json.CallHierarchyCallsParams, static json => json.IReadOnlyListCallHierarchyOutgoingCall, new OutgoingCallsHandler()),
            new ReadRequest<InlayHintParams, IReadOnlyList<InlayHint>>("textDocument/inlayHint", static json => json.InlayHintParams, static json => json.IReadOnlyListInlayHint, new InlayHintHandler()),
            new ReadRequest<DocumentParams, IReadOnlyList<CodeLens>>("textDocument/codeLens", static json => json.DocumentParams, static json => json.IReadOnlyListCodeLens, new CodeLensHandler(parts.Clusters)),
            new ReadRequest<CodeLens, CodeLens>("codeLens/resolve", static json => json.CodeLens, static json => json.CodeLens, new CodeLensResolveHandler()),
            new ReadRequest<DocumentParams, IReadOnlyList<DocumentSymbol>>("textDocument/documentSymbol", static json => json.DocumentParams, static json => json.IReadOnlyListDocumentSymbol, new DocumentSymbolHandler()),
            new ReadRequest<DocumentParams, IReadOnlyList<FoldingRange>>("textDocument/foldingRange", static json => json.DocumentParams, static json => json.IReadOnlyListFoldingRange, new FoldingRangeHandler()),
            new ReadRequest<SelectionRangeParams, IReadOnlyList<SelectionRange>>("textDocument/selectionRange", static json => json.SelectionRangeParams, static json => json.IReadOnlyListSelectionRange, new SelectionRangeHandler()),
            new ReadRequest<DocumentParams, IReadOnlyList<DocumentLink>>("textDocument/documentLink", static json => json.DocumentParams, static json => json.IReadOnlyListDocumentLink, new DocumentLinkHandler()),
            new ReadRequest<FormattingParams, IReadOnlyList<LspTextEdit>>("textDocument/formatting", static json => json.FormattingParams, static json => json.IReadOnlyListLspTextEdit, new FormattingHandler(), Modified),
            new ReadRequest<RangeFormattingParams, IReadOnlyList<LspTextEdit>>("textDocument/rangeFormatting", static json => json.RangeFormattingParams, static json => json.IReadOnlyListLspTextEdit, new RangeFormattingHandler(), Modified),
            new ReadRequest<CodeActionParams, IReadOnlyList<CodeAction>>("textDocument/codeAction", static json => json.CodeActionParams, static json => json.IReadOnlyListCodeAction, new CodeActionHandler(parts.Clusters, parts.Deploys), Modified),
            new ReadRequest<CodeAction, CodeAction>("codeAction/resolve", static json => json.CodeAction, static json => json.CodeAction, new CodeActionResolveHandler()),

            new ReadRequest<WorkspaceSymbolParams, IReadOnlyList<SymbolInformation>>("workspace/symbol", static json => json.WorkspaceSymbolParams, static json => json.IReadOnlyListSymbolInformation, new SymbolHandler()),
            new ReadRequest<JsonElement, JsonElement>("gatewayLsp/trace", static json => json.JsonElement, static json => json.JsonElement, new TraceHandler()),
            new ReadRequest<ExpectationsParams, ExpectationsResult>("gatewayLsp/expectations", static json => json.ExpectationsParams, static json => json.ExpectationsResult, new ExpectationsHandler()),
            new ReadRequest<JsonElement, ExpectationOfResult>("gatewayLsp/expectationOf", static json => json.JsonElement, static json => json.ExpectationOfResult, new ExpectationOfHandler()),
            new ReadRequest<JsonElement, JsonElement>("gatewayLsp/topology", static json => json.JsonElement, static json => json.JsonElement, new TopologyHandler(parts.Live)),
            new MutatingRequest<JsonElement, JsonElement>("gatewayLsp/topology/subscribe", static json => json.JsonElement, static json => json.JsonElement, new SubscribeHandler(session, parts.Topology)),
            new MutatingRequest<JsonElement, JsonElement>("gatewayLsp/topology/unsubscribe", static json => json.JsonElement, static json => json.JsonElement, new UnsubscribeHandler(parts.Topology)),
            new ReadRequest<DocumentPositionParams, RequestAtResult?>("gatewayLsp/requestAt", static json => json.DocumentPositionParams, static json => json.RequestAtResult!, new RequestAtHandler()),
            new AsyncRequest<ContextsParams, ContextsResult>("gatewayLsp/contexts", static json => json.ContextsParams, static json => json.ContextsResult, new ContextsHandler(parts.Clusters)),
            new AsyncRequest<ContextParams, ConnectResult>("gatewayLsp/connect", static json => json.ContextParams, static json => json.ConnectResult, new ConnectHandler(parts.Clusters)),
            new MutatingRequest<ContextParams, JsonElement>("gatewayLsp/disconnect", static json => json.ContextParams, static json => json.JsonElement, new DisconnectHandler(parts.Clusters)),
            new AsyncRequest<PlanParams, PlanResult>("gatewayLsp/plan", static json => json.PlanParams, static json => json.PlanResult, new PlanHandler(parts.Deploys), needsAllFiles: true),
            new AsyncRequest<ApplyParams, ApplyResultMessage>("gatewayLsp/apply", static json => json.ApplyParams, static json => json.ApplyResultMessage, new ApplyHandler(parts.Deploys, parts.Client)),
            new AsyncRequest<ContextParams, HistoryResult>("gatewayLsp/history", static json => json.ContextParams, static json => json.HistoryResult, new HistoryHandler(parts.Clusters, parts.Deploys)),
            new AsyncRequest<RollbackPlanParams, PlanResult>("gatewayLsp/rollback/plan", static json => json.RollbackPlanParams, static json => json.PlanResult, new RollbackPlanHandler(parts.Deploys)),
            new AsyncRequest<FailoverPlanParams, FailoverPlanResult>("gatewayLsp/failover/plan", static json => json.FailoverPlanParams, static json => json.FailoverPlanResult, new FailoverPlanHandler(parts.Clusters, parts.Deploys), needsAllFiles: true),
            new AsyncRequest<SendRequestParams, JsonElement>("gatewayLsp/sendRequest", static json => json.SendRequestParams, static json => json.JsonElement, new SendRequestHandler(parts.Clusters)),
            new ReadRequest<ContextParams, LiveObjectsResult>("gatewayLsp/liveObjects", static json => json.ContextParams, static json => json.LiveObjectsResult, new LiveObjectsHandler(parts.Clusters)),
            new AsyncRequest<LiveObjectParams, LiveObjectResult>("gatewayLsp/liveObject", static json => json.LiveObjectParams, static json => json.LiveObjectResult, new LiveObjectHandler(parts.Clusters)),
            new MutatingNotification<NoParams>("gatewayLsp/didGrantTrust", null, new DidGrantTrustHandler(parts.Clusters)),
            new ReadRequest<ExecuteCommandParams, JsonElement>("workspace/executeCommand", static json => json.ExecuteCommandParams, static json => json.JsonElement, new ExecuteCommandHandler(parts.Client), needsAllFiles: true),

            new MutatingNotification<DidChangeConfigurationParams>("workspace/didChangeConfiguration", static json => json.DidChangeConfigurationParams, new DidChangeConfigurationHandler(session, parts.Configuration)),
            new MutatingNotification<DidChangeWatchedFilesParams>("workspace/didChangeWatchedFiles", static json => json.DidChangeWatchedFilesParams, new DidChangeWatchedFilesHandler(session, parts.Disk)),
            new MutatingNotification<DidChangeWorkspaceFoldersParams>("workspace/didChangeWorkspaceFolders", static json => json.DidChangeWorkspaceFoldersParams, new DidChangeWorkspaceFoldersHandler(session, parts.Disk)),
        ];
    }
}
