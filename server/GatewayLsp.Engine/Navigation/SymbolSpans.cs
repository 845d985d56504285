using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Navigation;

/// <summary>The letters of names: quotes and the signs of anchors and aliases are not part of them.</summary>
internal static class SymbolSpans
{
    public static TextSpan Of(ManifestDocument document, YamlNode node) => node switch
    {
        YamlScalar scalar when IsSimplyQuoted(document, scalar) => new TextSpan(scalar.Span.Start + 1, scalar.Value.Length),
        YamlScalar or YamlAlias => node.Span,
        _ => new TextSpan(node.Span.Start, 0),
    };

    /// <summary>The name behind <c>&amp;</c>.</summary>
    public static TextSpan OfAnchor(YamlNode node) => WithoutSign(node.Properties!.AnchorSpan);

    /// <summary>The name behind <c>*</c>.</summary>
    public static TextSpan OfAlias(YamlAlias alias) => WithoutSign(alias.Span);

    /// <summary>True for quotes around what is meant, without escapes.</summary>
    private static bool IsSimplyQuoted(ManifestDocument document, YamlScalar scalar) =>
        scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted && scalar.Span.Length == scalar.Value.Length + 2
        && document.Text.AsSpan(scalar.Span.Start + 1, scalar.Value.Length).SequenceEqual(scalar.Value);

    private static TextSpan WithoutSign(TextSpan span) => span.IsEmpty ? span : new TextSpan(span.Start + 1, span.Length - 1);
}
