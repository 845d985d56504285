using GatewayLsp.Server.Configuration;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Handlers.Workspace;

/// <summary><c>workspace/didChangeConfiguration</c>: a client that can be asked is asked, from any other the params count.</summary>
internal sealed class DidChangeConfigurationHandler(Session session, ConfigurationSync configuration) : IMutatingHandler<DidChangeConfigurationParams>
{
    public void Handle(DidChangeConfigurationParams parameters)
    {
        if (session.Client.Configuration)
        {
            configuration.Pull();
        }
        else
        {
            configuration.Apply(parameters.Settings);
        }
    }
}
