using System.Text;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Migration;
using GatewayLsp.Engine.Text;
using GatewayLsp.Server.Cli.Input;
using GatewayLsp.Server.Cli.Report;

namespace GatewayLsp.Server.Cli.Migrate;

/// <summary>A file that was migrated, and what became of it.</summary>
internal sealed record MigratedFile(ManifestSource Source, FileMigration Migration, bool IsWritten);

/// <summary>Reads all files into one workspace, migrates each, writes or shows it, and reports.</summary>
internal sealed class MigrateRun(MigrateOptions options, Terminal terminal)
{
    public int Execute()
    {
        LoadedWorkspace loaded = LoadedWorkspace.Load(options.Paths, options.StdinName, terminal, withMarkdown: true);
        var analysis = new Analysis(loaded.Workspace);
        var done = new List<MigratedFile>();
        var all = analysis.MigrateAll().ToDictionary(file => file.Path, StringComparer.Ordinal);
        foreach ((ManifestSource source, string text) in loaded.Files)
        {
            FileMigration migration = LoadedWorkspace.IsMarkdown(source) ? analysis.MigrateMarkdown(source.Key, text) : all[source.Key];
            bool isWritten = options.Writes && migration.IsChanged && !source.IsStdin && Write(source, migration.NewText, loaded.Problems);
            done.Add(new MigratedFile(source, migration, isWritten));
        }
        foreach (InputProblem problem in loaded.Problems)
        {
            terminal.Error.WriteLine($"{(problem.IsNamed ? "error" : "warning")}: {Printable.Of(problem.Shown)}: {Printable.Of(problem.Message)}");
        }
        Report(done);
        return loaded.Problems.Exists(p => p.IsNamed) ? ExitCode.Usage
            : done.Exists(file => file.Migration.Notes.Any(note => note.Note.Kind == MigrationNoteKind.Human)) ? ExitCode.Findings
            : ExitCode.Fine;
    }

    private void Report(List<MigratedFile> done)
    {
        if (options.IsJson)
        {
            MigrateJsonReport.Write(terminal.Out, done);
            return;
        }
        using TextWriter output = terminal.OpenWriter();
        if (options.ShowsDiff)
        {
            foreach (MigratedFile file in done.Where(file => file.Migration.IsChanged))
            {
                output.Write(LineDiff.Unified(file.Source.Shown, file.Source.Shown, file.Migration.OldText, file.Migration.NewText));
            }
            MigrateTextReport.Write(terminal.Error, done, onlyHuman: true, options.Writes);
        }
        else if (options.Writes && done.Find(file => file.Source.IsStdin) is { } stdin)
        {
            output.Write(stdin.Migration.NewText);
            MigrateTextReport.Write(terminal.Error, done, onlyHuman: false, options.Writes);
        }
        else
        {
            MigrateTextReport.Write(output, done, onlyHuman: false, options.Writes);
        }
    }

    /// <summary>In place of the old file at once, with its rights and its byte order mark.</summary>
    private static bool Write(ManifestSource source, string text, List<InputProblem> problems)
    {
        string temporary = source.Key + ".migrating";
        try
        {
            byte[] head = new byte[4];
            using (FileStream old = File.OpenRead(source.Key))
            {
                int read = old.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
                if (head[..read] is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0, 0, 0xFE, 0xFF, ..])
                {
                    problems.Add(new InputProblem(source.Shown, "is not written: it is UTF-16 or UTF-32; make it UTF-8 first", source.IsNamed));
                    return false;
                }
            }
            bool hasMark = head is [0xEF, 0xBB, 0xBF, ..];
            File.WriteAllText(temporary, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: hasMark));
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(source.Key));
            }
            File.Move(temporary, source.Key, overwrite: true);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(new InputProblem(source.Shown, "is not written: " + e.Message, IsNamed: true));
            return false;
        }
    }
}
