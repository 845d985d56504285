using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Verdict;

/// <summary>Reasons of causes, by the names that the API server has for them (metav1.CauseType), and what strict decoding adds.</summary>
public static class CauseReason
{
    public const string Invalid = "FieldValueInvalid";
    public const string Required = "FieldValueRequired";
    public const string NotSupported = "FieldValueNotSupported";
    public const string Duplicate = "FieldValueDuplicate";
    public const string TypeInvalid = "FieldValueTypeInvalid";
    public const string TooLong = "FieldValueTooLong";
    public const string TooMany = "FieldValueTooMany";
    public const string NotFound = "FieldValueNotFound";
    public const string Forbidden = "FieldValueForbidden";
    public const string UnknownField = "UnknownField";
    public const string DuplicateField = "DuplicateField";
    public const string NoKindMatch = "NoKindMatch";

    /// <summary>The text is no YAML.</summary>
    public const string Unreadable = "Unreadable";

    public static string Of(SchemaIssueKind kind) => kind switch
    {
        SchemaIssueKind.UnknownField => UnknownField,
        SchemaIssueKind.InvalidType or SchemaIssueKind.InvalidFormat => TypeInvalid,
        SchemaIssueKind.MissingRequired => Required,
        SchemaIssueKind.UnsupportedValue => NotSupported,
        SchemaIssueKind.TooLong => TooLong,
        SchemaIssueKind.TooMany => TooMany,
        SchemaIssueKind.Duplicate => Duplicate,
        _ => Invalid,
    };

    /// <summary>With such a cause the object's structure is not to be trusted, and the API server runs no validation rules.</summary>
    public static bool IsBlocking(string reason) => reason is NotSupported or Required or TooLong or TooMany or TypeInvalid;
}
