using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics.Rules.Listeners;

/// <summary><c>from: Selector</c> without the selector (RouteNamespaces.selector, ListenerNamespaces.selector).</summary>
internal sealed class MissingSelectorRule : ViewRule
{
    public override string Code => "missing-selector";

    public override string Title => "Missing selector of namespaces";

    public override DiagnosticSeverity Severity => DiagnosticSeverity.Warning;

    public override RuleDoc Doc => new(
        "The `namespaces` of a listener's `allowedRoutes`, or of a Gateway's `allowedListeners`, say `from: Selector` and have no `selector`.",
        "The API server accepts it, but no namespace is selected: routes do not attach, and some controllers refuse the listener.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
          namespace: infra
        spec:
          gatewayClassName: istio
          listeners:
          - name: web
            port: 80
            protocol: HTTP
            allowedRoutes:
              namespaces:
                from: Selector
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
          namespace: infra
        spec:
          gatewayClassName: istio
          listeners:
          - name: web
            port: 80
            protocol: HTTP
            allowedRoutes:
              namespaces:
                from: Selector
                selector:
                  matchLabels:
                    gateway-access: allowed
        """,
        "Adds a `selector` for the namespace of the object, by the label that every namespace has. Which namespaces are meant only you know, so it is never applied unseen.");

    protected override void Check(ObjectView view, ObjectContext context)
    {
        if (context.Document.IsTemplate)
        {
            return;
        }
        foreach (Listener listener in Listeners(view))
        {
            Check(listener.AllowedRoutes.Namespaces, view, context);
        }
        if (view is Gateway gateway)
        {
            Check(gateway.AllowedListeners, view, context);
        }
    }

    private void Check(NamespaceRule rule, ObjectView view, ObjectContext context)
    {
        if (rule is not { From: NamespaceSource.Selector, Selector: null } || rule.Node.Resolved() is not YamlMapping namespaces
            || !namespaces.Get("selector").IsNull() || namespaces.Get("from") is not { } from
            || ObjectContext.HasMerge(namespaces) || DamagedRegion.Holds(context.Document, namespaces))
        {
            return;
        }
        JsonValue labels = JsonValue.OfMembers([new(NamespaceRules.NameLabel, JsonValue.Of(view.Namespace))]);
        ImmutableArray<Fix> fixes = new YamlEdits(context.Document).Insert(
            namespaces, namespaces.Find("selector"), "selector", JsonValue.OfMembers([new("matchLabels", labels)]), null) is { } edit
            ? [new Fix("Add `selector`", [edit], IsPreferred: false)] : [];
        Report(context, from, "`from: Selector` needs a `selector`; without it, no namespace is selected.", fixes);
    }
}
