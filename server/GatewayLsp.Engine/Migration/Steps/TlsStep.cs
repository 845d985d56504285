using GatewayLsp.Engine.Migration.Rewriting;

namespace GatewayLsp.Engine.Migration.Steps;

/// <summary>The <c>tls</c> of a listener.</summary>
internal static class TlsStep
{
    public static void Run(StepContext context, EditMapping listener)
    {
        if (listener.Map("tls") is not { } tls)
        {
            return;
        }
        Mode(context, listener, tls);
        context.Rename(tls, "certificateRef", "certificateRefs", "The list `certificateRefs` took the place of `certificateRef`.");
        foreach (string old in (string[])["credentialName", "secretName"])
        {
            context.Rename(tls, old, "certificateRefs", $"The list `certificateRefs` took the place of `{old}`: Secrets by their name.");
        }
        context.WantList(tls, "certificateRefs", "`certificateRefs` is a list.");
        context.WantNames(tls, "certificateRefs", "A certificate is a mapping with `name`.");
        foreach (EditMapping certificate in tls.Items("certificateRefs"))
        {
            context.Drop(certificate, "apiVersion", "A certificate is named by `group`, `kind` and `name`; Secrets need the name only.");
            if (certificate.Text("kind") is "secret" or "Secrets" or "secrets")
            {
                context.SetValue(certificate, "kind", "Secret", "Kinds are written as in manifests: `Secret`.");
            }
        }
        if (tls.Find("routeOverride") is { } overriding)
        {
            if (overriding.Value is EditMapping value && value.Text("certificate") == "Allow")
            {
                context.CommentOut(tls, overriding, "Routes can't bring certificates of their own any more: name those of the routes in `certificateRefs` of this listener.");
            }
            else
            {
                context.Drop(tls, "routeOverride", "`routeOverride` is gone: routes never override a listener's certificate.");
            }
        }
        foreach (string istio in (string[])["httpsRedirect", "privateKey", "serverCertificate", "caCertificates", "minProtocolVersion", "maxProtocolVersion", "cipherSuites"])
        {
            if (tls.Find(istio) is { } entry)
            {
                context.CommentOut(tls, entry, istio == "httpsRedirect"
                    ? "A redirect to HTTPS is a route today: write an HTTPRoute for the HTTP listener with a RequestRedirect filter of `scheme: https`."
                    : $"`{istio}` is a field of Istio's own Gateway, and there is none for it here: see whether your controller has a key for it in `tls.options`.");
            }
        }
    }

    private static void Mode(StepContext context, EditMapping listener, EditMapping tls)
    {
        if (tls.Get("mode") is not EditScalar { IsKnown: true } mode || mode.Value is "Terminate" or "Passthrough")
        {
            return;
        }
        string plain = mode.Value.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();
        string? today = plain switch
        {
            "SIMPLE" or "TERMINATE" or "MUTUAL" or "OPTIONALMUTUAL" or "ISTIOMUTUAL" or "EDGE" => "Terminate",
            "PASSTHROUGH" or "AUTOPASSTHROUGH" => "Passthrough",
            _ => null,
        };
        if (today is null)
        {
            return;
        }
        bool isMutual = plain.Contains("MUTUAL", StringComparison.Ordinal);
        bool isWrongProtocol = today == "Passthrough" && listener.Text("protocol") is "HTTPS";
        if (context.SetValue(tls, "mode", today, $"`{mode.Value}` is a mode of Istio's own Gateway; here it is `{today}`"
            + (isWrongProtocol ? ", and the listener's protocol `TLS` then." : ".")) && isWrongProtocol)
        {
            ((EditScalar)listener.Get("protocol")!).Set("TLS");
        }
        if (isMutual)
        {
            context.Log.Human(mode.Origin, "This mode checked the certificates of clients, and `Terminate` does not: name the ConfigMap with the CA's certificate in `spec.tls.frontend.default.validation.caCertificateRefs` of the Gateway.");
        }
    }
}
