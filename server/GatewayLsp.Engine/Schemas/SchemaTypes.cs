namespace GatewayLsp.Engine.Schemas;

/// <summary>JSON types that a value may have. <see cref="Any"/> says nothing about the type.</summary>
[Flags]
public enum SchemaTypes : byte
{
    Any = 0,
    Object = 1,
    Array = 2,
    String = 4,
    Integer = 8,
    Number = 16,
    Boolean = 32,
}

/// <summary>How server-side apply and validation see a list (<c>x-kubernetes-list-type</c>).</summary>
public enum SchemaListType : byte
{
    /// <summary>Not said, which the API server takes as atomic.</summary>
    None,
    Atomic,

    /// <summary>Scalars, each at most once.</summary>
    Set,

    /// <summary>Objects, unique by <see cref="SchemaNode.ListMapKeys"/>.</summary>
    Map,
}

/// <summary><c>x-kubernetes-map-type</c>.</summary>
public enum SchemaMapType : byte
{
    None,
    Granular,
    Atomic,
}

/// <summary>Support level that the Gateway API specification gives a field.</summary>
public enum SupportLevel : byte
{
    None,
    Core,
    Extended,
    ImplementationSpecific,
}
