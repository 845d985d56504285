using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Verdict;
using GatewayLsp.Testing;
using Xunit.Abstractions;

namespace GatewayLsp.Engine.Tests.Oracle;

/// <summary>Our dry run beside that of an API server that runs, on faults in the metadata of objects that are created and updated.</summary>
public sealed class MetadataVerdictTests(ITestOutputHelper output)
{
    private const int Mutants = 300;
    private const int Seed = 7;
    private const string Path = "/apis/gateway.networking.k8s.io/v1/namespaces/default/httproutes";
    private const string Options = "?dryRun=All&fieldValidation=Strict";

    /// <summary>More than the usual number, by this environment variable.</summary>
    private static int Count => int.TryParse(Environment.GetEnvironmentVariable("METADATA_MUTANTS"), CultureInfo.InvariantCulture, out int count) ? count : Mutants;

    [SharedFact(RealCluster.Up)]
    public void FaultsInMetadataAreJudgedAlike()
    {
        using RealCluster cluster = RealCluster.Start();
        Assert.True(cluster.Send(HttpMethod.Post, Path, Route(new JsonObject { ["name"] = "store", ["labels"] = new JsonObject { ["app"] = "store" } }), "application/json").IsAccepted);
        JsonObject stored = JsonNode.Parse(cluster.Send(HttpMethod.Get, Path + "/store", "", "application/json").Body)!.AsObject();
        ManifestDocument old = Read(stored.ToJsonString());
        var mutator = new MetadataMutator(Seed);
        var differences = new List<string>();
        int accepted = 0;
        for (int i = 0; i < Count; i++)
        {
            bool isUpdate = i % 2 == 1;
            JsonObject one = isUpdate ? stored.DeepClone().AsObject() : JsonNode.Parse(Route(new JsonObject { ["name"] = "store-2" }))!.AsObject();
            mutator.Mutate(one["metadata"]!.AsObject(), isUpdate);
            string text = one.ToJsonString();
            ClusterAnswer answer = isUpdate
                ? cluster.Send(HttpMethod.Put, Path + "/store" + Options, text, "application/json")
                : cluster.Send(HttpMethod.Post, Path + Options, text, "application/json");
            DryRunResult ours = DryRun.Of(Read(text), SchemaCatalog.Bundled, Channel.Standard, isUpdate ? old : null);
            SortedSet<string> fields = Fields(answer);
            accepted += answer.IsAccepted ? 1 : 0;
            // Refusals without causes (another name than that of the request, another uid) name no field.
            if (answer.IsAccepted != ours.Accepted || (fields.Count > 0 && !fields.SetEquals(ours.Causes.Select(c => c.Field))))
            {
                differences.Add($"{(isUpdate ? "update" : "create")} {answer.Status} {string.Join(", ", fields)}\nours: {string.Join(", ", ours.Causes.Select(c => $"{c.Field} {c.Reason}"))}\n{one["metadata"]!.ToJsonString()}\n{answer.Body}");
            }
        }
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{accepted} of {Count} accepted, {differences.Count} differences"));
        Assert.True(differences.Count == 0, $"{differences.Count} differences\n" + string.Join("\n\n", differences.Take(8)));
        Assert.InRange(accepted, Count / 10, Count * 9 / 10);
    }

    private static string Route(JsonObject metadata) => new JsonObject
    {
        ["apiVersion"] = "gateway.networking.k8s.io/v1", ["kind"] = "HTTPRoute", ["metadata"] = metadata, ["spec"] = new JsonObject(),
    }.ToJsonString();

    private static ManifestDocument Read(string text) => ManifestFile.Parse("m.yaml", text).Documents[^1].Document;

    private static SortedSet<string> Fields(ClusterAnswer answer)
    {
        using JsonDocument json = JsonDocument.Parse(answer.Body);
        return json.RootElement.TryGetProperty("details", out JsonElement details) && details.TryGetProperty("causes", out JsonElement causes)
            ? new SortedSet<string>(causes.EnumerateArray().Select(c => c.TryGetProperty("field", out JsonElement field) ? field.GetString()! : ""), StringComparer.Ordinal)
            : new SortedSet<string>(StringComparer.Ordinal);
    }
}
