using System.Security.Cryptography;
using System.Text;

namespace GatewayLsp.Engine.Cluster.Planning;

internal static class PlanFingerprint
{
    public static string Of(ApplyPlan plan)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (TargetPlan target in plan.Targets)
        {
            Add(hash, target.Target.Context, target.Target.Server, target.Force ? "force" : "");
            foreach (PlanStep step in target.Steps)
            {
                Add(hash, step.Key.ToString(), step.Address.Kind.Gvk.ToString(), step.Live?.Uid ?? "", step.Live?.ResourceVersion ?? "", step.IsAdded ? "added" : "");
                hash.AppendData(SHA256.HashData(step.Body.Span));
            }
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, params ReadOnlySpan<string> texts)
    {
        foreach (string text in texts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(text));
            hash.AppendData("\0"u8);
        }
    }
}
