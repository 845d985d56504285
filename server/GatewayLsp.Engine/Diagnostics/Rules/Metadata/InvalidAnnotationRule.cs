using GatewayLsp.Engine.Schemas;
using System.Text;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Verdict;

namespace GatewayLsp.Engine.Diagnostics.Rules.Metadata;

internal sealed class InvalidAnnotationRule : ObjectRule
{
    /// <summary>Bytes that all annotations of an object may have, keys included.</summary>
    private const int MaxBytes = 256 * 1024;

    public override string Code => "invalid-annotation";

    public override string Title => "Annotation that is not allowed";

    public override RuleDoc Doc => new(
        "A key under `metadata.annotations` does not have the form `name` or `prefix/name`, or all annotations together have more than 256 KiB.",
        "The API server rejects the object.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
          annotations:
            contact person: web@example.com
        spec: {}
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
          annotations:
            contact-person: web@example.com
        spec: {}
        """,
        "There is no fix: tools look annotations up by their exact keys.");

    public override void Check(ObjectContext context)
    {
        if (context.Kind is null || context.Object.At("metadata", "annotations") is not YamlMapping annotations)
        {
            return;
        }
        long bytes = 0;
        foreach (YamlEntry entry in annotations.Entries)
        {
            if (entry.Key is not YamlScalar { IsOpaque: false } key || entry.IsMerge || MergeDirectives.Is(entry.Name) || entry.IsUnfinished || context.Document.IsDamaged(key.Span))
            {
                continue;
            }
            bytes += Encoding.UTF8.GetByteCount(key.Value) + Encoding.UTF8.GetByteCount((entry.Value.Resolved() as YamlScalar)?.Value ?? "");
            if (NameSyntax.QualifiedName(key.Value.ToLowerInvariant()) is { } wanted)
            {
                context.Report(this, key.Span, "metadata.annotations", $"{Words.Shown(key.Value)} can't be the key of an annotation; it must be {wanted}.");
            }
        }
        if (bytes > MaxBytes && context.Object.At("metadata") is YamlMapping metadata)
        {
            context.Report(this, metadata.Find("annotations")!.Key.Span, "metadata.annotations", "The annotations of an object may have 256 KiB in all, and these have more.", reason: CauseReason.TooLong);
        }
    }
}
