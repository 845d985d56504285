using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics.Rules.Listeners;

/// <summary>An HTTPS listener without <c>tls</c>, which the API server takes and controllers do not (Listener.tls).</summary>
internal sealed class MissingTlsRule : ViewRule
{
    /// <summary>Where implementations take certificates from when the listener names none: by annotation, or by their class.</summary>
    private static readonly ImmutableArray<string> OtherSources = ["networking.gke.io/certmap", "networking.gke.io/pre-shared-certs"];

    private static readonly ImmutableArray<string> Discovering = ["aws", "amazon", "lattice", "alb"];

    public override string Code => "missing-tls";

    public override string Title => "HTTPS listener without `tls`";

    public override RuleDoc Doc => new(
        "A listener has the protocol HTTPS and no `tls`, so nothing says which certificate it shows to clients.",
        "The API server accepts the Gateway, but `tls` is required for HTTPS: controllers set `Programmed: False` on the listener, and it serves nothing. Nothing is said of Gateways whose implementation may take its certificates from elsewhere: with the annotation `networking.gke.io/certmap`, with `infrastructure.parametersRef`, or with a class of AWS, which looks certificates up by hostname.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          gatewayClassName: istio
          listeners:
          - name: web
            port: 443
            protocol: HTTPS
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          gatewayClassName: istio
          listeners:
          - name: web
            port: 443
            protocol: HTTPS
            tls:
              certificateRefs:
              - name: edge-tls
        """,
        "Adds `tls` with a `certificateRefs` entry. The name of the Secret is a guess, so it is never applied unseen.");

    protected override void Check(ObjectView view, ObjectContext context)
    {
        if (context.Document.IsTemplate || (view as Gateway) is { } gateway && MayHaveCertificates(gateway))
        {
            return;
        }
        foreach (Listener listener in Listeners(view))
        {
            if (listener.Protocol == "HTTPS" && listener.Node.Resolved() is YamlMapping mapping && mapping.Get("tls").IsNull()
                && !ObjectContext.HasMerge(mapping) && !DamagedRegion.Holds(context.Document, mapping))
            {
                Report(context, mapping.Get("protocol") ?? mapping,
                    $"{(listener.Name.Length == 0 ? "This listener" : $"Listener `{listener.Name}`")} is HTTPS and has no `tls`: add `tls` with `certificateRefs`, or no controller can serve it.",
                    Fixes(view, mapping, context));
            }
        }
    }

    private static bool MayHaveCertificates(Gateway gateway) =>
        gateway.ParametersRef is not null || gateway.ClassName.Length == 0
        || OtherSources.Any(gateway.Annotations.ContainsKey)
        || Discovering.Any(word => gateway.ClassName.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static ImmutableArray<Fix> Fixes(ObjectView view, YamlMapping listener, ObjectContext context)
    {
        JsonValue secret = JsonValue.OfMembers([new("name", JsonValue.Of(view.Name.Length == 0 ? "example-tls" : view.Name + "-tls"))]);
        JsonValue tls = JsonValue.OfMembers([new("certificateRefs", JsonValue.Of([secret]))]);
        return new YamlEdits(context.Document).Insert(listener, listener.FindOwn("tls"), "tls", tls, null) is { } edit
            ? [new Fix("Add `tls` with `certificateRefs`", [edit], IsPreferred: false)] : [];
    }
}
