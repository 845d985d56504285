using System.Text.Json.Nodes;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Text;
using GatewayLsp.Fuzz.Inputs;

namespace GatewayLsp.Fuzz.Protocol;

/// <summary>
/// Random LSP steps against a built server: edits, questions, cancellations and nonsense, in bursts. Every request is answered
/// once, nothing fails inside, and the server's texts stay those of the client, which its findings prove.
/// </summary>
internal sealed class ProtocolFuzzer(FuzzOptions options, Corpus corpus, FailureLog log, string server)
{
    private readonly Random _random = new(options.Seed);
    private readonly Dictionary<string, string> _open = new(StringComparer.Ordinal);
    private readonly List<(string Method, Task<JsonObject> Answer)> _pending = [];
    private int _version;

    public int Done { get; private set; }

    /// <summary>Requests that were answered with a result.</summary>
    public int Answered { get; private set; }

    /// <summary>Findings that server and engine agreed on.</summary>
    public int Agreed { get; private set; }

    public void Run()
    {
        string folder = Directory.CreateTempSubdirectory("gateway-lsp-fuzz-").FullName;
        using var client = new LspClient(server, folder);
        try
        {
            Initialize(client, folder);
            for (; Done < options.ProtocolSteps; Done++)
            {
                Step(client);
                client.Reply();
                if (_pending.Count > 20 || _random.Next(10) == 0)
                {
                    Settle(client);
                }
                if (Done % 100 == 99)
                {
                    Compare(client);
                }
                if (Done % 2000 == 1999)
                {
                    Console.WriteLine($"{Done + 1} protocol steps");
                }
            }
            Settle(client);
            Expect.That(client.Stop() == 0, "the exit code is not 0");
        }
        catch (BrokenExpectation exception)
        {
            log.Report(new Failure(Done, "protocol: " + exception.Message, string.Join('\n', client.History) + "\n", exception.ToString()), counts: true);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Initialize(LspClient client, string folder)
    {
        JsonNode capabilities = JsonNode.Parse("""
            {"textDocument":{"diagnostic":{"dynamicRegistration":false},"publishDiagnostics":{"versionSupport":true},
              "completion":{"completionItem":{"snippetSupport":true,"resolveSupport":{"properties":["documentation"]}}},
              "documentSymbol":{"hierarchicalDocumentSymbolSupport":true},"codeAction":{"codeActionLiteralSupport":{"codeActionKind":{"valueSet":["quickfix"]}}}},
             "workspace":{"configuration":true,"workspaceFolders":true,"didChangeWatchedFiles":{"dynamicRegistration":true},"diagnostics":{"refreshSupport":true}},
             "window":{"workDoneProgress":true}}
            """)!;
        JsonObject answer = client.Ask("initialize", new JsonObject
        {
            ["processId"] = Environment.ProcessId,
            ["rootUri"] = new Uri(folder).AbsoluteUri,
            ["capabilities"] = capabilities,
        });
        Expect.That(answer["result"] is JsonObject, "initialize is refused");
        client.Notify("initialized", new JsonObject());
    }

    private void Step(LspClient client)
    {
        switch (_random.Next(12))
        {
            case 0:
                Open(client);
                break;
            case 1 when _open.Count > 3:
                Close(client);
                break;
            case 2:
                Nonsense(client);
                break;
            case >= 3 and <= 6 when _open.Count > 0:
                Change(client);
                break;
            default:
                Question(client);
                break;
        }
    }

    private void Open(LspClient client)
    {
        string uri = $"untitled:fuzz%20{_random.Next(8)}.yaml";
        string text = corpus.All[_random.Next(corpus.All.Count)];
        text = WellFormed(_random.Next(2) == 0 ? text : Mutator.Mutate(text, _random, corpus.All));
        if (!_open.TryAdd(uri, text))
        {
            return;
        }
        client.Notify("textDocument/didOpen", new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = uri, ["languageId"] = "yaml", ["version"] = ++_version, ["text"] = text },
        });
    }

