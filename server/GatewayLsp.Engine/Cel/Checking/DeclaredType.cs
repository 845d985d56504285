using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Cel.Checking;

internal enum DeclaredKind : byte
{
    /// <summary>Whatever stands there: the schema does not say, or allows several types.</summary>
    Dyn,
    IntOrString,
    Object,
    Map,
    List,
    Text,
    Bytes,
    Duration,
    Date,
    DateTime,
    Integer,
    Number,
    Boolean,
}

/// <summary>A field as an expression sees it.</summary>
/// <param name="Name">As the object writes it, not escaped.</param>
internal sealed record DeclaredField(string Name, DeclaredType Type);

/// <summary>
/// How Kubernetes shows a value of a structural schema to an expression. Made level by level when asked for, so that a
/// large schema costs what its rules use. Two threads may make the same part twice; both parts are right.
/// </summary>
internal sealed class DeclaredType
{
    private static readonly SchemaNode TextSchema = new() { Types = SchemaTypes.String };

    private static readonly SchemaNode MetadataSchema = new()
    {
        Types = SchemaTypes.Object,
        Properties =
        [
            new SchemaProperty("name", TextSchema, IsRequired: false, IsExperimental: false),
            new SchemaProperty("generateName", TextSchema, IsRequired: false, IsExperimental: false),
        ],
    };

    private readonly bool _isResource;
    private Dictionary<string, DeclaredField>? _fields;
    private DeclaredType? _items;
    private CelType? _type;

    private DeclaredType(SchemaNode schema, bool isResource)
    {
        Schema = schema;
        _isResource = isResource;
        Kind = KindOf(schema, isResource);
    }

    public SchemaNode Schema { get; }

    public DeclaredKind Kind { get; }

    public CelType Type => _type ??= TypeOf();

    /// <summary>Of a list's items or a map's values.</summary>
    public DeclaredType Items => _items ??= Of((Kind == DeclaredKind.List ? Schema.Items : Schema.AdditionalProperties) ?? SchemaNode.Any);

    /// <summary>Fields by the names that expressions use. A name that can't be escaped is not there.</summary>
    public IReadOnlyDictionary<string, DeclaredField> Fields => _fields ??= MakeFields();

    /// <param name="isResource">A whole object: it has <c>kind</c>, <c>apiVersion</c> and of its metadata the two names.</param>
    public static DeclaredType Of(SchemaNode schema, bool isResource = false) => new(schema, isResource || schema.EmbeddedResource);

    public DeclaredField? Find(string name) => Fields.GetValueOrDefault(name);

    private static DeclaredKind KindOf(SchemaNode schema, bool isResource)
    {
        if (schema.IntOrString)
        {
            return DeclaredKind.IntOrString;
        }
        switch (schema.Types)
        {
            case SchemaTypes.Object:
                if (schema.Properties.Length > 0 || isResource)
                {
                    return DeclaredKind.Object;
                }
                return schema.AdditionalProperties is null ? DeclaredKind.Dyn : DeclaredKind.Map;
            case SchemaTypes.Array:
                return DeclaredKind.List;
            case SchemaTypes.String:
                return schema.Format switch
                {
                    "byte" => DeclaredKind.Bytes,
                    "duration" => DeclaredKind.Duration,
                    "date" => DeclaredKind.Date,
                    "date-time" => DeclaredKind.DateTime,
                    _ => DeclaredKind.Text,
                };
            case SchemaTypes.Integer:
                return DeclaredKind.Integer;
            case SchemaTypes.Number or (SchemaTypes.Number | SchemaTypes.Integer):
                return DeclaredKind.Number;
            case SchemaTypes.Boolean:
                return DeclaredKind.Boolean;
            default:
                return DeclaredKind.Dyn;
        }
    }

    private CelType TypeOf() => Kind switch
    {
        DeclaredKind.Object => CelType.Object(this),
        DeclaredKind.Map => CelType.Map(CelType.String, Items.Type),
        DeclaredKind.List => CelType.List(Items.Type),
        DeclaredKind.Text => CelType.String,
        DeclaredKind.Bytes => CelType.Bytes,
        DeclaredKind.Duration => CelType.Duration,
        DeclaredKind.Date or DeclaredKind.DateTime => CelType.Timestamp,
        DeclaredKind.Integer => CelType.Int,
        DeclaredKind.Number => CelType.Double,
        DeclaredKind.Boolean => CelType.Bool,
        _ => CelType.Dyn,
    };

    private Dictionary<string, DeclaredField> MakeFields()
    {
        var fields = new Dictionary<string, DeclaredField>(Schema.Properties.Length + 3, StringComparer.Ordinal);
        if (_isResource)
        {
            fields.Add("apiVersion", new DeclaredField("apiVersion", Of(TextSchema)));
            fields.Add("kind", new DeclaredField("kind", Of(TextSchema)));
            fields.Add("metadata", new DeclaredField("metadata", Of(MetadataSchema)));
        }
        foreach (SchemaProperty property in Schema.Properties)
        {
            if (FieldNames.Escape(property.Name) is { } name)
            {
                fields.TryAdd(name, new DeclaredField(property.Name, Of(property.Schema)));
            }
        }
        return fields;
    }
}
