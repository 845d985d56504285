namespace GatewayLsp.Engine.Resolution;

/// <summary>What an object wants of the one that it refers to.</summary>
public enum ReferenceRole : byte
{
    /// <summary>The class that says who implements it.</summary>
    Class,

    /// <summary>Settings of a class or an infrastructure.</summary>
    Parameters,

    /// <summary>Where a route or a set of listeners wants to be attached.</summary>
    Parent,

    /// <summary>Where requests go.</summary>
    Backend,

    /// <summary>Where copies of requests go.</summary>
    Mirror,

    /// <summary>Who is asked whether a request may pass.</summary>
    Authorization,

    /// <summary>A filter of an implementation.</summary>
    Extension,

    /// <summary>Certificate and key to serve with.</summary>
    Certificate,

    /// <summary>Certificate and key to show to backends.</summary>
    ClientCertificate,

    /// <summary>Certificates to trust.</summary>
    CaCertificate,

    /// <summary>What a policy is for.</summary>
    PolicyTarget,

    /// <summary>What others are allowed to refer to. Without a name it stands for every object of the kind.</summary>
    Grant,

    /// <summary>What is offered to other clusters.</summary>
    Export,

    /// <summary>The Service whose addresses these are.</summary>
    Endpoints,

    /// <summary>What pods are run with: configuration, secrets, the Service that names them.</summary>
    Use,
}
