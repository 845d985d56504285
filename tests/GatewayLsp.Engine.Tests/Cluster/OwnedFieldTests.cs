using System.Text.Json.Nodes;
using GatewayLsp.Engine.Cluster.Planning;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Cluster;

/// <summary>Fields as a server names them in a conflict: found where exactly one can be meant, in what is sent and in the file.</summary>
public class OwnedFieldTests
{
    private const string Live =
        """
        {"spec":{
          "ports":[{"port":80,"protocol":"TCP","name":"a"},{"port":80,"protocol":"UDP","name":"b"},{"port":81,"name":"c"},{"port":82,"name":"d"},{"port":82,"name":"e"}],
          "listeners":[{"name":"web,port=1","port":1},{"name":"say \"]\"","port":2},{"name":"ü+<","port":3}],
          "finalizers":["one","two,three"]},
         "metadata":{"labels":{"app.kubernetes.io/name":"x"}}}
        """;

    [Theory]
    [InlineData(""".spec.ports[port=80,protocol="TCP"].name""", "a")]
    [InlineData(""".spec.ports[port=80,protocol="UDP"].name""", "b")]
    [InlineData(""".spec.ports[port=81,protocol="TCP"].name""", "c")]
    // Two have left the protocol out: which is meant is not known.
    [InlineData(""".spec.ports[port=82,protocol="TCP"].name""", null)]
    // Half of the keys is no match where the other half differs.
    [InlineData(""".spec.ports[port=80,protocol="SCTP"].name""", null)]
    [InlineData(""".spec.ports[protocol="TCP"].name""", "a")]
    [InlineData(""".spec.ports[other="x"].name""", null)]
    [InlineData(""".spec.ports[3].name""", "d")]
    [InlineData(""".spec.listeners[name="web,port=1"].port""", "1")]
    [InlineData(""".spec.listeners[name="say \"]\""].port""", "2")]
    [InlineData(""".spec.listeners[name="ü+<"].port""", "3")]
    [InlineData(""".spec.listeners[name="web].port""", null)]
    [InlineData(""".spec.finalizers[="two,three"]""", "two,three")]
    [InlineData(""".spec.finalizers[="two"]""", null)]
    [InlineData(".metadata.labels.app.kubernetes.io/name", "x")]
    public void Exactly_one_is_taken_out(string field, string? expected)
    {
        var live = (JsonObject)JsonNode.Parse(Live)!;
        Assert.Equal(expected is not null, OwnedField.IsSame(field, live, (JsonObject)JsonNode.Parse(Live)!));
        List<string> before = Texts(live);
        Assert.Equal(expected is not null, OwnedField.Remove(field, live));
        if (expected is not null)
        {
            Assert.True(before.Remove(expected));
        }
        Assert.Equal(before, Texts(live));
    }

    [Theory]
    [InlineData(""".spec.ports[port=80,protocol="UDP"].name""", 7)]
    [InlineData(""".spec.ports[port=80,protocol="TCP"].name""", 6)]
    // The nearest that is certain.
    [InlineData(""".spec.ports[port=90,protocol="TCP"].name""", 5)]
    [InlineData(""".spec.ports[name="x,y"].port""", 8)]
    public void The_place_in_the_file_is_that_of_the_same_item(string field, int line)
    {
        Workspace workspace = WorkspaceFixture.Parse(
            """
            apiVersion: v1
            kind: Service
            metadata: {name: a}
            spec:
              selector: {app: a}
              ports:
              - {port: 80, name: dns-tcp}
              - {port: 80, protocol: UDP, name: dns}
              - {port: 81, name: "x,y"}
            """).Workspace;
        Assert.Equal(line, FieldPlace.Of(ApplyScope.All(workspace)[0], field).Start.Line);
    }

    private static List<string> Texts(JsonNode? node) => node switch
    {
        JsonObject map => [.. map.SelectMany(one => Texts(one.Value))],
        JsonArray list => [.. list.SelectMany(Texts)],
        JsonValue value => [value.ToString()],
        _ => [],
    };
}
