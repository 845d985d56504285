using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GatewayLsp.Server.Tests.Harness;

/// <summary>An error that the server answered.</summary>
public sealed class LspErrorException(int code, string message, JsonNode? data) : Exception($"{code}: {message}")
{
    public int Code { get; } = code;

    public string Text { get; } = message;

    public JsonNode? ErrorData { get; } = data;
}

/// <summary>
/// A strict client: every frame must be well-formed JSON-RPC, every answer must belong to a request, and a request of
/// the server that the test did not foresee fails the test.
/// </summary>
public sealed class LspClient
{
    /// <summary>Nothing takes so long: a test that waits for longer hangs. Far above what a busy machine needs.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonNode?>> _waiting = new();
    private readonly ConcurrentDictionary<string, Func<JsonNode?, JsonNode?>> _answers = new();
    private readonly List<(string Method, JsonNode? Params)> _notifications = [];
    private readonly SemaphoreSlim _arrival = new(0);
    private readonly Lock _gate = new();
    private readonly Stream _toServer;
    private readonly Stream _fromServer;
    private readonly List<string> _faults = [];
    private readonly StringBuilder _received = new();
    private int _lastId;
    private bool _closed;

    public LspClient(Stream toServer, Stream fromServer)
    {
        (_toServer, _fromServer) = (toServer, fromServer);
        Reading = Task.Run(ReadAsync);
    }

    /// <summary>Ends when the server closes its side.</summary>
    public Task Reading { get; }

    /// <summary>What the server did against the protocol; must be empty.</summary>
    public IReadOnlyList<string> Faults
    {
        get
        {
            lock (_gate)
            {
                return [.. _faults];
            }
        }
    }

    /// <summary>Everything that the server sent so far.</summary>
    public string Received
    {
        get
        {
            lock (_gate)
            {
                return _received.ToString();
            }
        }
    }

    /// <summary>Answers with no id, as for messages that could not be read.</summary>
    public ConcurrentQueue<LspErrorException> Refusals { get; } = new();

    /// <summary>How to answer a request of the server.</summary>
    public void Answer(string method, Func<JsonNode?, JsonNode?> answer) => _answers[method] = answer;

    public Task<JsonNode?> RequestAsync(string method, JsonNode? parameters = null) => Send(method, parameters).Task;

    /// <summary>Sends at once; the task is the answer. The id is needed to cancel.</summary>
    public (int Id, Task<JsonNode?> Task) Send(string method, JsonNode? parameters = null)
    {
        var id = Interlocked.Increment(ref _lastId);
        var answer = Expect(id.ToString(CultureInfo.InvariantCulture));
        var message = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method };
        if (parameters is not null)
        {
            message["params"] = parameters;
        }

