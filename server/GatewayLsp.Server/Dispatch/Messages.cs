using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using StreamJsonRpc.Protocol;

namespace GatewayLsp.Server.Dispatch;

/// <summary>
/// A request or notification from the client. StreamJsonRpc sees one method, <see cref="Route"/>, for all of them:
/// which methods exist, and what may be called when, is decided in <see cref="Dispatcher"/> alone.
/// </summary>
internal sealed class InboundRequest : JsonRpcRequest
{
    public const string Route = "lsp";

    public InboundRequest(string lspMethod, ReadOnlyMemory<byte> parameters)
    {
        Method = Route;
        LspMethod = lspMethod;
        Parameters = parameters;
    }

    public string LspMethod { get; }

    /// <summary>UTF-8 JSON of <c>params</c>, empty when there are none. Valid until the next message is read.</summary>
    public ReadOnlyMemory<byte> Parameters { get; }

    public override ArgumentMatchResult TryGetTypedArguments(ReadOnlySpan<ParameterInfo> parameters, Span<object?> typedArguments)
        => ArgumentMatchResult.Success;

    public override ArgumentMatchResult TryGetTypedArguments(
        ReadOnlySpan<ParameterInfo> parameters, ReadOnlySpan<string?> parameterNames, Span<object?> typedArguments)
        => ArgumentMatchResult.Success;
}

/// <summary>The client's answer to a request of ours.</summary>
internal sealed class InboundResult(ReadOnlyMemory<byte> json) : JsonRpcResult
{
    public override T GetResult<T>() => (T)(object)new RawJson(json);
}

/// <summary>JSON text that is still to be read as a type.</summary>
internal sealed class RawJson(ReadOnlyMemory<byte> utf8)
{
    public T? Read<T>(JsonTypeInfo<T> type) => utf8.IsEmpty ? default : JsonSerializer.Deserialize(utf8.Span, type);
}
