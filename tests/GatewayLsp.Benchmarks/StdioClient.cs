using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace GatewayLsp.Benchmarks;

/// <summary>A language server as a process of its own, and the little of LSP that is needed to measure it.</summary>
internal sealed class StdioClient : IDisposable
{
    private readonly Process _process;
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode?>> _waiting = new();
    private readonly Lock _gate = new();
    private int _id;

    /// <param name="command">Program and arguments.</param>
    public StdioClient(params ReadOnlySpan<string> command)
    {
        var start = new ProcessStartInfo(command[0]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string word in command[1..])
        {
            start.ArgumentList.Add(word);
        }
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        _ = Task.Run(ReadAsync);
    }

    /// <summary>Method and parameters of what the server tells unasked, on the reader's time.</summary>
    public event Action<string, JsonNode?> Notified = (_, _) => { };

    /// <summary>Megabytes in memory now.</summary>
    public double Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1e6;
        }
    }

    public TimeSpan Processor
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public Task<JsonNode?> RequestAsync(string method, JsonNode parameters)
    {
        int id = Interlocked.Increment(ref _id);
        var answer = _waiting[id] = new TaskCompletionSource<JsonNode?>(TaskCreationOptions.RunContinuationsAsynchronously);
        Send(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method, ["params"] = parameters });
        return answer.Task.WaitAsync(TimeSpan.FromMinutes(1));
    }

    public void Notify(string method, JsonNode parameters) => Send(new JsonObject { ["jsonrpc"] = "2.0", ["method"] = method, ["params"] = parameters });

    public void Dispose()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It went by itself.
        }
        _process.Dispose();
    }

    private void Send(JsonObject message)
    {
        byte[] body = Encoding.UTF8.GetBytes(message.ToJsonString());
        lock (_gate)
        {
            Stream input = _process.StandardInput.BaseStream;
            input.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n\r\n")));
            input.Write(body);
            input.Flush();
        }
    }

    private async Task ReadAsync()
    {
        Stream output = _process.StandardOutput.BaseStream;
        byte[] one = new byte[1];
        while (true)
        {
            var head = new StringBuilder();
            while (head.Length < 4 || head.ToString(head.Length - 4, 4) != "\r\n\r\n")
            {
                if (await output.ReadAsync(one) == 0)
                {
                    return;
                }
                head.Append((char)one[0]);
            }
            string length = head.ToString().Split("\r\n").First(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
            byte[] body = new byte[int.Parse(length.AsSpan("Content-Length:".Length), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture)];
            await output.ReadExactlyAsync(body);
            JsonNode message = JsonNode.Parse(body)!;
            if (message["method"] is { } method && message["id"] is null)
            {
                Notified((string)method!, message["params"]);
            }
            else if (message["method"] is not null && message["id"] is { } asked)
            {
                Send(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = asked.DeepClone(), ["result"] = null });
            }
            else if (message["id"] is JsonValue id && id.TryGetValue(out int number) && _waiting.TryRemove(number, out var waiting))
            {
                waiting.TrySetResult(message["result"]);
            }
        }
    }
}
