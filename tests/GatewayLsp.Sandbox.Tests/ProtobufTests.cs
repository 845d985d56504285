using System.Text.Json.Nodes;
using GatewayLsp.Sandbox.Objects;
using GatewayLsp.Sandbox.Protobuf;

namespace GatewayLsp.Sandbox.Tests;

/// <summary>Bodies as typed Go clients write them: what kubectl 1.33 sent, byte for byte.</summary>
public sealed class ProtobufTests
{
    private const string Deployment =
        "azhzAAoVCgdhcHBzL3YxEgpEZXBsb3ltZW50EqoBChwKAWQSABoBcSIAKgAyADgAQgBaCAoDYXBwEgFkEnwIABIKCggKA2FwcBIBZBpkChoKABIAGgAiACoAMgA4AEIAWggKA2FwcBIBZBJGEigKAXgSA3g6MSoAMgoKABAAGFAiACoAQgBqAHIAgAEAiAEAkAEAogEAGgAyAEIASgBSAFgAYABoAIIBAIoBAJoBAMIBACICCgAoADgAGgwIABAAGAAgACgAOAAaACIA";

    private const string Secret = "azhzAAoMCgJ2MRIGU2VjcmV0Eh4KEgoBcxIAGgFxIgAqADIAOABCABIGCgFhEgFiGgAaACIA";

    private const string Service =
        "azhzAAoNCgJ2MRIHU2VydmljZRJnChwKAWUSABoBcSIAKgAyADgAQgBaCAoDYXBwEgFlEkMKHgoHODAtaHR0cBIDVENQGFAiCggBEAAaBGh0dHAoABIICgNhcHASAWUaACIJQ2x1c3RlcklQOgBCAFIAWgBgAGgAGgIKABoAIgA=";

    private const string Ingress =
        "azhzAAofChRuZXR3b3JraW5nLms4cy5pby92MRIHSW5ncmVzcxJUChIKAWkSABoBcSIAKgAyADgAQgASOhINCglhLmV4YW1wbGUSABopCglhLmV4YW1wbGUSHAoaChgKAS8SCyIJCgFkEgQKABBQGgZQcmVmaXgaAgoAGgAiAA==";

    [Theory]
    [InlineData(Deployment, """{"kind":"Deployment","apiVersion":"apps/v1","metadata":{"name":"d","namespace":"q","labels":{"app":"d"}},"spec":{"replicas":0,"selector":{"matchLabels":{"app":"d"}},"template":{"metadata":{"labels":{"app":"d"}},"spec":{"containers":[{"name":"x","image":"x:1","ports":[{"containerPort":80}]}]}}}}""")]
    [InlineData(Secret, """{"kind":"Secret","apiVersion":"v1","metadata":{"name":"s","namespace":"q"},"data":{"a":"Yg=="}}""")]
    [InlineData(Service, """{"kind":"Service","apiVersion":"v1","metadata":{"name":"e","namespace":"q","labels":{"app":"e"}},"spec":{"ports":[{"name":"80-http","protocol":"TCP","port":80,"targetPort":"http"}],"selector":{"app":"e"},"type":"ClusterIP"}}""")]
    [InlineData(Ingress, """{"kind":"Ingress","apiVersion":"networking.k8s.io/v1","metadata":{"name":"i","namespace":"q"},"spec":{"tls":[{"hosts":["a.example"]}],"rules":[{"host":"a.example","http":{"paths":[{"path":"/","backend":{"service":{"name":"d","port":{"number":80}}},"pathType":"Prefix"}]}}]}}""")]
    public void ObjectsAreReadAsTheirJsonIs(string bytes, string json) => Assert.Equal(json, Json.Text(ProtobufObjects.Read(Convert.FromBase64String(bytes))));

    [Fact]
    public void BrokenBytesAreRefused()
    {
        byte[] whole = Convert.FromBase64String(Deployment);
        // The envelope ends with two empty fields; what ends between them is whole.
        for (int length = 0; length < whole.Length - 4; length++)
        {
            Assert.False(ProtobufObjects.Read(whole.AsSpan(..length)) is { } cut && cut.ContainsKey("spec"));
        }
        // No byte that is wrong may do more than that.
        for (int at = 4; at < whole.Length; at++)
        {
            byte[] wrong = [.. whole];
            wrong[at] ^= 0xFF;
            JsonObject? read = ProtobufObjects.Read(wrong);
            Assert.True(read is null || read["kind"].Text() is { Length: > 0 });
        }
        Assert.Null(ProtobufObjects.Read("k8s\0"u8));
        Assert.Null(ProtobufObjects.Read("{}"u8));
    }

    [Fact]
    public void EveryTypeThatAFieldNamesIsKnown()
    {
        string[] special = ["IntOrString", "Quantity", "Time", "MicroTime", "FieldsV1", "RawExtension"];
        var seen = new HashSet<string>(["Pod", "Deployment", "Service", "Ingress", "EndpointSlice", "Event", "DeleteOptions", "SelfSubjectAccessReview"], StringComparer.Ordinal);
        var open = new Queue<string>(seen);
        while (open.TryDequeue(out string? name))
        {
            foreach (MessageField field in MessageTypes.Find(name)!.Values)
            {
                if (field.Message.Length > 0 && !special.Contains(field.Message) && seen.Add(field.Message))
                {
                    open.Enqueue(field.Message);
                }
            }
        }
        Assert.True(seen.Count > 150);
    }
}
