using System.Collections.Immutable;

namespace GatewayLsp.Kubernetes.Watching;

/// <summary>Times and bounds of a watcher.</summary>
public sealed record WatcherOptions
{
    public int PageSize { get; init; } = 500;

    /// <summary>Objects kept of one kind; beyond them <see cref="Engine.Cluster.Readability.TooMany"/>.</summary>
    public int MaxObjectsPerKind { get; init; } = 50_000;

    /// <summary>Bytes of JSON kept of a cluster.</summary>
    public long MaxBytes { get; init; } = 256L << 20;

    /// <summary>Namespaces watched when the user may not list all objects: each is a watch for every kind.</summary>
    public int MaxNamespaces { get; init; } = 25;

    /// <summary>Namespaces whose rights are asked for to find those.</summary>
    public int MaxAskedNamespaces { get; init; } = 400;

    /// <summary>Namespaces to try then, beside the context's own and those that the user may list.</summary>
    public ImmutableArray<string> Namespaces { get; init; } = [];

    public TimeSpan FirstBackoff { get; init; } = TimeSpan.FromMilliseconds(500);

    public TimeSpan LongestBackoff { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>For what only a human can change: credentials, kubeconfig, a missing plugin.</summary>
    public TimeSpan LongestBackoffOfMistakes { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Changes within this time are published together.</summary>
    public TimeSpan PublishDelay { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Asked anew what is served, and what may be read.</summary>
    public TimeSpan RediscoverAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Between lists of a kind that may be listed but not watched.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMinutes(1);

    public TimeSpan ServerTimeout { get; init; } = TimeSpan.FromMinutes(5);

    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromMinutes(2);
}

/// <summary>Growing waits with jitter, so that many clients of a cluster that comes back don't all come at once.</summary>
internal sealed class Backoff(TimeSpan first, TimeSpan longest)
{
    private int _failures;

    public void Reset() => _failures = 0;

    /// <param name="atLeast">What the server asked for.</param>
    public TimeSpan Next(TimeSpan? atLeast = null, TimeSpan? most = null)
    {
        double limit = (most ?? longest).TotalMilliseconds;
        double span = Math.Min(limit, first.TotalMilliseconds * Math.Pow(2, Math.Min(_failures++, 20)));
        double wait = span * (0.5 + Random.Shared.NextDouble() / 2);
        return TimeSpan.FromMilliseconds(Math.Max(wait, atLeast?.TotalMilliseconds ?? 0));
    }
}
