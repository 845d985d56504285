using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Diagnostics;

/// <summary>
/// A rule about what one object means, whatever else there is in the workspace: what the API server takes and a controller
/// does not, or takes otherwise than meant. Nothing is said of patches, which are not the whole object.
/// </summary>
internal abstract class ViewRule : ObjectRule
{
    public sealed override DiagnosticSource Source => DiagnosticSource.Semantic;

    public sealed override void Check(ObjectContext context)
    {
        if (context.Kind is not null && !context.IsPartial && context.Object.View() is { } view)
        {
            Check(view, context);
        }
    }

    protected abstract void Check(ObjectView view, ObjectContext context);

    /// <summary>Reports at a node of the object's own text; where an alias brings it in, at what the alias stands for.</summary>
    protected void Report(ObjectContext context, YamlNode node, string message, ImmutableArray<Fix> fixes = default, DiagnosticSeverity? severity = null)
    {
        TextSpan span = Repairs.Spans.OfValue(node, context.Document);
        if (!context.Document.IsDamaged(span))
        {
            context.Report(this, span, FieldPath.Of(node, context.Object.Node), message, fixes, severity: severity);
        }
    }

    /// <summary>The listeners that are written in an object.</summary>
    protected static ImmutableArray<Listener> Listeners(ObjectView view) => view switch
    {
        Gateway gateway => gateway.Listeners,
        ListenerSet set => set.Listeners,
        _ => [],
    };
}
