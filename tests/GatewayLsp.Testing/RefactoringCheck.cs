using GatewayLsp.Engine;
using GatewayLsp.Engine.CodeActions;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Testing;

/// <summary>Refactorings at the cursor of a fixture, by the beginning of their title.</summary>
public static class RefactoringCheck
{
    /// <summary>The titles of what is offered at the cursor, in order.</summary>
    public static string[] Titles(string fixture, WorkspaceSettings? settings = null) => [.. Offers(WorkspaceFixture.Parse(fixture, settings)).Select(offer => offer.Title)];

    /// <summary>The text of the cursor's file with the refactoring in it.</summary>
    public static string Apply(string fixture, string title) => After(fixture, title).Text;

    /// <summary>The same, with a workspace in which it is done.</summary>
    public static Refactored After(string fixture, string title)
    {
        WorkspaceFixture before = WorkspaceFixture.Parse(fixture);
        CodeActionItem offer = Offers(before).FirstOrDefault(one => one.Title.StartsWith(title, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"'{title}' is not offered, but {string.Join(", ", Offers(before).Select(one => $"'{one.Title}'"))}");
        CodeActionItem made = before.Analysis.ResolveAction(before.Path, LineRange.At(before.Cursor), offer.Kind, offer.Title)
            ?? throw new InvalidOperationException($"'{offer.Title}' is offered and can't be done.");
        string text = TextEditing.Apply(before.Workspace.File(before.Path)!.Manifest.GetText(), made.Edits.Single().Edits);
        var host = new AnalysisHost();
        foreach ((string path, WorkspaceFile file) in before.Workspace.Files)
        {
            host.Apply(new WorkspaceChange.OnDisk(path, path == before.Path ? text : file.Manifest.GetText()));
        }
        return new Refactored(before.Analysis, new Analysis(host.Current), text, made);
    }

    private static CodeActionItem[] Offers(WorkspaceFixture fixture) =>
        [.. fixture.Analysis.Actions(fixture.Path, LineRange.At(fixture.Cursor)).Where(one => one.IsDeferred)];
}

/// <summary>What came of a refactoring.</summary>
public sealed record Refactored(Analysis Before, Analysis After, string Text, CodeActionItem Action)
{
    /// <summary>Guessed values, as the user sees them.</summary>
    public string[] Guesses => [.. Action.Edits.SelectMany(file => file.Edits).SelectMany(edit => edit.Guessed.Select(one => edit.NewText.Substring(one.Start, one.Length)))];

    /// <summary>Codes of findings that were not there before.</summary>
    public string[] NewFindings
    {
        get
        {
            List<string> known = [.. Codes(Before)];
            return [.. Codes(After).Where(code => !known.Remove(code))];
        }
    }

    private static IEnumerable<string> Codes(Analysis analysis) =>
        analysis.Workspace.Files.Keys.SelectMany(path => analysis.Diagnose(path)).Where(one => one.Diagnostic.Severity <= DiagnosticSeverity.Warning).Select(one => one.Diagnostic.Code);
}
