using System.Collections.Immutable;
using GatewayLsp.Server.Clusters;
using GatewayLsp.Server.Configuration;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Handlers.Lifecycle;

/// <summary><c>initialize</c>: learns what the client can do and says what we can. No file or schema is read here.</summary>
internal sealed class InitializeHandler(Session session, ClientWatch watch, ClusterSession clusters) : IMutatingHandler<InitializeParams, InitializeResult>
{
    public InitializeResult Handle(InitializeParams parameters)
    {
        session.Client = ClientFeatures.Read(parameters.Capabilities, parameters.InitializationOptions) with { Locale = parameters.Locale };
        session.Trace = parameters.Trace ?? "off";
        session.SetFolders(Folders(parameters));
        session.Configure(ServerSettings.Read(parameters.InitializationOptions));
        if (session.Client.IsTrusted)
        {
            clusters.Trust();
        }

        if (parameters.ProcessId is { } processId)
        {
            watch.Start(processId);
        }

        var capabilities = new ServerCapabilities
        {
            DiagnosticProvider = session.Client.PullsDiagnostics ? new DiagnosticOptions() : null,
        };
        return new InitializeResult(capabilities, new ServerInfo("gateway-lsp", ServerVersion.Text));
    }

    private static ImmutableArray<string> Folders(InitializeParams parameters)
    {
        if (parameters.WorkspaceFolders is { Count: > 0 } folders)
        {
            return [.. folders.Select(f => DocumentKey.Of(f.Uri))];
        }

        return parameters switch
        {
            { RootUri: { Length: > 0 } uri } => [DocumentKey.Of(uri)],
            { RootPath: { Length: > 0 } path } => [DocumentKey.FromPath(path)],
            _ => [],
        };
    }
}
