using Xunit;

namespace GatewayLsp.Testing;

/// <summary>
/// A test that holds for every cluster: on the API servers of <see cref="RealCluster"/>, or, with <see cref="Variable"/>, on those of
/// the kubeconfig that it names. Tests that restart a server, break its answers or need its users are <see cref="ClusterFactAttribute"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AnyClusterFactAttribute : FactAttribute
{
    public const string Variable = "GATEWAY_LSP_TEST_KUBECONFIG";

    /// <summary>The kubeconfig to use; null: our own servers.</summary>
    public static string? Named { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path ? Path.GetFullPath(path) : null;

    public AnyClusterFactAttribute()
    {
        if (Named is null)
        {
            Skip = new ClusterFactAttribute().Skip;
        }
    }
}
