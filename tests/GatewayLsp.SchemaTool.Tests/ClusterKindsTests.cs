using System.Text.Json.Nodes;
using GatewayLsp.SchemaTool.Sources;
using GatewayLsp.Testing;

namespace GatewayLsp.SchemaTool.Tests;

/// <summary>
/// The test clusters serve stand-ins of built-in and provider kinds, smaller than the real ones: what they know we know, with
/// the same type and values. Status is left out: the stand-ins give all conditions one form.
/// </summary>
public sealed class ClusterKindsTests
{
    private const string Crds = "cluster/crds";

    [SharedFact(Crds)]
    public void Fields_of_the_test_clusters_are_known()
    {
        var differences = new List<string>();
        var compared = 0;
        foreach (var path in ((string[])["builtin", "both", "gke"]).SelectMany(folder => Directory.EnumerateFiles(SharedFiles.Get($"{Crds}/{folder}"), "*.yaml")))
        {
            foreach (var document in YamlJson.ReadAll(path).OfType<JsonObject>())
            {
                var spec = document["spec"]!;
                foreach (var version in (JsonArray)spec["versions"]!)
                {
                    var ours = SchemaSet.Kinds.FirstOrDefault(kind => (kind.Group, kind.Version, kind.Kind) == ((string)spec["group"]!, (string)version!["name"]!, (string)spec["names"]!["kind"]!));
                    if (ours is null)
                    {
                        continue;
                    }

                    Compare($"{ours.ApiVersion} {ours.Kind}", ours.Standard!, (JsonObject)version!["schema"]!["openAPIV3Schema"]!, differences);
                    Assert.Equal((string)spec["names"]!["plural"]!, ours.Plural);
                    Assert.Equal((string)spec["scope"]! == "Cluster", ours.IsCluster);
                    compared++;
                }
            }
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
        Assert.True(compared > 15);
    }

    private static void Compare(string path, JsonObject ours, JsonObject theirs, List<string> differences)
    {
        if (ours["x-kubernetes-preserve-unknown-fields"] is not null)
        {
            return;
        }

        if (theirs["type"] is { } type && !(ours["type"] is JsonArray types ? types.Any(one => (string)one! == (string)type!) : (string?)ours["type"] == (string)type!))
        {
            differences.Add($"{path}: type is {ours["type"]}, theirs {type}");
        }

        foreach (var value in theirs["enum"] as JsonArray ?? [])
        {
            if (ours["enum"] is JsonArray known && !known.Any(one => JsonNode.DeepEquals(one, value)))
            {
                differences.Add($"{path}: {value} is no value of ours");
            }
        }

        foreach (var (name, field) in theirs["properties"] as JsonObject ?? [])
        {
            if (name == "status")
            {
                continue;
            }

            if (ours["properties"]?[name] is JsonObject mine)
            {
                Compare($"{path}.{name}", mine, (JsonObject)field!, differences);
            }
            else
            {
                differences.Add($"{path}.{name}: unknown to us");
            }
        }

        foreach (var keyword in (string[])["items", "additionalProperties"])
        {
            if (theirs[keyword] is JsonObject inner)
            {
                if (ours[keyword] is JsonObject mine)
                {
                    Compare($"{path}.{keyword}", mine, inner, differences);
                }
                else
                {
                    differences.Add($"{path}: no {keyword}");
                }
            }
        }
    }
}
