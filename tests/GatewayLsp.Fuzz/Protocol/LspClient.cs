using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace GatewayLsp.Fuzz.Protocol;

/// <summary>A server process and the little that it takes to talk to it. Strict: an answer that nobody waits for is a failure.</summary>
internal sealed class LspClient : IDisposable
{
    /// <summary>Generous, for a machine that does other things too.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonObject>> _waiting = new();
    private readonly Thread _reader;
    private readonly Thread _errors;
    private readonly ConcurrentQueue<string> _replies = new();
    private int _lastId;
    private volatile string? _broken;

    public LspClient(string server, string folder)
    {
        _process = Process.Start(new ProcessStartInfo(server)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        })!;
        _reader = new Thread(Read) { IsBackground = true };
        _reader.Start();
        _errors = new Thread(ReadErrors) { IsBackground = true };
        _errors.Start();
    }

    /// <summary>Lines of the log that tell of an exception.</summary>
    public ConcurrentQueue<string> Exceptions { get; } = new();

    /// <summary>What went to the server, as JSON lines: the last few hundred, to see what led to a failure.</summary>
    public Queue<string> History { get; } = new();

    public void Notify(string method, JsonNode? parameters) => Send(new JsonObject { ["jsonrpc"] = "2.0", ["method"] = method, ["params"] = parameters });

    /// <summary>Sends a request and does not wait.</summary>
    public (int Id, Task<JsonObject> Answer) Start(string method, JsonNode? parameters)
    {
        int id = Interlocked.Increment(ref _lastId);
        var answer = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = answer;
        Send(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method, ["params"] = parameters });
        return (id, answer.Task);
    }

    public JsonObject Wait(Task<JsonObject> answer, string method)
    {
        var clock = Stopwatch.StartNew();
        while (!answer.Wait(TimeSpan.FromMilliseconds(200)))
        {
            Expect.That(!_process.HasExited, () => $"the server is gone|exit code {_process.ExitCode}, at {method}");
            Expect.That(_broken is null, () => $"what the server writes makes no sense|{_broken}");
            Expect.That(clock.Elapsed < Patience, () => $"no answer to {method}|after {Patience.TotalSeconds:F0} s");
        }
        return answer.Result;
    }

    public JsonObject Ask(string method, JsonNode? parameters) => Wait(Start(method, parameters).Answer, method);

    public void SendRaw(string body)
    {
        byte[] content = Encoding.UTF8.GetBytes(body);
        History.Enqueue(body.Length > 2000 ? body[..2000] : body);
        while (History.Count > 300)
        {
            History.Dequeue();
        }
        try
        {
            Stream input = _process.StandardInput.BaseStream;
            input.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"Content-Length: {content.Length}\r\n\r\n")));
            input.Write(content);
            input.Flush();
        }
        catch (IOException)
        {
            throw new BrokenExpectation("the server does not read any more");
        }
    }

    /// <summary>Ends the session as the protocol has it; the exit code.</summary>
    public int Stop()
    {
        JsonObject answer = Ask("shutdown", null);
        Expect.That(answer.ContainsKey("result"), "shutdown is refused");
        Notify("exit", null);
        Expect.That(_process.WaitForExit(Patience), "the server does not end");
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }
        _process.Dispose();
    }

    private void Send(JsonObject message)
    {
        if (message["params"] is null)
        {
            message.Remove("params");
        }
        SendRaw(message.ToJsonString());
    }

    private void Read()
    {
        Stream output = _process.StandardOutput.BaseStream;
        try
        {
            while (ReadMessage(output) is { } message)
            {
                Take(message);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The process ended; whoever waits will see that.
        }
        catch (Exception exception)
        {
            _broken = exception.Message;
        }
    }

    private void Take(JsonObject message)
    {
        if (message["method"] is { } method)
        {
            if (message["id"] is { } id)
            {
                JsonNode? result = method.GetValue<string>() == "workspace/configuration"
                    ? new JsonArray([.. message["params"]!["items"]!.AsArray().Select(_ => (JsonNode)new JsonObject())])
                    : null;
                _replies.Enqueue(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id.DeepClone(), ["result"] = result }.ToJsonString());
            }
            return;
        }
        if (message["id"] is JsonValue known && known.TryGetValue(out int number) && _waiting.TryRemove(number, out TaskCompletionSource<JsonObject>? waiting))
        {
            waiting.SetResult(message);
            return;
        }
        // Errors without an id answer what could not be read.
        if (message["id"] is not null)
        {
            _broken = "an answer that nobody waits for: " + message.ToJsonString();
        }
    }

    /// <summary>Answers the server's own requests; called by the one thread that writes.</summary>
    public void Reply()
    {
        while (_replies.TryDequeue(out string? answer))
        {
            SendRaw(answer);
        }
    }

    private static JsonObject? ReadMessage(Stream stream)
    {
        int length = -1;
        while (true)
        {
            string? line = ReadLine(stream);
            if (line is null)
            {
                return null;
            }
            if (line.Length == 0)
            {
                break;
            }
            if (line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            {
                length = int.Parse(line.AsSpan(15), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
            }
        }
        Expect.That(length >= 0, "a message without a length");
        byte[] content = new byte[length];
        stream.ReadExactly(content);
        return JsonNode.Parse(content)!.AsObject();
    }

    private static string? ReadLine(Stream stream)
    {
        var line = new StringBuilder();
        while (true)
        {
            int next = stream.ReadByte();
            if (next < 0)
            {
                return null;
            }
            if (next == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }
            line.Append((char)next);
        }
    }

    private void ReadErrors()
    {
        while (_process.StandardError.ReadLine() is { } line)
        {
            if (line.Contains(" error ", StringComparison.Ordinal) || line.Contains("Exception", StringComparison.Ordinal) || line.StartsWith("   at ", StringComparison.Ordinal))
            {
                Exceptions.Enqueue(line);
            }
        }
    }
}
