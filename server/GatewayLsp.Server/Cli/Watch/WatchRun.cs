using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Failover;
using GatewayLsp.Engine.Cluster.Serving;
using GatewayLsp.Kubernetes;
using GatewayLsp.Kubernetes.Watching;
using GatewayLsp.Server.Cli.Failover;
using GatewayLsp.Server.Cli.Report;

namespace GatewayLsp.Server.Cli.Watch;

/// <summary>
/// Looks at clusters until it is told to stop and says what changes: their health, what is lost, what is prepared against it.
/// A state that is the same as the one told before is not told again.
/// </summary>
internal sealed class WatchRun(Terminal terminal, IReadOnlyList<string> contexts, bool asJson)
{
    /// <summary>Changes come in crowds: those of a moment are told together.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(300);

    /// <summary>A server that is gone is noticed by the next call at the latest; watches alone may stay silent for minutes.</summary>
    private static readonly TimeSpan Pulse = TimeSpan.FromSeconds(3);

    private string _told = "";

    /// <summary>One look. Exit code 1 when something is not well.</summary>
    public int Once(IReadOnlyList<ObservedCluster> clusters) => Tell(clusters) ? ExitCode.Fine : ExitCode.Findings;

    public async Task<int> ExecuteAsync(ClusterDirectory directory, IReadOnlyList<IClusterClient> clients, CancellationToken cancellation)
    {
        var sink = new Sink(terminal);
        var watchers = new ClusterWatchers(directory, sink);
        await using (watchers.ConfigureAwait(false))
        {
            await watchers.SetAsync(contexts, ClusterReader.Kinds, clients.Select(client => client.Target.Namespace)).ConfigureAwait(false);
            Task[] pulses = [.. clients.Select(client => PulseAsync(client, watchers, sink, cancellation))];
            try
            {
                while (true)
                {
                    await sink.Changed.Reader.ReadAsync(cancellation).ConfigureAwait(false);
                    await Task.Delay(Rest, cancellation).ConfigureAwait(false);
                    ObservedCluster?[] states = [.. contexts.Select(context => sink.Of(context))];
                    if (Array.TrueForAll(states, state => state is { State: not (ConnectionState.Idle or ConnectionState.Connecting) }))
                    {
                        Tell(states!);
                    }
                }
            }
            catch (OperationCanceledException)
            {
                await Task.WhenAll(pulses).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return ExitCode.Fine;
            }
        }
    }

    /// <summary>Asks for the version now and then; two failures running are a loss, one answer is a return.</summary>
    private static async Task PulseAsync(IClusterClient client, ClusterWatchers watchers, Sink sink, CancellationToken cancellation)
    {
        int failures = 0;
        while (true)
        {
            await Task.Delay(Pulse, cancellation).ConfigureAwait(false);
            Answered<ClusterVersion> answer = await client.GetVersionAsync(cancellation).ConfigureAwait(false);
            bool wasLost = failures > 1;
            failures = answer.IsOk ? 0 : failures + 1;
            sink.Judge(client.Target.Context, failures > 1 ? answer.Error : null);
            if (wasLost && failures == 0)
            {
                await watchers.RetryAsync(client.Target.Context).ConfigureAwait(false);
            }
        }
    }

    /// <summary>True when all is well.</summary>
    private bool Tell(IReadOnlyList<ObservedCluster> clusters)
    {
        ImmutableArray<ClusterHealth> health = [.. clusters.Select(ClusterHealth.Of)];
        FailoverPlan plan = FailoverPlanner.Plan(clusters, ImmutableHashSet<string>.Empty);
        FailoverPlan back = FailoverPlanner.Back(clusters, ImmutableHashSet<string>.Empty);
        using var text = new StringWriter { NewLine = "\n" };
        Text(text, clusters, health, plan, back);
        bool isWell = plan.IsWell && health.All(one => one.IsWell);
        if (text.ToString() == _told)
        {
            return isWell;
        }
        _told = text.ToString();
        if (asJson)
        {
            WatchJson.Write(terminal.Out, health, plan, back);
        }
        else
        {
            using TextWriter output = terminal.OpenWriter();
            output.Write(string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.Now:HH:mm:ss}\n"));
            output.Write(_told);
        }
        terminal.Out.Flush();
        return isWell;
    }

