using System.Collections.Concurrent;
using GatewayLsp.Sandbox.Storage;

namespace GatewayLsp.Sandbox.Control;

/// <summary>
/// Objects that changed and are still to be taken over. One that can't be is tried again a few times, each time later, and does
/// not hold up the others. Anybody may add; one at a time takes.
/// </summary>
/// <param name="tell">Hears of what goes wrong.</param>
internal sealed class PendingChanges(TimeProvider clock, Action<string> tell)
{
    public const int MaxTries = 5;

    /// <summary>Before the second try; before the third twice that, and so on.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<(ResourceName Resource, ObjectPlace Place), bool> _changed = new();
    private readonly Dictionary<(ResourceName Resource, ObjectPlace Place), (int Tries, long Last)> _failed = [];

    /// <summary>True when there is nothing that was not tried.</summary>
    public bool IsEmpty => _changed.IsEmpty;

    public void Add(ResourceName resource, ObjectPlace place) => _changed[(resource, place)] = true;

    /// <summary>True when something has to be tried again.</summary>
    /// <param name="take">Takes an object over as it is now.</param>
    public bool Take(Action<ResourceName, ObjectPlace> take)
    {
        foreach (((ResourceName Resource, ObjectPlace Place) one, (int tries, long last)) in _failed)
        {
            if (clock.GetElapsedTime(last) >= Pause * tries)
            {
                Add(one.Resource, one.Place);
            }
        }
        foreach ((ResourceName Resource, ObjectPlace Place) one in _changed.Keys)
        {
            if (_changed.TryRemove(one, out _))
            {
                Try(one, take);
            }
        }
        return _failed.Count > 0;
    }

    private void Try((ResourceName Resource, ObjectPlace Place) one, Action<ResourceName, ObjectPlace> take)
    {
        try
        {
            take(one.Resource, one.Place);
            _failed.Remove(one);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            int tries = _failed.GetValueOrDefault(one).Tries + 1;
            string what = $"{one.Resource} {(one.Place.Namespace.Length > 0 ? one.Place.Namespace + "/" : "")}{one.Place.Name}";
            if (tries < MaxTries)
            {
                _failed[one] = (tries, clock.GetTimestamp());
            }
            else
            {
                _failed.Remove(one);
            }
            if (tries is 1 or MaxTries)
            {
                tell($"the controller could not take over {what}{(tries == 1 ? ", and tries again" : ", and leaves it until it changes")}: {error.Message}");
            }
        }
    }
}
