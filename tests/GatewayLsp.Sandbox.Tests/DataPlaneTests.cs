using System.Diagnostics;
using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Sandbox.Demo;
using GatewayLsp.Sandbox.Faults;
using GatewayLsp.Sandbox.Objects;
using GatewayLsp.Sandbox.Storage;
using GatewayLsp.Sandbox.Traffic;

namespace GatewayLsp.Sandbox.Tests;

/// <summary>What the conformance suite leaves open: proxies' requests within the mesh, shares of mirrors, certificates by name, wrong slices, faults of bare ports.</summary>
public sealed class DataPlaneTests : IAsyncLifetime
{
    private const string Manifest = """
        apiVersion: v1
        kind: Namespace
        metadata: {name: shop}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: web, ports: [{containerPort: 8080}, {containerPort: 5353, protocol: UDP}]}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: shop}
        spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: copies, namespace: shop}
        spec:
          selector: {matchLabels: {app: copies}}
          template:
            metadata: {labels: {app: copies}}
            spec: {containers: [{name: copies, image: copies, ports: [{containerPort: 8080}]}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: copies, namespace: shop}
        spec: {selector: {app: copies}, ports: [{port: 80, targetPort: 8080}]}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: front, namespace: shop}
        spec:
          gatewayClassName: sandbox
          listeners:
          - {name: http, protocol: HTTP, port: 8080}
          - {name: https, protocol: HTTPS, port: 8443, tls: {certificateRefs: [{name: first}, {name: second}]}}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: web, namespace: shop}
        spec:
          parentRefs: [{name: front}]
          rules:
          - matches: [{path: {value: /quarter}}]
            filters: [{type: RequestMirror, requestMirror: {backendRef: {name: copies, port: 80}, percent: 25}}]
            backendRefs: [{name: web, port: 80}]
          - matches: [{path: {value: /patient}}]
            timeouts: {request: 99999h, backendRequest: 99999h}
            backendRefs: [{name: web, port: 80}]
          - backendRefs: [{name: web, port: 80}]
        """;

    private RunningSandbox _running = null!;

    private IPEndPoint Gateway => _running.GatewayAt("sandbox-eks", "shop", "front", 8080)!;

    public async Task InitializeAsync()
    {
        _running = await RunningSandbox.Start(Channel.Experimental);
        await _running.Apply("sandbox-eks", Manifest);
        foreach (string name in (string[])["first", "second"])
        {
            Net.PemPair pair = _running.Sandbox.Authority.IssuePem($"{name}.example");
            await _running.Apply("sandbox-eks", $$"""
                apiVersion: v1
                kind: Secret
                metadata: {name: {{name}}, namespace: shop}
                type: kubernetes.io/tls
                data: {tls.crt: {{Base64(pair.Certificate)}}, tls.key: {{Base64(pair.Key)}}}
                """);
        }
        await _running.Settle();
    }

    public async Task DisposeAsync() => await _running.DisposeAsync();

