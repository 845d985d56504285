using System.Text.Json.Serialization;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Tests.Harness;

/// <summary>Methods that only tests have: to see the server's text, to be slow, to fail.</summary>
internal sealed class TestMethods : IDisposable
{
    private readonly Session _session;

    private TestMethods(Session session) => _session = session;

    /// <summary>Held by <c>test/slow</c> and <c>test/slowEdit</c> reads until set.</summary>
    public ManualResetEventSlim Reads { get; } = new();

    /// <summary>Held by the mutation <c>test/block</c> until set.</summary>
    public ManualResetEventSlim Mutations { get; } = new();

    /// <summary>Released whenever one of the held ones has started.</summary>
    public SemaphoreSlim Started { get; } = new(0);

    public List<string> Order { get; } = [];

    public static (Func<Session, IEnumerable<Method>> Factory, Func<TestMethods> Get) Create()
    {
        TestMethods? made = null;
        return (session => (made = new TestMethods(session)).All(), () => made!);
    }

    public void Dispose()
    {
        Reads.Set();
        Mutations.Set();
        Started.Dispose();
    }

    private IEnumerable<Method> All()
    {
        var stale = new RpcError(ErrorCode.ContentModified, "stale");
        return
        [
            new ReadRequest<DocumentParams, string?>("test/text", static json => json.DocumentParams, static json => json.String!, new Read((p, s, _) => Text(p, s))),
            new ReadRequest<DocumentParams, string?>("test/slow", static json => json.DocumentParams, static json => json.String!, new Read(Slow)),
            new ReadRequest<DocumentParams, string?>("test/slowEdit", static json => json.DocumentParams, static json => json.String!, new Read(Slow), stale),
            new ReadRequest<DocumentParams, string?>("test/deaf", static json => json.DocumentParams, static json => json.String!, new Read((p, s, _) => Slow(p, s, CancellationToken.None))),
            new ReadRequest<DocumentParams, string?>("test/fail", static json => json.DocumentParams, static json => json.String!, new Read((_, _, _) => throw new InvalidOperationException("Bearer abc.def secret internals"))),
            new ReadRequest<DocumentParams, string?>("test/failWithText", static json => json.DocumentParams, static json => json.String!, new Read((p, s, _) => throw new FormatException(Text(p, s), new AggregateException(new IOException(Text(p, s)))))),
            new MutatingNotification<DocumentParams>("test/block", static json => json.DocumentParams, new Mutation(p => Block(p.TextDocument.Uri))),
            new MutatingNotification<DocumentParams>("test/note", static json => json.DocumentParams, new Mutation(p => Order.Add(p.TextDocument.Uri))),
            new MutatingNotification<DocumentParams>("test/failNote", static json => json.DocumentParams, new Mutation(_ => throw new InvalidOperationException("inside"))),
        ];
    }

    private static string? Text(DocumentParams parameters, Snapshot snapshot)
        => snapshot.Analysis.Workspace.File(DocumentKey.Of(parameters.TextDocument.Uri))?.Manifest.GetText();

    private string? Slow(DocumentParams parameters, Snapshot snapshot, CancellationToken token)
    {
        Started.Release();
        Reads.Wait(token);
        return Text(parameters, snapshot);
    }

    private void Block(string name)
    {
        Started.Release();
        Mutations.Wait(TimeSpan.FromSeconds(20));
        Order.Add(name);
        _session.LookAgain(name);
    }

    private sealed class Read(Func<DocumentParams, Snapshot, CancellationToken, string?> read) : IReadHandler<DocumentParams, string?>
    {
        public string? Handle(DocumentParams parameters, Snapshot snapshot, CancellationToken token) => read(parameters, snapshot, token);
    }

    private sealed class Mutation(Action<DocumentParams> mutate) : IMutatingHandler<DocumentParams>
    {
        public void Handle(DocumentParams parameters) => mutate(parameters);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(DocumentParams))]
[JsonSerializable(typeof(string))]
internal sealed partial class TestJson : JsonSerializerContext;
