using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using StreamJsonRpc;
using StreamJsonRpc.Protocol;

namespace GatewayLsp.Server.Dispatch;

/// <summary>Reads the envelope of one JSON-RPC 2.0 message; what is wrong with it comes back as an error to answer.</summary>
internal static class EnvelopeReader
{
    public static bool TryRead(
        ReadOnlyMemory<byte> body,
        [NotNullWhen(true)] out JsonRpcMessage? message,
        [NotNullWhen(false)] out RpcError? error,
        out RequestId id)
    {
        var fields = default(Fields);
        fields.Id = RequestId.NotSpecified;
        try
        {
            error = Scan(body, ref fields);
        }
        catch (JsonException e)
        {
            error = new RpcError(
                ErrorCode.ParseError,
                $"The message is not JSON: line {e.LineNumber.GetValueOrDefault() + 1}, byte {e.BytePositionInLine.GetValueOrDefault()} of its body.");
        }
        catch (InvalidOperationException)
        {
            // Text that is no UTF-8, or half of a surrogate pair, in a place where names are expected.
            error = new RpcError(ErrorCode.ParseError, "The message holds text that is not valid Unicode in its envelope.");
        }

        id = fields.Id.IsEmpty ? RequestId.Null : fields.Id;
        message = null;
        if (error is null)
        {
            (message, error) = Build(body, fields);
        }

        return message is not null;
    }

    private static RpcError? Scan(ReadOnlyMemory<byte> body, ref Fields fields)
    {
        var reader = new Utf8JsonReader(body.Span);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return Invalid("A message is one JSON object; batches are not part of the protocol.");
        }

        RpcError? error = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                error ??= ReadId(ref reader, ref fields);
            }
            else if (reader.ValueTextEquals("method"u8))
            {
                reader.Read();
                fields.Method = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                error ??= fields.Method is null ? Invalid("`method` is a string.") : null;
            }
            else if (reader.ValueTextEquals("jsonrpc"u8))
            {
                reader.Read();
                fields.HasVersion = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("2.0"u8);
            }
            else if (reader.ValueTextEquals("params"u8))
            {
                fields.Parameters = ReadSpan(ref reader);
            }
            else if (reader.ValueTextEquals("result"u8))
            {
                fields.Result = ReadSpan(ref reader);
            }
            else if (reader.ValueTextEquals("error"u8))
            {
                fields.Error = ReadSpan(ref reader);
            }
            else
            {
                reader.Read();
            }

            // For the simple values above this does nothing.
            reader.Skip();
        }

        // Reads on, so that anything after the object is a parse error too.
        reader.Read();
        return error;
    }

    private static (JsonRpcMessage? Message, RpcError? Error) Build(ReadOnlyMemory<byte> body, in Fields fields)
    {
        if (!fields.HasVersion)
        {
            return (null, Invalid("A message says `\"jsonrpc\": \"2.0\"`."));
        }

        if (fields.Method is { } method)
        {
            return fields.Id.IsNull
                ? (null, Invalid("The id of a request is a string or a whole number, not null."))
                : (new InboundRequest(method, Slice(body, fields.Parameters)) { RequestId = fields.Id }, null);
        }

        if (fields.Error.Length > 0)
        {
            return (new JsonRpcError { RequestId = fields.Id, Error = ReadError(Slice(body, fields.Error)) }, null);
        }

        if (fields.Result.Length > 0)
        {
            // Read by a task that outlives the receive buffer.
            return (new InboundResult(Slice(body, fields.Result).ToArray()) { RequestId = fields.Id }, null);
        }

        return (null, Invalid("A message has a `method`, a `result` or an `error`."));
    }

    private static RpcError? ReadId(ref Utf8JsonReader reader, ref Fields fields)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number when reader.TryGetInt64(out var number):
                fields.Id = new RequestId(number);
                return null;
            case JsonTokenType.String:
                fields.Id = new RequestId(reader.GetString());
                return null;
            case JsonTokenType.Null:
                fields.Id = RequestId.Null;
                return null;
            default:
                return Invalid("The id of a request is a string or a whole number.");
        }
    }

    private static JsonRpcError.ErrorDetail ReadError(ReadOnlyMemory<byte> json)
    {
        var detail = new JsonRpcError.ErrorDetail { Code = (JsonRpcErrorCode)ErrorCode.InternalError, Message = "" };
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            if (document.RootElement.TryGetProperty("code"u8, out var code) && code.ValueKind == JsonValueKind.Number && code.TryGetInt32(out var number))
            {
                detail.Code = (JsonRpcErrorCode)number;
            }

            if (document.RootElement.TryGetProperty("message"u8, out var text) && text.ValueKind == JsonValueKind.String)
            {
                detail.Message = text.GetString();
            }
        }

        return detail;
    }

    private static (int Start, int Length) ReadSpan(ref Utf8JsonReader reader)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return (start, (int)reader.BytesConsumed - start);
    }

    private static ReadOnlyMemory<byte> Slice(ReadOnlyMemory<byte> body, (int Start, int Length) span) => body.Slice(span.Start, span.Length);

    private static RpcError Invalid(string message) => new(ErrorCode.InvalidRequest, message);

    private struct Fields
    {
        public RequestId Id;
        public string? Method;
        public bool HasVersion;
        public (int Start, int Length) Parameters;
        public (int Start, int Length) Result;
        public (int Start, int Length) Error;
    }
}
