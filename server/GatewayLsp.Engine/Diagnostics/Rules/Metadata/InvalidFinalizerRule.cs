using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics.Rules.Metadata;

internal sealed class InvalidFinalizerRule : ObjectRule
{
    public override string Code => "invalid-finalizer";

    public override string Title => "Finalizer that is not allowed";

    public override RuleDoc Doc => new(
        "An entry of `metadata.finalizers` does not have the form `name` or `prefix/name`, or the list has both `orphan` and `foregroundDeletion`, of which the garbage collector can follow only one.",
        "The API server rejects the object.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
          finalizers:
          - Example Inc./cleanup
        spec: {}
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
          finalizers:
          - example.com/cleanup
        spec: {}
        """,
        "There is no fix: the controller that takes the finalizer away looks for its exact name.");

    public override void Check(ObjectContext context)
    {
        if (context.Kind is null || context.Object.At("metadata", "finalizers") is not YamlSequence finalizers)
        {
            return;
        }
        YamlNode? orphan = null;
        YamlNode? foreground = null;
        foreach (YamlNode item in finalizers.Items)
        {
            orphan ??= item.Text() == "orphan" ? item : null;
            foreground ??= item.Text() == "foregroundDeletion" ? item : null;
            if (item.Text() is { } text && !context.Document.IsDamaged(item.Span) && NameSyntax.QualifiedName(text) is { } wanted)
            {
                context.Report(this, item.Span, "metadata.finalizers", $"{Words.Shown(text)} can't be a finalizer; it must be {wanted}.");
            }
        }
        if (orphan is not null && foreground is not null)
        {
            YamlNode second = orphan.Span.Start > foreground.Span.Start ? orphan : foreground;
            context.Report(this, second.Span, "metadata.finalizers", "The finalizers `orphan` and `foregroundDeletion` exclude each other.");
        }
    }
}
