using System.Collections.Immutable;
using GatewayLsp.Engine.Cel.Values;

namespace GatewayLsp.Engine.Cel.Checking;

public enum CelTypeKind : byte
{
    /// <summary>Any value; what is done with it is checked at run time only.</summary>
    Dyn,
    Null,
    Bool,
    Int,
    Uint,
    Double,
    String,
    Bytes,
    List,
    Map,
    Type,
    Duration,
    Timestamp,
    Optional,

    /// <summary>An object whose fields a schema declares.</summary>
    Object,
    Quantity,
    Ip,
    Cidr,
    Url,
    Semver,
    Format,

    /// <summary>Stands for any type that makes a function's parameters agree.</summary>
    Parameter,
}

/// <summary>A type that the checker reckons with. Immutable.</summary>
public sealed class CelType
{
    internal static readonly CelType Dyn = new(CelTypeKind.Dyn, "dyn");
    internal static readonly CelType Null = new(CelTypeKind.Null, "null");
    internal static readonly CelType Bool = new(CelTypeKind.Bool, "bool");
    internal static readonly CelType Int = new(CelTypeKind.Int, "int");
    internal static readonly CelType Uint = new(CelTypeKind.Uint, "uint");
    internal static readonly CelType Double = new(CelTypeKind.Double, "double");
    internal static readonly CelType String = new(CelTypeKind.String, "string");
    internal static readonly CelType Bytes = new(CelTypeKind.Bytes, "bytes");
    internal static readonly CelType Type = new(CelTypeKind.Type, "type");
    internal static readonly CelType Duration = new(CelTypeKind.Duration, "duration");
    internal static readonly CelType Timestamp = new(CelTypeKind.Timestamp, "timestamp");
    internal static readonly CelType Quantity = new(CelTypeKind.Quantity, "quantity");
    internal static readonly CelType Ip = new(CelTypeKind.Ip, "IP address");
    internal static readonly CelType Cidr = new(CelTypeKind.Cidr, "CIDR");
    internal static readonly CelType Url = new(CelTypeKind.Url, "URL");
    internal static readonly CelType Semver = new(CelTypeKind.Semver, "semantic version");
    internal static readonly CelType Format = new(CelTypeKind.Format, "format");

    /// <summary>The parameters of generic functions.</summary>
    internal static readonly CelType A = new(CelTypeKind.Parameter, "A");
    internal static readonly CelType B = new(CelTypeKind.Parameter, "B");

    private readonly string _name;

    private CelType(CelTypeKind kind, string name, ImmutableArray<CelType> parameters = default, DeclaredType? declared = null)
    {
        Kind = kind;
        _name = name;
        Parameters = parameters.IsDefault ? [] : parameters;
        Declared = declared;
        int depth = 0;
        foreach (CelType parameter in Parameters)
        {
            depth = Math.Max(depth, parameter.Depth + 1);
        }
        Depth = depth;
    }

    public CelTypeKind Kind { get; }

    /// <summary>Of a list or optional the element's; of a map key and value.</summary>
    public ImmutableArray<CelType> Parameters { get; }

    internal DeclaredType? Declared { get; }

    /// <summary>Nested lists and maps.</summary>
    internal int Depth { get; }

    internal static CelType List(CelType item) => new(CelTypeKind.List, "list", [item]);

    internal static CelType Map(CelType key, CelType value) => new(CelTypeKind.Map, "map", [key, value]);

    internal static CelType Optional(CelType value) => new(CelTypeKind.Optional, "optional", [value]);

    internal static CelType Object(DeclaredType declared) => new(CelTypeKind.Object, "object", declared: declared);

    /// <summary>A fresh type parameter, equal to itself only.</summary>
    internal static CelType Fresh(string name) => new(CelTypeKind.Parameter, name);

    internal CelType With(ImmutableArray<CelType> parameters) => new(Kind, _name, parameters, Declared);

    /// <summary>What a value must be at run time; <see cref="CelKind.Error"/> when that is open.</summary>
    internal CelKind RuntimeKind => Kind switch
    {
        CelTypeKind.Dyn or CelTypeKind.Parameter => CelKind.Error,
        CelTypeKind.Object => CelKind.Map,
        CelTypeKind.Null => CelKind.Null,
        CelTypeKind.Bool => CelKind.Bool,
        CelTypeKind.Int => CelKind.Int,
        CelTypeKind.Uint => CelKind.Uint,
        CelTypeKind.Double => CelKind.Double,
        CelTypeKind.String => CelKind.String,
        CelTypeKind.Bytes => CelKind.Bytes,
        CelTypeKind.List => CelKind.List,
        CelTypeKind.Map => CelKind.Map,
        CelTypeKind.Type => CelKind.Type,
        CelTypeKind.Duration => CelKind.Duration,
        CelTypeKind.Timestamp => CelKind.Timestamp,
        CelTypeKind.Optional => CelKind.Optional,
        CelTypeKind.Quantity => CelKind.Quantity,
        CelTypeKind.Ip => CelKind.Ip,
        CelTypeKind.Cidr => CelKind.Cidr,
        CelTypeKind.Url => CelKind.Url,
        CelTypeKind.Semver => CelKind.Semver,
        _ => CelKind.Format,
    };

    /// <summary>As a message names it: <c>list(string)</c>.</summary>
    public override string ToString() => Kind switch
    {
        CelTypeKind.Parameter => "dyn",
        _ when Parameters.Length == 0 => _name,
        _ => $"{_name}({string.Join(", ", Parameters)})",
    };
}
