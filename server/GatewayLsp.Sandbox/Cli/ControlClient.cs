using System.Net.Http;
using System.Text.Json.Nodes;
using GatewayLsp.Sandbox.Objects;
using GatewayLsp.Sandbox.State;

namespace GatewayLsp.Sandbox.Cli;

/// <summary>Speaks to a running sandbox.</summary>
internal sealed class ControlClient(RunningSandbox running) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(running.Control), Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>The answer; null when nobody is there.</summary>
    public async Task<JsonObject?> Ask(string command, JsonObject? body = null)
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, command);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + running.Token);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Json.Write(body));
        }
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request);
            return Json.ParseObject(await response.Content.ReadAsStringAsync());
        }
        catch (Exception failed) when (failed is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }

    public void Dispose() => _http.Dispose();
}
