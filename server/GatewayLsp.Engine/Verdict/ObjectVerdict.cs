using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Diagnostics.Rules.Metadata;
using GatewayLsp.Engine.Diagnostics.Rules.Schema;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Verdict;

/// <summary>The verdict on one object whose kind is served, step by step as the API server goes.</summary>
internal sealed class ObjectVerdict(ManifestObject one, SchemaNode schema, DocumentContext context, ManifestObject? old)
{
    private const string Metadata = "metadata.";

    private readonly List<VerdictCause> _causes = [];
    private readonly HashSet<YamlNode> _lists = [];

    public DryRunResult Result()
    {
        ImmutableArray<SchemaIssue> issues = SchemaValidator.Validate(one.Node, schema, new SchemaValidation(one.Document) { WithConsequences = true });
        if (Decoding(issues))
        {
            return DryRun.Refused(_causes);
        }
        Update? update = old is null || one.Document.IsTemplate ? null : new Update(one, old, schema);
        ImmutableArray<Diagnostic>.Builder found = ImmutableArray.CreateBuilder<Diagnostic>();
        var place = new ObjectContext(one, context, found);
        foreach (ObjectRule rule in RuleCatalog.Verdicts)
        {
            rule.Check(place);
        }
        foreach (Diagnostic finding in found)
        {
            // What is stored has its name: the form of neither that nor its start is looked at again.
            if (update is null || finding is not { Code: "invalid-name", Field: "metadata.name" or "metadata.generateName" })
            {
                Add(finding);
            }
        }
        if (update is null)
        {
            GeneratedName();
        }
        else
        {
            _causes.AddRange(MetadataUpdate.Causes(one, old!));
        }
        foreach (SchemaIssue issue in issues)
        {
            // Sets and maps of the metadata are only told apart by server-side apply.
            bool isMetadataItem = issue.Kind == SchemaIssueKind.Duplicate && issue.Field.StartsWith(Metadata, StringComparison.Ordinal);
            if (!isMetadataItem && !DocumentChecker.IsMetadataSyntax(issue) && update?.Tolerates(issue) != true)
            {
                Add(issue);
            }
        }
        Rules(update);
        return _causes.Count == 0 ? DryRunResult.Fine : DryRun.Refused(_causes);
    }

    /// <summary>
    /// Unknown fields, fields that stand twice and metadata of the wrong type end the reading of the object: nothing else is
    /// looked at.
    /// </summary>
    private bool Decoding(ImmutableArray<SchemaIssue> issues)
    {
        _causes.AddRange(StrictDecoding.DuplicateFields(one));
        bool isUnknown = issues.Any(i => i.Kind == SchemaIssueKind.UnknownField);
        foreach (SchemaIssue issue in issues)
        {
            if (isUnknown ? issue.Kind == SchemaIssueKind.UnknownField
                : issue.Kind == SchemaIssueKind.InvalidType && (issue.Field == "metadata" || issue.Field.StartsWith(Metadata, StringComparison.Ordinal)))
            {
                Add(issue);
            }
        }
        return _causes.Count > 0;
    }

    private void Rules(Update? update)
    {
        if (!RuleFacts.Of(schema).HasRules)
        {
            return;
        }
        if (_causes.Exists(c => CauseReason.IsBlocking(c.Reason)))
        {
            _causes.Add(Beside("The validation rules were not evaluated, because the structure of the object is wrong; correct that first.", one.Node));
            return;
        }
        if (one.Document.IsTemplate)
        {
            // Lines may come and go: what a rule sees is not what the API server will get.
            return;
        }
        foreach (BrokenRule broken in RuleWalk.Run(update?.New ?? ObjectDecoder.Read(one.Node, schema), schema, update?.Old))
        {
            // The family of the rule knows the exact place.
            Diagnostic? finding = Reported(place => RuleCatalog.For(broken).Report(broken, place));
            _causes.Add(new VerdictCause(broken.Field, broken.Reason, broken.Message, finding?.Span ?? broken.Node.HeadSpan()) { Code = RuleCatalog.For(broken).Code });
        }
    }

    private void Add(Diagnostic finding) =>
        _causes.Add(new VerdictCause(finding.Field ?? "", finding.Reason ?? CauseReason.Invalid, finding.Message, finding.Span) { Code = finding.Code });

    /// <summary>The API server makes a name of its start before it looks at either.</summary>
    private void GeneratedName()
    {
        if (one.At("metadata", "name").IsNull() && one.At("metadata", "generateName") is YamlScalar start && start.Text() is { Length: > 0 } text
            && context.Catalog.Kind(one.Gvk) is { } kind && NameSyntax.Name(kind, NameSyntax.Generated(text)) is { } wanted)
        {
            _causes.Add(new VerdictCause("metadata.name", CauseReason.Invalid, $"The name that is made of `generateName` must be {wanted}.", start.Span));
        }
    }

