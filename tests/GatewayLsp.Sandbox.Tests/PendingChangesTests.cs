using GatewayLsp.Sandbox.Control;
using GatewayLsp.Sandbox.Storage;

namespace GatewayLsp.Sandbox.Tests;

/// <summary>What the controller does with an object that it can't take over.</summary>
public sealed class PendingChangesTests
{
    private static readonly ResourceName Maps = new("", "configmaps");

    private readonly Clock _clock = new();
    private readonly List<string> _told = [];
    private readonly List<string> _taken = [];
    private int _failures;

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; } = TimeSpan.FromHours(1);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }

    private void Take(ResourceName resource, ObjectPlace place)
    {
        if (place.Name == "odd" && _failures > 0)
        {
            _failures--;
            throw new InvalidOperationException("no");
        }
        _taken.Add(place.Name);
    }

    private PendingChanges Changed(int failures, params string[] names)
    {
        _failures = failures;
        var changes = new PendingChanges(_clock, _told.Add);
        foreach (string name in names)
        {
            changes.Add(Maps, new ObjectPlace("shop", name));
        }
        return changes;
    }

    [Fact]
    public void AChangeThatCouldNotBeTakenOverIsNotLost()
    {
        PendingChanges changes = Changed(2, "odd", "plain");
        Assert.True(changes.Take(Take));
        Assert.Equal(["plain"], _taken);
        Assert.True(changes.IsEmpty);
        Assert.True(changes.Take(Take)); // Too early.
        Assert.Equal(1, _failures);
        _clock.Now += PendingChanges.Pause;
        Assert.True(changes.Take(Take));
        _clock.Now += PendingChanges.Pause; // The second pause is longer.
        Assert.True(changes.Take(Take));
        _clock.Now += PendingChanges.Pause;
        Assert.False(changes.Take(Take));
        Assert.Equal(["plain", "odd"], _taken);
        Assert.Equal(["the controller could not take over configmaps shop/odd, and tries again: no"], _told);
    }

    [Fact]
    public void ItIsLeftAfterSomeTriesUntilItChanges()
    {
        PendingChanges changes = Changed(PendingChanges.MaxTries, "odd");
        for (int i = 0; changes.Take(Take); i++)
        {
            Assert.True(i < 100);
            _clock.Now += PendingChanges.Pause;
        }
        Assert.Equal((0, 0), (_failures, _taken.Count));
        Assert.Equal("the controller could not take over configmaps shop/odd, and leaves it until it changes: no", _told[^1]);
        changes.Add(Maps, new ObjectPlace("shop", "odd"));
        Assert.False(changes.Take(Take));
        Assert.Equal(["odd"], _taken);
        Assert.Equal(2, _told.Count);
    }
}
