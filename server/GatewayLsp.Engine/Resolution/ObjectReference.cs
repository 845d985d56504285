using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Resolution;

/// <summary>That one object refers to another. What is left out in the manifest has its default here.</summary>
public sealed class ObjectReference
{
    internal ObjectReference(ManifestObject from, YamlNode node, YamlNode? nameNode, ReferenceRole role, string group, string kind, string ns, string name)
    {
        From = from;
        Node = node;
        NameNode = nameNode;
        Role = role;
        Group = group;
        Kind = kind;
        Namespace = ns;
        Name = name;
    }

    public ManifestObject From { get; }

    /// <summary>The reference as written: a mapping, or the scalar where the name is all there is.</summary>
    public YamlNode Node { get; }

    /// <summary>Where the target's name stands; null when no name is written.</summary>
    public YamlNode? NameNode { get; }

    public ReferenceRole Role { get; }

    public string Group { get; }

    public string Kind { get; }

    /// <summary>The namespace that is looked in, should the target's kind have namespaces. See <see cref="Target"/>.</summary>
    public string Namespace { get; }

    /// <summary>Empty for a grant of all objects of the kind.</summary>
    public string Name { get; }

    /// <summary>Listener of a Gateway or ListenerSet, port of a Service, rule of a route.</summary>
    public string? SectionName { get; internal init; }

    public int? Port { get; internal init; }

    /// <summary>Name of a Service's port (Ingress).</summary>
    public string? PortName { get; internal init; }

    /// <summary>True when it leads out of the namespace of the object that refers.</summary>
    public bool CrossesNamespaces => Namespace != From.NamespaceOrDefault;

    /// <summary>Identity of the object meant.</summary>
    public ObjectKey Target(SchemaCatalog catalog)
    {
        foreach (ResourceKind kind in catalog.KindsNamed(Kind))
        {
            if (kind.Scope == ResourceScope.Cluster && kind.Group == Group)
            {
                return new ObjectKey(Group, Kind, "", Name);
            }
        }
        return new ObjectKey(Group, Kind, Namespace, Name);
    }
}
