using System.Collections.Immutable;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server;

/// <summary>The mutable state of a connection. Changed on the queue alone, by mutating handlers.</summary>
internal sealed class Session(Log log)
{
    private readonly Dictionary<string, CancellationTokenSource> _changes = [];

    public Log Log { get; } = log;

    public ClientFeatures Client { get; set; } = new();

    public ImmutableDictionary<string, OpenDocument> Open { get; private set; } = ImmutableDictionary<string, OpenDocument>.Empty;

    public string Trace { get; set; } = "off";

    public Snapshot TakeSnapshot() => new(Open, Client);

    /// <summary>A document was opened or has a new version; work on the one before is cancelled.</summary>
    public OpenDocument Track(string key, string uri, int version)
    {
        Supersede(key);
        var source = _changes[key] = new CancellationTokenSource();
        var document = new OpenDocument(key, uri, version, source.Token);
        Open = Open.SetItem(key, document);
        return document;
    }

    public void Untrack(string key)
    {
        Supersede(key);
        Open = Open.Remove(key);
    }

    private void Supersede(string key)
    {
        if (_changes.Remove(key, out var before))
        {
            before.Cancel();
        }
    }
}
