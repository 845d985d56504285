using GatewayLsp.Engine.Migration.Rewriting;

namespace GatewayLsp.Engine.Migration.Steps;

/// <summary><c>apiVersion</c> and <c>kind</c>, and the group names that references give.</summary>
internal static class HeadStep
{
    public static void Run(StepContext context)
    {
        if (context.Root.Get("apiVersion") is EditScalar { IsKnown: true } version && version.Value != context.Target.ApiVersion
            && context.Log.Head(version, $"`{version.Value}` became `{context.Target.ApiVersion}`."))
        {
            version.Set(context.Target.ApiVersion);
        }
        if (context.Root.Get("kind") is EditScalar { IsKnown: true } kind && kind.Value != context.Target.Kind
            && context.Log.Head(kind, $"{context.Target.Kind} is the name of {kind.Value} today."))
        {
            kind.Set(context.Target.Kind);
        }
        if (context.Spec is { } spec)
        {
            Groups(context, spec, 0);
        }
        if (context.Root.Map("status") is { } status)
        {
            Status(context, status);
        }
    }

    /// <summary>A manifest that was read from a cluster has its status, which strict decoding looks at, too.</summary>
    private static void Status(StepContext context, EditMapping status)
    {
        const string Message = "Controllers write the status, and today's has no such field.";
        context.Drop(status, "gateways", Message);
        foreach (EditMapping listener in context.Target.Kind == "Gateway" ? status.Items("listeners") : [])
        {
            foreach (string old in (string[])["port", "protocol", "hostname"])
            {
                context.Drop(listener, old, Message);
            }
        }
        if (status.Entries.Count == 0 && status.Origin is not null)
        {
            Edits.Remove(context.Root, context.Root.Find("status")!);
        }
    }

    private static void Groups(StepContext context, EditNode node, int depth)
    {
        if (depth > 24 || node is not EditCollection collection)
        {
            return;
        }
        foreach (EditPart part in collection.Parts)
        {
            if (part is EditEntry { Name: "group", Value: EditScalar { IsKnown: true } group })
            {
                Group(context, (EditMapping)collection, group);
            }
            else
            {
                Groups(context, part.Value, depth + 1);
            }
        }
    }

    private static void Group(StepContext context, EditMapping map, EditScalar group)
    {
        string? kind = map.Text("kind");
        if (group.Value == MigrationTarget.OldGroup)
        {
            context.SetValue(map, "group", MigrationTarget.Group, $"The group `{MigrationTarget.OldGroup}` became `{MigrationTarget.Group}`.");
        }
        else if (group.Value == MigrationTarget.ExperimentalGroup && kind == "XListenerSet")
        {
            context.SetValue(map, "group", MigrationTarget.Group, "XListenerSet became ListenerSet of `gateway.networking.k8s.io`.");
            context.SetValue(map, "kind", "ListenerSet", "XListenerSet became ListenerSet.");
        }
        else if (group.Value is "core" or "v1" && kind is "Secret" or "Service" or "ConfigMap" or "Namespace" or "secret" or "service" or null && context.Log.Value(group,
            "The group of Services, Secrets and ConfigMaps is the empty text: `core` is but what people call it."))
        {
            Edits.Replace(map.Find("group")!, new EditScalar(null, "\"\"", ""));
        }
        if (kind is "ReferencePolicy")
        {
            context.SetValue(map, "kind", "ReferenceGrant", "ReferenceGrant is the name of ReferencePolicy today.");
        }
    }
}
