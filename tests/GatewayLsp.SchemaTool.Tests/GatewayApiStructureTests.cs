using System.Text.Json.Nodes;
using GatewayLsp.SchemaTool.Expansion;
using GatewayLsp.SchemaTool.Sources;
using GatewayLsp.Testing;

namespace GatewayLsp.SchemaTool.Tests;

/// <summary>Our sources against the CRDs that the release installs: same fields, limits, enums, defaults, list types.</summary>
public sealed class GatewayApiStructureTests
{
    private const string Crds = "cluster/crds";

    [SharedFact(Crds)]
    public void Standard_channel_is_that_of_the_release() => Compare("gateway-standard", kind => kind.Standard is not null, kind => kind.Standard);

    [SharedFact(Crds)]
    public void Experimental_channel_is_that_of_the_release() => Compare("gateway-experimental", kind => kind.ServedInExperimental, kind => kind.Experimental);

    private static void Compare(string folder, Func<ExpandedKind, bool> isServed, Func<ExpandedKind, JsonObject?> schemaOf)
    {
        var ours = SchemaSet.Kinds.Where(kind => kind.Area == "gateway-api").ToDictionary(kind => (kind.Group, kind.Version, kind.Kind));
        var differences = new List<string>();
        var compared = 0;
        foreach (var path in Directory.EnumerateFiles(SharedFiles.Get(Path.Combine(Crds, folder)), "*.yaml"))
        {
            var spec = (JsonObject)YamlJson.ReadFile(path)["spec"]!;
            var (group, kind) = ((string)spec["group"]!, (string)spec["names"]!["kind"]!);
            foreach (var version in (JsonArray)spec["versions"]!)
            {
                var name = (string)version!["name"]!;
                var place = $"{group}/{name} {kind}";
                if (!ours.Remove((group, name, kind), out var mine))
                {
                    differences.Add($"{place}: unknown to us");
                    continue;
                }

                Expect(differences, place, "plural", mine.Plural, (string)spec["names"]!["plural"]!);
                Expect(differences, place, "scope", mine.IsCluster ? "Cluster" : "Namespaced", (string)spec["scope"]!);
                var served = (bool)version["served"]!;
                if (isServed(mine) != served)
                {
                    differences.Add($"{place}: served is {!served}, the CRD says {served}");
                }

                if (schemaOf(mine) is { } schema)
                {
                    differences.AddRange(Structure.Differences(place, WithoutHead(schema), WithoutHead((JsonObject)version["schema"]!["openAPIV3Schema"]!)));
                    compared++;
                }
            }
        }

        differences.AddRange(ours.Values.Where(isServed).Select(kind => $"{kind.ApiVersion} {kind.Kind}: not in the release"));
        Assert.True(differences.Count == 0, string.Join('\n', differences));
        Assert.True(compared >= 10);
    }

    private static void Expect(List<string> differences, string place, string what, string ours, string theirs)
    {
        if (ours != theirs)
        {
            differences.Add($"{place}: {what} is {ours}, the CRD has {theirs}");
        }
    }

    private static JsonObject WithoutHead(JsonObject root)
    {
        var copy = (JsonObject)root.DeepClone();
        foreach (var name in (ReadOnlySpan<string>)["apiVersion", "kind", "metadata"])
        {
            ((JsonObject)copy["properties"]!).Remove(name);
        }

        var required = (copy["required"] as JsonArray ?? []).Select(name => (string)name!).Except(["apiVersion", "kind"]).Select(name => (JsonNode?)name).ToArray();
        copy.Remove("required");
        if (required.Length > 0)
        {
            copy["required"] = new JsonArray(required);
        }

        return copy;
    }
}
