using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Migration;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Migration;

/// <summary>Manifests that users brought, and our own old ones, against real API servers.</summary>
public class SeedTests
{
    [SharedFact("seed")]
    public void EachIsExplainedMigratedAndClean()
    {
        foreach ((string path, string text) in Seeds())
        {
            foreach (FileDiagnostic finding in DiagnosticCheck.Find(text))
            {
                Assert.True(finding.Diagnostic.Code is "not-served" or "old-field" or "old-value", $"{path}: {finding.Diagnostic.Code} {finding.Diagnostic.Message}");
            }
            DiagnosticCheck.Check(MigrationCheck.Text(text));
        }
    }

    [SharedFact(RealCluster.Up)]
    public void TheApiServerAcceptsEachAfterMigration()
    {
        using RealCluster cluster = RealCluster.Start();
        int count = 0;
        foreach ((string path, string text) in Seeds().Concat(Samples()))
        {
            foreach (DocumentSlot slot in ManifestFile.Parse(path, MigrationCheck.Migrate(text).NewText).Documents)
            {
                foreach (ManifestObject one in ManifestObject.Of(slot.Document))
                {
                    if (one.Namespace is { Length: > 0 } ns and not "default")
                    {
                        cluster.CreateNamespace(ns);
                    }
                    ClusterAnswer verdict = cluster.DryRun(ObjectPaths.Of(one)!, slot.Document.Text);
                    Assert.True(verdict.IsAccepted, $"{path}: {verdict.Body}\n{slot.Document.Text}");
                    count++;
                }
            }
        }
        Assert.True(count > 20, $"only {count} objects were tried");
    }

    private static IEnumerable<(string Path, string Text)> Seeds() => SharedFiles.Exists("seed") ? Read(SharedFiles.Get("seed")) : [];

    private static IEnumerable<(string Path, string Text)> Samples() => Read(Path.Combine(SharedFiles.Root, "samples", "legacy"));

    private static IEnumerable<(string Path, string Text)> Read(string folder) =>
        Directory.GetFiles(folder, "*.yaml").Order(StringComparer.Ordinal).Select(file => (Path.GetFileName(file), File.ReadAllText(file)));
}
