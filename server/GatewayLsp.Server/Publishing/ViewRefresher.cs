using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Publishing;

/// <summary>
/// Lenses and hints depend on other files than the one they are shown in. An editor only asks again for what the user types
/// in, so it is told to once the rest of the workspace has come to rest.
/// </summary>
internal sealed class ViewRefresher : IDisposable
{
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(400);

    private readonly IClient _client;
    private readonly Func<bool> _mayAsk;
    private readonly Timer _timer;
    private volatile ClientFeatures _features = new();

    public ViewRefresher(IClient client, Func<bool> mayAsk)
    {
        (_client, _mayAsk) = (client, mayAsk);
        _timer = new Timer(_ => Refresh(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Changed(Snapshot snapshot, string? key)
    {
        var others = key is not null && snapshot.Open.ContainsKey(key) ? snapshot.Open.Count - 1 : snapshot.Open.Count;
        if (others > 0 && (snapshot.Client.RefreshesInlayHints || snapshot.Client.RefreshesCodeLenses))
        {
            _features = snapshot.Client;
            _timer.Change(Rest, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>What lenses say of clusters is no longer true.</summary>
    public void ClustersChanged(Snapshot snapshot)
    {
        if (!snapshot.Open.IsEmpty && snapshot.Client.RefreshesCodeLenses)
        {
            _features = snapshot.Client;
            _timer.Change(Rest, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Refresh()
    {
        if (!_mayAsk())
        {
            return;
        }

        if (_features.RefreshesInlayHints)
        {
            _ = _client.RequestAsync("workspace/inlayHint/refresh", null, LspJson.Default.JsonElement);
        }

        if (_features.RefreshesCodeLenses)
        {
            _ = _client.RequestAsync("workspace/codeLens/refresh", null, LspJson.Default.JsonElement);
        }
    }
}
