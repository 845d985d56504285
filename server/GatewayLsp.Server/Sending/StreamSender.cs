using System.Buffers;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using GatewayLsp.Engine.Routing;

namespace GatewayLsp.Server.Sending;

/// <summary>
/// A bare connection, or a datagram: opens it, says what the user wants said, and listens for a moment. Without anything to say a connection that
/// is taken and kept is the answer; for TLS, one whose handshake ends well.
/// </summary>
internal static class StreamSender
{
    private const int MaxAnswer = 64 * 1024;

    /// <summary>Datagrams that say nothing are not sent on by everybody.</summary>
    private static readonly byte[] Datagram = "gateway-lsp\n"u8.ToArray();

    /// <summary>A server that speaks first does so at once; one that does not is not waited for.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);

    /// <summary>Status and text of the answer; what the network throws is the caller's.</summary>
    /// <param name="judge">Whether the certificate of a server will do.</param>
    public static Task<(string Status, string Body)> SendAsync(TestRequest request, Func<SslPolicyErrors, bool> judge, CancellationToken limit) =>
        request.Protocol == TraceProtocol.Udp ? DatagramAsync(request, limit) : ConnectionAsync(request, judge, limit);

    private static async Task<(string, string)> DatagramAsync(TestRequest request, CancellationToken limit)
    {
        using var socket = new Socket(SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(request.Address, request.Port, limit).ConfigureAwait(false);
        await socket.SendAsync(request.Data is { } data ? Encoding.UTF8.GetBytes(data) : Datagram, limit).ConfigureAwait(false);
        byte[] answer = ArrayPool<byte>.Shared.Rent(MaxAnswer);
        try
        {
            int length = await socket.ReceiveAsync(answer, limit).ConfigureAwait(false);
            return ("answered", Encoding.UTF8.GetString(answer, 0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(answer);
        }
    }

    private static async Task<(string, string)> ConnectionAsync(TestRequest request, Func<SslPolicyErrors, bool> judge, CancellationToken limit)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(request.Address, request.Port, limit).ConfigureAwait(false);
        var plain = new NetworkStream(socket, ownsSocket: false);
        await using (plain.ConfigureAwait(false))
        {
            if (!request.IsTls)
            {
                return await TalkAsync(plain, request, limit).ConfigureAwait(false);
            }
            var secured = new SslStream(plain);
            await using (secured.ConfigureAwait(false))
            {
                await secured.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
                {
                    TargetHost = request.ServerName,
                    RemoteCertificateValidationCallback = (_, _, _, errors) => judge(errors),
                }, limit).ConfigureAwait(false);
                return await TalkAsync(secured, request, limit).ConfigureAwait(false);
            }
        }
    }

    private static async Task<(string, string)> TalkAsync(Stream stream, TestRequest request, CancellationToken limit)
    {
        if (request.Data is { } data)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(data), limit).ConfigureAwait(false);
            await stream.FlushAsync(limit).ConfigureAwait(false);
        }
        byte[] answer = new byte[4096];
        using var moment = CancellationTokenSource.CreateLinkedTokenSource(limit);
        if (request.Data is null)
        {
            moment.CancelAfter(Quiet);
        }
        try
        {
            int length = await stream.ReadAsync(answer, moment.Token).ConfigureAwait(false);
            return length > 0 ? ("answered", Encoding.UTF8.GetString(answer, 0, length))
                : throw new HttpIOException(HttpRequestError.ResponseEnded);
        }
        catch (OperationCanceledException) when (!limit.IsCancellationRequested)
        {
            return ("connected", "");
        }
    }
}
