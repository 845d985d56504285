using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics;

/// <summary>Findings about the objects of a document that need the rest of the workspace.</summary>
internal static class SemanticDiagnostics
{
    /// <param name="own">What was found in the document alone.</param>
    public static ImmutableArray<Diagnostic> Of(ManifestDocument document, ImmutableArray<Diagnostic> own, Resolver resolver, RoutingTable routing)
    {
        ImmutableArray<Diagnostic>.Builder? found = null;
        foreach (ManifestObject one in ManifestObject.Of(document))
        {
            // Of two objects of the same identity only one counts; the other is told about elsewhere.
            if (one.Name.Length == 0 || one.View() is not { } view || !ReferenceEquals(resolver.Find<ObjectView>(Resolver.KeyOf(view))?.Object, one))
            {
                continue;
            }
            found ??= ImmutableArray.CreateBuilder<Diagnostic>();
            var context = new SemanticContext(resolver, routing, view, IsSound(one, own), found);
            foreach (SemanticRule rule in RuleCatalog.Semantic)
            {
                rule.Check(view, context);
            }
        }
        return found is null ? [] : found.DrainToImmutable();
    }

    private static bool IsSound(ManifestObject one, ImmutableArray<Diagnostic> own)
    {
        foreach (Diagnostic diagnostic in own)
        {
            if (diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Source != DiagnosticSource.Semantic && (diagnostic.Object is null || ReferenceEquals(diagnostic.Object, one)))
            {
                return false;
            }
        }
        return true;
    }
}
