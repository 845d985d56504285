using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.Diagnostics.Rules.Listeners;

/// <summary>A selector of namespaces that selects none of those that there are.</summary>
internal sealed class SelectorMatchesNothingRule : SemanticRule
{
    public override string Code => "selector-matches-nothing";

    public override string Title => "Selector that no namespace fits";

    public override SubjectKinds Kinds => SubjectKinds.Gateway | SubjectKinds.ListenerSet;

    public override DiagnosticSeverity Severity => DiagnosticSeverity.Warning;

    public override RuleDoc Doc => new(
        "The selector of a listener's `allowedRoutes.namespaces`, or of a Gateway's `allowedListeners.namespaces`, fits no Namespace of the files.",
        "Nobody is let in. Said only when the files hold Namespaces with a label that the selector asks for, or are declared complete.",
        """
        apiVersion: v1
        kind: Namespace
        metadata:
          name: shop
          labels:
            gateway-access: allowed
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: front
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
                    gateway-access: "true"
        """,
        """
        apiVersion: v1
        kind: Namespace
        metadata:
          name: shop
          labels:
            gateway-access: allowed
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: front
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
        "There is no fix: either the selector or the label is not what was meant.");

    public override void Check(ObjectView view, SemanticContext context)
    {
        ImmutableArray<Listener> listeners = view switch
        {
            Gateway gateway => gateway.Listeners,
            ListenerSet set => set.Listeners,
            _ => [],
        };
        foreach (Listener listener in listeners)
        {
            Check(listener.AllowedRoutes.Namespaces, $"Listener `{listener.Name}` takes no routes", view, context);
        }
        if (view is Gateway own)
        {
            Check(own.AllowedListeners, "The Gateway takes no ListenerSets", view, context);
        }
    }

    private void Check(NamespaceRule rule, string so, ObjectView view, SemanticContext context)
    {
        if (rule is not { From: NamespaceSource.Selector, Selector: { IsTemplated: false } selector } || context.Resolver.IsShared || view.Object.Document.IsTemplate)
        {
            return;
        }
        HashSet<string> asked = [.. selector.MatchLabels.Keys, .. selector.MatchExpressions.Select(one => one.LabelKey)];
        // Every namespace has this label, those that no file holds too.
        if (asked.Count == 0 || asked.Contains(NamespaceRules.NameLabel))
        {
            return;
        }
        bool isToldOf = false;
        foreach (NamespaceView one in context.Resolver.All<NamespaceView>(ApiGroups.Core, "Namespace"))
        {
            if (one.Object.Document.IsTemplate || selector.Matches(one.Labels) || context.IsChanged(one, "metadata.labels"))
            {
                return;
            }
            isToldOf |= context.Resolver.IsComplete ? !one.Labels.IsEmpty : one.Labels.Keys.Any(asked.Contains);
        }
        if (isToldOf)
        {
            context.Report(this, selector, ["matchLabels", "matchExpressions"], $"No Namespace among these files has such labels: {so}.");
        }
    }
}
