using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Sandbox.Objects;
using GatewayLsp.Sandbox.Storage;
using GatewayLsp.Sandbox.Traffic;
using GatewayLsp.Testing;
using Xunit.Abstractions;

namespace GatewayLsp.Sandbox.Tests;

/// <summary>The requests of the conformance suite as real traffic through the sandbox's gateways.</summary>
public sealed partial class ConformanceTrafficTests(ITestOutputHelper output)
{
    private const string Cluster = "sandbox-eks";
    private const string Infrastructure = "gateway-conformance-infra";

    private sealed record Seen(int Status, JsonObject? Echo, IReadOnlyDictionary<string, string> Headers, string? GrpcStatus, string? Problem);

    [SharedFact("oracle/conformance/requests.json")]
    public async Task RequestsEndAsExpected()
    {
        JsonArray requests = (JsonArray)Json.ParseObject(File.ReadAllText(SharedFiles.Get("oracle/conformance/requests.json")))!["requests"]!;
        var counts = new SortedDictionary<string, (int Agreed, int All)>(StringComparer.Ordinal);
        var misses = new List<string>();
        foreach (IGrouping<string, JsonNode?> group in requests.GroupBy(one => $"{one.At("kind").Text() == "mesh"} {Json.Text(one.At("manifests"))}"))
        {
            await using RunningSandbox running = await RunningSandbox.Start(Channel.Experimental);
            string[] mesh = group.First().At("kind").Text() == "mesh" ? ["conformance/mesh/manifests.yaml"] : [];
            await ConformanceSetup.Load(running, Cluster, [.. mesh, .. group.First().At("manifests").Items().Select(one => one.Text()!)]);
            foreach (JsonNode? request in group)
            {
                string kind = request.At("kind").Text()!;
                if (NotCarriedOut(request!) is { } why)
                {
                    output.WriteLine($"not sent: {kind} #{requests.IndexOf(request)} {request.At("test").Text()}: {why}");
                    continue;
                }
                await Prepare(running, request!);
                IReadOnlyList<string> differences = await Differences(running, request!);
                (int agreed, int all) = counts.GetValueOrDefault(kind);
                counts[kind] = (agreed + (differences.Count == 0 ? 1 : 0), all + 1);
                if (differences.Count > 0)
                {
                    misses.Add($"{kind} #{requests.IndexOf(request)} {request.At("test").Text()} {request.At("request", "host").Text()}{request.At("request", "path").Text()}: {string.Join("; ", differences)}");
                }
            }
        }
        foreach ((string kind, (int agreed, int all)) in counts)
        {
            output.WriteLine($"{kind}: {agreed} of {all}");
        }
        misses.ForEach(output.WriteLine);
        Assert.Empty(misses);
    }

    /// <summary>What the suite does between two requests and no manifest tells: takes the grant away before the last one.</summary>
    private static async Task Prepare(RunningSandbox running, JsonNode request)
    {
        if (request.At("subtest").Items().Any(title => title.Text()!.Contains("after deleting the relevant reference grant", StringComparison.Ordinal)))
        {
            ApiAnswer deleted = await running.Send(Cluster, "DELETE", "/apis/gateway.networking.k8s.io/v1/namespaces/gateway-conformance-web-backend/referencegrants/reference-grant");
            Assert.Equal(200, deleted.Status);
            await running.Settle();
        }
    }

    /// <summary>Why a request of a mesh says nothing about the sandbox; null for all others.</summary>
    private static string? NotCarriedOut(JsonNode request) => request.At("kind").Text() != "mesh" ? null : request.At("test").Text() switch
    {
        "MeshFrontendHostname" when request.At("request", "headers", "Host").Text() is { } host && host != request.At("request", "host").Text() =>
            "the host of a request to the sandbox's mesh is the Service it goes to, and can't name another one",
        "MeshHTTPRouteNamedRule" when request.At("request", "path").Text() == "/unnamed" => "the suite expects the path of its other case, and does not check it in meshes",
        _ => null,
    };

