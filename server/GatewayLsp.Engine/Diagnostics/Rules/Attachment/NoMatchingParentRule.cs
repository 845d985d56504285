using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Conditions;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Diagnostics.Rules.Attachment;

/// <summary>A parentRef that leads to nothing, or to a parent without such a listener or port (reason <c>NoMatchingParent</c>).</summary>
internal sealed class NoMatchingParentRule : SemanticRule
{
    public override string Code => "no-matching-parent";

    public override string Title => "Route that wants to a parent that is not there";

    public override SubjectKinds Kinds => SubjectKinds.Routes;

    public override RuleDoc Doc => new(
        "A `parentRef` names a Gateway, ListenerSet or Service that does not exist, or that none can be named like (`infra/front`), or a `sectionName` or `port` that the parent does not have.",
        "The controller sets `Accepted: False` with the reason `NoMatchingParent`, and the route takes no requests. That the parent itself is missing is a warning as long as the files need not be all there is.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: front
        spec:
          gatewayClassName: istio
          listeners:
          - name: web
            port: 80
            protocol: HTTP
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop
        spec:
          parentRefs:
          - name: front
            sectionName: wbe
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: front
        spec:
          gatewayClassName: istio
          listeners:
          - name: web
            port: 80
            protocol: HTTP
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop
        spec:
          parentRefs:
          - name: front
            sectionName: web
        """,
        "Puts in the nearest name that the parent, or the namespace, has, or name and namespace out of what was written in one. Have a look whether it is the one you mean.");

    public override void Check(ObjectView view, SemanticContext context)
    {
        if (view is not Route route)
        {
            return;
        }
        foreach (ResolvedParent parent in context.Resolver.Route(route).Parents)
        {
            if (parent.Target is null && ImpossibleName.Of(parent.Ref) is { } impossible)
            {
                context.Report(this, parent.Ref, ["name"], impossible.Message, fixes: impossible.Fixes(view.Object.Document));
            }
            else if (parent.Outcome == AttachOutcome.NoMatchingParent && !parent.IsParentNotAllowed && context.IsSettled(parent) && !(parent.Target is null && context.MayMeet(route, parent.Ref)))
            {
                Report(context, parent);
            }
        }
    }

    private void Report(SemanticContext context, ResolvedParent parent)
    {
        ParentRef wanted = parent.Ref;
        if (parent.Target is null)
        {
            context.Report(this, wanted, ["name"],
                $"There is no {Naming.Of(wanted)}{Elsewhere(context, wanted)}; create it or correct the `parentRef`.",
                context.Absent, fixes: Corrections(wanted, "name", wanted.Name, NamesIn(context, wanted)));
            return;
        }
        bool isService = parent.Target is Service;
        string what = isService ? "port" : "listener";
        string has = isService ? "" : Listeners(parent) is { Count: > 0 } names ? $"; it has {Naming.List([.. names.Select(name => $"`{name}`")])}" : "";
        if (wanted.SectionName is { } section)
        {
            bool hasSection = Listeners(parent).Contains(section);
            context.Report(this, wanted, hasSection ? ["port"] : ["sectionName"],
                hasSection && wanted.Port is { } other
                    ? $"{what} `{section}` of {Naming.Of(wanted)} is not on port {other}; leave out `port` or correct it."
                    : $"{Naming.Of(wanted)} has no {what} `{section}`{has}.",
                related: context.Related(parent.Target, parent.Target, ["metadata"], $"{Naming.Of(wanted)} is here."),
                fixes: hasSection ? default : Corrections(wanted, "sectionName", section, Listeners(parent)));
            return;
        }
        context.Report(this, wanted, ["port", "name"], $"{Naming.Of(wanted)} has no {what}{(wanted.Port is { } port ? $" on port {port}" : "")}{has}.",
            related: context.Related(parent.Target, parent.Target, ["metadata"], $"{Naming.Of(wanted)} is here."));
    }

    /// <summary>Very often the namespace is what was forgotten.</summary>
    private static string Elsewhere(SemanticContext context, ParentRef wanted)
    {
        return context.Resolver.NamespacesOf(wanted.Group, wanted.Kind, wanted.Name) is [{ } ns, ..] ? $" (there is one in namespace {ns})" : "";
    }

    private static ImmutableArray<string> NamesIn(SemanticContext context, ParentRef wanted) => context.Resolver.NamesIn(wanted.Group, wanted.Kind, wanted.Namespace);

    private static List<string> Listeners(ResolvedParent parent) => parent.Target switch
    {
        Gateway gateway => [.. gateway.Listeners.Select(listener => listener.Name)],
        ListenerSet set => [.. set.Listeners.Select(listener => listener.Name)],
        Service service => [.. service.Ports.Select(port => port.Name).OfType<string>()],
        _ => [],
    };

    private static ImmutableArray<Fix> Corrections(ModelElement at, string key, string written, IReadOnlyList<string> names) =>
        NearestName.Of(written, names) is { } near && SemanticContext.Correctable(at, key) is { } span
            ? [new Fix($"Change to `{near}`", span, near, isPreferred: false)]
            : [];
}
