using System.Collections.Immutable;
using GatewayLsp.Engine.Migration.Rewriting;
using GatewayLsp.Engine.Migration.Steps;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Migration;

/// <summary>Brings the Gateway API objects of one document to v1, or tells what is old in them.</summary>
internal static class DocumentMigrator
{
    /// <summary>A migrated document that still holds something old is gone over again; two rounds do it, more would be a fault of ours.</summary>
    private const int MaxRounds = 4;

    /// <summary>Old constructs of a document, as seen without knowing any other object. Computed once per document.</summary>
    public static ImmutableArray<MigrationNote> Explain(ManifestDocument document) =>
        document.Memo.Get(typeof(DocumentMigrator), () => new Explanation(OldWords.MayHold(document) ? Once(document, MigrationFacts.None, only: null, isDry: true).Notes : [])).Notes;

    /// <param name="only">Migrate but the construct at this place, of the document as it is; null for all.</param>
    public static DocumentMigration Run(ManifestDocument document, MigrationFacts facts, TextSpan? only = null)
    {
        if (!PlainValue.HasAliases(document))
        {
            return Rounds(document, facts, only, unfolds: false);
        }
        // What an alias stands for may become something else in one place than in another.
        DocumentMigration shared = Rounds(document, facts, only: null, unfolds: false);
        if (shared.Refusal is null && shared.Text == document.Text)
        {
            return only is null ? shared : Rounds(document, facts, only, unfolds: false);
        }
        DocumentMigration apart = Rounds(document, facts, only: null, unfolds: true);
        bool isKnown = apart.Refusal is null && PlainValue.Of(new ManifestDocument(apart.Text)) is not null;
        bool isAlike = isKnown && shared.Refusal is null && PlainValue.Of(new ManifestDocument(shared.Text)) is { } value && value.Equals(PlainValue.Of(new ManifestDocument(apart.Text)));
        if (only is not null)
        {
            return isAlike ? Rounds(document, facts, only, unfolds: false) : new DocumentMigration(document.Text, [], []);
        }
        return isAlike ? shared : isKnown ? apart
            : new DocumentMigration(document.Text, shared.Notes, [], "The aliases of this document stand for values that differ after the migration: write the values out in their place, then migrate again.");
    }

    private static DocumentMigration Rounds(ManifestDocument document, MigrationFacts facts, TextSpan? only, bool unfolds)
    {
        DocumentMigration result = Once(document, facts, only, unfolds: unfolds);
        for (int round = 1; only is null && round < MaxRounds && result.Text != document.Text && result.Placeholders.IsEmpty; round++)
        {
            DocumentMigration next = Once(new ManifestDocument(result.Text), facts, only: null);
            if (next.Refusal is not null || next.Text == result.Text)
            {
                break;
            }
            result = result with { Text = next.Text, Placeholders = next.Placeholders };
        }
        return only is null ? ShellSnippets.InComments(document, result) : result;
    }

