using GatewayLsp.Engine.Cluster;

namespace GatewayLsp.Kubernetes.Credentials;

/// <summary>Gives credentials of one user of a kubeconfig.</summary>
internal interface ICredentialSource
{
    Task<Answered<Credential>> GetAsync(CancellationToken cancellation);

    /// <summary>The server refused this credential. True when asking again may give another.</summary>
    bool Reject(Credential refused);
}

/// <summary>May anything be run or asked for the sake of a cluster?</summary>
public interface ITrust
{
    /// <summary>False in a workspace that the user does not trust, and for clusters that the user has not picked.</summary>
    bool IsAllowed(ClusterTarget target);
}

/// <summary>For commands that the user types: to type them is to pick.</summary>
public sealed class Trusted : ITrust
{
    public static readonly Trusted Instance = new();

    public bool IsAllowed(ClusterTarget target) => true;
}
