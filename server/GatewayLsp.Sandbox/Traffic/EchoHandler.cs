using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Model;
using GatewayLsp.Sandbox.Objects;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace GatewayLsp.Sandbox.Traffic;

/// <summary>
/// Answers as a pod: who it is and what it got, as JSON. The client can ask for more: <c>?delay=500ms</c>, <c>?status=503</c>,
/// a header <c>X-Echo-Set-Header: name:value, name:value</c>. gRPC calls and WebSockets are answered in their own way.
/// </summary>
internal static class EchoHandler
{
    private const int MaxMessage = 64 * 1024;
    private const string WebSocketKey = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);

    public static async Task Handle(HttpContext context, PodIdentity pod, PodFault fault, Func<bool> fails)
    {
        HttpRequest request = context.Request;
        if (fault.Latency > TimeSpan.Zero)
        {
            await Task.Delay(fault.Latency, context.RequestAborted);
        }
        if (GatewayDuration.Parse(request.Query["delay"]) is { } delay && delay > TimeSpan.Zero)
        {
            await Task.Delay(delay < LongestDelay ? delay : LongestDelay, context.RequestAborted);
        }
        if (request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true)
        {
            await Grpc(context, pod, fails());
            return;
        }
        if (fails())
        {
            context.Response.StatusCode = 503;
            context.Response.ContentType = "application/json";
            JsonObject refusal = pod.ToJson();
            refusal["fault"] = "errors";
            await context.Response.Body.WriteAsync(Json.Write(refusal), context.RequestAborted);
            return;
        }
        if (string.Equals(request.Headers.Upgrade, "websocket", StringComparison.OrdinalIgnoreCase) && context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } upgrade)
        {
            await WebSocket(context, upgrade, pod);
            return;
        }
        SetHeaders(context);
        if (int.TryParse(request.Query["status"], out int status) && status is >= 200 and <= 599)
        {
            context.Response.StatusCode = status;
        }
        long size = 0;
        byte[] buffer = new byte[8192];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            size += read;
        }
        byte[] text = Json.Write(Describe(context, pod, size));
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = text.Length;
        if (!HttpMethods.IsHead(request.Method))
        {
            await context.Response.Body.WriteAsync(text, context.RequestAborted);
        }
    }

    public static JsonObject Describe(HttpContext context, PodIdentity pod, long bodySize)
    {
        HttpRequest request = context.Request;
        var headers = new JsonObject();
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in request.Headers)
        {
            if (!name.StartsWith(':'))
            {
                headers[name] = new JsonArray([.. values.Select(value => (JsonNode?)value)]);
            }
        }
        JsonObject answer = pod.ToJson();
        answer["method"] = request.Method;
        answer["path"] = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        answer["host"] = request.Host.Value ?? "";
        answer["proto"] = request.Protocol;
        answer["headers"] = headers;
        answer["bodySize"] = bodySize;
        if (context.Features.Get<ITlsHandshakeFeature>() is { } tls)
        {
            answer["tls"] = new JsonObject { ["serverName"] = tls.HostName ?? "" };
        }
        return answer;
    }

    private static void SetHeaders(HttpContext context)
    {
        foreach (string? wanted in context.Request.Headers["X-Echo-Set-Header"])
        {
            foreach (string one in (wanted ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                int colon = one.IndexOf(':', StringComparison.Ordinal);
                if (colon > 0)
                {
                    context.Response.Headers.Append(one[..colon].Trim(), one[(colon + 1)..].Trim());
                }
            }
        }
    }

    private static async Task Grpc(HttpContext context, PodIdentity pod, bool fails)
    {
        context.Response.ContentType = "application/grpc";
        context.Response.Headers["x-echo-pod"] = pod.Pod;
        if (fails)
        {
            context.Response.AppendTrailer("grpc-status", "14");
            return;
        }
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        byte[] text = Json.Write(Describe(context, pod, 0));
        // One message with one field, a string of JSON: (1 << 3) | 2, its length, the text.
        var message = new MemoryStream();
        message.WriteByte(0x0A);
        for (int left = text.Length; ; left >>= 7)
        {
            message.WriteByte((byte)(left > 0x7F ? (left & 0x7F) | 0x80 : left));
            if (left <= 0x7F)
            {
                break;
            }
        }
        message.Write(text);
        byte[] frame = new byte[5 + message.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)message.Length);
        message.GetBuffer().AsSpan(0, (int)message.Length).CopyTo(frame.AsSpan(5));
        await context.Response.Body.WriteAsync(frame, context.RequestAborted);
        context.Response.AppendTrailer("grpc-status", "0");
    }

    /// <summary>Says who it is, then sends back each message.</summary>
    private static async Task WebSocket(HttpContext context, IHttpUpgradeFeature upgrade, PodIdentity pod)
    {
        string key = context.Request.Headers.SecWebSocketKey.ToString();
        // The handshake of RFC 6455 asks for this hash; nothing is kept secret by it.
#pragma warning disable CA5350
        context.Response.Headers.SecWebSocketAccept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + WebSocketKey)));
#pragma warning restore CA5350
        context.Response.Headers.Connection = "Upgrade";
        context.Response.Headers.Upgrade = "websocket";
        await using Stream stream = await upgrade.UpgradeAsync();
        using var socket = System.Net.WebSockets.WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true });
        await socket.SendAsync(Json.Write(Describe(context, pod, 0)), WebSocketMessageType.Text, true, context.RequestAborted);
        byte[] buffer = new byte[MaxMessage];
        while (socket.State == WebSocketState.Open)
        {
            WebSocketReceiveResult got = await socket.ReceiveAsync(buffer, context.RequestAborted);
            if (got.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", context.RequestAborted);
                break;
            }
            await socket.SendAsync(buffer.AsMemory(0, got.Count), got.MessageType, got.EndOfMessage, context.RequestAborted);
        }
    }
}
