using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics.Rules.Attachment;
using GatewayLsp.Engine.Diagnostics.Rules.Clusters;
using GatewayLsp.Engine.Diagnostics.Rules.Core;
using GatewayLsp.Engine.Diagnostics.Rules.Definitions;
using GatewayLsp.Engine.Diagnostics.Rules.Features;
using GatewayLsp.Engine.Diagnostics.Rules.Fields;
using GatewayLsp.Engine.Diagnostics.Rules.Kinds;
using GatewayLsp.Engine.Diagnostics.Rules.Kustomizations;
using GatewayLsp.Engine.Diagnostics.Rules.Listeners;
using GatewayLsp.Engine.Diagnostics.Rules.Metadata;
using GatewayLsp.Engine.Diagnostics.Rules.Migration;
using GatewayLsp.Engine.Diagnostics.Rules.Policies;
using GatewayLsp.Engine.Diagnostics.Rules.References;
using GatewayLsp.Engine.Diagnostics.Rules.Routing;
using GatewayLsp.Engine.Diagnostics.Rules.Schema;
using GatewayLsp.Engine.Diagnostics.Rules.Syntax;
using GatewayLsp.Engine.Migration;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Verdict;

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

    internal static DuplicateObjectRule DuplicateObject { get; } = new();

    internal static LiveConditionRule LiveCondition { get; } = new();

    internal static KustomizationRefusedRule KustomizationRefused { get; } = new();

    internal static ExpectationFailedRule ExpectationFailed { get; } = new();

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

    private static readonly BrokenRuleRule Broken = new();

    private static readonly ImmutableArray<FieldsRule> Fields =
    [
        new AmbiguousReferenceRule(),
        new CaCertificateSourceRule(),
        new ConflictingFiltersRule(),
        new CorsWildcardRule(),
        new DuplicateEntryRule(),
        new DuplicateListenerRule(),
        new InvalidGrpcMethodRule(),
        new InvalidPathRule(),
        new InvalidServerNameRule(),
        new ListenerProtocolMismatchRule(),
        new MirrorShareRule(),
        new MissingBackendPortRule(),
        new MissingCertificateRule(),
        new PrefixReplacementWithoutPrefixRule(),
        new RedirectWithBackendsRule(),
        new TimeoutOrderRule(),
        new TypeFieldMismatchRule(),
        Broken,
    ];

    private static readonly ImmutableArray<ObjectRule> Metadata =
    [
        new MissingNameRule(),
        new InvalidNameRule(),
        new InvalidLabelRule(),
        new InvalidAnnotationRule(),
        new InvalidFinalizerRule(),
        new InvalidOwnerRule(),
    ];

    /// <summary>What the API server checks in code for kinds that are built in.</summary>
    private static readonly ImmutableArray<ObjectRule> Core =
    [
        new DuplicatePortRule(),
        new InvalidConfigKeyRule(),
        new InvalidContainerRule(),
        new InvalidIngressRule(),
        new InvalidPortNameRule(),
        new InvalidVolumeRule(),
        new MissingPortNameRule(),
        new MissingSecretKeyRule(),
        new MissingServicePortRule(),
        new SelectorMismatchRule(),
        new ServiceTypeMismatchRule(),
    ];

    /// <summary>What controllers and data planes make of one object, whatever else there is.</summary>
    private static readonly ImmutableArray<ObjectRule> Views =
    [
        new MissingTlsRule(),
        new MissingSelectorRule(),
        new InvalidRegexRule(),
        new LiteralWildcardRule(),
        new AddressAsHostnameRule(),
        new InvalidDefinitionRule(),
        new CertificateKeyMismatchRule(),
    ];

    /// <summary>Rules about whole objects, in the order in which they are asked.</summary>
    internal static ImmutableArray<ObjectRule> Objects { get; } =
    [
        new MissingApiVersionRule(),
        new MissingKindRule(),
        new WrongKindCaseRule(),
        new UnknownKindRule(),
        new ForeignGatewayRule(),
        new UnknownVersionRule(),
        new NotServedRule(),
        .. Metadata,
        .. Core,
        .. Views,
    ];

    /// <summary>Those of the rules about an object that decide what the API server answers once it has read the object.</summary>
    internal static ImmutableArray<ObjectRule> Verdicts { get; } = [.. Metadata, .. Core];

    /// <summary>Rules about what objects mean together.</summary>
    internal static ImmutableArray<SemanticRule> Semantic { get; } =
    [
        new NoMatchingParentRule(),
        new NotAllowedByListenersRule(),
        new NoMatchingListenerHostnameRule(),
        new UnservedHostnameRule(),
        new BackendNotFoundRule(),
        new PortNotFoundRule(),
        new ServiceWithoutPodsRule(),
        new TargetPortNotFoundRule(),
        new RefNotPermittedRule(),
        new InvalidKindRule(),
        new InvalidCertificateRefRule(),
        new InvalidCaCertificateRefRule(),
        new HostnameConflictRule(),
        new ProtocolConflictRule(),
        new InvalidRouteKindsRule(),
        new TargetNotFoundRule(),
        new ConflictedRule(),
        new WeightsAllZeroRule(),
        new WeightLeftOutRule(),
        new RuleWithoutBackendsRule(),
        new UnreachableRuleRule(),
        new DuplicateMatchRule(),
        new ShadowedRouteRule(),
        new SharedHostnameRule(),
        new RedirectLoopRule(),
        new MirrorToBackendRule(),
        new OverlappingHostnamesRule(),
        new CertificateHostnameMismatchRule(),
        new UnsupportedProtocolRule(),
        new GatewayNameTooLongRule(),
        new SelectorMatchesNothingRule(),
        new NotAllowedRule(),
        new InvalidParametersRule(),
        new InvalidClientCertificateRefRule(),
        new UnusedGrantRule(),
        new UnsupportedFeatureRule(),
        new UnsupportedKindRule(),
        new IgnoredFieldRule(),
        new SharedGatewayNameRule(),
        new BackendInOtherClusterRule(),
        new ImportWithoutExportRule(),
        new NotInConfigClusterRule(),
        ExpectationFailed,
        new InvalidExpectationRule(),
    ];

    /// <summary>The rules about what objects mean, by the number of the bit of a kind in <see cref="SubjectKinds"/>.</summary>
    internal static ImmutableArray<ImmutableArray<SemanticRule>> SemanticByKind { get; } =
        [.. Enumerable.Range(0, Subjects.Count).Select(static bit => ImmutableArray.CreateRange(Semantic.Where(rule => ((int)rule.Kinds & (1 << bit)) != 0)))];

    private static readonly ImmutableArray<MigrationRule> Old = [new OldFieldRule(), new OldValueRule()];

    /// <summary>Every rule, those of one source together.</summary>
    public static ImmutableArray<IRule> All { get; } = [.. Syntax, ObjectList, DuplicateObject, KustomizationRefused, .. Objects, ExperimentalField, .. Schema, .. Fields, .. Semantic, LiveCondition, .. Old];

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

    /// <summary>The family of a validation rule, by the code that our schemas give it.</summary>
    internal static FieldsRule For(BrokenRule broken)
    {
        foreach (FieldsRule rule in Fields)
        {
            if (rule.Code == broken.Rule.Code)
            {
                return rule;
            }
        }
        return Broken;
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
