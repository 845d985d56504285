using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Conditions;

namespace GatewayLsp.Engine.Diagnostics.Rules.References;

/// <summary>Settings that nobody can read (reason <c>InvalidParameters</c>).</summary>
internal sealed class InvalidParametersRule : SemanticRule
{
    public override string Code => "invalid-parameters";

    public override string Title => "Settings of a Gateway or class that are not there";

    public override SubjectKinds Kinds => SubjectKinds.Gateway | SubjectKinds.GatewayClass;

    public override RuleDoc Doc => new(
        "`infrastructure.parametersRef` of a Gateway, or `parametersRef` of a GatewayClass, leads to nothing.",
        "The controller sets `Accepted: False` with the reason `InvalidParameters`, and nothing of the Gateway, or of all Gateways of the class, is put in place. That the object is missing is a warning as long as the files need not be all there is.",
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: front-settings
        data:
          replicas: "2"
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: front
        spec:
          gatewayClassName: istio
          infrastructure:
            parametersRef:
              group: ""
              kind: ConfigMap
              name: front-setings
          listeners:
          - name: web
            port: 80
            protocol: HTTP
        """,
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: front-settings
        data:
          replicas: "2"
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: front
        spec:
          gatewayClassName: istio
          infrastructure:
            parametersRef:
              group: ""
              kind: ConfigMap
              name: front-settings
          listeners:
          - name: web
            port: 80
            protocol: HTTP
        """,
        "There is no fix: what the settings are only you know.");

    public override void Check(ObjectView view, SemanticContext context)
    {
        switch (view)
        {
            case Gateway { ParametersRef: { } settings } gateway when context.Resolver.Gateway(Resolver.KeyOf(gateway)) is { HasInvalidParameters: true } && !context.MayMeet(view, settings):
                context.Report(this, settings, ["name"],
                    $"There is no {Naming.Of(settings)}; create it or correct the name. Settings are looked for in the Gateway's own namespace.", context.Absent);
                break;
            case GatewayClass { ParametersRef: { } settings } when !ParametersResolver.IsFine(context.Resolver, settings, isOfClass: true) && !context.MayMeet(view, settings):
                if (settings.WrittenNamespace is null && settings.Group == ApiGroups.Core && settings.Kind is "ConfigMap" or "Secret")
                {
                    context.Report(this, settings, ["name"], $"A class has no namespace of its own: say in `namespace` where {settings.Kind} `{settings.Name}` is.");
                }
                else
                {
                    context.Report(this, settings, ["name"], $"There is no {settings.Kind} `{settings.Name}`{(settings.WrittenNamespace is { } ns ? $" in namespace {ns}" : "")}; create it or correct the name.", context.Absent);
                }
                break;
        }
    }
}
