using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.Diagnostics.Rules.References;

/// <summary>A ReferenceGrant that nobody needs.</summary>
internal sealed class UnusedGrantRule : SemanticRule
{
    public override string Code => "unused-grant";

    public override string Title => "Grant that nobody uses";

    public override SubjectKinds Kinds => SubjectKinds.ReferenceGrant;

    public override DiagnosticSeverity Severity => DiagnosticSeverity.Information;

    public override RuleDoc Doc => new(
        "No object that a ReferenceGrant is for refers to anything that it opens.",
        "It works, and leaves a namespace open for nobody's good. Often a name or namespace is misspelt, and the reference that was meant is refused. Said only when the files hold objects of each kind and namespace that the grant is for, and all of them are known.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop
          namespace: shop
        spec:
          rules:
          - backendRefs:
            - name: checkout
              port: 80
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: ReferenceGrant
        metadata:
          name: from-shop
          namespace: payments
        spec:
          from:
          - group: gateway.networking.k8s.io
            kind: HTTPRoute
            namespace: shop
          to:
          - group: ""
            kind: Service
        """,
        """
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
          name: from-shop
          namespace: payments
        spec:
          from:
          - group: gateway.networking.k8s.io
            kind: HTTPRoute
            namespace: shop
          to:
          - group: ""
            kind: Service
        """,
        "There is no fix: it may be for somebody whose files are elsewhere.");

    public override void Check(ObjectView view, SemanticContext context)
    {
        if (view is not ReferenceGrant { From.IsEmpty: false, To.IsEmpty: false } grant || context.Resolver.IsShared || grant.Object.Namespace.Length == 0 || grant.Object.Document.IsTemplate)
        {
            return;
        }
        foreach (GrantFrom from in grant.From)
        {
            if (!CrossReferences.Knows(from.Group, from.Kind) || !context.Resolver.Declares(from.Group, from.Kind, from.Namespace))
            {
                return;
            }
            var references = CrossReferences.Of(context.Resolver.KindObjects(from.Group, from.Kind));
            foreach (GrantTo to in grant.To)
            {
                if (references.MayUse(from.Namespace, new ObjectKey(to.Group, to.Kind, grant.Namespace, to.Name ?? "")))
                {
                    return;
                }
            }
        }
        context.Report(this, grant, ["spec"], "Nothing of what this grant is for refers to anything that it opens, among these files.");
    }
}
