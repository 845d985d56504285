using System.Collections.Immutable;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Navigation;

/// <summary>An object in the flow of traffic.</summary>
public sealed record CallItem(ObjectKey Key, string Name, string Detail, StructureKind Kind, PlaceItem Place);

/// <summary>That traffic flows between an object and <c>Other</c>. <c>Ranges</c> lie in the object that it comes from.</summary>
public sealed record CallEdge(CallItem Other, ImmutableArray<LineRange> Ranges);
