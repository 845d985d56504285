using System.Collections.Immutable;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Model;

/// <summary>Service.</summary>
public sealed class Service : ObjectView
{
    internal Service(ManifestObject one) : base(one)
    {
        Type = Spec.Text("type", "ClusterIP");
        IsHeadless = Spec.Text("clusterIP") == "None";
        Ports = Spec.List("ports", port => new ServicePort(port));
        Selector = Spec.Map("selector");
    }

    /// <summary><c>ClusterIP</c>, <c>NodePort</c>, <c>LoadBalancer</c> or <c>ExternalName</c>.</summary>
    public string Type { get; }

    public bool IsExternalName => Type == "ExternalName";

    public bool IsHeadless { get; }

    public ImmutableArray<ServicePort> Ports { get; }

    /// <summary>Empty when its EndpointSlices are written by hand.</summary>
    public ImmutableDictionary<string, string> Selector { get; }
}

/// <summary>A port of a Service or ServiceImport.</summary>
public sealed class ServicePort : ModelElement
{
    internal ServicePort(FieldReader fields) : base(fields)
    {
        Name = fields.Text("name");
        Port = fields.Integer("port");
        Protocol = fields.Text("protocol", "TCP");
        AppProtocol = fields.Text("appProtocol");
        TargetPort = fields.Text("targetPort");
    }

    public string? Name { get; }

    /// <summary>1 to 65535; null when missing or templated.</summary>
    public int? Port { get; }

    /// <summary><c>TCP</c>, <c>UDP</c> or <c>SCTP</c>.</summary>
    public string Protocol { get; }

    /// <summary>As in <c>kubernetes.io/h2c</c>; null when it does not say.</summary>
    public string? AppProtocol { get; }

    /// <summary>Number or name of the container's port; null for the same number.</summary>
    public string? TargetPort { get; }
}

/// <summary>ServiceImport of the MCS API or of GKE: a Service as all clusters of a set have it.</summary>
public sealed class ServiceImport : ObjectView
{
    internal ServiceImport(ManifestObject one) : base(one)
    {
        FieldReader at = Spec.IsPresent ? Spec : Fields;
        Type = at.Text("type", "ClusterSetIP");
        Ports = at.List("ports", port => new ServicePort(port));
    }

    /// <summary><c>ClusterSetIP</c> or <c>Headless</c>.</summary>
    public string Type { get; }

    public ImmutableArray<ServicePort> Ports { get; }
}

/// <summary>EndpointSlice: the addresses behind a Service, where they are known.</summary>
public sealed class EndpointSlice : ObjectView
{
    internal EndpointSlice(ManifestObject one) : base(one)
    {
        Ports = Fields.List("ports", port => new ServicePort(port));
        int ready = 0;
        foreach (bool isReady in Fields.List("endpoints", endpoint => endpoint.Child("conditions").Boolean("ready") ?? true))
        {
            ready += isReady ? 1 : 0;
        }
        ReadyEndpoints = ready;
    }

    /// <summary>The Service that it belongs to; null when its label does not say.</summary>
    public string? ServiceName => Labels.GetValueOrDefault("kubernetes.io/service-name");

    public int ReadyEndpoints { get; }

    public ImmutableArray<ServicePort> Ports { get; }
}

/// <summary>Namespace. One that is not in any file exists nevertheless and has its name as a label.</summary>
public sealed class NamespaceView : ObjectView
{
    internal NamespaceView(ManifestObject one) : base(one)
    {
    }

    /// <summary>The label that every namespace has, with its name.</summary>
    public const string NameLabel = "kubernetes.io/metadata.name";

    public override string Namespace => "";

    /// <summary>What selectors see: its labels with that of its name. Kept, since every route at a listener asks for them.</summary>
    public ImmutableDictionary<string, string> AllLabels => field ??= Labels.SetItem(NameLabel, Name);
}
