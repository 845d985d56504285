using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Verdict;

namespace GatewayLsp.Engine.Tests.Verdict;

/// <summary>Items of list maps whose keys have the wrong type: the API server compares them all the same.</summary>
public sealed class DuplicateItemTests
{
    [Theory]
    [InlineData("[web]", "[web]", true)]
    [InlineData("[web]", "[api]", false)]
    [InlineData("[1]", "['1']", false)]
    [InlineData("[a, b]", "[b, a]", false)]
    public void KeysOfTheWrongTypeAreComparedToo(string first, string second, bool isDuplicate)
    {
        string text = $"""
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {'{'}name: edge{'}'}
            spec:
              gatewayClassName: istio
              listeners:
              - {'{'}name: {first}, port: 80, protocol: HTTP{'}'}
              - {'{'}name: {second}, port: 81, protocol: HTTP{'}'}
            """;
        DryRunResult result = DryRun.Of(ManifestFile.Parse("gateway.yaml", text).Documents[0].Document, SchemaCatalog.Bundled, Channel.Standard);

        Assert.False(result.Accepted);
        Assert.Equal(isDuplicate, result.Causes.Any(c => c.Field == "spec.listeners[1]" && c.Reason == CauseReason.Duplicate));
    }
}
