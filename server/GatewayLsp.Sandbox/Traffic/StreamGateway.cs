using System.Collections.Concurrent;
using System.Net.Security;
using System.Net.Sockets;
using GatewayLsp.Engine.Routing;

namespace GatewayLsp.Sandbox.Traffic;

/// <summary>Carries bare connections: TCP, TLS that goes through, TLS that ended here.</summary>
internal sealed class StreamGateway(EndpointHealth health)
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, WeightedPicker> _pickers = new(StringComparer.Ordinal);

    /// <summary>The endpoints to try, of the backend whose turn it is; empty when the connection is to be refused.</summary>
    public (BackendTarget? Target, List<Endpoint> Endpoints) Choose(RoutingSnapshot snapshot, RequestTrace trace)
    {
        if (trace.Response is not null || trace.Backends.IsEmpty)
        {
            return (null, []);
        }
        int[] weights = [.. trace.Backends.Select(backend => backend.Weight)];
        int chosen = _pickers.GetOrAdd($"{trace.Route}#{trace.Rule}", static _ => new WeightedPicker()).Next(weights);
        if (chosen < 0 || !trace.Backends[chosen].Target.IsValid)
        {
            return (null, []);
        }
        BackendTarget target = trace.Backends[chosen].Target;
        return (target, health.InOrder(target, snapshot.EndpointsOf(target)));
    }

    /// <summary>Carries a connection to its end. False when no endpoint could be reached.</summary>
    public async Task<bool> Carry(RoutingSnapshot snapshot, ObjectName gateway, RequestTrace trace, Stream client, CancellationToken cancel)
    {
        (BackendTarget? target, List<Endpoint> endpoints) = Choose(snapshot, trace);
        foreach (Endpoint endpoint in endpoints)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            patience.CancelAfter(ConnectTimeout);
            try
            {
                await socket.ConnectAsync(endpoint.Address, patience.Token);
            }
            catch (Exception failed) when (failed is SocketException or OperationCanceledException)
            {
                health.Failed(endpoint);
                continue;
            }
            health.Worked(endpoint);
            await using Stream backend = await Open(snapshot, gateway, target!, socket, cancel);
            await Both(client, backend, socket, cancel);
            return true;
        }
        return false;
    }

    private static async Task<Stream> Open(RoutingSnapshot snapshot, ObjectName gateway, BackendTarget target, Socket socket, CancellationToken cancel)
    {
        var plain = new NetworkStream(socket, ownsSocket: false);
        if (target.ServerName is not { } serverName)
        {
            return plain;
        }
        var secured = new SslStream(plain);
        (var authorities, var own) = BackendConnections.Trust(snapshot, gateway, target);
        await secured.AuthenticateAsClientAsync(BackendConnections.Options(serverName, authorities, own), cancel);
        return secured;
    }

    private static async Task Both(Stream client, Stream backend, Socket socket, CancellationToken cancel)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        Task up = Copy(client, backend, ends.Token);
        Task down = Copy(backend, client, ends.Token);
        if (await Task.WhenAny(up, down) == up && up.IsCompletedSuccessfully)
        {
            // The client has said all; the backend may still answer.
            if (backend is NetworkStream)
            {
                try
                {
                    socket.Shutdown(SocketShutdown.Send);
                }
                catch (SocketException)
                {
                }
            }
            await Task.WhenAny(down, Task.Delay(TimeSpan.FromSeconds(30), ends.Token));
        }
        await ends.CancelAsync();
        await Task.WhenAll(Quiet(up), Quiet(down));
    }

    private static async Task Copy(Stream from, Stream to, CancellationToken cancel)
    {
        byte[] buffer = new byte[16 * 1024];
        int read;
        while ((read = await from.ReadAsync(buffer, cancel)) > 0)
        {
            await to.WriteAsync(buffer.AsMemory(0, read), cancel);
            await to.FlushAsync(cancel);
        }
    }

    private static async Task Quiet(Task task)
    {
        try
        {
            await task;
        }
        catch (Exception ended) when (ended is IOException or OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
        }
    }
}