        Write(message);
        return (id, WithPatience(answer, method));
    }

    /// <summary>The answer to an id that a test wrote by hand.</summary>
    public Task<JsonNode?> Expect(string id)
        => _waiting.GetOrAdd(id, _ => new TaskCompletionSource<JsonNode?>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Notify(string method, JsonNode? parameters = null)
    {
        var message = new JsonObject { ["jsonrpc"] = "2.0", ["method"] = method };
        if (parameters is not null)
        {
            message["params"] = parameters;
        }

        Write(message);
    }

    public void Cancel(int id) => Notify("$/cancelRequest", new JsonObject { ["id"] = id });

    public void Write(JsonNode message) => WriteBody(message.ToJsonString());

    public void WriteBody(string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        WriteRaw([.. Encoding.ASCII.GetBytes($"Content-Length: {bytes.Length}\r\n\r\n"), .. bytes]);
    }

    public void WriteRaw(byte[] bytes)
    {
        lock (_toServer)
        {
            _toServer.Write(bytes);
            _toServer.Flush();
        }
    }

    public void WriteRaw(string text) => WriteRaw(Encoding.UTF8.GetBytes(text));

    public void CloseInput()
    {
        lock (_toServer)
        {
            _closed = true;
            _toServer.Dispose();
        }
    }

    /// <summary>Waits for a notification, also one that arrived before; it is taken out.</summary>
    public async Task<JsonNode?> NextAsync(string method, Func<JsonNode?, bool>? fits = null, TimeSpan? patience = null)
    {
        var deadline = DateTime.UtcNow + (patience ?? Patience);
        while (true)
        {
            lock (_gate)
            {
                var index = _notifications.FindIndex(n => n.Method == method && (fits is null || fits(n.Params)));
                if (index >= 0)
                {
                    var found = _notifications[index].Params;
                    _notifications.RemoveAt(index);
                    return found;
                }
            }

            var left = deadline - DateTime.UtcNow;
            if (left <= TimeSpan.Zero || Reading.IsCompleted)
            {
                throw new TimeoutException($"No {method} came; seen: {string.Join(", ", Seen())}. Faults: {string.Join("; ", Faults)}");
            }

            await _arrival.WaitAsync(left < TimeSpan.FromMilliseconds(50) ? left : TimeSpan.FromMilliseconds(50));
        }
    }

    /// <summary>Methods of the notifications that nobody took yet.</summary>
    public IReadOnlyList<string> Seen()
    {
        lock (_gate)
        {
            return [.. _notifications.Select(n => n.Method)];
        }
    }

    public IReadOnlyList<JsonNode?> Taken(string method)
    {
        lock (_gate)
        {
            var found = _notifications.Where(n => n.Method == method).Select(n => n.Params).ToList();
            _notifications.RemoveAll(n => n.Method == method);
            return found;
        }
    }

    private static async Task<JsonNode?> WithPatience(Task<JsonNode?> answer, string what)
    {
        try
        {
            return await answer.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{what} was not answered.");
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            while (await ReadBodyAsync() is { } body)
            {
                lock (_gate)
                {
                    _received.Append(body).Append('\n');
                }

                Receive(JsonNode.Parse(body)!.AsObject());
            }
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            Fault("The server wrote something that is not a message: " + e.Message);
        }
        catch (IOException)
        {
        }

        foreach (var waiting in _waiting.Values)
        {
            waiting.TrySetException(new IOException("The server closed the connection."));
        }
    }

    private async Task<string?> ReadBodyAsync()
    {
        var header = new StringBuilder();
        var one = new byte[1];
        while (!header.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await _fromServer.ReadAsync(one) == 0)
            {
                return header.Length == 0 ? null : throw new FormatException("ended amid a header");
            }

            header.Append((char)one[0]);
        }

        var text = header.ToString();
        if (!text.StartsWith("Content-Length: ", StringComparison.Ordinal))
        {
            throw new FormatException("header " + text);
        }

        var body = new byte[int.Parse(text["Content-Length: ".Length..^4], CultureInfo.InvariantCulture)];
        await _fromServer.ReadExactlyAsync(body);
        return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(body);
    }

    private void Receive(JsonObject message)
    {
        if ((string?)message["jsonrpc"] != "2.0")
        {
            Fault("no jsonrpc 2.0: " + message.ToJsonString());
        }

        var method = (string?)message["method"];
        if (method is not null && message.ContainsKey("id"))
        {
            if (!_answers.TryGetValue(method, out var answer))
            {
                Fault($"unforeseen request {method}");
                answer = _ => null;
            }

            var result = answer(message["params"])?.DeepClone();
            lock (_toServer)
            {
                // A test that is over has hung up; the server may still be asking.
                if (!_closed)
                {
                    Write(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = message["id"]!.DeepClone(), ["result"] = result });
                }
            }
        }
        else if (method is not null)
        {
            lock (_gate)
            {
                _notifications.Add((method, message["params"]?.DeepClone()));
            }

            _arrival.Release();
        }
        else
        {
            ReceiveAnswer(message);
        }
    }

    private void ReceiveAnswer(JsonObject message)
    {
        var error = message["error"] is JsonObject e
            ? new LspErrorException((int)e["code"]!, (string)e["message"]!, e["data"]?.DeepClone())
            : null;
        var id = message["id"]?.ToString();
        if (id is null && error is not null)
        {
            Refusals.Enqueue(error);
        }
        else if (id is null || !_waiting.TryRemove(id, out var waiting))
        {
            Fault("an answer to nothing: " + message.ToJsonString());
        }
        else if (error is not null)
        {
            waiting.TrySetException(error);
        }
        else if (!message.ContainsKey("result"))
        {
            Fault("an answer without result: " + message.ToJsonString());
        }
        else
        {
            waiting.TrySetResult(message["result"]?.DeepClone());
        }
    }

    private void Fault(string text)
    {
        lock (_gate)
        {
            _faults.Add(text);
        }
    }
}
