using System.Collections.Immutable;

namespace GatewayLsp.Engine.Model;

/// <summary>ReferenceGrant: which objects of which namespaces may refer to objects of its own. Any from with any to.</summary>
public sealed class ReferenceGrant : ObjectView
{
    internal ReferenceGrant(ManifestObject one) : base(one)
    {
        From = Spec.List("from", from => new GrantFrom(from));
        To = Spec.List("to", to => new GrantTo(to));
    }

    public ImmutableArray<GrantFrom> From { get; }

    public ImmutableArray<GrantTo> To { get; }
}

/// <summary>Who may refer.</summary>
public sealed class GrantFrom : ModelElement
{
    internal GrantFrom(FieldReader fields) : base(fields)
    {
        Group = fields.Group("group", ApiGroups.Core);
        Kind = fields.Text("kind", "");
        Namespace = fields.Text("namespace", "");
    }

    public string Group { get; }

    public string Kind { get; }

    public string Namespace { get; }
}

/// <summary>What may be referred to.</summary>
public sealed class GrantTo : ModelElement
{
    internal GrantTo(FieldReader fields) : base(fields)
    {
        Group = fields.Group("group", ApiGroups.Core);
        Kind = fields.Text("kind", "");
        Name = fields.Text("name");
    }

    public string Group { get; }

    public string Kind { get; }

    /// <summary>Null for all objects of the kind.</summary>
    public string? Name { get; }
}
