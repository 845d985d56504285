using System.Collections.Immutable;
using GatewayLsp.Engine.Navigation;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.CodeLens;

/// <summary>What a lens counts.</summary>
public enum LensKind : byte
{
    /// <summary>The routes that are attached to a listener.</summary>
    Listener,

    /// <summary>The parents that a route is attached to.</summary>
    Route,

    /// <summary>The routes that send to a Service.</summary>
    Service,

    /// <summary>Offers to follow a request through a Gateway or route.</summary>
    Trace,

    /// <summary>Offers to show the topology around an object.</summary>
    Topology,

    /// <summary>How the object is in connected clusters.</summary>
    Live,
}

/// <summary>A line above an object or listener, its words still to be found out. <c>Section</c> is the listener's name.</summary>
public sealed record LensItem(LineRange Range, LensKind Kind, ObjectKey Object, string? Section);

/// <summary>The words of a lens, and the places that they count.</summary>
public sealed record LensText(string Title, ImmutableArray<PlaceItem> Places);
