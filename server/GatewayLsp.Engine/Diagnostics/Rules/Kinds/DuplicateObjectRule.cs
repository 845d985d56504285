using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics.Rules.Kinds;

/// <summary>An object that is defined twice, see <see cref="DuplicateObjects"/>.</summary>
internal sealed class DuplicateObjectRule : IRule
{
    public string Code => "duplicate-object";

    public string Title => "Object that is defined twice";

    public DiagnosticSeverity Severity => DiagnosticSeverity.Warning;

    public DiagnosticSource Source => DiagnosticSource.Semantic;

    public RuleDoc Doc => new(
        "A file defines an object of the same kind, namespace and name a second time, or two files do that one kustomization lists as resources. Files for different environments or clusters are never compared.",
        "`kubectl apply` takes the definitions one after the other, so that only the last one counts; kustomize refuses to build.",
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: settings
        data:
          color: blue
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: settings
        data:
          color: green
        """,
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: settings-blue
        data:
          color: blue
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: settings-green
        data:
          color: green
        """,
        "There is no fix: either the name is not what was meant, or one of the definitions has to go.");

    /// <summary>None for an object whose name is not written as text.</summary>
    public ImmutableArray<Diagnostic> Findings(Duplicate duplicate)
    {
        ManifestObject one = duplicate.Object;
        if (one.At("metadata", "name") is not YamlScalar name || duplicate.First.At("metadata", "name") is not YamlScalar other || one.Document.IsDamaged(name.Span))
        {
            return [];
        }
        string where = duplicate.IsInSameFile ? "above" : "in another file of the same kustomization";
        return
        [
            new Diagnostic
            {
                Code = Code,
                Severity = Severity,
                Source = Source,
                Message = $"{one.Kind} {Words.Shown(one.Name)} is already defined {where}; only one of the two definitions can take effect.",
                Span = name.Span,
                Object = one,
                Field = "metadata.name",
                Related = [new RelatedLocation(duplicate.FirstPath, duplicate.First.Document, other.Span, "The first definition is here.")],
            },
        ];
    }
}
