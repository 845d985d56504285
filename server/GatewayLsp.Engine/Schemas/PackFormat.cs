namespace GatewayLsp.Engine.Schemas;

/// <summary>
/// Layout of the compiled schemas. Compiled into the engine (reader) and into SchemaTool (writer), which must not reference
/// each other: the tool runs before the engine is built.
/// </summary>
/// <remarks>
/// <code>
/// header   magic u32, then seven u32: count and start of strings, count and start of nodes, start of docs, count and start of kinds
/// strings  (count + 1) u32 offsets into the UTF-8 bytes that follow them
/// nodes    count u32 offsets into the records that follow them; a record refers only to nodes before it: no cycles
/// docs     each a varint length and UTF-8
/// kinds    records, see <see cref="KindFlags"/>
/// </code>
/// Integers are little-endian; "varint" is unsigned LEB128. In records a text is the index of a string, a doc is an offset
/// into docs plus one, 0 means none.
/// </remarks>
internal static class PackFormat
{
    public const uint Magic = 0x3253_5747;
    public const int HeaderSize = 8 * sizeof(uint);

    /// <summary>Bit i of the type byte stands for this type.</summary>
    public static readonly string[] Types = ["object", "array", "string", "integer", "number", "boolean"];

    /// <summary>Folders of schema sources, by the number of the origin that their kinds have.</summary>
    public static readonly string[] Origins = ["gateway-api", "core", "multicluster", "gke"];

    /// <summary>The folder of kinds and versions of Gateway API that nothing serves any more.</summary>
    public const string LegacyFolder = "legacy";

    public static readonly string[] ListTypes = ["", "atomic", "set", "map"];

    public static readonly string[] MapTypes = ["", "granular", "atomic"];

    public static readonly string[] SupportLevels = ["", "core", "extended", "implementation-specific"];

    public static readonly string[] CompletionSources =
    [
        "", "gatewayclass-name", "parent-name", "parent-section", "parent-port", "backend-name", "backend-port", "secret-name",
        "ca-certificate-name", "namespace", "hostname", "header-name", "policy-target-name", "policy-target-section", "route-kind",
        "group-of-kind", "label-key", "label-value", "configmap-name", "service-name", "service-port-name", "serviceaccount-name",
        "extension-name", "grpc-service", "grpc-method", "object-name",
    ];
}

/// <summary>Which fields a node's record has; they follow the varint of these bits in the order of the bits.</summary>
[Flags]
internal enum NodeFields : ulong
{
    None = 0,
    Types = 1 << 0,
    Flags = 1 << 1,
    Properties = 1 << 2,
    Required = 1 << 3,
    AdditionalProperties = 1 << 4,
    Items = 1 << 5,
    Enum = 1 << 6,
    Pattern = 1 << 7,
    Format = 1 << 8,
    Default = 1 << 9,
    MinLength = 1 << 10,
    MaxLength = 1 << 11,
    Minimum = 1 << 12,
    Maximum = 1 << 13,
    MultipleOf = 1 << 14,
    MinItems = 1 << 15,
    MaxItems = 1 << 16,
    MinProperties = 1 << 17,
    MaxProperties = 1 << 18,
    ListKind = 1 << 19,
    ListMapKeys = 1 << 20,
    Combinators = 1 << 21,
    Not = 1 << 22,
    Description = 1 << 23,
    Values = 1 << 24,
    Support = 1 << 25,
    Feature = 1 << 26,
    Since = 1 << 27,
    Link = 1 << 28,
    Deprecated = 1 << 29,
    Completion = 1 << 30,
    Snippet = 1u << 31,
    Validations = 1ul << 32,
}

[Flags]
internal enum NodeFlags : byte
{
    None = 0,
    Nullable = 1,
    IntOrString = 2,
    PreserveUnknownFields = 4,
    EmbeddedResource = 8,
    UniqueItems = 16,
    ExclusiveMinimum = 32,
    ExclusiveMaximum = 64,
    Experimental = 128,
}

/// <summary>
/// First byte of a validation rule; it is followed by the expression, then message, message expression, reason, field path
/// and code, each a text plus one (0: none).
/// </summary>
[Flags]
internal enum ValidationFlags : byte
{
    None = 0,
    OptionalOldSelf = 1,
}

[Flags]
internal enum PropertyFlags : byte
{
    None = 0,
    Required = 1,
    Experimental = 2,
}

/// <summary>
/// A kind's record: group, version, kind, plural, origin, flags, description (doc), link, since, deprecation (text plus one),
/// root node of the standard channel plus one (0: not served there), root node of the experimental channel.
/// </summary>
[Flags]
internal enum KindFlags : byte
{
    None = 0,
    Cluster = 1,
    ServedInStandard = 2,
    ServedInExperimental = 4,
    Preferred = 8,
}

/// <summary>First byte of a JSON value.</summary>
internal enum ValueTag : byte
{
    Null,
    False,
    True,
    Number,
    String,
    Array,
    Object,
}
