using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics.Rules.Kinds;
using GatewayLsp.Engine.Diagnostics.Rules.Routing;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Diagnostics;

/// <summary>
/// Runs the rules that look at one document: what the YAML reader found, then each object of a kind that we know. Objects of
/// other people's kinds, and YAML that is no object at all, are none of our business.
/// </summary>
internal static class DocumentChecker
{
    public static ImmutableArray<Diagnostic> Check(ManifestDocument document, DocumentContext context)
    {
        ImmutableArray<Diagnostic>.Builder found = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (SyntaxError error in document.Errors)
        {
            found.Add(new Diagnostic
            {
                Code = error.Code,
                Severity = DiagnosticSeverity.Error,
                Source = DiagnosticSource.Yaml,
                Message = error.Message,
                Span = error.Span,
                Related = error.First is { } first ? [new RelatedLocation("", document, first, "It is set here first.")] : [],
                Fixes = error.Fix is { } fix ? [new Fix(fix.Title, fix.Span, fix.NewText, fix.IsCertain)] : [],
            });
        }
        RuleCatalog.ObjectList.Check(document, context, found);
        if (document.Root is null)
        {
            InvalidExpectationRule.CheckEmpty(document, found);
        }
        foreach (ManifestObject one in ManifestObject.Of(document))
        {
            Check(new ObjectContext(one, context, found));
        }
        if (found.Count > 1)
        {
            found.Sort(static (a, b) => a.Span.Start.CompareTo(b.Span.Start));
        }
        return found.DrainToImmutable();
    }

    private static void Check(ObjectContext context)
    {
        // What is encrypted is decrypted on its way to the cluster, and the marks of the tool are gone there.
        if (context.Object.At("sops") is YamlMapping marks && (marks.Find("mac") ?? marks.Find("lastmodified") ?? marks.Find("version")) is not null)
        {
            return;
        }
        if (context.Document.IsTemplate ? HasSeveralHeads(context.Object.Node) : ForgottenSeparators.Of(context.Object.Node).Count > 0)
        {
            return;
        }
        foreach (ObjectRule rule in RuleCatalog.Objects)
        {
            rule.Check(context);
        }
        if (ForeignGatewayRule.IsForeign(context.Object))
        {
            return;
        }
        HashSet<TextSpan> old = MigrationRule.Report(context);
        Gvk gvk = context.Object.Gvk;
        if (context.Catalog.Find(gvk, context.Channel) is not { } schema)
        {
            return;
        }
        Func<SchemaNode?>? experimental = context.Channel == Channel.Standard ? () => context.Catalog.Find(gvk, Channel.Experimental) : null;
        ImmutableArray<SchemaIssue> issues = SchemaValidator.Validate(context.Object.Node, schema, new SchemaValidation(context.Document, context.IsPartial, experimental));
        foreach (SchemaIssue issue in issues)
        {
            if (!IsMetadataSyntax(issue) && !MigrationRule.Explains(old, issue) && !IsGuessed(issue, context.Document) && !IsMisplaced(issue, issues, schema, context))
            {
                context.Through = issue.Through;
                RuleCatalog.For(issue).Report(issue, context);
            }
        }
        FieldsChecker.Check(context, schema, issues);
        Versions(context);
    }

    /// <summary>A template that makes an object of one kind or another has the fields of both.</summary>
    private static bool HasSeveralHeads(YamlMapping node)
    {
        int kinds = 0;
        int versions = 0;
        foreach (YamlEntry entry in node.Entries)
        {
            kinds += entry.Name == "kind" ? 1 : 0;
            versions += entry.Name == "apiVersion" ? 1 : 0;
        }
        return kinds > 1 || versions > 1;
    }

    /// <summary>To a cluster with an older version the kind is not served and the field unknown, so these rules say it.</summary>
    private static void Versions(ObjectContext context)
    {
        if (context.GatewayApiMinor is not { } minor)
        {
            return;
        }
        foreach (NewerPart part in NewerParts.Of(context.Object, context.Catalog, context.Channel, minor))
        {
            if (!context.Document.IsDamaged(part.Entry.Key.Span) && RuleCatalog.Find(part.IsKind ? "not-served" : "unknown-field") is { } rule)
            {
                context.Report(rule, part.IsKind ? part.Entry.Value.Span : part.Entry.Key.Span, part.Field, NewerParts.Message(part, context.Object, minor));
            }
        }
    }

    /// <summary>A field that is not missing but stands at the wrong indentation, which another finding says.</summary>
    private static bool IsMisplaced(SchemaIssue missing, ImmutableArray<SchemaIssue> issues, SchemaNode schema, ObjectContext context)
    {
        if (missing.Kind != SchemaIssueKind.MissingRequired)
        {
            return false;
        }
        if (missing is { Node: YamlMapping item, Owner: { } own } && Repairs.DedentedItems.Of(item, own, context.Document)?.Proof(own) is not null)
        {
            return true;
        }
        foreach (SchemaIssue issue in issues)
        {
            if (issue is { Kind: SchemaIssueKind.UnknownField, Entry: { } entry } && issue.Name == missing.Name
                && Repairs.Reindentation.Of(entry, context.Object, schema, context.Document) is { } place && ReferenceEquals(place.Owner, missing.Node))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>A field in an object that was put together on a guess: it is hardly the one that is wrong.</summary>
    private static bool IsGuessed(SchemaIssue issue, ManifestDocument document) =>
        issue is { Kind: SchemaIssueKind.UnknownField, Entry: { } entry } && document.HoldsGuess(entry.Mapping.Span);

    /// <summary>Length and form of names and labels: the rules of the metadata say that more exactly.</summary>
    internal static bool IsMetadataSyntax(SchemaIssue issue) =>
        issue.Kind is SchemaIssueKind.TooLong or SchemaIssueKind.TooShort or SchemaIssueKind.InvalidValue
        && (issue.Field is "metadata.name" or "metadata.generateName" or "metadata.namespace"
            || issue.Field.StartsWith("metadata.labels", StringComparison.Ordinal) || issue.Field.StartsWith("metadata.annotations", StringComparison.Ordinal));
}