    private static async Task<IReadOnlyList<string>> Differences(RunningSandbox running, JsonNode one)
    {
        if (one.At("kind").Text() == "mesh")
        {
            // One request goes to a pod's own address, past the Service and its routes.
            bool isDirect = one.At("request", "host").Text()!.StartsWith('$');
            return await HttpDifferences(running, one, isDirect
                ? new IPEndPoint(running.Sandbox.Of(Cluster).Workloads.Running.First(pod => pod.Server.Identity.Deployment == one.At("expect", "backend").Text()).Server.Address, 8080)
                : running.Sandbox.Of(Cluster).Plane.Mesh!);
        }
        string ns = one.At("gateway", "namespace").Text()!;
        string name = one.At("gateway", "name").Text()!;
        if (running.GatewayAt(Cluster, ns, name, (int)one.At("gateway", "port").Number()!) is not { } address)
        {
            return one.At("expect", "outcome").Text() is "connectionRejected" or "failure" or "notOK" ? [] : [$"port {one.At("gateway", "port").Shown()} of {ns}/{name} is not open"];
        }
        return one.At("kind").Text() switch
        {
            "http" => await HttpDifferences(running, one, address),
            "grpc" => await GrpcDifferences(one, address),
            "udp" => await UdpDifferences(one, address),
            _ => await StreamDifferences(running, one, address),
        };
    }

    private static async Task<List<string>> HttpDifferences(RunningSandbox running, JsonNode one, IPEndPoint address)
    {
        JsonNode expect = one.At("expect")!;
        int repeats = expect.At("weightedDistribution") is null && expect.At("mirroredTo") is null ? 1 : 100;
        var shares = new Dictionary<string, int>(StringComparer.Ordinal);
        long[] copies = [.. expect.At("mirroredTo").Items().Select(to => Copies(running, to))];
        Seen seen = new(0, null, new Dictionary<string, string>(), null, null);
        for (int i = 0; i < repeats; i++)
        {
            seen = await Ask(running, one, address);
            string who = seen.Echo?["deployment"].Text() ?? "";
            shares[who] = shares.GetValueOrDefault(who) + 1;
        }
        var found = new List<string>();
        await CheckMirrors(found, running, expect, copies, repeats);
        string outcome = expect.At("outcome").Text()!;
        if (outcome is "notOK" or "failure" or "connectionRejected")
        {
            return seen.Status == 200 ? ["a failure was expected, got 200"] : [];
        }
        if (expect.At("statusCodes") is JsonArray codes && !codes.Any(code => code.Number() == seen.Status))
        {
            found.Add($"status {Json.Text(codes)}, got {seen.Status} {seen.Problem}");
            return found;
        }
        if (seen.Status == 200 && seen.Echo is null && expect.At("backend") is not null)
        {
            found.Add("an answer of a backend");
        }
        if (seen.Echo is { } echo)
        {
            Check(found, "backend", expect.At("weightedDistribution") is not null ? null : expect.At("backend").Text(), echo["deployment"].Text());
            Check(found, "namespace", expect.At("namespace").Text(), echo["namespace"].Text());
            CheckBackendRequest(found, one, echo);
        }
        foreach ((string name, JsonNode? share) in expect.At("weightedDistribution") as JsonObject ?? [])
        {
            if (Math.Abs((double)shares.GetValueOrDefault(name) / repeats - (double)share!) > 0.05)
            {
                found.Add($"share of {name} {share}, got {shares.GetValueOrDefault(name)} of {repeats}");
            }
        }
        CheckRedirect(found, expect.At("redirect"), seen);
        foreach ((string name, JsonNode? value) in expect.At("responseHeaders") as JsonObject ?? [])
        {
            Check(found, name, value.Text(), seen.Headers.GetValueOrDefault(name));
        }
        foreach (JsonNode? name in expect.At("absentResponseHeaders").Items())
        {
            if (seen.Headers.ContainsKey(name.Text()!))
            {
                found.Add($"no header {name.Text()}");
            }
        }
        foreach ((string name, JsonNode? values) in expect.At("validResponseHeaderValues") as JsonObject ?? [])
        {
            if (!values.Items().Any(value => value.Text() == seen.Headers.GetValueOrDefault(name)))
            {
                found.Add($"{name} one of {Json.Text(values)}, got {seen.Headers.GetValueOrDefault(name)}");
            }
        }
        return found;
    }

