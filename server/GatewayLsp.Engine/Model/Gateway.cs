using System.Collections.Immutable;

namespace GatewayLsp.Engine.Model;

/// <summary>GatewayClass: who implements the Gateways that name it.</summary>
public sealed class GatewayClass : ObjectView
{
    internal GatewayClass(ManifestObject one) : base(one)
    {
        ControllerName = Spec.Text("controllerName", "");
        FieldReader parameters = Spec.Child("parametersRef");
        ParametersRef = parameters.IsPresent ? new ObjectRef(parameters, "", ApiGroups.Core, "") : null;
        FieldReader status = Fields.Child("status");
        SupportedFeatures = [.. status.List("supportedFeatures", feature => feature.Text("name", "")), .. status.Texts("supportedFeatures")];
    }

    public override string Namespace => "";

    /// <summary><c>domain/path</c>, as in <c>istio.io/gateway-controller</c>.</summary>
    public string ControllerName { get; }

    /// <summary>Its namespace is written for namespaced kinds and left out for others.</summary>
    public ObjectRef? ParametersRef { get; }

    /// <summary>What its controller announced in <c>status.supportedFeatures</c> (GEP-2162; plain names in early versions); empty when it has not.</summary>
    public ImmutableHashSet<string> SupportedFeatures { get; }
}

/// <summary>Gateway: listeners, and which class brings them to life.</summary>
public sealed class Gateway : ObjectView
{
    internal Gateway(ManifestObject one) : base(one)
    {
        ClassName = Spec.Text("gatewayClassName", "");
        Listeners = Spec.List("listeners", listener => new Listener(listener, this));
        AllowedListeners = new NamespaceRule(Spec.Child("allowedListeners").Child("namespaces"), NamespaceSource.None);
        Addresses = Spec.List("addresses", address => new GatewayAddress(address));
        FieldReader parameters = Spec.Child("infrastructure").Child("parametersRef");
        ParametersRef = parameters.IsPresent ? new ObjectRef(parameters, Namespace, ApiGroups.Core, "", isLocal: true) : null;
        Tls = new GatewayTls(Spec.Child("tls"), Namespace);
    }

    public string ClassName { get; }

    public ImmutableArray<Listener> Listeners { get; }

    /// <summary>From where ListenerSets may join; from nowhere when left out.</summary>
    public NamespaceRule AllowedListeners { get; }

    public ImmutableArray<GatewayAddress> Addresses { get; }

    public ObjectRef? ParametersRef { get; }

    public GatewayTls Tls { get; }
}

/// <summary>An address that the Gateway should have.</summary>
public sealed class GatewayAddress : ModelElement
{
    internal GatewayAddress(FieldReader fields) : base(fields)
    {
        Type = fields.Text("type", "IPAddress");
        Value = fields.Text("value");
    }

    /// <summary><c>IPAddress</c>, <c>Hostname</c>, <c>NamedAddress</c>, or an implementation's own with its domain in front.</summary>
    public string Type { get; }

    public string? Value { get; }
}

/// <summary>TLS of a whole Gateway (<c>spec.tls</c>): towards clients by port, and towards backends.</summary>
public sealed class GatewayTls : ModelElement
{
    internal GatewayTls(FieldReader fields, string ownNamespace) : base(fields)
    {
        FieldReader frontend = fields.Child("frontend");
        FieldReader standard = frontend.Child("default").Child("validation");
        Default = standard.IsPresent ? new FrontendValidation(standard, ownNamespace) : null;
        PerPort = frontend.List("perPort", port => new PortValidation(port, ownNamespace));
        FieldReader client = fields.Child("backend").Child("clientCertificateRef");
        ClientCertificateRef = client.IsPresent ? new ObjectRef(client, ownNamespace, ApiGroups.Core, "Secret") : null;
    }

    /// <summary>How clients' certificates are checked on HTTPS ports without a rule of their own; null: not at all.</summary>
    public FrontendValidation? Default { get; }

    public ImmutableArray<PortValidation> PerPort { get; }

    /// <summary>What the Gateway shows to backends that ask who it is.</summary>
    public ObjectRef? ClientCertificateRef { get; }

    /// <summary>The check of clients' certificates on an HTTPS port.</summary>
    public FrontendValidation? ValidationOf(int? port)
    {
        foreach (PortValidation one in PerPort)
        {
            if (one.Port == port && port is not null)
            {
                return one.Validation;
            }
        }
        return Default;
    }
}

/// <summary>The check of clients' certificates on one port, in place of the default; null checks nothing there.</summary>
public sealed class PortValidation : ModelElement
{
    internal PortValidation(FieldReader fields, string ownNamespace) : base(fields)
    {
        Port = fields.Integer("port");
        FieldReader validation = fields.Child("tls").Child("validation");
        Validation = validation.IsPresent ? new FrontendValidation(validation, ownNamespace) : null;
    }

    public int? Port { get; }

    public FrontendValidation? Validation { get; }
}

/// <summary>How certificates of clients are checked.</summary>
public sealed class FrontendValidation : ModelElement
{
    internal FrontendValidation(FieldReader fields, string ownNamespace) : base(fields)
    {
        CaCertificateRefs = fields.List("caCertificateRefs", ca => new ObjectRef(ca, ownNamespace, ApiGroups.Core, ""));
        Mode = fields.Text("mode", "AllowValidOnly");
    }

    public ImmutableArray<ObjectRef> CaCertificateRefs { get; }

    /// <summary><c>AllowValidOnly</c> or <c>AllowInsecureFallback</c>.</summary>
    public string Mode { get; }

    public bool AllowsInsecureFallback => Mode == "AllowInsecureFallback";
}
