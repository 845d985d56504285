using GatewayLsp.Engine.Migration.Rewriting;

namespace GatewayLsp.Engine.Migration.Steps;

/// <summary>Policies and grants.</summary>
internal static class PolicyStep
{
    public static void RunBackendTls(StepContext context)
    {
        if (context.Spec is not { } spec)
        {
            return;
        }
        context.Rename(spec, "targetRef", "targetRefs", "The list `targetRefs` took the place of `targetRef`.");
        context.WantList(spec, "targetRefs", "`targetRefs` is a list.");
        foreach (EditMapping target in spec.Items("targetRefs"))
        {
            context.Drop(target, "namespace", "A policy is in the namespace of what it is for.");
        }
        context.Rename(spec, "tls", "validation", "`validation` took the place of `tls`.");
        if (spec.Map("validation") is { } validation)
        {
            foreach (string old in (string[])["caCertRefs", "certRefs"])
            {
                context.Rename(validation, old, "caCertificateRefs", $"`caCertificateRefs` took the place of `{old}`.");
            }
            context.Rename(validation, "wellKnownCACerts", "wellKnownCACertificates", "`wellKnownCACertificates` took the place of `wellKnownCACerts`.");
        }
    }

    public static void RunGrant(StepContext context)
    {
        if (context.Spec is not { } spec)
        {
            return;
        }
        context.WantList(spec, "from", "`from` is a list.");
        context.WantList(spec, "to", "`to` is a list.");
        foreach (EditMapping to in spec.Items("to"))
        {
            if (to.Find("group") is null && to.Find("kind") is { } kind && kind.Value is EditScalar { Value: "Secret" or "Service" or "ConfigMap" }
                && context.Log.Field(kind, "`group` has to be written, be it the empty text of Kubernetes' first kinds."))
            {
                Edits.InsertAfter(to, null, EditEntry.New("group", new EditScalar(null, "\"\"", "")));
            }
        }
    }
}
