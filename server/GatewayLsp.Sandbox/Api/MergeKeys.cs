using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Sandbox.Api;

/// <summary>How a strategic merge patch takes the lists of the built-in kinds; told to clients in OpenAPI, so that they make the patches that fit.</summary>
internal static class MergeKeys
{
    /// <summary>The field by which items are told apart; empty for a list that is replaced as a whole.</summary>
    public static string Of(string list, SchemaNode? field) => list switch
    {
        "containers" or "initContainers" or "ephemeralContainers" or "env" or "volumes" or "imagePullSecrets" or "secrets" => "name",
        // Of a Service by the port that it offers, of a container by its own.
        "ports" => field is { ListMapKeys: [var first, ..] } ? first : field?.Items?.Find("containerPort") is not null ? "containerPort" : "",
        "volumeMounts" => "mountPath",
        "volumeDevices" => "devicePath",
        "hostAliases" => "ip",
        "conditions" => "type",
        "ownerReferences" => "uid",
        "topologySpreadConstraints" => "topologyKey",
        _ => "",
    };

    /// <summary>The value of <c>x-kubernetes-patch-strategy</c>; null for none.</summary>
    public static string? Strategy(string name, SchemaNode field) => name switch
    {
        "finalizers" when field.Types == SchemaTypes.Array => "merge",
        "volumes" => "merge,retainKeys",
        "strategy" when field.Types == SchemaTypes.Object => "retainKeys",
        _ => Of(name, field).Length > 0 && field.Types == SchemaTypes.Array ? "merge" : null,
    };
}
