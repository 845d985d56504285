using System.Text.Json;
using GatewayLsp.Server.Dispatch;

namespace GatewayLsp.Server.Handlers.Lifecycle;

/// <summary><c>shutdown</c>: stops work in the background; the answer is null.</summary>
internal sealed class ShutdownHandler(Action stop) : IMutatingHandler<NoParams, JsonElement>
{
    private static readonly JsonElement Null = JsonDocument.Parse("null"u8.ToArray()).RootElement;

    public JsonElement Handle(NoParams parameters)
    {
        stop();
        return Null;
    }
}
