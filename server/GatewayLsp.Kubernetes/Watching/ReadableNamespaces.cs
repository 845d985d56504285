using System.Collections.Immutable;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Kubernetes.Watching;

/// <summary>
/// The namespaces that a user with few rights may read: the context's own, those of the settings and of the manifests at hand,
/// and all others if they may be listed; for each one the server is asked once (SelfSubjectRulesReview).
/// </summary>
/// <param name="stop">Of the whole watcher: answers are shared, so no single kind may cancel a question.</param>
internal sealed class ReadableNamespaces(
    IClusterClient client, ClusterState state, IClusterSink sink, WatcherOptions options, TimeProvider time, CancellationToken stop)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task<Answered<AccessRules>>> _rules = new(StringComparer.Ordinal);
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private readonly List<(string Kind, string Namespaces)> _untold = [];
    private ImmutableSortedSet<string> _named = [];
    private Task<ImmutableArray<string>>? _listed;
    private TaskCompletionSource _changed = New();

    /// <summary>Namespaces that manifests mention. New ones make everyone look again.</summary>
    public void Name(IEnumerable<string> namespaces)
    {
        lock (_gate)
        {
            ImmutableSortedSet<string> named = [.. namespaces.Where(one => one.Length is > 0 and <= 63)];
            if (named.IsSubsetOf(_named))
            {
                return;
            }
            _named = _named.Union(named);
        }
        Forget();
    }

    /// <summary>Rights may have changed: ask again.</summary>
    public void Forget()
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            _rules.Clear();
            _listed = null;
            changed = _changed;
            _changed = New();
        }
        changed.TrySetResult();
    }

    public async Task WaitForChangeAsync(CancellationToken cancellation)
    {
        Task changed;
        lock (_gate)
        {
            changed = _changed.Task;
        }
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAny(changed, Task.Delay(options.RediscoverAfter, time, timer.Token)).ConfigureAwait(false);
        await timer.CancelAsync().ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
    }

    public async Task<IReadOnlyList<string>> FindAsync(ServedKind served, CancellationToken cancellation)
    {
        var found = new List<string>();
        foreach (string one in await CandidatesAsync(cancellation).ConfigureAwait(false))
        {
            Task<Answered<AccessRules>> asked;
            lock (_gate)
            {
                if (!_rules.TryGetValue(one, out asked!))
                {
                    asked = client.ReviewRulesAsync(one, stop);
                    _rules[one] = asked;
                }
            }
            Answered<AccessRules> rules = await asked.WaitAsync(cancellation).ConfigureAwait(false);
            if (!rules.IsOk)
            {
                lock (_gate)
                {
                    _rules.Remove(one);
                }
            }
            // Who can't be asked about rights is asked for the objects themselves.
            if (!rules.IsOk || rules.Value.Allows("list", served.Group, served.Plural) != Answer.No)
            {
                found.Add(one);
            }
        }
        return found;
    }

    /// <summary>Notes that a kind can't be read everywhere. Said once a kind, together for kinds that come together.</summary>
    public void Tell(ServedKind served, IReadOnlyList<string> namespaces)
    {
        bool isFirst;
        lock (_gate)
        {
            if (!_told.Add(served.GroupKind.ToString()))
            {
                return;
            }
            isFirst = _untold.Count == 0;
            _untold.Add((served.Kind, string.Join(", ", namespaces.Select(one => $"`{one}`"))));
        }
        if (isFirst)
        {
            _ = TellSoonAsync();
        }
    }

    private async Task TellSoonAsync()
    {
        await Task.Delay(TimeSpan.FromSeconds(1), time).ConfigureAwait(false);
        List<(string Kind, string Namespaces)> all;
        lock (_gate)
        {
            all = [.. _untold];
            _untold.Clear();
        }
        foreach (IGrouping<string, (string Kind, string Namespaces)> same in all.GroupBy(one => one.Namespaces, StringComparer.Ordinal))
        {
            string kinds = string.Join(", ", same.Select(one => one.Kind).Order(StringComparer.Ordinal));
            sink.Notice(client.Target, same.Key.Length == 0
                ? $"You have no right to read {kinds} here: whether such objects exist stays unknown."
                : $"You may read {kinds} only in {same.Key}; what exists elsewhere stays unknown.");
        }
    }

    private async Task<IEnumerable<string>> CandidatesAsync(CancellationToken cancellation)
    {
        Task<ImmutableArray<string>> listed;
        ImmutableSortedSet<string> named;
        lock (_gate)
        {
            listed = _listed ??= ListAsync();
            named = _named;
        }
        ImmutableArray<string> all = await listed.WaitAsync(cancellation).ConfigureAwait(false);
        // The ones that the user cares about first: the number is bounded.
        return new[] { client.Target.Namespace }.Concat(options.Namespaces).Concat(named).Concat(all)
            .Where(one => one.Length > 0).Distinct(StringComparer.Ordinal).Take(options.MaxNamespaces);
    }

    private async Task<ImmutableArray<string>> ListAsync()
    {
        if (state.Current.Kinds.GetValueOrDefault(ServedKind.Namespace.GroupKind) is { Readability: Readability.Everywhere } known)
        {
            return [.. known.Resources.Keys.Select(key => key.Name).Order(StringComparer.Ordinal)];
        }
        Answered<ResourcePage> page = await client.ListAsync(new ListRequest(ServedKind.Namespace) { MetadataOnly = true, Limit = options.MaxNamespaces }, stop).ConfigureAwait(false);
        return page.IsOk ? [.. page.Value.Items.Select(one => one.Name)] : [];
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
