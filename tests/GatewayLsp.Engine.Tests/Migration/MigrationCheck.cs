using System.Runtime.CompilerServices;
using GatewayLsp.Engine.Migration;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Migration;

/// <summary>Migration as a user sees it: texts before and after, what is left to do.</summary>
internal static class MigrationCheck
{
    public static FileMigration Migrate(string fixture)
    {
        WorkspaceFixture workspace = WorkspaceFixture.Parse(fixture);
        return workspace.Analysis.Migrate(workspace.Path)!;
    }

    /// <summary>The text after; checks that the edits lead there and that a second run changes nothing.</summary>
    public static string Text(string fixture)
    {
        FileMigration migration = Migrate(fixture);
        Assert.Equal(migration.NewText, TextEditing.Apply(migration.OldText, migration.Edits));
        FileMigration again = Migrate(migration.NewText);
        Assert.Equal(migration.NewText, again.NewText);
        Assert.DoesNotContain(again.Notes, note => note.Note.Kind == MigrationNoteKind.Changed);
        return migration.NewText;
    }

    /// <summary>What is left for a human: field and message, one a line.</summary>
    public static string[] Human(FileMigration migration) =>
        [.. migration.Notes.Where(note => note.Note.Kind == MigrationNoteKind.Human).Select(note => $"{note.Note.Field}: {note.Note.Message}")];

    /// <summary>Compares with a reviewed file; UPDATE_BASELINES=1 writes it anew.</summary>
    public static void Baseline(string name, string actual, [CallerFilePath] string here = "")
    {
        string file = Path.Combine(Path.GetDirectoryName(here)!, "Baselines", name);
        if (Environment.GetEnvironmentVariable("UPDATE_BASELINES") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
        }
        Assert.True(File.Exists(file), $"{file} is missing: run the tests once with UPDATE_BASELINES=1 and review it");
        Assert.Equal(File.ReadAllText(file), actual);
    }
}
