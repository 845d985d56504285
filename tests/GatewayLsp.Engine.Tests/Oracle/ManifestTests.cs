using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Testing;
using Xunit.Abstractions;

namespace GatewayLsp.Engine.Tests.Oracle;

/// <summary>Real files, core kinds included: nobody gets an error on what an API server takes.</summary>
public sealed class ManifestTests(ITestOutputHelper output)
{
    [SharedFact("bench/manifests/examples/standard")]
    public void ExamplesOfTheStandardChannelHaveNoErrors() => AssertClean("bench/manifests/examples/standard", [Channel.Standard, Channel.Experimental]);

    [SharedFact("oracle/conformance/manifests")]
    public void ConformanceManifestsHaveNoErrors() => AssertClean("oracle/conformance/manifests", [Channel.Standard, Channel.Experimental]);

    private void AssertClean(string folder, Channel[] channels)
    {
        int files = 0, documents = 0;
        var rejected = ServerVerdict.All().Where(v => !v.IsAccepted).Select(v => (v.Channel, v.Manifest.Trim())).ToHashSet();
        var alarms = new List<string>();
        string root = SharedFiles.Get(folder);
        foreach (string path in Directory.EnumerateFiles(root, "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            files++;
            foreach (DocumentSlot slot in ManifestFile.Parse(path, File.ReadAllText(path)).Documents)
            {
                if (slot.Document.Text.Contains("PLACEHOLDER_", StringComparison.Ordinal))
                {
                    // The conformance suite puts addresses in before it applies these.
                    continue;
                }
                documents++;
                foreach (Channel channel in channels)
                {
                    var context = new DocumentContext(SchemaCatalog.Bundled, new WorkspaceSettings { Channel = channel }, IsPartial: false);
                    foreach (Diagnostic error in DocumentDiagnostics.Of(slot.Document, context).Where(d => d.Severity == DiagnosticSeverity.Error))
                    {
                        if (!rejected.Contains((channel, slot.Document.Text.TrimStart('-').Trim())))
                        {
                            alarms.Add($"{Path.GetRelativePath(root, path)}:{slot.RangeOf(error.Span).Start.Line + 1} ({channel}): {error.Code} {error.Field}: {error.Message}");
                        }
                    }
                }
            }
        }
        output.WriteLine($"{folder}: {files} files, {documents} documents, false alarms: {alarms.Count}");
        alarms.ForEach(output.WriteLine);
        Assert.Empty(alarms);
    }
}
