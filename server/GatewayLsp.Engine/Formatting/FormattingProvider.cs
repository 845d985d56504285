using System.Collections.Immutable;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Formatting;

/// <summary>Columns per level; lists are indented under their key or not as most of the document has it.</summary>
public sealed record FormattingOptions(int IndentSize = 2);

/// <summary>textDocument/formatting and rangeFormatting. Never changes what the YAML means.</summary>
internal static class FormattingProvider
{
    public static ImmutableArray<TextEdit> Format(Workspace workspace, string path, LineRange? range, FormattingOptions options, CancellationToken cancel) => [];
}
