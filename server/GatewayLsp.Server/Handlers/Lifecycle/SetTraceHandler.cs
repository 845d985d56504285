using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Handlers.Lifecycle;

/// <summary><c>$/setTrace</c>.</summary>
internal sealed class SetTraceHandler(Session session) : IMutatingHandler<SetTraceParams>
{
    public void Handle(SetTraceParams parameters) => session.Trace = parameters.Value;
}
