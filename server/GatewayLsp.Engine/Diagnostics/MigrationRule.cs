using System.Collections.Immutable;
using GatewayLsp.Engine.Migration;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Diagnostics;

/// <summary>A rule for what migration would change: the migrator finds it and has the words.</summary>
internal abstract class MigrationRule : IRule
{
    /// <summary>Repairs beyond this are left out of a document's findings; the migration of the file has them all.</summary>
    private const int MaxFixes = 200;

    public abstract string Code { get; }

    public abstract string Title { get; }

    public DiagnosticSeverity Severity => DiagnosticSeverity.Error;

    public DiagnosticSource Source => DiagnosticSource.Migration;

    public abstract RuleDoc Doc { get; }

    /// <summary>Whether a note is this rule's to tell.</summary>
    public abstract bool IsFor(MigrationNote note);

    /// <summary>Reports what is old in an object. The answer are the places that are explained by it, so that nothing else is said of them.</summary>
    public static HashSet<TextSpan> Report(ObjectContext context)
    {
        var told = new HashSet<TextSpan>();
        MigrationNote? around = null;
        var fixes = new Dictionary<TextSpan, ImmutableArray<Fix>>();
        Notes notes = context.Document.Memo.Get(typeof(MigrationRule), () => new Notes(DocumentMigrator.Explain(context.Document).ToLookup(note => note.Object?.Node)));
        foreach (MigrationNote note in notes.ByObject[context.Object.Node])
        {
            if (note.IsHead || note.Kind == MigrationNoteKind.Human || RuleCatalog.For(note) is not { } rule)
            {
                continue;
            }
            told.Add(note.Span);
            // What a finding says of the parts of a field need not be said of each part.
            if (around is not null && note.Field.StartsWith(around.Field, StringComparison.Ordinal) && note.Field.Length > around.Field.Length
                && note.Field[around.Field.Length] is '.' or '['
                && around.Message.Contains($"`{note.Field[(note.Field.LastIndexOf('.') + 1)..]}`", StringComparison.Ordinal))
            {
                continue;
            }
            around = note;
            if (!fixes.TryGetValue(note.Unit, out ImmutableArray<Fix> repairs))
            {
                repairs = fixes.Count < MaxFixes && MigrationFix.Of(context.Document, note, MigrationFacts.None) is { } fix ? [fix] : [];
                fixes[note.Unit] = repairs;
            }
            context.Report(rule, note.Span, note.Field, note.Message, repairs);
        }
        return told;
    }

    /// <summary>Of a list there may be tens of thousands of objects, each of which asks for its own.</summary>
    private sealed record Notes(ILookup<YamlMapping?, MigrationNote> ByObject);

    /// <summary>True for a finding of the schema that says nothing but what the old thing at its place says already.</summary>
    public static bool Explains(HashSet<TextSpan> told, SchemaIssue issue)
    {
        if (told.Count == 0 || issue.Through is not null)
        {
            return false;
        }
        if (issue.Kind == SchemaIssueKind.MissingRequired)
        {
            // What is missing has its old name there.
            return issue.Node is YamlMapping owner && owner.Entries.Any(entry => told.Contains(entry.Key.Span));
        }
        return (issue.Entry is { } unknown && told.Contains(unknown.Key.Span)) || told.Contains(issue.Node.Span)
            || (issue.Node.Entry is { } entry && !ReferenceEquals(entry.Key, issue.Node) && told.Contains(entry.Key.Span));
    }
}