    private void Close(LspClient client)
    {
        string uri = AnyOpen();
        _open.Remove(uri);
        client.Notify("textDocument/didClose", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri } });
    }

    private void Change(LspClient client)
    {
        string uri = AnyOpen();
        var changes = new JsonArray();
        for (int n = 1 + _random.Next(3); n > 0; n--)
        {
            TextChange change = Edits.Next(_open[uri], _random);
            string after = Edits.Apply(_open[uri], change);
            // JSON has no half surrogate pairs, so an editor can't send one either.
            if (after != WellFormed(after))
            {
                continue;
            }
            _open[uri] = after;
            var json = new JsonObject { ["text"] = change.NewText };
            if (change.Range is { } range)
            {
                json["range"] = Json(range);
            }
            changes.Add(json);
        }
        client.Notify("textDocument/didChange", new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = uri, ["version"] = ++_version },
            ["contentChanges"] = changes,
        });
    }

    private void Question(LspClient client)
    {
        string uri = _open.Count > 0 && _random.Next(20) > 0 ? AnyOpen() : "file:///nowhere.yaml";
        string text = _open.GetValueOrDefault(uri, "");
        LinePosition position = _random.Next(30) == 0 ? new LinePosition(_random.Next(9999), _random.Next(9999)) : Edits.PositionOf(text, _random.Next(text.Length + 1));
        (string method, JsonObject parameters) = Messages.Question(_random, uri, position);
        (int id, Task<JsonObject> answer) = client.Start(method, parameters);
        _pending.Add((method, answer));
        if (_random.Next(6) == 0)
        {
            client.Notify("$/cancelRequest", new JsonObject { ["id"] = id });
        }
    }

    private void Nonsense(LspClient client)
    {
        switch (_random.Next(5))
        {
            case 0:
                client.SendRaw(Messages.Garbage[_random.Next(Messages.Garbage.Length)]);
                break;
            case 1:
                client.Notify(_random.Next(2) == 0 ? "$/unheardOf" : "unheard/of", new JsonObject { ["x"] = 1 });
                break;
            case 2:
            {
                JsonObject answer = client.Ask("textDocument/unheardOf", new JsonObject());
                Expect.That(Code(answer) == -32601, () => $"unknown method is not refused|{answer.ToJsonString()}");
                break;
            }
            case 3:
                client.Notify("workspace/didChangeConfiguration", new JsonObject { ["settings"] = new JsonObject { ["gatewayLsp"] = new JsonObject { ["channel"] = _random.Next(3) } } });
                break;
            default:
            {
                JsonNode?[] bad = [null, new JsonArray(), new JsonObject(), JsonValue.Create(7), JsonNode.Parse("""{"textDocument":{"uri":null},"position":{"line":-1,"character":1e9}}""")];
                (_, Task<JsonObject> answer) = client.Start(Messages.Methods[_random.Next(Messages.Methods.Length)], bad[_random.Next(bad.Length)]);
                _pending.Add(("nonsense", answer));
                break;
            }
        }
    }

    /// <summary>Waits for all that was asked and looks at the answers.</summary>
    private void Settle(LspClient client)
    {
        foreach ((string method, Task<JsonObject> pending) in _pending)
        {
            JsonObject answer = client.Wait(pending, method);
            client.Reply();
            int? code = Code(answer);
            Expect.That(code is null or -32602 or -32600 or -32800 or -32801 or -32802, () => $"{method} fails|{answer.ToJsonString()}");
            Answered += code is null ? 1 : 0;
            Expect.That(code is not null || answer.ContainsKey("result"), () => $"{method} has neither result nor error|{answer.ToJsonString()}");
        }
        _pending.Clear();
        Expect.That(client.Exceptions.IsEmpty, () => $"the server logs an error|{string.Join(" / ", client.Exceptions)}");
    }

    /// <summary>The server finds in each text what the engine finds in the client's copy.</summary>
    private void Compare(LspClient client)
    {
        Settle(client);
        var host = new AnalysisHost();
        foreach ((string uri, string text) in _open)
        {
            host.Apply(new WorkspaceChange.Opened(uri, text, 1));
        }
        var analysis = new Analysis(host.Current);
        foreach (string uri in _open.Keys)
        {
            JsonObject answer = client.Ask("textDocument/diagnostic", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri } });
            client.Reply();
            JsonArray items = answer["result"]?["items"]?.AsArray() ?? [];
            string[] theirs = [.. items.Select(d => $"{d!["code"]} {At(d["range"]!["start"]!)} {At(d["range"]!["end"]!)}").Order(StringComparer.Ordinal)];
            string[] ours = [.. analysis.Diagnose(uri).Select(d => $"{d.Diagnostic.Code} {At(d.Range.Start)} {At(d.Range.End)}").Order(StringComparer.Ordinal)];
            Agreed += ours.Length;
            Expect.That(ours.SequenceEqual(theirs), () => $"the server's text is not the client's|{uri}: {string.Join(", ", ours.Except(theirs).Take(3))} against {string.Join(", ", theirs.Except(ours).Take(3))}");
        }
    }

    private string AnyOpen() => _open.Keys.ElementAt(_random.Next(_open.Count));

    private static int? Code(JsonObject answer) => answer["error"]?["code"]?.GetValue<int>();

    private static string At(JsonNode position) => $"{position["line"]}:{position["character"]}";

    private static string At(LinePosition position) => $"{position.Line}:{position.Character}";

    private static JsonObject Json(LineRange range) => new() { ["start"] = Messages.Position(range.Start), ["end"] = Messages.Position(range.End) };

    private static string WellFormed(string text) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));
}
