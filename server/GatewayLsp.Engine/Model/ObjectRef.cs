using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.Model;

/// <summary>A reference to an object, defaults applied.</summary>
public class ObjectRef : ModelElement
{
    internal ObjectRef(FieldReader fields, string ownNamespace, string group, string kind, bool isLocal = false) : base(fields)
    {
        Group = fields.Group("group", group);
        Kind = fields.Text("kind", kind);
        Name = fields.Text("name", "");
        WrittenNamespace = isLocal ? null : fields.Text("namespace");
        OwnNamespace = ownNamespace;
    }

    /// <summary>The core group is the empty string.</summary>
    public string Group { get; }

    public string Kind { get; }

    /// <summary>Empty when not written or templated.</summary>
    public string Name { get; }

    public string Namespace => WrittenNamespace ?? OwnNamespace;

    /// <summary>Null when left out: the namespace of the object that refers.</summary>
    public string? WrittenNamespace { get; }

    public bool CrossesNamespaces => Namespace != OwnNamespace;

    /// <summary>True when it is certain which object is meant.</summary>
    public bool IsKnown => Name.Length > 0 && Kind.Length > 0 && !IsTemplated;

    public ObjectKey Key => new(Group, Kind, Namespace, Name);

    private string OwnNamespace { get; }
}

/// <summary>Where a route or ListenerSet wants to be attached.</summary>
public sealed class ParentRef : ObjectRef
{
    internal ParentRef(FieldReader fields, string ownNamespace) : base(fields, ownNamespace, ApiGroups.Gateway, "Gateway")
    {
        SectionName = fields.Text("sectionName");
        Port = fields.Integer("port");
    }

    /// <summary>Name of a listener (Gateway, ListenerSet) or port (Service).</summary>
    public string? SectionName { get; }

    public int? Port { get; }

    public bool IsGateway => Group == ApiGroups.Gateway && Kind == "Gateway";

    public bool IsListenerSet => ListenerSet.IsListenerSet(Group, Kind);

    /// <summary>Mesh: the route is for requests to a Service.</summary>
    public bool IsService => Group == ApiGroups.Core && Kind == "Service";
}

/// <summary>Where requests go: a Service as a rule.</summary>
public class BackendRef : ObjectRef
{
    internal BackendRef(FieldReader fields, string ownNamespace) : base(fields, ownNamespace, ApiGroups.Core, "Service")
    {
        Port = fields.Integer("port");
        Weight = Math.Max(0, fields.Integer("weight") ?? 1);
        Filters = fields.List("filters", filter => new RouteFilter(filter, ownNamespace));
    }

    /// <summary>1 to 65535; null when left out, as kinds that have no ports do.</summary>
    public int? Port { get; }

    /// <summary>Share of the requests in proportion to the sum; 1 when left out, 0 for none.</summary>
    public int Weight { get; }

    /// <summary>Applied only to what goes to this backend.</summary>
    public System.Collections.Immutable.ImmutableArray<RouteFilter> Filters { get; }

    public bool IsService => Group == ApiGroups.Core && Kind == "Service";

    /// <summary>A Service of all clusters of a set, in either group.</summary>
    public bool IsServiceImport => Kind == "ServiceImport";
}
