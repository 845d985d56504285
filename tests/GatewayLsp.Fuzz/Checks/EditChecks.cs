using GatewayLsp.Engine;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;
using GatewayLsp.Fuzz.Inputs;

namespace GatewayLsp.Fuzz.Checks;

/// <summary>Edits applied one after another lead to the same as reading the result anew.</summary>
internal static class EditChecks
{
    public static void Check(string text, Random random)
    {
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.Opened("file:///a.yaml", text, 1));
        ManifestFile file = host.Current.File("file:///a.yaml")!.Manifest;
        for (int version = 2; version < 5; version++)
        {
            var changes = new List<TextChange>();
            for (int n = 1 + random.Next(3); n > 0; n--)
            {
                TextChange change = Edits.Next(text, random);
                changes.Add(change);
                text = Edits.Apply(text, change);
            }
            Workspace edited = host.Apply(new WorkspaceChange.Edited("file:///a.yaml", changes, version));
            file = edited.File("file:///a.yaml")!.Manifest;
            Expect.That(file.GetText() == text, () => $"an edit makes another text|{string.Join(", ", changes)}");
            // Reads some trees on the way, so that old ones are there to be shared.
            _ = random.Next(2) == 0 ? Findings(edited) : "";
        }
        Same(host.Current, file, text);
    }

    private static void Same(Workspace edited, ManifestFile file, string text)
    {
        var fresh = new AnalysisHost();
        Workspace anew = fresh.Apply(new WorkspaceChange.Opened("file:///a.yaml", text, 1));
        ManifestFile other = anew.File("file:///a.yaml")!.Manifest;
        Expect.That(file.Documents.Select(d => (d.Start, d.StartLine, d.Document.Text)).SequenceEqual(other.Documents.Select(d => (d.Start, d.StartLine, d.Document.Text))),
            "documents after edits differ from documents read anew");
        Expect.That(TreeText.Of(file, spans: true) == TreeText.Of(other, spans: true), "tree after edits differs from the tree read anew");
        Expect.That(Findings(edited) == Findings(anew), "findings after edits differ from those of the text read anew");
        Expect.That(Objects(edited) == Objects(anew), "index after edits differs from the index made anew");
    }

    private static string Findings(Workspace workspace) => string.Join('\n', new Analysis(workspace).Diagnose("file:///a.yaml")
        .Select(d => $"{d.Range} {d.Diagnostic.Code} {d.Diagnostic.Field} {d.Diagnostic.Message}").Order(StringComparer.Ordinal));

    private static string Objects(Workspace workspace) =>
        string.Join('\n', workspace.Index.All.Select(o => $"{o.Path} {o.Object.Gvk} {o.Object.Namespace}/{o.Object.Name} {o.Object.Node.Span}").Order(StringComparer.Ordinal));
}
