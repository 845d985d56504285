using System.Collections.Immutable;
using System.Text.Json;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Kubernetes.Credentials;

namespace GatewayLsp.Kubernetes.Client;

/// <summary>Answers of authorization.k8s.io/v1.</summary>
internal static class AccessReader
{
    public static AccessRules? Rules(JsonElement root)
    {
        if (!root.TryGetProperty("status", out JsonElement status) || status.ValueKind != JsonValueKind.Object)
        {
            return null;
        }
        var rules = ImmutableArray.CreateBuilder<AccessRule>();
        if (status.TryGetProperty("resourceRules", out JsonElement list) && list.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement rule in list.EnumerateArray())
            {
                if (rule.ValueKind == JsonValueKind.Object)
                {
                    rules.Add(new AccessRule(Texts(rule, "verbs"), Texts(rule, "apiGroups"), Texts(rule, "resources"), Texts(rule, "resourceNames")));
                }
            }
        }
        return new AccessRules(rules.ToImmutable(), status.TryGetProperty("incomplete", out JsonElement incomplete) && incomplete.ValueKind == JsonValueKind.True);
    }

    public static AccessReview? Review(JsonElement root, Redactor redactor)
    {
        if (!root.TryGetProperty("status", out JsonElement status) || status.ValueKind != JsonValueKind.Object)
        {
            return null;
        }
        string reason = status.TryGetProperty("reason", out JsonElement text) && text.ValueKind == JsonValueKind.String ? redactor.Clean(text.GetString()) : "";
        return new AccessReview(status.TryGetProperty("allowed", out JsonElement allowed) && allowed.ValueKind == JsonValueKind.True, reason);
    }

    private static ImmutableArray<string> Texts(JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out JsonElement list) || list.ValueKind != JsonValueKind.Array)
        {
            return [];
        }
        var texts = ImmutableArray.CreateBuilder<string>();
        foreach (JsonElement one in list.EnumerateArray())
        {
            if (one.ValueKind == JsonValueKind.String)
            {
                texts.Add(one.GetString()!);
            }
        }
        return texts.ToImmutable();
    }
}
