using GatewayLsp.Engine.Migration;
using GatewayLsp.Engine.Migration.Rewriting;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Migration;

/// <summary>The tree that migration rewrites: what is not touched comes out to the blank, whatever the style.</summary>
public class EditTreeTests
{
    public static TheoryData<string> Manifests =>
        [.. Directory.EnumerateFiles(Path.Combine(SharedFiles.Root, "samples"), "*.yaml", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(SharedFiles.Root, f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Manifests))]
    public void ReadsAndWritesEveryManifest(string path)
    {
        foreach (DocumentSlot slot in ManifestFile.Parse(path, File.ReadAllText(Path.Combine(SharedFiles.Root, path))).Documents)
        {
            Assert.True(slot.Document.Root is not YamlMapping || slot.Document.Errors.Length > 0 || EditTree.Read(slot.Document) is not null, slot.Document.Text);
        }
    }

    [Theory]
    [InlineData("a: 1\n")]
    [InlineData("a:   1   # x\n# y\n\nb: # z\n   - 1\n   -   c: 2\n       # deep\n       d: |  # text\n         one\n         two\n\n   # end\n")]
    [InlineData("--- # start\n? x\n")]
    [InlineData("a: &x {b: [1, 2 ,3], c: {}}\nd: *x\ne: !t\n  f: 1\n")]
    [InlineData("a:\n  \"long\n  text\"\nb:\n- - 1\n  - 2\n-\n  c: 1\n")]
    [InlineData("a: b\r\nc:\r\n- d # e\r\n- f\r\n")]
    [InlineData("- a\n- b: c\n")]
    [InlineData("{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": {}\n}")]
    public void ReadsAndWritesEveryStyle(string text)
    {
        var document = new ManifestDocument(text);
        if (EditTree.Read(document) is { } tree)
        {
            Assert.Equal(text, EditTreeWriter.Write(tree).Text);
        }
        else
        {
            Assert.Contains('?', text);
        }
    }

    [Fact]
    public void DamagedManifestsNeverThrowAndChangeNothingTwice()
    {
        var random = new Random(7);
        foreach (string file in Directory.EnumerateFiles(Path.Combine(SharedFiles.Root, "samples", "legacy")).Order(StringComparer.Ordinal))
        {
            string text = File.ReadAllText(file);
            for (int i = 0; i < 60; i++)
            {
                int at = random.Next(text.Length);
                string damaged = (i % 3) switch
                {
                    0 => text.Remove(at, Math.Min(random.Next(1, 12), text.Length - at)),
                    1 => text.Insert(at, "{}[]:-# \n\"'&*"[random.Next(13)].ToString()),
                    _ => string.Concat(text.AsSpan(0, at), "\n", text.AsSpan(random.Next(text.Length))),
                };
                WorkspaceFixture workspace = WorkspaceFixture.Parse(damaged.Replace("$0", "", StringComparison.Ordinal));
                FileMigration migration = workspace.Analysis.Migrate(workspace.Path)!;
                Assert.Equal(migration.NewText, TextEditing.Apply(migration.OldText, migration.Edits));
                WorkspaceFixture after = WorkspaceFixture.Parse(migration.NewText);
                Assert.Equal(migration.NewText, after.Analysis.Migrate(after.Path)!.NewText);
            }
        }
    }

    [Fact]
    public void DifferencesLeadFromOneTextToTheOther()
    {
        var random = new Random(3);
        for (int i = 0; i < 500; i++)
        {
            string old = Some(random);
            string now = Some(random);
            Assert.Equal(now, TextEditing.Apply(old, LineDiff.Edits(old, now)));
        }
    }

    private static string Some(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => "ab\n \r\nxé"[random.Next(8)].ToString() + (random.Next(3) == 0 ? "\n" : "")));
}
