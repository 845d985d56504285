using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Schemas;

/// <summary>In which way a value breaks its schema.</summary>
public enum SchemaIssueKind : byte
{
    UnknownField,
    InvalidType,
    MissingRequired,
    UnsupportedValue,

    /// <summary>A text that does not match the pattern.</summary>
    InvalidValue,
    InvalidFormat,
    TooLong,
    TooShort,
    OutOfRange,
    TooMany,
    TooFew,
    Duplicate,

    /// <summary><c>oneOf</c>, <c>anyOf</c> or <c>not</c>, where no single value is to blame.</summary>
    InvalidCombination,
}

/// <summary>A place where a value breaks its schema. Says what and where; the words are the rules' business.</summary>
public sealed record SchemaIssue
{
    public required SchemaIssueKind Kind { get; init; }

    /// <summary>Path of the value to blame; for a missing or unknown field, of that field.</summary>
    public required string Field { get; init; }

    /// <summary>The value to blame; for a missing field the object that lacks it. Aliases are resolved.</summary>
    public required YamlNode Node { get; init; }

    /// <summary>The alias through which that value got here, so that it is the place to show; null if it stands here itself.</summary>
    public YamlAlias? Through { get; init; }

    /// <summary>
    /// The entry concerned: of an unknown field, or of a required one that stands there without a value. Null otherwise.
    /// </summary>
    public YamlEntry? Entry { get; init; }

    /// <summary>What the value ought to be; for an unknown field the schema of its object, for a missing one its own.</summary>
    public required SchemaNode Schema { get; init; }

    /// <summary>Schema of the object that lacks a field; the same as <see cref="Schema"/> for everything else.</summary>
    public SchemaNode? Owner { get; init; }

    /// <summary>Name of the unknown or missing field; empty for everything else.</summary>
    public string Name { get; init; } = "";

    /// <summary>Follows from a value of the wrong type above (<see cref="SchemaValidation.WithConsequences"/>).</summary>
    public bool IsConsequence { get; init; }

    /// <summary>How many <c>anyOf</c> and <c>oneOf</c> around it failed with it; the API server says each of them too.</summary>
    public int FailedChoices { get; init; }

    /// <summary>The first of two equal items.</summary>
    public YamlNode? First { get; init; }

    /// <summary>The experimental channel knows the field, or allows the value.</summary>
    public bool IsExperimental { get; init; }
}