    /// <param name="isDry">Only the notes are wanted.</param>
    /// <param name="unfolds">Copies take the place of aliases first.</param>
    private static DocumentMigration Once(ManifestDocument document, MigrationFacts facts, TextSpan? only, bool isDry = false, bool unfolds = false)
    {
        var objects = new List<(ManifestObject Object, MigrationTarget Target)>();
        foreach (ManifestObject one in ManifestObject.Of(document))
        {
            if (MigrationTarget.Of(one) is { } target && (only is null || one.Node.Span.Contains(only.Value)))
            {
                objects.Add((one, target));
            }
        }
        if (objects.Count == 0 || EditTree.Read(document, isDry) is not { } tree)
        {
            return new DocumentMigration(document.Text, [], [], objects.Exists(o => IsOld(o.Object, o.Target)) ? Refusal(document) : null);
        }
        ImmutableArray<MigrationNote>.Builder notes = ImmutableArray.CreateBuilder<MigrationNote>();
        if (unfolds)
        {
            if (EditTreeUnfolder.Unfold(tree) is not { } replaced)
            {
                return new DocumentMigration(document.Text, [], [], Refusal(document));
            }
            notes.AddRange(replaced.Select(node => OfAlias(node, objects)));
        }
        bool isChanged = false;
        foreach ((ManifestObject one, MigrationTarget target) in objects)
        {
            if (tree.Find(one.Node) is not EditMapping root)
            {
                continue;
            }
            var log = new MigrationLog(one, only);
            Apply(new StepContext(one, target, tree, root, log, facts));
            notes.AddRange(log.Notes);
            isChanged |= log.HasChanges;
        }
        notes.Sort(static (a, b) => a.Span.Start != b.Span.Start ? a.Span.Start.CompareTo(b.Span.Start) : a.Kind.CompareTo(b.Kind));
        if (!isChanged || isDry)
        {
            return new DocumentMigration(document.Text, notes.DrainToImmutable(), []);
        }
        WrittenTree written = EditTreeWriter.Write(tree);
        return Refuse(document, written.Text) is { } refusal
            ? new DocumentMigration(document.Text, notes.DrainToImmutable(), [], refusal)
            : new DocumentMigration(written.Text, notes.DrainToImmutable(), written.Placeholders);
    }

    private static void Apply(StepContext context)
    {
        HeadStep.Run(context);
        switch (context.Target.Kind)
        {
            case "GatewayClass":
                GatewayStep.RunClass(context);
                break;
            case "Gateway" or "ListenerSet":
                GatewayStep.Run(context);
                break;
            case "ReferenceGrant":
                PolicyStep.RunGrant(context);
                break;
            case "BackendTLSPolicy":
                PolicyStep.RunBackendTls(context);
                break;
            default:
                RouteStep.Run(context);
                break;
        }
    }

    private static MigrationNote OfAlias(YamlNode node, List<(ManifestObject Object, MigrationTarget Target)> objects)
    {
        TextSpan span = node.HeadSpan();
        return new MigrationNote
        {
            Kind = MigrationNoteKind.Changed,
            Span = span,
            Unit = span,
            Object = objects.Find(one => one.Object.Node.Span.Contains(span)).Object,
            Field = FieldPath.Of(node),
            Message = "The values that the alias stands for are written out here: after the migration they differ from those at the anchor.",
            IsValue = true,
        };
    }

    private static bool IsOld(ManifestObject one, MigrationTarget target) => one.ApiVersion != target.ApiVersion || one.Kind != target.Kind;

    private static string Refusal(ManifestDocument document) =>
        document.Errors.Length > 0 ? "The YAML has errors: correct them, then migrate again." : "This form of YAML can't be rewritten without losing something, so nothing is changed: migrate the document by hand.";

    /// <summary>What comes out must be sound, with every comment and template expression of before.</summary>
    private static string? Refuse(ManifestDocument before, string text)
    {
        var after = new ManifestDocument(text);
        if (after.Errors.Length > 0 || after.Root is null)
        {
            return Refusal(before);
        }
        var comments = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (TextSpan comment in after.Comments)
        {
            string key = after.Text.Substring(comment.Start, comment.Length).TrimEnd();
            comments[key] = comments.GetValueOrDefault(key) + 1;
        }
        foreach (TextSpan comment in before.Comments)
        {
            string key = before.Text.Substring(comment.Start, comment.Length).TrimEnd();
            if (comments.GetValueOrDefault(key) > 0)
            {
                comments[key]--;
            }
            else if (!comments.Keys.Any(longer => longer.EndsWith(key, StringComparison.Ordinal)))
            {
                return Refusal(before);
            }
        }
        return Templates(before.Text) != Templates(text) ? "Template expressions would be lost, so nothing is changed: migrate the document by hand." : null;
    }

    private static int Templates(string text)
    {
        int count = 0;
        for (int at = text.IndexOf("{{", StringComparison.Ordinal); at >= 0; at = text.IndexOf("{{", at + 2, StringComparison.Ordinal))
        {
            count++;
        }
        return count;
    }

    private sealed record Explanation(ImmutableArray<MigrationNote> Notes);
}
