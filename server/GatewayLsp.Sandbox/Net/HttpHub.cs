using System.Net;
using System.Net.Security;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Forwarder;

namespace GatewayLsp.Sandbox.Net;

/// <summary>Who answers what comes in on a connection. Put on the connection before it is handed to <see cref="HttpHub"/>.</summary>
internal sealed class HttpSide
{
    public required RequestDelegate Handle { get; init; }

    /// <summary>How TLS ends here, by server name; null where it does not.</summary>
    public Func<string, SslServerAuthenticationOptions?>? Tls { get; init; }

    /// <summary>True when the connection came with TLS.</summary>
    public bool IsSecure { get; init; }
}

/// <summary>
/// One Kestrel for all: API servers, gateways and pods. It listens nowhere; connections are handed to it by the
/// <see cref="Acceptor"/>s, together with who is to answer.
/// </summary>
internal sealed class HttpHub : IAsyncDisposable
{
    private readonly Queue _http1 = new("http1");
    private readonly Queue _http2 = new("http2");
    private readonly Queue _tls = new("tls");
    private readonly KestrelServer _server;
    private readonly WebApplication _services;

    private HttpHub(WebApplication services)
    {
        _services = services;
        Forwarder = services.Services.GetRequiredService<IHttpForwarder>();
        var options = new KestrelServerOptions { ApplicationServices = services.Services, AddServerHeader = false, AllowSynchronousIO = false, AllowAlternateSchemes = true };
        options.Limits.MaxRequestBodySize = null;
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = null;
        options.Listen(_http1, listen => listen.Protocols = HttpProtocols.Http1);
        options.Listen(_http2, listen => listen.Protocols = HttpProtocols.Http2);
        options.Listen(_tls, listen =>
        {
            listen.Protocols = HttpProtocols.Http1AndHttp2;
            listen.UseHttps(new TlsHandshakeCallbackOptions
            {
                OnConnection = static handshake => ValueTask.FromResult(
                    handshake.Connection.Features.Get<HttpSide>()?.Tls?.Invoke(handshake.ClientHelloInfo.ServerName)
                    ?? throw new System.Security.Authentication.AuthenticationException("no certificate for this server name")),
            });
        });
        _server = new KestrelServer(Options.Create(options), new QueueFactory(), services.Services.GetRequiredService<ILoggerFactory>());
    }

    public IHttpForwarder Forwarder { get; }

    public static async Task<HttpHub> Start()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddHttpForwarder();
        var hub = new HttpHub(builder.Build());
        await hub._server.StartAsync(new Application(), CancellationToken.None);
        return hub;
    }

    /// <summary>Serves a connection until its end.</summary>
    public Task Serve(ConnectionContext connection, OpeningKind kind, HttpSide side)
    {
        connection.Features.Set(side);
        Queue queue = kind switch
        {
            OpeningKind.Tls => _tls,
            OpeningKind.Http2 => _http2,
            _ => _http1,
        };
        return queue.Add(connection);
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await _server.StopAsync(patience.Token);
        _server.Dispose();
        await _services.DisposeAsync();
    }

    private sealed class Application : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public Task ProcessRequestAsync(HttpContext context) => context.Features.Get<HttpSide>()!.Handle(context);

        public void DisposeContext(HttpContext context, Exception? exception)
        {
        }
    }

    /// <summary>Connections that wait for Kestrel to take them; as an address it is only a name.</summary>
    private sealed class Queue(string name) : EndPoint, IConnectionListener
    {
        private readonly Channel<ConnectionContext> _waiting = Channel.CreateUnbounded<ConnectionContext>();

        public EndPoint EndPoint => this;

        public async Task Add(ConnectionContext connection)
        {
            var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (!_waiting.Writer.TryWrite(new Lent(connection, ended)))
            {
                connection.Abort();
                return;
            }
            await ended.Task;
        }

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            while (await _waiting.Reader.WaitToReadAsync(cancellationToken))
            {
                if (_waiting.Reader.TryRead(out ConnectionContext? connection))
                {
                    return connection;
                }
            }
            return null;
        }

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            _waiting.Writer.TryComplete();
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => UnbindAsync();

        public override string ToString() => name;
    }

    /// <summary>A connection in Kestrel's hands. That it lets go of it ends the loan; the owner disposes of it.</summary>
    private sealed class Lent(ConnectionContext inner, TaskCompletionSource ended) : ConnectionContext
    {
        public override string ConnectionId { get => inner.ConnectionId; set => inner.ConnectionId = value; }

        public override IFeatureCollection Features => inner.Features;

        public override IDictionary<object, object?> Items { get => inner.Items; set => inner.Items = value; }

        public override System.IO.Pipelines.IDuplexPipe Transport { get => inner.Transport; set => inner.Transport = value; }

        public override EndPoint? LocalEndPoint { get => inner.LocalEndPoint; set => inner.LocalEndPoint = value; }

        public override EndPoint? RemoteEndPoint { get => inner.RemoteEndPoint; set => inner.RemoteEndPoint = value; }

        public override CancellationToken ConnectionClosed { get => inner.ConnectionClosed; set => inner.ConnectionClosed = value; }

        public override void Abort(ConnectionAbortedException abortReason) => inner.Abort(abortReason);

        public override ValueTask DisposeAsync()
        {
            ended.TrySetResult();
            return ValueTask.CompletedTask;
        }
    }

    private sealed class QueueFactory : IConnectionListenerFactory, IConnectionListenerFactorySelector
    {
        public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) => ValueTask.FromResult<IConnectionListener>((Queue)endpoint);

        public bool CanBind(EndPoint endpoint) => endpoint is Queue;
    }
}
