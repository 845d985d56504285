using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics.Rules.Kinds;
using GatewayLsp.Engine.Diagnostics.Rules.Metadata;
using GatewayLsp.Engine.Diagnostics.Rules.Migration;
using GatewayLsp.Engine.Diagnostics.Rules.Schema;
using GatewayLsp.Engine.Diagnostics.Rules.Syntax;
using GatewayLsp.Engine.Migration;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Diagnostics;

/// <summary>All diagnostic codes. Written out, so that trimming keeps them and nothing has to be searched for at start-up.</summary>
public static class RuleCatalog
{
    private static readonly ImmutableArray<SyntaxRule> Syntax =
    [
        new AmbiguousColonRule(),
        new BadIndentationRule(),
        new ControlCharacterRule(),
        new DuplicateKeyRule(),
        new InvalidEscapeRule(),
        new InvalidYamlRule(),
        new MissingCommaRule(),
        new MissingSpaceRule(),
        new NestedTooDeepRule(),
        new ReservedCharacterRule(),
        new TabIndentationRule(),
        new UnclosedBracketRule(),
        new UnclosedQuoteRule(),
        new UnfinishedKeyRule(),
        new UnknownAliasRule(),
    ];

    private static readonly ExperimentalFieldRule ExperimentalField = new();

    internal static ObjectListRule ObjectList { get; } = new();

    /// <summary>By the number of <see cref="SchemaIssueKind"/>.</summary>
    private static readonly ImmutableArray<SchemaRule> Schema =
    [
        new UnknownFieldRule(),
        new InvalidTypeRule(),
        new MissingRequiredRule(),
        new UnsupportedValueRule(),
        new InvalidValueRule(),
        new InvalidFormatRule(),
        new TooLongRule(),
        new TooShortRule(),
        new OutOfRangeRule(),
        new TooManyItemsRule(),
        new TooFewItemsRule(),
        new DuplicateItemRule(),
        new InvalidCombinationRule(),
    ];

    /// <summary>Rules about the head and the metadata of an object, in the order in which they are asked.</summary>
    internal static ImmutableArray<ObjectRule> Objects { get; } =
    [
        new MissingApiVersionRule(),
        new MissingKindRule(),
        new WrongKindCaseRule(),
        new UnknownKindRule(),
        new UnknownVersionRule(),
        new NotServedRule(),
        new MissingNameRule(),
        new InvalidNameRule(),
        new InvalidLabelRule(),
        new InvalidAnnotationRule(),
    ];

    private static readonly ImmutableArray<MigrationRule> Old = [new OldFieldRule(), new OldValueRule()];

    /// <summary>Every rule, those of one source together.</summary>
    public static ImmutableArray<IRule> All { get; } = [.. Syntax, ObjectList, .. Objects, ExperimentalField, .. Schema, .. Old];

    /// <summary>The rule of that code; null when there is none.</summary>
    public static IRule? Find(string code)
    {
        foreach (IRule rule in All)
        {
            if (rule.Code == code)
            {
                return rule;
            }
        }
        return null;
    }

    internal static MigrationRule? For(MigrationNote note)
    {
        foreach (MigrationRule rule in Old)
        {
            if (rule.IsFor(note))
            {
                return rule;
            }
        }
        return null;
    }

    internal static SchemaRule For(SchemaIssue issue) =>
        issue is { Kind: SchemaIssueKind.UnknownField, IsExperimental: true } ? ExperimentalField : Schema[(int)issue.Kind];
}
