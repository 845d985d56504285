using System.Collections.Immutable;

namespace GatewayLsp.Engine.Cluster.Applying;

/// <param name="Conditions">Null when the object could not be read.</param>
public sealed record WaitedObject(string Context, ResourceAddress Address, LiveConditions? Conditions, ClusterError? Error);

/// <summary>Waits until controllers have taken objects in: all conditions as they should be, one that is not for a while, or the deadline.</summary>
public sealed class StatusWaiter(IReadOnlyList<IClusterClient> clients, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Asks at least once. A negative condition may be a passing one: only the deadline makes it final.</summary>
    public async Task<ImmutableArray<WaitedObject>> WaitAsync(IReadOnlyList<(string Context, ResourceAddress Address)> objects, TimeSpan limit, CancellationToken cancellation)
    {
        long start = time.GetTimestamp();
        while (true)
        {
            var found = ImmutableArray.CreateBuilder<WaitedObject>(objects.Count);
            foreach ((string context, ResourceAddress address) in objects)
            {
                IClusterClient client = clients.First(one => one.Target.Context == context);
                Answered<ObservedResource> answer = await client.GetAsync(address, cancellation).ConfigureAwait(false);
                found.Add(new WaitedObject(context, address, answer.IsOk ? LiveConditions.Of(answer.Value) : null, answer.Error));
            }
            bool isDone = found.All(one => one.Conditions is { Health: LiveHealth.Healthy or LiveHealth.NotApplicable });
            if (isDone || time.GetElapsedTime(start) + Pause > limit)
            {
                return found.ToImmutable();
            }
            await Task.Delay(Pause, time, cancellation).ConfigureAwait(false);
        }
    }
}
