using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Handlers.Lifecycle;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server;

/// <summary>Every method that the server knows: name, how its params and result are read and written, who handles it.</summary>
internal static class MethodTable
{
    public static IEnumerable<Method> All(Session session, ClientWatch watch, Action stop)
    {
        var json = LspJson.Default;
        return
        [
            new MutatingRequest<InitializeParams, InitializeResult>("initialize", json.InitializeParams, json.InitializeResult, new InitializeHandler(session, watch)),
            new MutatingRequest<NoParams, System.Text.Json.JsonElement>("shutdown", null, json.JsonElement, new ShutdownHandler(stop)),
            new MutatingNotification<SetTraceParams>("$/setTrace", json.SetTraceParams, new SetTraceHandler(session)),
        ];
    }
}
