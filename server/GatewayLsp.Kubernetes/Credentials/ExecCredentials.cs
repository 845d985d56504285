using GatewayLsp.Engine.Cluster;
using GatewayLsp.Kubernetes.Targets;

namespace GatewayLsp.Kubernetes.Credentials;

/// <summary>
/// Credentials of a plugin: run by one caller at a time while the others wait for its result, kept until shortly before they
/// expire, asked for anew after a refusal. A plugin that fails, or whose fresh credential is refused, is left alone for a while.
/// </summary>
internal sealed class ExecCredentials(
    ExecPlugin plugin, KubeCluster cluster, Func<string?> authority, PluginRunner runner, TimeProvider time) : ICredentialSource
{
    private static readonly TimeSpan LongestMargin = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FailureLife = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RefusalPause = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private Credential? _known;
    private ClusterError? _failure;
    private DateTimeOffset _at;
    private Task<Answered<Credential>>? _running;

    public Task<Answered<Credential>> GetAsync(CancellationToken cancellation)
    {
        Task<Answered<Credential>> running;
        lock (_gate)
        {
            DateTimeOffset now = time.GetUtcNow();
            if (_known is { } known && IsFresh(known, now))
            {
                return Task.FromResult<Answered<Credential>>(known);
            }
            if (_failure is { } failure && now - _at < FailureLife)
            {
                return Task.FromResult<Answered<Credential>>(failure);
            }
            // Not bound to the caller's token: others may wait for the same run, and its result is kept.
            running = _running ??= Task.Run(RunAsync, CancellationToken.None);
        }
        return running.WaitAsync(cancellation);
    }

    public bool Reject(Credential refused)
    {
        lock (_gate)
        {
            if (!ReferenceEquals(refused, _known))
            {
                return true; // There is a newer one.
            }
            if (time.GetUtcNow() - _at < RefusalPause)
            {
                return false; // Straight from the plugin, and refused: the next would be too.
            }
            _known = null;
            return true;
        }
    }

    private async Task<Answered<Credential>> RunAsync()
    {
        Answered<Credential> result = await runner.RunAsync(plugin, cluster, authority(), CancellationToken.None).ConfigureAwait(false);
        lock (_gate)
        {
            _at = time.GetUtcNow();
            _known = result.Value;
            _failure = result.Error;
            _running = null;
        }
        return result;
    }

    /// <summary>
    /// The margin covers the way to the server and a clock that is a little slow. What is already expired when it comes is used
    /// for a moment all the same: the server decides, and its refusal is the message that helps.
    /// </summary>
    private bool IsFresh(Credential credential, DateTimeOffset now)
    {
        if (credential.ExpiresAt is not { } end)
        {
            return true;
        }
        TimeSpan life = end - _at;
        TimeSpan margin = life < LongestMargin * 5 ? life / 5 : LongestMargin;
        return now < end - margin || now - _at < FailureLife;
    }
}
