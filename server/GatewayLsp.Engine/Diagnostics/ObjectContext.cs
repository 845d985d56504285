using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Diagnostics;

/// <summary>An object under check: what rules may ask about it, and where they put their findings.</summary>
internal sealed class ObjectContext(ManifestObject target, DocumentContext context, ImmutableArray<Diagnostic>.Builder findings)
{
    private readonly HashSet<(string, TextSpan)> _seen = [];
    private KindVerdict? _verdict;

    public ManifestObject Object => target;

    public ManifestDocument Document => target.Document;

    public SchemaCatalog Catalog => context.Catalog;

    public Channel Channel => context.Settings.Channel;

    /// <summary>A patch: nothing can be missing.</summary>
    public bool IsPartial => context.IsPartial;

    /// <summary>Whether the channel serves the object's kind.</summary>
    public KindVerdict Verdict => _verdict ??= Catalog.Explain(Object.Gvk, Channel);

    /// <summary>The kind in the object's version; null when it is not known.</summary>
    public ResourceKind? Kind => Catalog.Kind(Object.Gvk);

    /// <summary>Adds a finding; a second one of the same code in the same place (an alias used twice) is left out.</summary>
    public void Report(IRule rule, TextSpan span, string? field, string message, ImmutableArray<Fix> fixes = default)
    {
        if (_seen.Add((rule.Code, span)))
        {
            findings.Add(new Diagnostic
            {
                Code = rule.Code,
                Severity = rule.Severity,
                Source = rule.Source,
                Message = message,
                Span = span,
                Object = target,
                Field = field,
                Fixes = fixes.IsDefault ? [] : fixes,
            });
        }
    }
}
