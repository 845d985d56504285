using System.Globalization;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Localization;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Server.Publishing;

/// <summary>A number for a set of findings as the client sees it: equal sets need not be sent twice.</summary>
internal static class DiagnosticSetHash
{
    public const ulong Empty = 14695981039346656037;

    private const ulong Prime = 1099511628211;

    /// <param name="phrases">The language that the findings are told in: the same ones in another are sent again.</param>
    public static ulong Of(IReadOnlyList<FileDiagnostic> found, PhraseBook? phrases)
    {
        var hash = phrases is null || found.Count == 0 ? Empty : Add(Empty, phrases.Language);
        foreach (var one in found)
        {
            var diagnostic = one.Diagnostic;
            hash = Add(hash, one.Range);
            hash = Add(hash, diagnostic.Code);
            hash = Add(hash, diagnostic.Message);
            hash = Add(hash, ((int)diagnostic.Severity << 2) | (diagnostic.IsUnnecessary ? 2 : 0) | (diagnostic.IsDeprecated ? 1 : 0));
            foreach (var related in diagnostic.Related)
            {
                hash = Add(Add(Add(Add(hash, related.Path), related.Message), related.Span.Start), related.Span.End);
            }
        }

        return hash;
    }

    /// <summary>As an LSP <c>resultId</c>.</summary>
    public static string ToId(ulong hash) => hash.ToString("x16", CultureInfo.InvariantCulture);

    private static ulong Add(ulong hash, LineRange range)
        => Add(Add(Add(Add(hash, range.Start.Line), range.Start.Character), range.End.Line), range.End.Character);

    private static ulong Add(ulong hash, int value) => (hash ^ (uint)value) * Prime;

    private static ulong Add(ulong hash, string text)
    {
        foreach (var c in text)
        {
            hash = (hash ^ c) * Prime;
        }

        return (hash ^ 0xffff) * Prime;
    }
}
