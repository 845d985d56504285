using System.Text.Json.Nodes;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Verdict;
using GatewayLsp.Sandbox.Objects;
using GatewayLsp.Sandbox.Storage;

namespace GatewayLsp.Sandbox.Api;

/// <summary>Asks the engine what an API server would say of an object.</summary>
internal static class Verdicts
{
    /// <summary>Throws the failure when the object is refused.</summary>
    /// <param name="body">After decoding: unknown fields are gone, defaults are in.</param>
    /// <param name="old">What is stored; null for a creation.</param>
    public static void Check(ApiResource resource, ResourceRegistry registry, JsonObject body, JsonObject? old)
    {
        if (!resource.IsValidated)
        {
            return;
        }
        DryRunResult result = DryRun.Of(Manifest(body), registry.Catalog, registry.Channel, old is null ? null : Manifest(old));
        if (result.Accepted)
        {
            return;
        }
        throw ApiFailure.Invalid(resource.Group, resource.Kind, body.At("metadata", "name").Text() ?? "",
            [.. result.Causes.Select(cause => (cause.Field, cause.Reason, cause.Message))]);
    }

    private static ManifestObject Manifest(JsonObject body)
    {
        JsonObject bare = body.Copy();
        if (bare["metadata"] is JsonObject metadata)
        {
            // Only the API server writes these, and they are most of the text.
            metadata.Remove("managedFields");
        }
        return ManifestObject.Of(ManifestFile.Parse("", Json.Literal(bare)).Documents[0].Document)[0];
    }
}
