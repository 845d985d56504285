using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Tests.Handlers;

public sealed class ProgressTests
{
    [Fact]
    public async Task Work_that_takes_long_is_announced_reported_and_ended()
    {
        var client = new RecordingClient();
        using (var scope = Reporter(client, able: true).Begin("Reading"))
        {
            scope.Report("1");
            await Task.Delay(500);
            scope.Report("2");
            scope.Report("3");
        }

        Assert.Equal(["window/workDoneProgress/create", "begin Reading 2", "report  3", "end  "], client.Seen);
    }

    [Fact]
    public void Work_that_is_quick_shows_nothing()
    {
        var client = new RecordingClient();
        using (var scope = Reporter(client, able: true).Begin("Reading"))
        {
            scope.Report("1");
        }

        Assert.Empty(client.Seen);
    }

    [Fact]
    public async Task A_client_that_shows_no_progress_is_left_alone()
    {
        var client = new RecordingClient();
        using (var scope = Reporter(client, able: false).Begin("Reading"))
        {
            await Task.Delay(500);
            scope.Report("1");
        }

        Assert.Empty(client.Seen);
    }

    private static WorkDoneProgressReporter Reporter(IClient client, bool able)
        => new(client, new Session { Client = new ClientFeatures { Progress = able } });

    private sealed class RecordingClient : IClient
    {
        public List<string> Seen { get; } = [];

        public void Notify<T>(string method, T parameters, JsonTypeInfo<T> type)
        {
            var value = JsonSerializer.SerializeToElement(parameters, type).GetProperty("value");
            Seen.Add($"{Text(value, "kind")} {Text(value, "title")} {Text(value, "message")}");
        }

        public Task<TResult?> RequestAsync<TResult>(string method, Payload? parameters, JsonTypeInfo<TResult> resultType, CancellationToken token = default)
        {
            Seen.Add(method);
            return Task.FromResult(default(TResult));
        }

        private static string? Text(JsonElement value, string name) => value.TryGetProperty(name, out var text) ? text.GetString() : null;
    }
}