    /// <summary>Copies arrive later than the answer: each of them, and no more.</summary>
    private static async Task CheckMirrors(List<string> found, RunningSandbox running, JsonNode expect, long[] before, int repeats)
    {
        int at = 0;
        foreach (JsonNode? to in expect.At("mirroredTo").Items())
        {
            long wanted = before[at++] + ((to.At("percent").Number() ?? 100) * repeats / 100);
            for (int i = 0; i < 200 && Copies(running, to) < wanted; i++)
            {
                await Task.Delay(10);
            }
            if (Copies(running, to) != wanted)
            {
                found.Add($"{to.At("percent").Number() ?? 100} % of {repeats} requests mirrored to {to.At("name").Text()}, got {Copies(running, to) - before[at - 1]}");
            }
        }
    }

    private static long Copies(RunningSandbox running, JsonNode? to) => running.Sandbox.Of(Cluster).Workloads.Running
        .Where(pod => pod.Server.Identity.Deployment == to.At("name").Text() && pod.Place.Namespace == to.At("namespace").Text()).Sum(pod => pod.Server.Requests);

    private static void CheckBackendRequest(List<string> found, JsonNode one, JsonObject echo)
    {
        JsonNode? wanted = one.At("expect", "backendRequest");
        Check(found, "path", wanted.At("path").Text(), echo["path"].Text());
        Check(found, "method", wanted.At("method").Text(), echo["method"].Text());
        Check(found, "host", wanted.At("host").Text(), echo["host"].Text());
        Check(found, "sni", wanted.At("sni").Text(), echo.At("tls", "serverName").Text());
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, JsonNode? values) in echo["headers"] as JsonObject ?? [])
        {
            headers[name] = string.Join(",", values.Items().Select(value => value.Text()));
        }
        foreach ((string name, JsonNode? value) in wanted.At("headers") as JsonObject ?? [])
        {
            Check(found, name, value.Text(), headers.GetValueOrDefault(name));
        }
        foreach (JsonNode? name in wanted.At("absentHeaders").Items())
        {
            if (headers.ContainsKey(name.Text()!))
            {
                found.Add($"no header {name.Text()} at the backend");
            }
        }
    }

    private static void CheckRedirect(List<string> found, JsonNode? wanted, Seen seen)
    {
        if (wanted is null)
        {
            return;
        }
        if (!Uri.TryCreate(seen.Headers.GetValueOrDefault("Location"), UriKind.Absolute, out Uri? location))
        {
            found.Add("a Location");
            return;
        }
        Check(found, "scheme", wanted.At("scheme").Text(), location.Scheme);
        Check(found, "redirect host", wanted.At("host").Text(), location.Host);
        Check(found, "redirect path", wanted.At("path").Text(), location.AbsolutePath);
        Check(found, "redirect port", wanted.At("port").Text(), location.IsDefaultPort ? "" : location.Port.ToString());
    }

    private static async Task<Seen> Ask(RunningSandbox running, JsonNode one, IPEndPoint address)
    {
        JsonNode request = one.At("request")!;
        bool isSecure = request.At("scheme").Text() == "https" || one.At("gateway", "listenerProtocols").Items().Any(protocol => protocol.Text()!.StartsWith("HTTPS", StringComparison.Ordinal) || protocol.Text()!.StartsWith("TLS", StringComparison.Ordinal));
        string serverName = request.At("sni").Text() ?? request.At("host").Text() ?? "";
        using var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, ActivityHeadersPropagator = null };
        handler.ConnectCallback = async (_, cancel) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(address, cancel);
            var stream = new NetworkStream(socket, ownsSocket: true);
            if (!isSecure)
            {
                return stream;
            }
            // The handler's own TLS would take its server name from the Host header.
            var secured = new SslStream(stream);
            await secured.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = serverName.Split(':')[0],
                RemoteCertificateValidationCallback = (_, _, _, _) => true,
                ClientCertificates = one.At("test").Text() == "GatewayFrontendClientCertificateValidation" && one.At("expect", "outcome").Text() == "response" ? [running.Sandbox.Authority.Issue("client")] : null,
            }, cancel);
            return secured;
        };
        using var http = new HttpMessageInvoker(handler);
        string path = request.At("path").Text() is { Length: > 0 } given ? given : "/";
        string host = request.At("host").Text() is { Length: > 0 } named && !named.StartsWith('$') ? named : address.ToString();
        using var message = new HttpRequestMessage(new HttpMethod(request.At("method").Text() ?? "GET"), new Uri($"http://{address}{path}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        message.Headers.Host = host;
        if (one.At("client", "namespace").Text() is { } client && address.Equals(running.Sandbox.Of(Cluster).Plane.Mesh))
        {
            message.Headers.TryAddWithoutValidation(MeshPort.ClientHeader, client);
            message.Headers.Host = request.At("host").Text() is { Length: > 0 } service ? service : ParentOfRoutes(running);
        }
        foreach ((string name, JsonNode? value) in request.At("headers") as JsonObject ?? [])
        {
            message.Headers.TryAddWithoutValidation(name, value.Text());
        }
        if (one.At("expect", "backendSetResponseHeaders") is JsonObject set)
        {
            message.Headers.TryAddWithoutValidation("X-Echo-Set-Header", string.Join(",", set.Select(field => $"{field.Key}:{field.Value.Text()}")));
        }
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            using HttpResponseMessage response = await http.SendAsync(message, patience.Token);
            byte[] body = await response.Content.ReadAsByteArrayAsync(patience.Token);
            var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach ((string name, IEnumerable<string> values) in response.Headers.Concat(response.Content.Headers))
            {
                headers[name] = string.Join(",", values);
            }
            return new Seen((int)response.StatusCode, Json.Parse(body) as JsonObject, headers, null, null);
        }
        catch (Exception failed) when (failed is HttpRequestException or OperationCanceledException)
        {
            return new Seen(0, null, new Dictionary<string, string>(), null, failed.Message);
        }
    }

    /// <summary>The suite leaves the host out where the Service is meant that the routes name as their parent.</summary>
    private static string ParentOfRoutes(RunningSandbox running)
    {
        string[] parents =
        [
            .. running.Sandbox.Of(Cluster).Cluster.Store.Objects(new ResourceName("gateway.networking.k8s.io", "httproutes")).Values
                .SelectMany(route => route.Body.At("spec", "parentRefs").Items()).Where(parent => parent.At("kind").Text() == "Service").Select(parent => parent.At("name").Text()!).Distinct(),
        ];
        return parents is [var only] ? only : "echo";
    }

    private static async Task<List<string>> GrpcDifferences(JsonNode one, IPEndPoint address)
    {
        JsonNode request = one.At("request")!;
        using var http = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false, ActivityHeadersPropagator = null });
        using var message = new HttpRequestMessage(HttpMethod.Post, $"http://{address}/{request.At("service").Text()}/{request.At("method").Text()}")
        {
            Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = new ByteArrayContent([0, 0, 0, 0, 0]),
        };
        message.Headers.Host = request.At("authority").Text() is { Length: > 0 } authority ? authority : address.ToString();
        message.Headers.TryAddWithoutValidation("TE", "trailers");
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        foreach ((string name, JsonNode? value) in request.At("metadata") as JsonObject ?? [])
        {
            message.Headers.TryAddWithoutValidation(name, value.Text());
        }
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        using HttpResponseMessage response = await http.SendAsync(message, patience.Token);
        await response.Content.ReadAsByteArrayAsync(patience.Token);
        string status = response.TrailingHeaders.TryGetValues("grpc-status", out IEnumerable<string>? trailer) || response.Headers.TryGetValues("grpc-status", out trailer) ? trailer.First() : "none";
        var found = new List<string>();
        Check(found, "grpc-status", one.At("expect", "grpcCode").Text() switch { "OK" => "0", "Unimplemented" => "12", "Unavailable" => "14", _ => null }, status);
        if (one.At("expect", "backend").Text() is { } backend && status == "0")
        {
            string pod = response.Headers.TryGetValues("x-echo-pod", out IEnumerable<string>? pods) ? pods.First() : "";
            if (!pod.StartsWith(backend + "-", StringComparison.Ordinal))
            {
                found.Add($"backend {backend}, got {pod}");
            }
        }
        return found;
    }

    private static void Check(List<string> found, string what, string? wanted, string? got)
    {
        // The suite names a backend by how its pods' names begin.
        if (wanted is not null && wanted != (got ?? "") && !(what == "backend" && got?.StartsWith(wanted, StringComparison.Ordinal) == true))
        {
            found.Add($"{what} {wanted}, got {got ?? "none"}");
        }
    }
}
