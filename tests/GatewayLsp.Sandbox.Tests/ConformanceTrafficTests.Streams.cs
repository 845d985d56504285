using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Sandbox.Objects;
using GatewayLsp.Sandbox.Storage;

namespace GatewayLsp.Sandbox.Tests;

/// <summary>What goes past HTTP: UDP, TCP, TLS.</summary>
public sealed partial class ConformanceTrafficTests
{
    private static async Task<List<string>> UdpDifferences(JsonNode one, IPEndPoint address)
    {
        var shares = new Dictionary<string, int>(StringComparer.Ordinal);
        int repeats = one.At("expect", "weightedDistribution") is null ? 1 : 100;
        JsonObject? answer = null;
        for (int i = 0; i < repeats; i++)
        {
            using var udp = new UdpClient(AddressFamily.InterNetwork);
            await udp.SendAsync("hello"u8.ToArray(), address);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            try
            {
                answer = Json.Parse((await udp.ReceiveAsync(patience.Token)).Buffer) as JsonObject;
            }
            catch (OperationCanceledException)
            {
                return ["an answer to a datagram"];
            }
            shares[answer?["deployment"].Text() ?? ""] = shares.GetValueOrDefault(answer?["deployment"].Text() ?? "") + 1;
        }
        return Streamed(one, answer, shares, repeats);
    }

    private static async Task<List<string>> StreamDifferences(RunningSandbox running, JsonNode one, IPEndPoint address)
    {
        bool isTls = one.At("request", "transport").Text() == "tls";
        var shares = new Dictionary<string, int>(StringComparer.Ordinal);
        int repeats = one.At("expect", "weightedDistribution") is null ? 1 : 100;
        JsonObject? answer = null;
        foreach (string? serverName in isTls ? ServerNames(running, one) : [null])
        {
            for (int i = 0; i < repeats; i++)
            {
                answer = await Speak(address, serverName);
                string who = answer?["deployment"].Text() ?? "";
                shares[who] = shares.GetValueOrDefault(who) + 1;
            }
        }
        if (one.At("expect", "outcome").Text() == "connectionRejected")
        {
            return answer is null ? [] : ["the connection to be refused"];
        }
        return Streamed(one, answer, shares, repeats);
    }

    private static IEnumerable<string?> ServerNames(RunningSandbox running, JsonNode one)
    {
        if (one.At("request", "sniFrom") is null)
        {
            return [one.At("request", "sni").Text()];
        }
        // The suite takes the name from a route: that of the listener which treats TLS as is expected.
        bool wantsPassthrough = one.At("expect", "backendIsTLS").Truth() == true;
        var gateway = new ObjectName(one.At("gateway", "namespace").Text()!, one.At("gateway", "name").Text()!);
        var routes = running.Sandbox.Of(Cluster).Cluster.Store.Objects(new ResourceName("gateway.networking.k8s.io", "tlsroutes")).Values;
        return [.. routes.Where(route => route.Body.At("spec", "parentRefs").Items().Any(parent => parent.At("name").Text() == gateway.Name))
            .Select(route => route.Body.At("spec", "hostnames").Items().First().Text()!)
            .Where(name => running.Sandbox.Of(Cluster).Plane.Snapshot.ByServerName(gateway, (int)one.At("gateway", "port").Number()!, name)?.Listener.IsPassthrough == wantsPassthrough)];
    }

    private static async Task<JsonObject?> Speak(IPEndPoint address, string? serverName)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(3));
        try
        {
            using var tcp = new TcpClient(AddressFamily.InterNetwork);
            await tcp.ConnectAsync(address, patience.Token);
            Stream stream = tcp.GetStream();
            if (serverName is not null)
            {
                var secured = new SslStream(stream, false, (_, _, _, _) => true);
                await secured.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = serverName }, patience.Token);
                stream = secured;
            }
            byte[] question = Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: {serverName ?? "x"}\r\nConnection: close\r\n\r\n");
            await stream.WriteAsync(question, patience.Token);
            using var all = new MemoryStream();
            await stream.CopyToAsync(all, patience.Token);
            string text = Encoding.UTF8.GetString(all.ToArray());
            int body = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            return body < 0 ? null : Json.ParseObject(text[(body + 4)..]);
        }
        catch (Exception failed) when (failed is IOException or SocketException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
            return null;
        }
    }

    private static List<string> Streamed(JsonNode one, JsonObject? answer, Dictionary<string, int> shares, int repeats)
    {
        var found = new List<string>();
        if (answer is null)
        {
            return ["an answer"];
        }
        Check(found, "namespace", one.At("expect", "namespace").Text(), answer["namespace"].Text());
        if (repeats == 1)
        {
            Check(found, "backend", one.At("expect", "backend").Text(), answer["deployment"].Text());
            Check(found, "service", one.At("expect", "service").Text(), answer["service"].Text());
        }
        if (one.At("expect", "backendIsTLS").Truth() is { } isTls && isTls != answer["tls"] is not null)
        {
            found.Add($"TLS at the backend {isTls}");
        }
        foreach ((string name, JsonNode? share) in one.At("expect", "weightedDistribution") as JsonObject ?? [])
        {
            if (Math.Abs((double)shares.GetValueOrDefault(name) / repeats - (double)share!) > 0.05)
            {
                found.Add($"share of {name} {share}, got {shares.GetValueOrDefault(name)}");
            }
        }
        return found;
    }
}
