using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Migration;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Verdict;
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

    [SharedFact("seed")]
    public void OurDryRunAcceptsEachAfterMigration()
    {
        int count = 0;
        foreach ((string path, string text) in Seeds())
        {
            foreach (DocumentSlot slot in ManifestFile.Parse(path, MigrationCheck.Migrate(text).NewText).Documents)
            {
                DryRunResult verdict = DryRun.Of(slot.Document, SchemaCatalog.Bundled, Channel.Standard);
                Assert.True(verdict.Accepted, $"{path}: {string.Join(", ", verdict.Causes.Select(c => $"{c.Field}: {c.Message}"))}\n{slot.Document.Text}");
                count++;
            }
        }
        Assert.True(count >= 17, $"only {count} objects were tried");
    }

    /// <summary>Old fields and values are explained where they stand: by a finding on the key, on the value that is old, or on the old list around that names them.</summary>
    [SharedFact("seed")]
    public void EachOldFormIsExplainedAtItsNode()
    {
        int count = 0;
        foreach ((string path, string text) in Seeds())
        {
            FileDiagnostic[] findings = [.. DiagnosticCheck.Find(text)];
            foreach (DocumentSlot slot in ManifestFile.Parse(path, text).Documents)
            {
                foreach (YamlEntry entry in slot.Document.Root!.DescendantsAndSelf().OfType<YamlMapping>().SelectMany(mapping => mapping.Entries))
                {
                    if (OldPart(entry) is { } old)
                    {
                        count++;
                        Assert.True(findings.Any(f => f.Slot.Start == slot.Start && f.Diagnostic.Message.Length > 20 && (f.Diagnostic.Span == old.Span || Covers(f.Diagnostic, entry, slot.Document.Root!))),
                            $"{path}: nothing explains `{slot.Document.Text.Substring(old.Span.Start, old.Span.Length)}` of {entry.Name}; there are {string.Join(", ", findings.Select(f => $"{f.Diagnostic.Code} {f.Diagnostic.Field}"))}");
                    }
                }
            }
        }
        Assert.True(count >= 30, $"only {count} old forms were met");
    }

    /// <summary>One cause, one message: what became of a field may stand with the old list that it is a part of.</summary>
    private static bool Covers(Diagnostic finding, YamlEntry entry, YamlNode root) =>
        finding.Message.Contains($"`{entry.Name}`", StringComparison.Ordinal)
        && root.DescendantsAndSelf().OfType<YamlMapping>().SelectMany(mapping => mapping.Entries).Any(around => around.Key.Span == finding.Span && around.Value.Span.Contains(entry.Key.Span.Start));

    private static YamlNode? OldPart(YamlEntry entry) => (entry.Name, entry.Value.Text()) switch
    {
        ("forwardTo" or "serviceName" or "targetRef" or "mirror" or "routes", _) => entry.Key,
        ("type", "Prefix") or ("mode", "SIMPLE") => entry.Value,
        ("apiVersion", "networking.x-k8s.io/v1alpha1") => entry.Value,
        _ => null,
    };

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
