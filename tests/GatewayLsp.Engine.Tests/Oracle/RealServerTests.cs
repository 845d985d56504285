using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Tests.Verdict;
using GatewayLsp.Engine.Verdict;
using GatewayLsp.Testing;
using Xunit.Abstractions;

namespace GatewayLsp.Engine.Tests.Oracle;

/// <summary>Our dry run beside that of an API server that runs, on faults in our own samples that no recorded verdict has.</summary>
public sealed partial class RealServerTests(ITestOutputHelper output)
{
    private const int Mutants = 600;
    private const string Group = "gateway.networking.k8s.io";

    private static readonly string[] Folders = ["cross-namespace", "grpc", "hello", "quickstart", "tls", "traffic-splitting"];

    /// <summary>Refusals for the whole object, which name no field.</summary>
    private static readonly string[] WithoutField = ["<nil>", ""];

    [SharedFact(RealCluster.Up)]
    public void FaultsInOurSamplesAreJudgedAlike()
    {
        string[] samples = [.. Samples()];
        Assert.True(samples.Length >= 10, $"only {samples.Length} samples");
        using RealCluster cluster = RealCluster.Start();
        var created = new HashSet<string>(StringComparer.Ordinal);
        var mutator = new FieldMutator(20);
        var otherVerdict = new List<string>();
        var otherFields = new List<string>();
        int accepted = 0, refused = 0;
        var recorded = new RecordedVerdicts();
        for (int i = 0; i < Mutants; i++)
        {
            string text = mutator.Mutate(samples[i % samples.Length]);
            ManifestDocument document = ManifestFile.Parse("m.yaml", text).Documents[^1].Document;
            if (document.Errors.Length > 0)
            {
                continue;
            }
            ManifestObject one = ManifestObject.Of(document)[0];
            if (created.Add(one.NamespaceOrDefault))
            {
                cluster.CreateNamespace(one.NamespaceOrDefault);
            }
            string path = ObjectPaths.Of(one)!;
            ClusterAnswer answer = cluster.Send(HttpMethod.Post, path[..path.LastIndexOf('/')] + "?dryRun=All&fieldValidation=Strict", text, "application/yaml");
            DryRunResult ours = DryRun.Of(document, SchemaCatalog.Bundled, Channel.Standard);
            HashSet<string> fields = Fields(answer);
            recorded.Add(one.Gvk.Kind, text, answer.IsAccepted, fields);
            string told = $"{answer.Status} {answer.Body}\nours: {string.Join(", ", ours.Causes.Select(c => $"{c.Field} {c.Reason}"))}\n{text}";
            if (answer.IsAccepted != ours.Accepted)
            {
                otherVerdict.Add(told);
            }
            else if (answer.IsAccepted)
            {
                accepted++;
            }
            else
            {
                refused++;
                if (!fields.SetEquals(ours.Causes.Select(c => c.Field).Except(WithoutField)))
                {
                    otherFields.Add(told);
                }
            }
        }
        recorded.SaveWhenAsked();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{accepted} accepted, {refused} refused by both; {otherVerdict.Count} judged otherwise, {otherFields.Count} with other fields"));
        Assert.True(otherVerdict.Count == 0, string.Join("\n\n", otherVerdict.Take(5)));
        Assert.True(otherFields.Count == 0, string.Join("\n\n", otherFields.Take(5)));
        Assert.True(accepted > 50 && refused > 200, $"{accepted} accepted, {refused} refused: too one-sided to say much");
    }

    private static IEnumerable<string> Samples() =>
        from folder in Folders
        from file in Directory.GetFiles(Path.Combine(SharedFiles.Root, "samples", folder), "*.yaml").Order(StringComparer.Ordinal)
        from slot in ManifestFile.Parse(file, File.ReadAllText(file)).Documents
        let objects = ManifestObject.Of(slot.Document)
        where objects is [{ } one] && one.Gvk.Group == Group
        select slot.Document.Text;

    /// <summary>Fields that the server names; strict decoding has them in its message alone.</summary>
    private static HashSet<string> Fields(ClusterAnswer answer)
    {
        using JsonDocument json = JsonDocument.Parse(answer.Body);
        var fields = new HashSet<string>(StringComparer.Ordinal);
        if (json.RootElement.TryGetProperty("details", out JsonElement details) && details.TryGetProperty("causes", out JsonElement causes))
        {
            fields.UnionWith(causes.EnumerateArray().Select(c => c.TryGetProperty("field", out JsonElement field) ? field.GetString()! : "").Except(WithoutField));
        }
        if (answer.Status == 400)
        {
            fields.UnionWith(StrictField.Matches(json.RootElement.GetProperty("message").GetString()!).Select(m => m.Groups[1].Value));
        }
        return fields;
    }

    [GeneratedRegex("(?:unknown|duplicate) field \"([^\"]+)\"")]
    private static partial Regex StrictField { get; }
}
