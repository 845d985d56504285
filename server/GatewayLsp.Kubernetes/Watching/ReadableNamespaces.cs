using System.Collections.Immutable;
using System.Globalization;
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
    /// <summary>Questions that are under way at the same time.</summary>
    private const int Ahead = 8;

    /// <summary>Names in a message.</summary>
    private const int MaxNames = 8;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task<Answered<AccessRules>>> _rules = new(StringComparer.Ordinal);
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private readonly List<(string Kind, string Namespaces, bool IsCut)> _untold = [];
    private ImmutableSortedSet<string> _named = [];
    private Task<(ImmutableArray<string> Names, bool IsCut)>? _listed;
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

    /// <summary>Where a kind may be listed: as many namespaces as are watched, those that the user cares about first.</summary>
    /// <returns>Also whether there may be others that are not looked into.</returns>
    public async Task<(IReadOnlyList<string> Namespaces, bool IsCut)> FindAsync(ServedKind served, CancellationToken cancellation)
    {
        var found = new List<string>();
        (string[] candidates, bool isCut) = await CandidatesAsync(cancellation).ConfigureAwait(false);
        for (int i = 0; i < candidates.Length; i++)
        {
            if (found.Count == options.MaxNamespaces)
            {
                return (found, true);
            }
            for (int next = i + 1; next < Math.Min(candidates.Length, i + Ahead); next++)
            {
                _ = Ask(candidates[next]);
            }
            string one = candidates[i];
            Answered<AccessRules> rules = await Ask(one).WaitAsync(cancellation).ConfigureAwait(false);
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
        return (found, isCut);
    }

    private Task<Answered<AccessRules>> Ask(string @namespace)
    {
        lock (_gate)
        {
            if (!_rules.TryGetValue(@namespace, out Task<Answered<AccessRules>>? asked))
            {
                _rules[@namespace] = asked = client.ReviewRulesAsync(@namespace, stop);
            }
            return asked;
        }
    }

    /// <summary>Notes that a kind can't be read everywhere. Said once a kind, together for kinds that come together.</summary>
    public void Tell(ServedKind served, IReadOnlyList<string> namespaces, bool isCut)
    {
        string names = string.Join(", ", namespaces.Take(MaxNames).Select(one => $"`{one}`")) + (namespaces.Count > MaxNames ? string.Create(CultureInfo.InvariantCulture, $" and {namespaces.Count - MaxNames} more") : "");
        bool isFirst;
        lock (_gate)
        {
            if (!_told.Add(served.GroupKind.ToString()))
            {
                return;
            }
            isFirst = _untold.Count == 0;
            _untold.Add((served.Kind, names, isCut));
        }
        if (isFirst)
        {
            _ = TellSoonAsync();
        }
    }

    private async Task TellSoonAsync()
    {
        await Task.Delay(TimeSpan.FromSeconds(1), time).ConfigureAwait(false);
        List<(string Kind, string Namespaces, bool IsCut)> all;
        lock (_gate)
        {
            all = [.. _untold];
            _untold.Clear();
        }
        foreach (IGrouping<(string Namespaces, bool IsCut), (string Kind, string, bool)> same in all.GroupBy(one => (one.Namespaces, one.IsCut)))
        {
            string kinds = string.Join(", ", same.Select(one => one.Kind).Order(StringComparer.Ordinal));
            (string names, bool isCut) = same.Key;
            string more = isCut ? " There are more namespaces than are looked into: those that the setting `gatewayLsp.clusters` names come first." : "";
            sink.Notice(client.Target, names.Length == 0
                ? $"You have no right to read {kinds} {(isCut ? "in the namespaces that were looked into" : "here")}: whether such objects exist stays unknown.{more}"
                : isCut ? $"{kinds} are read only in {names}; what exists elsewhere stays unknown.{more}"
                : $"You may read {kinds} only in {names}; what exists elsewhere stays unknown.");
        }
    }

    private async Task<(string[] Candidates, bool IsCut)> CandidatesAsync(CancellationToken cancellation)
    {
        Task<(ImmutableArray<string> Names, bool IsCut)> listed;
        ImmutableSortedSet<string> named;
        lock (_gate)
        {
            listed = _listed ??= ListAsync();
            named = _named;
        }
        (ImmutableArray<string> all, bool isCut) = await listed.WaitAsync(cancellation).ConfigureAwait(false);
        // The ones that the user cares about first: the number is bounded.
        string[] wanted = [.. new[] { client.Target.Namespace }.Concat(options.Namespaces).Concat(named).Concat(all).Where(one => one.Length > 0).Distinct(StringComparer.Ordinal)];
        return wanted.Length > options.MaxAskedNamespaces ? (wanted[..options.MaxAskedNamespaces], true) : (wanted, isCut);
    }

    private async Task<(ImmutableArray<string>, bool)> ListAsync()
    {
        if (state.Current.Kinds.GetValueOrDefault(ServedKind.Namespace.GroupKind) is { Readability: Readability.Everywhere } known)
        {
            return ([.. known.Resources.Keys.Select(key => key.Name).Order(StringComparer.Ordinal)], false);
        }
        Answered<ResourcePage> page = await client.ListAsync(new ListRequest(ServedKind.Namespace) { MetadataOnly = true, Limit = options.MaxAskedNamespaces }, stop).ConfigureAwait(false);
        return page.IsOk ? ([.. page.Value.Items.Select(one => one.Name)], page.Value.Continue is not null) : ([], false);
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
