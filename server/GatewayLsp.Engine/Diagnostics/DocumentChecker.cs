using System.Collections.Immutable;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics;

/// <summary>Runs the rules that look at one document.</summary>
internal static class DocumentChecker
{
    public static ImmutableArray<Diagnostic> Check(ManifestDocument document, DocumentContext context)
    {
        var found = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (SyntaxError error in document.Errors)
        {
            found.Add(new Diagnostic
            {
                Code = error.Code,
                Severity = DiagnosticSeverity.Error,
                Source = DiagnosticSource.Yaml,
                Message = error.Message,
                Span = error.Span,
                Fixes = error.Fix is { } fix ? [new Fix(fix.Title, fix.Span, fix.NewText)] : [],
            });
        }
        return found.DrainToImmutable();
    }
}
