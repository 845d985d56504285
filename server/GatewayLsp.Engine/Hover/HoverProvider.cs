using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Hover;

/// <summary>Markdown about what stands at <c>Range</c>.</summary>
public sealed record HoverText(string Markdown, LineRange Range);

/// <summary>textDocument/hover.</summary>
internal static class HoverProvider
{
    public static HoverText? Hover(Workspace workspace, string path, LinePosition position, CancellationToken cancel) => null;
}
