using GatewayLsp.Engine.CodeActions;
using GatewayLsp.Engine.Migration.Ingresses;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Migration;

public class IngressTests
{
    internal static readonly string Fixtures = Path.Combine(SharedFiles.Root, "tests", "GatewayLsp.Engine.Tests", "Migration", "Ingresses");

    public static TheoryData<string> Names => [.. Directory.GetFiles(Fixtures, "*.yaml").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    /// <summary>The reviewed result: the manifests, then what is told, each at its line.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void BecomesWhatWasReviewed(string name)
    {
        string text = File.ReadAllText(Path.Combine(Fixtures, name + ".yaml"));
        IngressConversion conversion = Convert(text, out ManifestFile file);
        string notes = string.Concat(conversion.Notes.Select(note => $"# {note.RangeIn(file).Start.Line + 1}: {note.Kind.ToString().ToLowerInvariant()}: {note.Subject}: {note.Message}\n"));
        MigrationCheck.Baseline("ingress-" + name + ".yaml", conversion.Manifest + notes);
        DiagnosticCheck.Check(conversion.Manifest, Lacking(name));
        Assert.Empty(new Analysis(WorkspaceFixture.Parse(conversion.Manifest).Workspace).Format(WorkspaceFixture.DefaultPath, null, new Engine.Formatting.FormattingOptions()));
    }

    /// <summary>What the class that is converted to does not support, although Gateway API has it.</summary>
    private static string[] Lacking(string name) => name switch
    {
        "nginx-timeouts" => ["unsupported-feature '120s' spec.rules[0].timeouts.backendRequest"],
        "gke-frontend-redirect" => ["unsupported-feature '308' spec.rules[0].filters[0].requestRedirect.statusCode"],
        // Told in the report, too: routes give no answers of their own.
        "alb-actions" => ["rule-without-backends 'matches' spec.rules[0].matches"],
        // Told in the report, too: what makes its certificate is not converted.
        "gke-managed" => ["missing-tls 'HTTPS' spec.listeners[1].protocol"],
        _ => [],
    };

    [SharedFact(RealCluster.Up)]
    public void TheApiServerAcceptsAllOfThem()
    {
        using RealCluster cluster = RealCluster.Start();
        int count = 0;
        foreach (string file in Directory.GetFiles(Fixtures, "*.yaml").Order(StringComparer.Ordinal))
        {
            string manifest = Convert(File.ReadAllText(file), out _).Manifest;
            foreach (DocumentSlot slot in ManifestFile.Parse("out.yaml", manifest).Documents)
            {
                foreach (ManifestObject one in ManifestObject.Of(slot.Document))
                {
                    cluster.CreateNamespace(one.NamespaceOrDefault);
                    ClusterAnswer verdict = cluster.DryRun(ObjectPaths.Of(one)!, slot.Document.Text);
                    Assert.True(verdict.IsAccepted, $"{Path.GetFileName(file)}: {verdict.Body}\n{slot.Document.Text}");
                    count++;
                }
            }
        }
        Assert.True(count >= 2 * 25, $"only {count} objects were tried");
    }

    [Fact]
    public void ClassMayBeChosen() => Assert.Contains("gatewayClassName: mine\n",
        Convert(File.ReadAllText(Path.Combine(Fixtures, "gke-plain.yaml")), out _, new ConversionOptions { GatewayClass = "mine" }).Manifest, StringComparison.Ordinal);

    [Fact]
    public void LightBulbPutsTheResultBehindTheIngressAndTellsWhatIsLost()
    {
        string text = File.ReadAllText(Path.Combine(Fixtures, "nginx-canary-weight.yaml"));
        WorkspaceFixture fixture = WorkspaceFixture.Parse(text);
        CodeActionItem action = Assert.Single(fixture.Analysis.Actions(fixture.Path, default), a => a.Kind == IngressActions.Kind);
        Assert.Equal("Convert to Gateway and HTTPRoute", action.Title);
        string after = TextEditing.Apply(text, action.Edits[0].Edits);
        Assert.Contains("# From Ingress shop.\napiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\n", after, StringComparison.Ordinal);
        Assert.Contains("name: shop-next\n      port: 8080\n      weight: 20\n", after, StringComparison.Ordinal);
        DiagnosticCheck.Check(after);
    }

    [Fact]
    public void OddInputNeverThrows()
    {
        var random = new Random(5);
        foreach (string file in Directory.GetFiles(Fixtures, "*.yaml").Order(StringComparer.Ordinal))
        {
            string text = File.ReadAllText(file);
            for (int i = 0; i < 30; i++)
            {
                int at = random.Next(text.Length);
                string damaged = i % 2 == 0 ? text.Remove(at, Math.Min(random.Next(1, 20), text.Length - at)) : text.Insert(at, "{}[]:-# \n\"'&*$("[random.Next(15)].ToString());
                IngressConversion conversion = Convert(damaged, out _);
                Assert.Empty(ManifestFile.Parse("out.yaml", conversion.Manifest).Documents.SelectMany(slot => slot.Document.Errors));
            }
        }
    }

    private static IngressConversion Convert(string text, out ManifestFile file, ConversionOptions? options = null)
    {
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.OnDisk("in.yaml", text));
        file = host.Current.File("in.yaml")!.Manifest;
        return new Analysis(host.Current).ConvertIngresses(["in.yaml"], options);
    }
}
