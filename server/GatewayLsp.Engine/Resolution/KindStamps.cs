using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Resolution;

/// <summary>
/// A mark for each kind that others refer to, and one for all other kinds, which is another one as soon as any object of the
/// kind changes. An edit of a route, as most are, leaves the marks of what all the others were resolved with.
/// </summary>
internal sealed class KindStamps
{
    /// <summary>The slot of every kind without one of its own.</summary>
    public const int Others = 8;

    /// <summary>For kinds of which no other object's meaning depends on what is in them: they have one mark together.</summary>
    public const int None = -1;

    /// <summary>Kinds of no slot, as a bit. No answer about another kind hangs on them.</summary>
    public const int Unstamped = 1 << UnstampedSlot;

    private const int UnstampedSlot = Others + 1;

    /// <summary>All slots, as bits.</summary>
    public const int AllSlots = (1 << (Others + 1)) - 1;

    /// <summary>ListenerSets of both groups.</summary>
    public const int ListenerSetSlots = (1 << 6) | (1 << Others);

    /// <summary>Kinds that hold certificates or refer to them.</summary>
    public const int CertificateSlots = (1 << 2) | (1 << 3) | (1 << 4) | ListenerSetSlots;

    /// <summary>Objects of one change that are worth being remembered by name.</summary>
    private const int FewKeys = 8;

    public static readonly KindStamps Empty = new([.. Enumerable.Range(0, UnstampedSlot + 1).Select(_ => new Stamp(null, null))]);

    private readonly Stamp[] _stamps;

    private KindStamps(Stamp[] stamps) => _stamps = stamps;

    /// <summary>The state of a kind, and how it came about.</summary>
    /// <param name="before">The mark of the state before.</param>
    /// <param name="touched">The objects that changed since; null when there are many.</param>
    private sealed class Stamp(object? before, KeySet? touched)
    {
        /// <summary>Apart from the stamp: a stamp that held on to the one before would hold on to all.</summary>
        public object Mark { get; } = new();

        public object? Before => before;

        public KeySet? Touched => touched;
    }

    public static int SlotOf(string group, string kind) => group switch
    {
        ApiGroups.Core => kind switch { "Service" => 0, "Namespace" => 1, "Secret" => 2, "ConfigMap" => 3, _ => Others },
        ApiGroups.Gateway when kind.EndsWith("Route", StringComparison.Ordinal) => None,
        ApiGroups.Gateway => kind switch { "Gateway" => 4, "ReferenceGrant" => 5, "ListenerSet" => 6, "GatewayClass" => 7, _ => Others },
        "apps" or "batch" or "autoscaling" or "policy" or "rbac.authorization.k8s.io" => None,
        _ => Others,
    };

    /// <summary>The slots, as bits, in which something changed between the two.</summary>
    public int Changed(KindStamps other)
    {
        int changed = 0;
        for (int i = 0; i < _stamps.Length; i++)
        {
            changed |= ReferenceEquals(_stamps[i], other._stamps[i]) ? 0 : 1 << i;
        }
        return changed;
    }

    /// <summary>True when the kind changed once since then, and not in that object.</summary>
    public bool IsUntouched(KindStamps before, int slot, in ObjectKey key)
    {
        Stamp now = _stamps[slot];
        if (now.Touched is not { } touched || !ReferenceEquals(now.Before, before._stamps[slot].Mark))
        {
            return false;
        }
        foreach (ref readonly ObjectKey one in touched.Keys)
        {
            if (one.Name == key.Name && one == key)
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>True when each kind changed once at most since then, and not in those objects.</summary>
    /// <param name="slots">Those of the objects, as bits; other kinds are not looked at.</param>
    public bool AreUntouched(KindStamps before, KeySet objects, int slots)
    {
        for (int slot = 0; slot < _stamps.Length; slot++)
        {
            Stamp now = _stamps[slot];
            Stamp then = before._stamps[slot];
            if ((slots & (1 << slot)) == 0 || ReferenceEquals(now, then))
            {
                continue;
            }
            if (now.Touched is not { } touched || !ReferenceEquals(now.Before, then.Mark) || objects.Overlaps(touched))
            {
                return false;
            }
        }
        return true;
    }

    public KindStamps After(IReadOnlyCollection<ObjectKey> touched)
    {
        Stamp[]? stamps = null;
        for (int slot = 0; slot < _stamps.Length; slot++)
        {
            List<ObjectKey>? keys = null;
            foreach (ObjectKey key in touched)
            {
                if ((SlotOf(key.Group, key.Kind) is not None and var own ? own : UnstampedSlot) == slot)
                {
                    (keys ??= []).Add(key);
                }
            }
            if (keys is not null)
            {
                stamps ??= [.. _stamps];
                stamps[slot] = new Stamp(_stamps[slot].Mark, keys.Count <= FewKeys ? new KeySet(keys) : null);
            }
        }
        return stamps is null ? this : new KindStamps(stamps);
    }
}
