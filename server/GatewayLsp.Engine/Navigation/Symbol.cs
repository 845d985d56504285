using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Navigation;

/// <summary>Something that has a definition and is named in other places.</summary>
internal abstract record Symbol;

/// <summary>An object, whether the workspace has it or not. Namespaces, too, are objects.</summary>
internal sealed record ObjectSymbol(ObjectKey Key) : Symbol;

/// <summary>A named part of an object, what a <c>sectionName</c> means: listener, Service port, rule of a route.</summary>
internal sealed record SectionSymbol(ObjectKey Owner, string Name) : Symbol;

/// <summary>The ports of a Service, or the listeners of a Gateway, that have a number.</summary>
internal sealed record PortSymbol(ObjectKey Owner, int Number) : Symbol;

/// <summary>A kind, which a CustomResourceDefinition may define.</summary>
internal sealed record KindSymbol(string Group, string Kind) : Symbol;

/// <summary>An anchored node; aliases of its document name it.</summary>
internal sealed record AnchorSymbol(ManifestDocument Document, YamlNode Target) : Symbol
{
    public string Name => Target.Properties!.Anchor!;
}

/// <summary>The workloads that a Service selects; with a port, the container ports that it sends to.</summary>
internal sealed record SelectionSymbol(ManifestObject Service, string? TargetPort) : Symbol;

/// <summary>A symbol where it is named.</summary>
/// <param name="Span">What to underline; without quotes and the signs of anchors and aliases.</param>
internal sealed record SymbolPlace(Symbol Symbol, string Path, DocumentSlot Slot, TextSpan Span);

/// <summary>One of the places that name a symbol.</summary>
/// <param name="Node">As written: the scalar, or the alias that stands for it; the node itself where it has no name.</param>
/// <param name="Span">The letters of the name.</param>
/// <param name="Whole">What is defined there; for a use the same as the node's span.</param>
internal sealed record Occurrence(string Path, ManifestDocument Document, YamlNode Node, TextSpan Span, TextSpan Whole, bool IsDefinition)
{
    /// <summary>True when the name is a part of a longer text.</summary>
    public bool IsPart { get; init; }

    public static Occurrence Definition(string path, ManifestDocument document, YamlNode node, TextSpan whole) =>
        new(path, document, node, SymbolSpans.Of(document, node), whole, IsDefinition: true);

    public static Occurrence Use(string path, ManifestDocument document, YamlNode node) =>
        new(path, document, node, SymbolSpans.Of(document, node), node.Span, IsDefinition: false);
}
