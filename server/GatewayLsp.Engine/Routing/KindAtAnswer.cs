using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.Routing;

/// <summary>
/// Whether a route of a kind is attached to a listener: an answer that can be remembered. All routes of a listener ask the same, so
/// that it is made once for each table and kind.
/// </summary>
internal sealed class KindAtAnswer : IGroundedAnswer
{
    private readonly ResolvedListener _listener;
    private readonly RouteKind _kind;

    private KindAtAnswer(ResolvedListener listener, RouteKind kind, ListenerTable? table)
    {
        (_listener, _kind) = (listener, kind);
        IsAttached = IsIn(table);
    }

    public bool IsAttached { get; }

    public object Ground => _listener;

    public static KindAtAnswer Of(Resolver resolver, ResolvedListener listener, RouteKind kind)
    {
        ListenerTable? table = ShadowAnswer.TableOf(listener, resolver);
        if (table is null)
        {
            return new KindAtAnswer(listener, kind, null);
        }
        ref KindAtAnswer? known = ref kind == RouteKind.Http ? ref table.HttpAt : ref table.GrpcAt;
        return Volatile.Read(ref known) is { } answer && ReferenceEquals(answer._listener, listener) ? answer : known = new KindAtAnswer(listener, kind, table);
    }

    public bool HoldsIn(Resolver later) => IsIn(ShadowAnswer.TableOf(_listener, later)) == IsAttached;

    public object? GroundIn(Resolver resolver) => ShadowAnswer.TableOf(_listener, resolver);

    private bool IsIn(ListenerTable? table) => table is not null && !table.Of(_kind).IsEmpty;
}
