using System.Collections.Immutable;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Navigation;

/// <summary>What a symbol stands for; edges choose the icon.</summary>
public enum StructureKind : byte { Object, Gateway, Route, Backend, Listener, Rule, Match, Port, Field }

/// <summary>An entry of the outline. <c>Selection</c> lies within <c>Range</c>.</summary>
public sealed record OutlineItem(
    string Name, string? Detail, StructureKind Kind, LineRange Range, LineRange Selection, ImmutableArray<OutlineItem> Children);

/// <summary>An object found by name in the whole workspace.</summary>
public sealed record WorkspaceItem(string Name, string? Container, StructureKind Kind, string Path, LineRange Range);

/// <summary>Lines that can be folded: from the end of <c>StartLine</c> to the end of <c>EndLine</c>.</summary>
public sealed record FoldingItem(int StartLine, int EndLine, bool IsComment);

/// <summary>A place in a text that leads to a target (another file of the workspace, a web page).</summary>
public sealed record LinkItem(LineRange Range, string Target, string? Tooltip);