    private void Text(StringWriter text, IReadOnlyList<ObservedCluster> clusters, ImmutableArray<ClusterHealth> health, FailoverPlan plan, FailoverPlan back)
    {
        foreach (ClusterHealth one in health)
        {
            if (!plan.Lost.Any(lost => lost.Target.Context == one.Target.Context))
            {
                int down = plan.Clusters.First(cluster => cluster.Target.Context == one.Target.Context).Routes.Length;
                string endpoints = down == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {down} with backends that have no ready endpoints");
                string word = !one.IsFine || down > 0 ? "bad" : one.IsWell ? "ok" : "unknown";
                string sight = one.Sight.IsWhole ? "" : $"; {one.Sight}";
                text.Write($"{Printable.Of(one.Target.Label)}  {word}  Gateways {one.Gateways}; routes {one.Routes}{endpoints}{sight}\n");
            }
        }
        FailoverText.Write(plan, text, isBack: false);
        string arguments = string.Join(" ", contexts.Select(context => $"--context {Printable.Of(context)}"));
        if (plan.HasChanges)
        {
            text.Write($"Shift it:  gateway-lsp failover {arguments}\n");
        }
        if (!plan.Lost.IsEmpty && FailoverPlanner.Plan(clusters, plan.Lost.Select(one => one.Target.Context).ToImmutableHashSet()) is { HasChanges: true } given && !Same(given, plan))
        {
            string lost = string.Join(" ", plan.Lost.Select(one => $"--lost {Printable.Of(one.Target.Context)}"));
            text.Write($"If its endpoints are gone, too:  gateway-lsp failover {arguments} {lost}\n");
        }
        if (back.HasChanges)
        {
            text.Write($"Endpoints are there again behind what was shifted. Take it back:  gateway-lsp failover --back {arguments}\n");
        }
    }

    /// <summary>Both change the same: giving clusters up comes to nothing more.</summary>
    private static bool Same(FailoverPlan a, FailoverPlan b) => Changes(a).SequenceEqual(Changes(b), StringComparer.Ordinal);

    private static IEnumerable<string> Changes(FailoverPlan plan) => plan.Clusters.SelectMany(one => one.Routes.SelectMany(route => route.Changes.Select(change => $"{one.Target.Context} {route.Route.Key} {change}")));

    /// <summary>Keeps the newest states and wakes whoever tells them.</summary>
    private sealed class Sink(Terminal terminal) : IClusterSink
    {
        private readonly Lock _gate = new();
        private readonly Dictionary<string, ObservedCluster> _seen = new(StringComparer.Ordinal);
        private readonly Dictionary<string, ClusterError> _silent = new(StringComparer.Ordinal);

        public Channel<bool> Changed { get; } = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

        public ObservedCluster? Of(string context)
        {
            lock (_gate)
            {
                ObservedCluster? seen = _seen.GetValueOrDefault(context);
                return seen is not null && _silent.TryGetValue(context, out ClusterError? error)
                    ? seen with { State = seen.ContactAt is null ? ConnectionState.Failed : ConnectionState.Lost, Error = error } : seen;
            }
        }

        /// <param name="error">Null: it answers.</param>
        public void Judge(string context, ClusterError? error)
        {
            lock (_gate)
            {
                if (error is null ? !_silent.Remove(context) : !_silent.TryAdd(context, error))
                {
                    return;
                }
            }
            Changed.Writer.TryWrite(true);
        }

        public void Publish(ObservedCluster cluster)
        {
            lock (_gate)
            {
                _seen[cluster.Target.Context] = cluster;
            }
            Changed.Writer.TryWrite(true);
        }

        public void Notice(ClusterTarget target, string message) => terminal.Error.Write($"{Printable.Of(target.Label)}: {Printable.Of(message)}\n");
    }
}
