using System.Collections.Immutable;

namespace GatewayLsp.Engine.Model;

/// <summary>A listener of a Gateway or an entry of a ListenerSet.</summary>
public sealed class Listener : ModelElement
{
    internal Listener(FieldReader fields, ObjectView owner) : base(fields)
    {
        Owner = owner;
        Name = fields.Text("name", "");
        Port = fields.Integer("port");
        Protocol = fields.Text("protocol", "");
        Hostname = fields.Text("hostname")?.ToLowerInvariant();
        FieldReader tls = fields.Child("tls");
        Tls = tls.IsPresent ? new ListenerTls(tls, owner.Namespace) : null;
        AllowedRoutes = new AllowedRoutes(fields.Child("allowedRoutes"));
    }

    /// <summary>The Gateway or ListenerSet that it is written in.</summary>
    public ObjectView Owner { get; }

    public string Name { get; }

    /// <summary>1 to 65535; null when missing or not known.</summary>
    public int? Port { get; }

    /// <summary><c>HTTP</c>, <c>HTTPS</c>, <c>TLS</c>, <c>TCP</c>, <c>UDP</c>, or an implementation's own.</summary>
    public string Protocol { get; }

    /// <summary>Lower case; null serves every hostname (unless <see cref="ModelElement.IsTemplated"/>).</summary>
    public string? Hostname { get; }

    public ListenerTls? Tls { get; }

    public AllowedRoutes AllowedRoutes { get; }

    /// <summary>True when it hands TLS through to the backends unopened.</summary>
    public bool IsPassthrough => Tls?.Mode == "Passthrough";

    /// <summary>True when it ends TLS and so needs certificates.</summary>
    public bool TerminatesTls => (Protocol is "HTTPS" or "TLS") && !IsPassthrough;
}

/// <summary>TLS of a listener.</summary>
public sealed class ListenerTls : ModelElement
{
    internal ListenerTls(FieldReader fields, string ownNamespace) : base(fields)
    {
        Mode = fields.Text("mode", "Terminate");
        CertificateRefs = fields.List("certificateRefs", one => new ObjectRef(one, ownNamespace, ApiGroups.Core, "Secret"));
        Options = fields.Map("options");
    }

    /// <summary><c>Terminate</c> or <c>Passthrough</c>.</summary>
    public string Mode { get; }

    public ImmutableArray<ObjectRef> CertificateRefs { get; }

    /// <summary>Settings of implementations.</summary>
    public ImmutableDictionary<string, string> Options { get; }
}

/// <summary>Which routes a listener takes.</summary>
public sealed class AllowedRoutes : ModelElement
{
    internal AllowedRoutes(FieldReader fields) : base(fields)
    {
        Namespaces = new NamespaceRule(fields.Child("namespaces"), NamespaceSource.Same);
        Kinds = fields.List("kinds", one => new RouteGroupKind(one));
    }

    public NamespaceRule Namespaces { get; }

    /// <summary>Empty when all kinds of the protocol are welcome.</summary>
    public ImmutableArray<RouteGroupKind> Kinds { get; }
}

/// <summary>A kind of route that a listener names.</summary>
public sealed class RouteGroupKind : ModelElement
{
    internal RouteGroupKind(FieldReader fields) : base(fields)
    {
        Group = fields.Group("group", ApiGroups.Gateway);
        Kind = fields.Text("kind", "");
    }

    public string Group { get; }

    public string Kind { get; }
}

public enum NamespaceSource : byte { Same, All, Selector, None, Unknown }

/// <summary>From which namespaces something may come.</summary>
public sealed class NamespaceRule : ModelElement
{
    internal NamespaceRule(FieldReader fields, NamespaceSource orElse) : base(fields)
    {
        From = fields.Text("from") switch
        {
            "Same" => NamespaceSource.Same,
            "All" => NamespaceSource.All,
            "Selector" => NamespaceSource.Selector,
            "None" => NamespaceSource.None,
            null when !fields.IsTemplated => orElse,
            _ => NamespaceSource.Unknown,
        };
        FieldReader selector = fields.Child("selector");
        Selector = selector.IsPresent ? new LabelSelector(selector) : null;
    }

    public NamespaceSource From { get; }

    public LabelSelector? Selector { get; }
}
