using System.Collections.Immutable;
using System.Text.Json.Nodes;
using GatewayLsp.Sandbox.Api;
using GatewayLsp.Sandbox.Objects;

namespace GatewayLsp.Sandbox.State;

/// <summary>A user of one cluster with the token by which he is known.</summary>
internal sealed record NamedUser(string Cluster, string Token, ClusterUser User);

/// <summary>
/// Further users, to see what somebody with few rights sees: <c>{"users":[{"cluster","token","name","groups":[],"rules":[{"namespaces":[],
/// "groups":[],"resources":[],"verbs":[]}]}]}</c>. What is left out of a rule is not restricted.
/// </summary>
internal static class UsersFile
{
    /// <param name="clusters">The clusters that there are.</param>
    public static IReadOnlyList<NamedUser> Read(string path, IReadOnlyCollection<string> clusters)
    {
        if (Json.Parse(File.ReadAllBytes(path)).At("users") is not JsonArray users)
        {
            throw new FormatException($"{path} is no JSON object with a list of users");
        }
        var found = new List<NamedUser>();
        foreach (JsonNode? one in users)
        {
            if (one.At("cluster").Text() is not { Length: > 0 } cluster || one.At("token").Text() is not { Length: > 0 } token || one.At("name").Text() is not { Length: > 0 } name)
            {
                throw new FormatException($"{path}: a user has a cluster, a token and a name");
            }
            if (!clusters.Contains(cluster))
            {
                throw new FormatException($"{path}: user {name} is of cluster '{cluster}', which there is not; the clusters are {string.Join(" and ", clusters)}");
            }
            if (found.Exists(other => other.Cluster == cluster && other.Token == token))
            {
                throw new FormatException($"{path}: user {name} has the token of another user of {cluster}");
            }
            found.Add(new NamedUser(cluster, token, new ClusterUser(name, Names(one.At("groups"), []), [.. one.At("rules").Items().Select(Rule)])));
        }
        return found;
    }

    private static AccessRule Rule(JsonNode? rule) =>
        new(Names(rule.At("namespaces"), []), Names(rule.At("groups"), ["*"]), Names(rule.At("resources"), ["*"]), Names(rule.At("verbs"), ["*"]));

    private static ImmutableArray<string> Names(JsonNode? list, ImmutableArray<string> otherwise) =>
        list is null ? otherwise
        : list is JsonArray items && items.All(static one => one.Text() is not null) ? [.. items.Select(static one => one.Text()!)]
        : throw new FormatException("namespaces, groups, resources and verbs of a rule are lists of texts");
}
