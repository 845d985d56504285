using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Conditions;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Diagnostics.Rules.References;

/// <summary>A reference into another namespace that no ReferenceGrant allows (reason <c>RefNotPermitted</c>).</summary>
internal sealed class RefNotPermittedRule : SemanticRule
{
    public override string Code => "ref-not-permitted";

    public override string Title => "Reference to another namespace without a grant";

    public override SubjectKinds Kinds => SubjectKinds.Routes | SubjectKinds.Gateway | SubjectKinds.ListenerSet;

    public override RuleDoc Doc => new(
        "An object refers to a Service, Secret or ConfigMap of another namespace, and no ReferenceGrant of that namespace allows it.",
        "The controller sets `ResolvedRefs: False` with the reason `RefNotPermitted`: requests to such a backend get 500, a listener with such a certificate is not programmed. If the files hold nothing of the other namespace, the grant may be in the cluster already: then this is information only.",
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: checkout
          namespace: payments
        spec:
          ports:
          - port: 80
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop
          namespace: shop
        spec:
          rules:
          - backendRefs:
            - name: checkout
              namespace: payments
              port: 80
        """,
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: checkout
          namespace: payments
        spec:
          ports:
          - port: 80
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop
          namespace: shop
        spec:
          rules:
          - backendRefs:
            - name: checkout
              namespace: payments
              port: 80
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: ReferenceGrant
        metadata:
          name: allow-httproute-from-shop
          namespace: payments
        spec:
          from:
          - group: gateway.networking.k8s.io
            kind: HTTPRoute
            namespace: shop
          to:
          - group: ""
            kind: Service
            name: checkout
        """,
        "Writes a ReferenceGrant for this one object behind the document; in editors also into a file that has objects of the other namespace, or a new one. Look at it first: it opens the other namespace to references, which is for its owner to decide.");

    public override void Check(ObjectView view, SemanticContext context)
    {
        switch (view)
        {
            case Route route:
                foreach (ResolvedBackend backend in context.Resolver.Route(route).Backends)
                {
                    Check(backend.Issue, context);
                }
                break;
            case Gateway gateway when context.Resolver.Gateway(Resolver.KeyOf(gateway)) is { } resolved:
                Check(resolved.ClientCertificateIssue, context);
                Check(resolved.Listeners, context);
                break;
            case ListenerSet set when context.Resolver.ListenerSet(set) is { } resolved:
                Check(resolved.Listeners, context);
                break;
        }
    }

    private void Check(ImmutableArray<ResolvedListener> listeners, SemanticContext context)
    {
        foreach (ResolvedListener listener in listeners)
        {
            foreach (ReferenceIssue issue in listener.CertificateIssues)
            {
                Check(issue, context);
            }
            foreach (ReferenceIssue issue in listener.CaIssues)
            {
                Check(issue, context);
            }
        }
    }

    private void Check(ReferenceIssue? issue, SemanticContext context)
    {
        if (issue is not { Problem: ReferenceProblem.NotPermitted })
        {
            return;
        }
        ObjectRef reference = issue.Reference;
        // The grant belongs to the other namespace: it is missing only where what is in that namespace can be seen.
        // And an object whose namespace is not written may end up in that very one.
        bool isSeen = !context.Resolver.Objects(reference.Key).IsEmpty || !context.Resolver.GrantsIn(reference.Namespace).IsEmpty;
        bool isCertain = context.Resolver.IsWhole(ApiGroups.Gateway, "ReferenceGrant") || (isSeen && !context.MayMove(issue.From));
        int end = issue.From.Object.Document.Text.Length;
        context.Report(this, reference, ["namespace"],
            $"{issue.From.Kind}s of namespace {issue.From.Namespace} may not refer to {Naming.Of(reference)}: no ReferenceGrant in namespace {reference.Namespace}{(isCertain ? "" : " among these files")} allows it.",
            context.UngrantedFor(isCertain),
            fixes: [new Fix($"Add a ReferenceGrant in namespace `{reference.Namespace}`", new TextSpan(end, 0), GrantText.Of(issue), isPreferred: false)]);
    }
}
