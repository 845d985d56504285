using System.Collections.Immutable;

namespace GatewayLsp.Engine.Model;

/// <summary>BackendTLSPolicy: that a Gateway speaks TLS to a Service, and whom it trusts there.</summary>
public sealed class BackendTlsPolicy : ObjectView
{
    internal BackendTlsPolicy(ManifestObject one) : base(one)
    {
        TargetRefs = Spec.List("targetRefs", target => new PolicyTarget(target, Namespace));
        FieldReader validation = Spec.Child("validation");
        CaCertificateRefs = validation.List("caCertificateRefs", ca => new ObjectRef(ca, Namespace, ApiGroups.Core, "", isLocal: true));
        WellKnownCaCertificates = validation.Text("wellKnownCACertificates");
        Hostname = validation.Text("hostname");
    }

    public ImmutableArray<PolicyTarget> TargetRefs { get; }

    /// <summary>In the policy's own namespace.</summary>
    public ImmutableArray<ObjectRef> CaCertificateRefs { get; }

    /// <summary><c>System</c> for what the proxy's system trusts; null when CA certificates are referred to.</summary>
    public string? WellKnownCaCertificates { get; }

    /// <summary>What is asked for with SNI and expected in the certificate.</summary>
    public string? Hostname { get; }
}

/// <summary>What a policy is for, in its own namespace.</summary>
public sealed class PolicyTarget : ObjectRef
{
    internal PolicyTarget(FieldReader fields, string ownNamespace) : base(fields, ownNamespace, ApiGroups.Core, "", isLocal: true) =>
        SectionName = fields.Text("sectionName");

    /// <summary>Name of a Service's port; null for all of them.</summary>
    public string? SectionName { get; }
}
