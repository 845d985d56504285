using System.Text.Json;

namespace GatewayLsp.Server.Protocol;

internal sealed record ConfigurationItem(string Section, string? ScopeUri = null);

internal sealed record ConfigurationParams(IReadOnlyList<ConfigurationItem> Items);

internal sealed record DidChangeConfigurationParams(JsonElement Settings = default);

internal enum FileChangeType
{
    Created = 1,
    Changed = 2,
    Deleted = 3,
}

internal sealed record FileEvent(string Uri, FileChangeType Type);

internal sealed record DidChangeWatchedFilesParams(IReadOnlyList<FileEvent> Changes);

internal sealed record WorkspaceFoldersChange(IReadOnlyList<WorkspaceFolder>? Added = null, IReadOnlyList<WorkspaceFolder>? Removed = null);

internal sealed record DidChangeWorkspaceFoldersParams(WorkspaceFoldersChange Event);

/// <param name="Kind">LSP's WatchKind: 1 create, 2 change, 4 delete, added up; all when left out.</param>
internal sealed record FileWatcher(string GlobPattern, int? Kind = null);

internal sealed record WatchedFilesOptions(IReadOnlyList<FileWatcher> Watchers);

internal sealed record Registration(string Id, string Method, WatchedFilesOptions? RegisterOptions = null);

internal sealed record RegistrationParams(IReadOnlyList<Registration> Registrations);

internal sealed record WorkDoneProgressCreateParams(string Token);

internal sealed record ProgressParams(string Token, WorkDoneProgress Value);

internal sealed record WorkDoneProgress(string Kind, string? Title = null, string? Message = null, int? Percentage = null);

/// <summary>What our commands take: a document, and a place in it; those that lead to clusters also contexts and a scope.</summary>
internal sealed record PlaceArgument(string Uri, LspRange? Range = null, Position? Position = null, IReadOnlyList<string>? Contexts = null, DeployScopeParams? Scope = null);

internal sealed record ExecuteCommandParams(string Command, IReadOnlyList<PlaceArgument>? Arguments = null);

internal sealed record ApplyEditParams(string Label, WorkspaceEdit Edit);

internal sealed record ShowDocumentParams(string Uri, bool TakeFocus, LspRange? Selection);