    [Fact]
    public async Task TheMeshTakesRequestsAsAProxyGetsThem()
    {
        IPEndPoint mesh = _running.Sandbox.Of("sandbox-eks").Plane.Mesh!;
        // As on the wire: the whole URL, with what the client escaped left as it is.
        string raw = await Raw(mesh, "GET http://web.shop/a%2Fb%41?x=1 HTTP/1.1\r\nHost: web.shop\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200 ", raw, StringComparison.Ordinal);
        Assert.Contains("\"deployment\":\"web\"", raw, StringComparison.Ordinal);
        Assert.Contains("\"path\":\"/a%2Fb%41?x=1\"", raw, StringComparison.Ordinal);
        Assert.Contains("\"host\":\"web.shop\"", raw, StringComparison.Ordinal);
        string bare = await Raw(mesh, "GET http://web.shop HTTP/1.1\r\nHost: web.shop\r\nConnection: close\r\n\r\n");
        Assert.Contains("\"path\":\"/\"", bare, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 502 ", await Raw(mesh, "GET http://nobody.shop/ HTTP/1.1\r\nHost: nobody.shop\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 405 ", await Raw(mesh, "CONNECT web.shop:443 HTTP/1.1\r\nHost: web.shop:443\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
        using var http = new HttpClient(new SocketsHttpHandler { Proxy = new WebProxy(new Uri($"http://{mesh}")), UseProxy = true });
        JsonObject echo = Json.ParseObject(await http.GetStringAsync(new Uri("http://web.shop/by-proxy")))!;
        Assert.Equal(("web", "/by-proxy"), (echo["deployment"].Text(), echo["path"].Text()));
    }

    [Fact]
    public async Task AQuarterOfTheRequestsIsMirrored()
    {
        PodServer copies = _running.Sandbox.Of("sandbox-eks").Workloads.Running.Single(pod => pod.Server.Identity.Deployment == "copies").Server;
        using var sender = new Sender(null);
        var run = new TrafficRun(sender, [() => Gateway], "", "/quarter", []);
        await run.Count(400);
        for (int i = 0; i < 200 && copies.Requests < 100; i++)
        {
            await Task.Delay(25);
        }
        // One that is too many would come later.
        await Task.Delay(100);
        Assert.Equal((0, 400, 100L), (run.Lost, run.Who["sandbox-eks web"], copies.Requests));
    }

    [Fact]
    public async Task TimeoutsOfYearsAreNone()
    {
        using var sender = new Sender(null);
        Assert.Equal(200, (await sender.Get(Gateway, "", "/patient")).Status);
    }

    [Theory]
    [InlineData("first.example", "CN=first.example")]
    [InlineData("second.example", "CN=second.example")]
    [InlineData("other.example", "CN=first.example")]
    public async Task TheCertificateIsThatOfTheServerName(string serverName, string subject)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(_running.GatewayAt("sandbox-eks", "shop", "front", 8443)!);
        await using var secured = new SslStream(socket.GetStream());
        await secured.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = serverName, RemoteCertificateValidationCallback = (_, _, _, _) => true });
        Assert.Equal(subject, new X509Certificate2(secured.RemoteCertificate!).Subject);
    }

    /// <summary>A slice that somebody wrote by hand: what is no port of a loopback address gets nothing, the rest goes on.</summary>
    [Fact]
    public void PortsThatAreNoneAreLeftOut()
    {
        RoutingSnapshot snapshot = _running.Sandbox.Of("sandbox-eks").Plane.Snapshot;
        var table = new EndpointTable([.. new long[] { 70_000, 0, -1, 65_536, 8080, long.MaxValue }.Select((port, i) => Slice(port, $"127.9.9.{i + 1}"))], "sandbox-eks");
        Engine.Routing.BackendTarget target = snapshot.Trace(new Engine.Routing.TraceRequest { Gateway = new Engine.Routing.ObjectName("shop", "front"), Port = 8080, Path = "/" }).Backends[0].Target;
        Assert.Equal([new IPEndPoint(IPAddress.Parse("127.9.9.5"), 8080)], table.Of(snapshot.Resolver, target).Select(one => one.Address));
    }

    [Fact]
    public async Task FaultsReachBarePorts()
    {
        PodServer pod = _running.Sandbox.Of("sandbox-eks").Workloads.Running.Single(one => one.Server.Identity.Deployment == "web").Server;
        FaultTarget service = FaultTarget.Parse("service/shop/web")!;
        var tcp = new IPEndPoint(pod.Address, pod.PortOf(new PodPort(8080, false))!.Value);
        var udp = new IPEndPoint(pod.Address, pod.PortOf(new PodPort(5353, true))!.Value);
        Assert.Contains("\"received\":\"hi\\n\"", await Raw(tcp, "hi\n", isWhole: false), StringComparison.Ordinal);
        Assert.Contains("\"received\":\"hi\\n\"", await Datagram(udp, TimeSpan.FromSeconds(5)), StringComparison.Ordinal);
        _running.Sandbox.Fail(service, new PodFault(false, TimeSpan.FromMilliseconds(300), 0));
        long start = Stopwatch.GetTimestamp();
        Assert.Contains("\"received\"", await Raw(tcp, "hi\n", isWhole: false), StringComparison.Ordinal);
        Assert.Contains("\"received\"", await Datagram(udp, TimeSpan.FromSeconds(5)), StringComparison.Ordinal);
        Assert.True(Stopwatch.GetElapsedTime(start) > TimeSpan.FromMilliseconds(590));
        _running.Sandbox.Fail(service, new PodFault(false, TimeSpan.Zero, 100));
        Assert.Equal("", await Raw(tcp, "hi\n", isWhole: false));
        Assert.Equal("", await Datagram(udp, TimeSpan.FromMilliseconds(300)));
    }

    private static StoredObject Slice(long port, string address) => new(new ObjectPlace("shop", $"web-{port}"), Json.ParseObject($$"""
        {"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "metadata": {"name": "web-{{port}}", "namespace": "shop", "labels": {"kubernetes.io/service-name": "web"} },
         "addressType": "IPv4", "ports": [{"name": "", "port": {{port}}}], "endpoints": [{"addresses": ["{{address}}", "192.0.2.1"]}]}
        """)!, 1);

    /// <summary>What comes back on a connection until its end, or until the first line where the other side goes on; empty when it is closed without a word.</summary>
    private static async Task<string> Raw(IPEndPoint at, string sent, bool isWhole = true)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        using var client = new TcpClient();
        await client.ConnectAsync(at, patience.Token);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(sent), patience.Token);
        var text = new StringBuilder();
        byte[] buffer = new byte[8192];
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer, patience.Token)) > 0)
            {
                text.Append(Encoding.UTF8.GetString(buffer, 0, read));
                if (!isWhole && buffer[read - 1] == '\n')
                {
                    break;
                }
            }
        }
        catch (IOException)
        {
            // Reset.
        }
        return text.ToString();
    }

    private static async Task<string> Datagram(IPEndPoint to, TimeSpan wait)
    {
        using var udp = new UdpClient(AddressFamily.InterNetwork);
        await udp.SendAsync("hi\n"u8.ToArray(), to);
        using var patience = new CancellationTokenSource(wait);
        try
        {
            return Encoding.UTF8.GetString((await udp.ReceiveAsync(patience.Token)).Buffer);
        }
        catch (OperationCanceledException)
        {
            return "";
        }
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
