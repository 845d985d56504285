using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Resolution;

/// <summary>
/// A mark for each kind that others refer to, which is another one as soon as any object of the kind changes. The whole is
/// the same instance as long as no mark changes: an edit of a route, as most are, leaves what all the others were resolved with.
/// </summary>
internal sealed class KindStamps
{
    /// <summary>The slot of every kind without one of its own.</summary>
    public const int Others = 8;

    /// <summary>For kinds of which no other object's meaning depends on what is in them.</summary>
    public const int None = -1;

    public static readonly KindStamps Empty = new([.. Enumerable.Range(0, Others + 1).Select(_ => new object())]);

    private readonly object[] _stamps;

    private KindStamps(object[] stamps) => _stamps = stamps;

    public static int SlotOf(string group, string kind) => group switch
    {
        ApiGroups.Core => kind switch { "Service" => 0, "Namespace" => 1, "Secret" => 2, "ConfigMap" => 3, _ => Others },
        ApiGroups.Gateway when kind.EndsWith("Route", StringComparison.Ordinal) => None,
        ApiGroups.Gateway => kind switch { "Gateway" => 4, "ReferenceGrant" => 5, "ListenerSet" => 6, "GatewayClass" => 7, _ => Others },
        "apps" or "batch" or "autoscaling" or "policy" or "rbac.authorization.k8s.io" => None,
        _ => Others,
    };

    /// <summary>True when no object of the kind has changed between the two.</summary>
    public bool IsSame(KindStamps other, int slot) => slot != None && ReferenceEquals(_stamps[slot], other._stamps[slot]);

    public KindStamps After(IEnumerable<(string Group, string Kind)> touched)
    {
        object[]? stamps = null;
        foreach ((string group, string kind) in touched)
        {
            if (SlotOf(group, kind) is not None and var slot)
            {
                stamps ??= [.. _stamps];
                stamps[slot] = new object();
            }
        }
        return stamps is null ? this : new KindStamps(stamps);
    }
}
