using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Server.Cli.Input;

/// <summary>Files of other tools that lie beside manifests, such as a chart's <c>Chart.yaml</c> and <c>values.yaml</c>: what they hold is nothing for a cluster.</summary>
internal static class OtherTools
{
    public static bool Have(ManifestObject one) =>
        (one.ApiVersion.Length == 0 && !IsMeantAsObject(one.Node)) || (one.Kind.Length == 0 && one.ApiVersion != "v1" && !one.ApiVersion.Contains('/'));

    /// <summary>True for what lacks its head and is an object by all the rest, as kubectl would find out: <c>kind</c>, or a name and a <c>spec</c>, is there.</summary>
    public static bool IsMeantAsObject(YamlMapping? root) =>
        root?.Get("metadata") is YamlMapping metadata && (metadata.Find("name") ?? metadata.Find("generateName")) is not null
        && (root.Find("kind") is not null || root.Get("spec") is YamlMapping);
}
