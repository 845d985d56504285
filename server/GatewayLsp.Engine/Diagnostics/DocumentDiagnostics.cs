using System.Collections.Immutable;
using GatewayLsp.Engine.Expectations;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics;

/// <summary>What findings of a single document depend on besides its text; equal contexts give equal findings.</summary>
/// <param name="IsPartial">A kustomize patch: nothing can be missing.</param>
public sealed record DocumentContext(SchemaCatalog Catalog, WorkspaceSettings Settings, bool IsPartial);

/// <summary>Findings that need nothing but the document: syntax and schema. Computed once per document and context.</summary>
public static class DocumentDiagnostics
{
    public static ImmutableArray<Diagnostic> Of(ManifestDocument document, DocumentContext context) =>
        document.Root is null && document.Errors.IsEmpty && !ExpectationReader.MayHave(document)
            ? []
            : document.Memo.Get(context, () => new Findings(Offered(document, DocumentChecker.Check(document, context)))).Items;

    private static ImmutableArray<Diagnostic> Offered(ManifestDocument document, ImmutableArray<Diagnostic> found)
    {
        if (document.IsGuessed)
        {
            found = [.. found.Select(static one => one with { Fixes = [] })];
        }
        return found.Any(one => SecretText.Holds(document, one.Span)) ? [.. found.Select(one => SecretText.Holds(document, one.Span) ? Masked(document, one) : one)] : found;
    }

    private static Diagnostic Masked(ManifestDocument document, Diagnostic one) => one with
    {
        Message = SecretText.Masked(document, one.Message, one.Field),
        Fixes = [.. one.Fixes.Select(fix => fix with { Title = SecretText.Masked(document, fix.Title, one.Field), IsSecret = true })],
    };

    private sealed record Findings(ImmutableArray<Diagnostic> Items);
}
