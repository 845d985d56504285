using GatewayLsp.Engine.Hover;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Testing;
using Xunit.Abstractions;

namespace GatewayLsp.Engine.Tests.Hover;

/// <summary>Every key and value of every known kind has something to tell, in real manifests.</summary>
public class HoverCoverageTests(ITestOutputHelper output)
{
    [Fact]
    public void Own_samples() => Check([Path.Combine(SharedFiles.Root, "samples")], least: 20);

    [SharedFact("bench/manifests")]
    public void Manifests_of_others() =>
        Check([SharedFiles.Get("bench/data"), SharedFiles.Get("bench/manifests"), SharedFiles.Get("oracle/conformance"), SharedFiles.Get("seed")], least: 5000);

    private void Check(IEnumerable<string> folders, int least)
    {
        int keys = 0;
        int unknown = 0;
        var silent = new List<string>();
        foreach (string path in folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories)))
        {
            var host = new AnalysisHost();
            host.Apply(new WorkspaceChange.OnDisk(path, File.ReadAllText(path)));
            var analysis = new Analysis(host.Current);
            foreach (DocumentSlot slot in host.Current.File(path)!.Manifest.Documents)
            {
                foreach (ManifestObject one in ManifestObject.Of(slot.Document))
                {
                    if (SchemaCatalog.Bundled.Kind(one.Gvk) is null)
                    {
                        unknown++;
                        continue;
                    }
                    foreach (YamlNode node in one.Node.DescendantsAndSelf())
                    {
                        if (node is YamlScalar { IsMissing: false })
                        {
                            keys++;
                            HoverText? hover = analysis.Hover(path, slot.RangeOf(node.Span).Start);
                            if (hover is null)
                            {
                                silent.Add($"{Path.GetFileName(path)} {one.Gvk} {FieldPath.Of(node)}");
                            }
                        }
                    }
                }
            }
        }
        output.WriteLine($"{keys} keys and values, {silent.Count} silent, {unknown} objects of unknown kinds");
        output.WriteLine(string.Join("\n", silent));
        Assert.Empty(silent);
        Assert.True(keys >= least, $"{keys}");
    }
}
