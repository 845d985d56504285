using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Diagnostics;

/// <summary>An object under check: what rules may ask about it, and where they put their findings.</summary>
internal sealed class ObjectContext(ManifestObject target, DocumentContext context, ImmutableArray<Diagnostic>.Builder findings)
{
    private HashSet<(string Code, TextSpan Span, string Leaf)>? _seen;
    private KindVerdict? _verdict;
    private bool? _isPatch;

    public ManifestObject Object => target;

    public ManifestDocument Document => target.Document;

    public SchemaCatalog Catalog => context.Catalog;

    public Channel Channel => context.Settings.Channel;

    public int? GatewayApiMinor => context.Settings.GatewayApiMinor;

    /// <summary>A patch, by the kustomization that names it or by its own directives: nothing can be missing.</summary>
    public bool IsPartial => context.IsPartial || (_isPatch ??= !target.Document.IsBuilt && MergeDirectives.IsPatch(target.Node, target.Document));

    /// <summary>Whether the channel serves the object's kind, in the release that the manifests are for.</summary>
    public KindVerdict Verdict => _verdict ??= EarlierReleases.IsServed(Object.Gvk, Channel, GatewayApiMinor)
        ? new KindVerdict(KindAvailability.Served, null, null)
        : Catalog.Explain(Object.Gvk, Channel);

    /// <summary>The kind in the object's version; null when it is not known.</summary>
    public ResourceKind? Kind => Catalog.Kind(Object.Gvk);

    /// <summary>Schema of the whole object; null when the channel does not serve the kind.</summary>
    public SchemaNode? Schema => Catalog.Find(Object.Gvk, Channel);

    /// <summary>True when a merge key may bring fields into the mapping, so that what is not written there is not missing.</summary>
    public static bool HasMerge(YamlMapping? mapping) => mapping?.Entries.Any(entry => entry.IsMerge) == true;

    /// <summary>The alias through which the value under check got here: findings about it are shown there, and not mended.</summary>
    public YamlAlias? Through { get; set; }

    /// <summary>Adds a finding; a second one about the same text (a merge key brings it in twice) is left out.</summary>
    public void Report(
        IRule rule, TextSpan span, string? field, string message, ImmutableArray<Fix> fixes = default, string? reason = null,
        DiagnosticSeverity? severity = null)
    {
        span = Through?.Span ?? span;
        if ((_seen ??= []).Add((rule.Code, span, field is null ? "" : field[(field.LastIndexOf('.') + 1)..])))
        {
            findings.Add(new Diagnostic
            {
                Code = rule.Code,
                Severity = severity ?? rule.Severity,
                Source = rule.Source,
                Message = message,
                Span = span,
                Object = target,
                Field = field,
                Reason = reason,
                Fixes = fixes.IsDefault || Through is not null ? [] : Effective(fixes),
            });
        }
    }

    /// <summary>The fixes that change something: in a damaged text a value may be written as it should be and read as another one.</summary>
    private ImmutableArray<Fix> Effective(ImmutableArray<Fix> fixes)
    {
        foreach (Fix fix in fixes)
        {
            if (ChangesNothing(fix))
            {
                return fixes.RemoveAll(ChangesNothing);
            }
        }
        return fixes;
    }

    private bool ChangesNothing(Fix fix)
    {
        foreach (SpanEdit edit in fix.Edits)
        {
            if (!Document.Text.AsSpan(edit.Span.Start, edit.Span.Length).SequenceEqual(edit.NewText))
            {
                return false;
            }
        }
        return true;
    }
}
