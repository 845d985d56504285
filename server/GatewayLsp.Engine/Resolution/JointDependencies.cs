using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Resolution;

/// <summary>
/// What many results were made from together, each question once. Most of what the objects of a file ask is the same, so that
/// one look tells of all of them whether an edit concerns them. Only where there are no clusters: these change without a stamp.
/// </summary>
internal sealed class JointDependencies
{
    private readonly Dependencies _frame;
    private readonly KeySet _objects;

    /// <summary>Objects of kinds without a mark of their own, with what there was of them.</summary>
    private readonly Dependencies.Asked[] _unstamped;
    private readonly KeySet _unstampedObjects;
    private readonly Dependencies.Asked[] _others;
    private readonly Ground[] _grounds;
    private readonly int _objectSlots;
    private readonly int _otherSlots;
    private readonly bool _hasUnstamped;
    private KindStamps _stamps;

    /// <summary>Answers with a ground in common, and what that was when they were last known to hold.</summary>
    private sealed class Ground(List<IGroundedAnswer> answers, object? last)
    {
        private object? _last = last;

        public bool HoldsIn(Resolver later)
        {
            object? now = answers[0].GroundIn(later);
            if (ReferenceEquals(now, Volatile.Read(ref _last)))
            {
                return true;
            }
            foreach (IGroundedAnswer answer in answers)
            {
                if (!answer.HoldsIn(later))
                {
                    return false;
                }
            }
            Volatile.Write(ref _last, now);
            return true;
        }

        public void Renew(Resolver resolver) => Volatile.Write(ref _last, answers[0].GroundIn(resolver));
    }

    private JointDependencies(Resolver resolver, IEnumerable<Dependencies> parts)
    {
        _frame = new Dependencies(resolver);
        _frame.Seal();
        _stamps = resolver.Index.Stamps;
        var objects = new HashSet<ObjectKey>();
        var unstamped = new List<Dependencies.Asked>();
        var others = new List<Dependencies.Asked>();
        var seen = new HashSet<(Dependencies.Question, ObjectKey)>();
        var grounds = new Dictionary<object, List<IGroundedAnswer>>(ReferenceEqualityComparer.Instance);
        var routes = new HashSet<ResolvedRoute>(ReferenceEqualityComparer.Instance);
        var open = new Stack<Dependencies>();
        foreach (Dependencies part in parts)
        {
            open.Push(part);
            while (open.TryPop(out Dependencies? one))
            {
                foreach (ref readonly Dependencies.Asked asked in one.AllAsked)
                {
                    switch (asked.Question)
                    {
                        case Dependencies.Question.Object when asked.Slot != KindStamps.None:
                            objects.Add(asked.Key);
                            _objectSlots |= asked.Slots;
                            break;
                        case Dependencies.Question.Object:
                            if (seen.Add((asked.Question, asked.Key)))
                            {
                                unstamped.Add(asked);
                            }
                            break;
                        case Dependencies.Question.Route:
                            var route = (ResolvedRoute)asked.Answer!;
                            if (routes.Add(route))
                            {
                                open.Push(route.Dependencies);
                            }
                            break;
                        case Dependencies.Question.Own when asked.Answer is IGroundedAnswer grounded:
                            (grounds.TryGetValue(grounded.Ground, out List<IGroundedAnswer>? list) ? list : grounds[grounded.Ground] = []).Add(grounded);
                            break;
                        default:
                            if (asked.Question == Dependencies.Question.Own || seen.Add((asked.Question, asked.Key)))
                            {
                                others.Add(asked);
                                _otherSlots |= asked.Slots;
                                _hasUnstamped |= asked.Slot == KindStamps.None;
                            }
                            break;
                    }
                }
            }
        }
        _objects = objects.Count == 0 ? KeySet.Empty : new KeySet(objects);
        _unstamped = [.. unstamped];
        _unstampedObjects = unstamped.Count == 0 ? KeySet.Empty : new KeySet(unstamped.Select(static asked => asked.Key));
        _others = [.. others];
        _grounds = new Ground[grounds.Count];
        int i = 0;
        foreach (List<IGroundedAnswer> answers in grounds.Values)
        {
            _grounds[i++] = new Ground(answers, answers[0].GroundIn(resolver));
        }
    }

    /// <param name="parts">All of them hold in the snapshot of that resolver.</param>
    public static JointDependencies Of(Resolver resolver, IEnumerable<Dependencies> parts) => new(resolver, parts);

    /// <summary>True when the snapshot of that resolver gives the same answers. False also when finding out takes a look at each result.</summary>
    public bool HoldIn(Resolver later)
    {
        if (!_frame.IsOfFrame(later))
        {
            return false;
        }
        KindStamps now = later.Index.Stamps;
        KindStamps before = _stamps;
        int changed = ReferenceEquals(now, before) ? 0 : now.Changed(before);
        if ((changed & _objectSlots) != 0 && !now.AreUntouched(before, _objects, _objectSlots))
        {
            return false;
        }
        if ((changed & KindStamps.Unstamped) != 0 && !now.AreUntouched(before, _unstampedObjects, KindStamps.Unstamped) && !Hold(_unstamped, later))
        {
            return false;
        }
        if ((changed & _otherSlots) != 0 || _hasUnstamped)
        {
            foreach (ref readonly Dependencies.Asked asked in _others.AsSpan())
            {
                if ((asked.Slot == KindStamps.None || (asked.Slots & changed) != 0) && !Dependencies.HoldsIn(later, asked))
                {
                    return false;
                }
            }
        }
        foreach (Ground ground in _grounds)
        {
            if (!ground.HoldsIn(later))
            {
                return false;
            }
        }
        _stamps = now;
        return true;
    }

    private static bool Hold(Dependencies.Asked[] asked, Resolver later)
    {
        foreach (ref readonly Dependencies.Asked one in asked.AsSpan())
        {
            if (!Dependencies.HoldsIn(later, one))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Takes note that all results were found to hold in that snapshot, one by one.</summary>
    public void Renew(Resolver resolver)
    {
        foreach (Ground ground in _grounds)
        {
            ground.Renew(resolver);
        }
        _stamps = resolver.Index.Stamps;
    }
}