    private void Add(SchemaIssue issue)
    {
        Diagnostic? finding = Reported(place =>
        {
            place.Through = issue.Through;
            RuleCatalog.For(issue).Report(issue, place);
        });
        if (finding is null && issue is { Kind: SchemaIssueKind.UnknownField, Entry: { } entry })
        {
            _causes.Add(new VerdictCause(issue.Field, CauseReason.Of(issue.Kind), UnknownFieldRule.Plain(issue, one), entry.Key.Span) { Code = RuleCatalog.For(issue).Code });
            return;
        }
        string message = finding?.Message ?? $"`{issue.Field}` is not valid.";
        if (issue.Kind == SchemaIssueKind.InvalidCombination)
        {
            _causes.Add(Beside(message, issue.Node) with { Code = finding?.Code });
        }
        else
        {
            foreach (string reason in Reasons(issue))
            {
                _causes.Add(new VerdictCause(issue.Field, reason, message, finding?.Span ?? issue.Node.HeadSpan()) { Code = finding?.Code });
            }
        }
        for (int i = 0; i < issue.FailedChoices; i++)
        {
            _causes.Add(Beside($"`{issue.Field}` fits none of the forms that are allowed there.", issue.Node));
        }
    }

    private List<string> Reasons(SchemaIssue issue)
    {
        var reasons = new List<string> { CauseReason.Of(issue.Kind) };
        if (issue.Node is YamlScalar scalar && (issue.Schema.Types & SchemaTypes.Integer) != 0 && BreaksFormat(issue, scalar) is { } isFraction)
        {
            _causes.Add(Beside($"`{issue.Field}` is not a whole number{(issue.Schema.Format is { } format ? $" of the format `{format}`" : "")}.", issue.Node));
            reasons = isFraction ? [CauseReason.TypeInvalid] : [];
            if (SchemaValidator.Breaks(scalar, issue.Schema) is not (false, false))
            {
                reasons.Add(CauseReason.Invalid);
            }
        }
        if (issue.Kind != SchemaIssueKind.InvalidType)
        {
            return reasons;
        }
        if (issue.Schema.Enum.Length > 0)
        {
            reasons.Add(CauseReason.NotSupported);
        }
        if (issue.Schema.OneOf.Length > 1)
        {
            // The branches of a structural schema have no types: all of them fit what is no object.
            _causes.Add(Beside($"`{issue.Field}` fits more than one of the forms of which one is allowed there.", issue.Node));
        }
        if (IsItemOfListMap(issue.Node) && _lists.Add(issue.Node.Parent!))
        {
            reasons.Add(CauseReason.Invalid);
        }
        return reasons;
    }

    /// <summary>
    /// For a number that the integer of the format can't hold: true when it is not even one of 64 bits, which makes it of the
    /// wrong type as well. Null for all others.
    /// </summary>
    private static bool? BreaksFormat(SchemaIssue issue, YamlScalar scalar)
    {
        if (ScalarResolver.KindOf(scalar) is not (ScalarKind.Integer or ScalarKind.Float))
        {
            return null;
        }
        if (issue.Kind == SchemaIssueKind.InvalidType || (issue.Kind == SchemaIssueKind.OutOfRange && !Holds(scalar, null)))
        {
            return true;
        }
        return issue.Kind == SchemaIssueKind.OutOfRange && !Holds(scalar, issue.Schema.Format) ? false : null;
    }

    private static bool Holds(YamlScalar scalar, string? format) =>
        SchemaValidator.IsWithinFormat(scalar, new SchemaNode { Types = SchemaTypes.Integer, Format = format });

    /// <summary>Items of list maps must be objects to have keys; the API server says so apart from their type.</summary>
    private bool IsItemOfListMap(YamlNode node)
    {
        if (node.Owner is not YamlSequence || node.IsNull())
        {
            return false;
        }
        SchemaNode? at = schema;
        foreach (YamlNode step in node.PathFrom(one.Node).SkipLast(1))
        {
            at = step.Owner is YamlEntry entry ? at?.Child(entry.Name) : at?.Items;
        }
        return at is { ListType: SchemaListType.Map, ListMapKeys.IsEmpty: false };
    }

    /// <summary>The first finding that a rule reports.</summary>
    private Diagnostic? Reported(Action<ObjectContext> report)
    {
        ImmutableArray<Diagnostic>.Builder found = ImmutableArray.CreateBuilder<Diagnostic>();
        report(new ObjectContext(one, context, found));
        return found.Count > 0 ? found[0] : null;
    }

    private static VerdictCause Beside(string message, YamlNode node) => new(VerdictCause.NoField, CauseReason.Invalid, message, node.HeadSpan());
}
