using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Tests.Schemas;

/// <summary>The release of Gateway API that brought a field, by channel: facts of the definitions of 1.0 to 1.6.</summary>
public sealed class SinceTests
{
    private const string Group = "gateway.networking.k8s.io";

    /// <summary>Minor version of the standard and of the experimental channel; -1 for fields that the standard channel does not have.</summary>
    [Theory]
    [InlineData("GRPCRoute", "spec.rules[].backendRefs[].filters[].requestMirror.fraction", 3, 2)]
    [InlineData("GRPCRoute", "spec.rules[].backendRefs[].filters[].requestMirror.percent", 3, 2)]
    [InlineData("GRPCRoute", "spec.rules[].filters[].requestMirror.fraction", 3, 2)]
    [InlineData("GRPCRoute", "spec.rules[].filters[].requestMirror.percent", 3, 2)]
    [InlineData("GRPCRoute", "spec.rules[].name", 4, 2)]
    [InlineData("GRPCRoute", "spec.rules[].sessionPersistence", -1, 1)]
    [InlineData("GRPCRoute", "spec.useDefaultGateways", -1, 4)]
    [InlineData("Gateway", "spec.allowedListeners", 5, 3)]
    [InlineData("Gateway", "spec.defaultScope", -1, 4)]
    [InlineData("Gateway", "spec.infrastructure", 2, 0)]
    [InlineData("Gateway", "spec.infrastructure.parametersRef", 2, 1)]
    [InlineData("Gateway", "spec.tls", 5, 4)]
    [InlineData("HTTPRoute", "spec.parentRefs[].port", 1, 0)]
    [InlineData("HTTPRoute", "spec.rules[].backendRefs[].filters[].cors", 5, 3)]
    [InlineData("HTTPRoute", "spec.rules[].backendRefs[].filters[].externalAuth", -1, 4)]
    [InlineData("HTTPRoute", "spec.rules[].backendRefs[].filters[].requestMirror.fraction", 3, 2)]
    [InlineData("HTTPRoute", "spec.rules[].backendRefs[].filters[].requestMirror.percent", 3, 2)]
    [InlineData("HTTPRoute", "spec.rules[].filters[].cors", 5, 3)]
    [InlineData("HTTPRoute", "spec.rules[].filters[].externalAuth", -1, 4)]
    [InlineData("HTTPRoute", "spec.rules[].filters[].requestMirror.fraction", 3, 2)]
    [InlineData("HTTPRoute", "spec.rules[].filters[].requestMirror.percent", 3, 2)]
    [InlineData("HTTPRoute", "spec.rules[].name", 4, 2)]
    [InlineData("HTTPRoute", "spec.rules[].retry", -1, 2)]
    [InlineData("HTTPRoute", "spec.rules[].sessionPersistence", -1, 1)]
    [InlineData("HTTPRoute", "spec.rules[].timeouts", 2, 0)]
    [InlineData("HTTPRoute", "spec.useDefaultGateways", -1, 4)]
    [InlineData("TCPRoute", "spec.useDefaultGateways", -1, 6)]
    [InlineData("TLSRoute", "spec.useDefaultGateways", -1, 5)]
    [InlineData("UDPRoute", "spec.useDefaultGateways", -1, 6)]
    public void A_field_is_as_old_as_the_definitions_say(string kind, string path, int standard, int experimental)
    {
        Assert.Equal(standard, Since(kind, path, Channel.Standard));
        Assert.Equal(experimental, Since(kind, path, Channel.Experimental));
    }

    /// <summary>The newest of a field and what holds it; -1 when the channel does not have it.</summary>
    private static int Since(string kind, string path, Channel channel)
    {
        var gvk = new Gvk(Group, "v1", kind);
        SchemaNode? node = SchemaCatalog.Bundled.Find(gvk, channel);
        int newest = Minor(SchemaCatalog.Bundled.Kind(gvk)!.Since);
        foreach (string step in path.Split('.'))
        {
            if (node?.Child(step.TrimEnd('[', ']')) is not { } field || !IsIn(node, step.TrimEnd('[', ']'), channel))
            {
                return -1;
            }
            newest = Math.Max(newest, Minor(field.Since));
            node = step.EndsWith(']') ? field.Items : field;
        }
        return newest;
    }

    private static bool IsIn(SchemaNode owner, string name, Channel channel) => channel == Channel.Experimental || owner.Find(name) is not { IsExperimental: true };

    private static int Minor(string? since) => since is null ? 0 : int.Parse(since.Split('.')[1], System.Globalization.CultureInfo.InvariantCulture);
}
