using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using StreamJsonRpc;
using StreamJsonRpc.Protocol;

namespace GatewayLsp.Server.Dispatch;

/// <summary>
/// JSON-RPC 2.0 envelopes by hand: one pass over the bytes, <c>params</c> and <c>result</c> stay raw until their
/// type is known. StreamJsonRpc's own formatters are built on reflection or shapes that this needs neither of.
/// </summary>
internal sealed class LspMessageFormatter : IJsonRpcMessageFormatter
{
    private static readonly JsonWriterOptions WriterOptions = new()
    {
        // The other side is an editor, not a web page: text stays readable and small.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    public JsonRpcMessage Deserialize(ReadOnlySequence<byte> contentBuffer)
    {
        var body = contentBuffer.IsSingleSegment ? contentBuffer.First : contentBuffer.ToArray();
        return EnvelopeReader.TryRead(body, out var message, out var error, out _)
            ? message
            : throw new RpcErrorException(error);
    }

    public void Serialize(IBufferWriter<byte> bufferWriter, JsonRpcMessage message)
    {
        using var writer = new Utf8JsonWriter(bufferWriter, WriterOptions);
        writer.WriteStartObject();
        writer.WriteString("jsonrpc"u8, "2.0"u8);
        switch (message)
        {
            case JsonRpcRequest request:
                if (request.IsResponseExpected)
                {
                    WriteId(writer, request.RequestId);
                }

                writer.WriteString("method"u8, request.Method);
                if (request.Arguments is Payload parameters)
                {
                    writer.WritePropertyName("params"u8);
                    parameters.Write(writer);
                }

                break;
            case JsonRpcResult result:
                WriteId(writer, result.RequestId);
                writer.WritePropertyName("result"u8);
                (result.Result as Payload ?? Payload.Null).Write(writer);
                break;
            case JsonRpcError { Error: { } detail } error:
                WriteId(writer, error.RequestId);
                WriteError(writer, detail);
                break;
            default:
                throw new InvalidOperationException(message.GetType().Name);
        }

        writer.WriteEndObject();
    }

    object IJsonRpcMessageFormatter.GetJsonText(JsonRpcMessage message) => throw new NotSupportedException();

    private static void WriteId(Utf8JsonWriter writer, RequestId id)
    {
        if (id.Number is { } number)
        {
            writer.WriteNumber("id"u8, number);
        }
        else if (id.String is { } text)
        {
            writer.WriteString("id"u8, text);
        }
        else
        {
            writer.WriteNull("id"u8);
        }
    }

    private static void WriteError(Utf8JsonWriter writer, JsonRpcError.ErrorDetail detail)
    {
        writer.WriteStartObject("error"u8);
        writer.WriteNumber("code"u8, (int)detail.Code);
        writer.WriteString("message"u8, detail.Message);
        if (detail.Data is Payload data)
        {
            writer.WritePropertyName("data"u8);
            data.Write(writer);
        }

        writer.WriteEndObject();
    }
}
