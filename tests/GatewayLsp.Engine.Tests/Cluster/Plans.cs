using System.Collections.Immutable;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Applying;
using GatewayLsp.Engine.Cluster.Planning;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Testing;
using GatewayLsp.Testing.InMemory;

namespace GatewayLsp.Engine.Tests.Cluster;

/// <summary>Short ways to plan and apply fixtures at clusters in memory.</summary>
internal static class Plans
{
    public const string Shop =
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: cart, namespace: default}
        spec:
          parentRefs:
          - name: edge
          rules:
          - backendRefs:
            - {name: cart, port: 80}
            - {name: cart-next, port: 80, weight: 3}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: edge, namespace: default}
        spec:
          gatewayClassName: ours
          listeners:
          - {name: web, port: 80, protocol: HTTP}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: cart, namespace: default}
        spec:
          selector: {app: cart}
          ports: [{port: 80}]
        """;

    public static async Task<ApplyPlan> Of(string fixture, PlanOptions options, params InMemoryClient[] clients)
    {
        Workspace workspace = WorkspaceFixture.Parse(fixture).Workspace;
        return await PlanBuilder.BuildAsync(clients, workspace, ApplyScope.All(workspace), options, CancellationToken.None);
    }

    public static Task<ApplyPlan> Of(string fixture, params InMemoryClient[] clients) => Of(fixture, new PlanOptions(), clients);

    public static Task<ApplyResult> Run(ApplyPlan plan, MemoryJournal journal, CancellationToken cancellation, params InMemoryClient[] clients) =>
        new ApplyRunner(clients, journal, new HastyTime()).RunAsync(plan, "a1", cancellation);

    public static async Task<ApplyResult> Apply(string fixture, MemoryJournal journal, params InMemoryClient[] clients) =>
        await Run(await Of(fixture, clients), journal, CancellationToken.None, clients);

    public static string[] Refusals(ApplyPlan plan) => [.. plan.Targets.SelectMany(target => target.Findings).Where(finding => finding.IsRefusal).Select(finding => $"{finding.Kind} {finding.Field}".TrimEnd())];

    public static ResourceAddress Address(InMemoryClient client, string group, string kind, string space, string name) =>
        new(client.DiscoverAsync(CancellationToken.None).Result.Value!.Find(group, kind)!, space, name);
}

/// <summary>A journal as the lines that a file would get.</summary>
internal sealed class MemoryJournal : IJournal
{
    private readonly List<List<string>> _logs = [];

    /// <summary>Asked before each entry; a text is the reason why it can't be kept.</summary>
    public Func<JournalEntry, string?>? Fault { get; set; }

    public string Text => string.Join('\n', _logs.SelectMany(log => log));

    public ImmutableArray<JournalRecord> Records => [.. _logs.Select(log => JournalFormat.Read(log)!)];

    public Answered<IJournalLog> Begin(JournalHead head)
    {
        var lines = new List<string> { JournalFormat.Line(head) };
        _logs.Add(lines);
        return new Log(this, lines);
    }

    public IJournalLog Reopen(int index) => new Log(this, _logs[index]);

    private sealed class Log(MemoryJournal journal, List<string> lines) : IJournalLog
    {
        public string? Append(JournalEntry entry)
        {
            if (journal.Fault?.Invoke(entry) is { } reason)
            {
                return reason;
            }
            lines.Add(JournalFormat.Line(entry));
            return null;
        }

        public void Dispose()
        {
        }
    }
}

/// <summary>A clock on which every pause is over at once.</summary>
internal sealed class HastyTime : TimeProvider
{
    private long _ticks = DateTimeOffset.UnixEpoch.Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Add(ref _ticks, Math.Max(dueTime.Ticks, 0));
        ThreadPool.UnsafeQueueUserWorkItem(_ => callback(state), null);
        return new Nothing();
    }

    private sealed class Nothing : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
