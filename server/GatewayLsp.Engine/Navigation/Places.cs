using System.Collections.Immutable;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Navigation;

/// <summary>A place to go to. <c>Selection</c> is the name, <c>Range</c> all of what it names; the first lies within the second.</summary>
public sealed record PlaceItem(string Path, LineRange Range, LineRange Selection);

/// <summary>Where the name at <c>Origin</c> leads.</summary>
public sealed record DefinitionItem(LineRange Origin, ImmutableArray<PlaceItem> Targets);

/// <summary>A place of the file that names what the cursor is on.</summary>
public sealed record HighlightItem(LineRange Range, bool IsDefinition);
