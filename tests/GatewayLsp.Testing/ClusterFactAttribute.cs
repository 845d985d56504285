using Xunit;

namespace GatewayLsp.Testing;

/// <summary>
/// A test on the API servers of <see cref="RealCluster"/>: the real ones where they are, else the sandbox's. With
/// <c>GATEWAY_LSP_TEST_CLUSTER=sandbox</c> it runs on the sandbox everywhere.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ClusterFactAttribute : FactAttribute
{
    /// <summary>What the sandbox does not do as a real server does; empty for a test that holds on both.</summary>
    public string OnlyRealServers
    {
        get;
        init
        {
            field = value;
            if (value.Length > 0 && RealCluster.IsSandbox)
            {
                Skip = "not on the sandbox: " + value;
            }
        }
    } = "";

    public ClusterFactAttribute()
    {
        if (RealCluster.IsSandbox && SandboxProcess.Executable is null)
        {
            Skip = "neither shared/cluster nor a built gateway-sandbox is there";
        }
    }
}
