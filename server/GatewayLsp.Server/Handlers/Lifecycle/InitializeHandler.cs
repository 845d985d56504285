using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Handlers.Lifecycle;

/// <summary><c>initialize</c>: learns what the client can do and says what we can. Nothing is read or compiled here.</summary>
internal sealed class InitializeHandler(Session session, ClientWatch watch) : IMutatingHandler<InitializeParams, InitializeResult>
{
    public InitializeResult Handle(InitializeParams parameters)
    {
        session.Client = ClientFeatures.Read(parameters.Capabilities);
        session.Trace = parameters.Trace ?? "off";
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
}
