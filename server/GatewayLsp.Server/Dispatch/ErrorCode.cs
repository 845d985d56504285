using StreamJsonRpc;
using StreamJsonRpc.Protocol;

namespace GatewayLsp.Server.Dispatch;

/// <summary>Error codes of JSON-RPC 2.0 and LSP 3.17 that this server answers.</summary>
internal enum ErrorCode
{
    ParseError = -32700,
    InvalidRequest = -32600,
    MethodNotFound = -32601,
    InvalidParams = -32602,
    InternalError = -32603,
    ServerNotInitialized = -32002,
    RequestFailed = -32803,
    ServerCancelled = -32802,
    ContentModified = -32801,
    RequestCancelled = -32800,
}

/// <summary>An answer that is an error; its message is written for the user and holds no internals.</summary>
internal sealed record RpcError(ErrorCode Code, string Message, Payload? Data = null)
{
    public static RpcError Cancelled { get; } = new(ErrorCode.RequestCancelled, "The request was cancelled.");

    public JsonRpcError ToMessage(RequestId id) => new()
    {
        RequestId = id,
        Error = new JsonRpcError.ErrorDetail { Code = (JsonRpcErrorCode)Code, Message = Message, Data = Data },
    };
}

/// <summary>Thrown by a handler to answer a given error instead of an internal one.</summary>
internal sealed class RpcErrorException(RpcError error) : Exception(error.Message)
{
    public RpcErrorException(ErrorCode code, string message)
        : this(new RpcError(code, message))
    {
    }

    public RpcError Error { get; } = error;
}
