using System.Collections.Immutable;
using System.Globalization;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Model;

/// <summary>
/// A part of an object, read once and never wrong: what is missing or odd has its default or is null. The node stays, for positions.
/// </summary>
public abstract class ModelElement
{
    private protected ModelElement(FieldReader fields)
    {
        Node = fields.Node;
        Fields = fields;
    }

    /// <summary>Where it is written; the enclosing object's node when it is not written at all.</summary>
    public YamlNode Node { get; }

    /// <summary>
    /// True when a template fills in a field that was read: an identity, a port, a hostname is not known. Nothing negative
    /// may be said about it.
    /// </summary>
    public bool IsTemplated => Fields.IsTemplated;

    /// <summary>Shared with the fields of the same node that are read later.</summary>
    private protected FieldReader Fields { get; }
}

/// <summary>A typed view of an object. Made once per object, kept with it.</summary>
public abstract class ObjectView : ModelElement
{
    private protected ObjectView(ManifestObject one) : base(new FieldReader(one.Node))
    {
        Object = one;
        Spec = Fields.Child("spec");
        CreationTimestamp = one.At("metadata", "creationTimestamp").Text() is { } text
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
                ? time
                : null;
    }

    public ManifestObject Object { get; }

    public string Name => Object.Name;

    /// <summary>The namespace it lives in (<c>default</c> when none is written); empty for cluster-scoped kinds.</summary>
    public virtual string Namespace => Object.NamespaceOrDefault;

    public string Group => Object.Gvk.Group;

    public string Kind => Object.Kind;

    /// <summary><c>namespace/name</c>, the order in which ties are broken; the name alone without namespace.</summary>
    public string FullName => Namespace.Length == 0 ? Name : $"{Namespace}/{Name}";

    /// <summary>UTC; null for what has not been created yet, which is what stands in files as a rule.</summary>
    public DateTimeOffset? CreationTimestamp { get; }

    public ImmutableDictionary<string, string> Labels => field ??= Fields.Child("metadata").Map("labels");

    public ImmutableDictionary<string, string> Annotations => field ??= Fields.Child("metadata").Map("annotations");

    private protected FieldReader Spec { get; }

    /// <summary>
    /// Older first, then by namespace and name, as the specification breaks ties. What has no age is newer than what has one:
    /// it is still to be created.
    /// </summary>
    public static int CompareAge(ObjectView a, ObjectView b)
    {
        int byTime = (a.CreationTimestamp ?? DateTimeOffset.MaxValue).CompareTo(b.CreationTimestamp ?? DateTimeOffset.MaxValue);
        if (byTime != 0)
        {
            return byTime;
        }
        int byNamespace = string.CompareOrdinal(a.Namespace, b.Namespace);
        return byNamespace != 0 ? byNamespace : string.CompareOrdinal(a.Name, b.Name);
    }

    /// <summary>What the resolution of this object last came to, with what it was made from. A cache, checked before use.</summary>
    internal object? Resolved;
}
