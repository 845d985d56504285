using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;

namespace GatewayLsp.Sandbox.Api;

/// <summary>Who asks: by bearer token, and in whose place (<c>kubectl --as</c>).</summary>
internal sealed class Authentication(Cluster cluster)
{
    private const string Administrators = "system:masters";

    private static readonly ClusterUser Anonymous = new("system:anonymous", ["system:unauthenticated"], []);

    public static bool IsAnonymous(ClusterUser user) => ReferenceEquals(user, Anonymous);

    public ClusterUser Of(HttpRequest request)
    {
        string header = request.Headers.Authorization.ToString();
        ClusterUser user = header.Length == 0 ? Anonymous
            : header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) && cluster.Users.TryGetValue(header["Bearer ".Length..].Trim(), out ClusterUser? known)
                ? known : throw ApiFailure.Unauthorized();
        return Impersonated(user, request);
    }

    /// <summary>
    /// Whoever may impersonate acts with the rights of the user of that name, or with none when there is no such user; in the
    /// administrators' group with all.
    /// </summary>
    private ClusterUser Impersonated(ClusterUser user, HttpRequest request)
    {
        string name = request.Headers["Impersonate-User"].ToString();
        ImmutableArray<string> groups = [.. request.Headers["Impersonate-Group"].OfType<string>()];
        if (name.Length == 0)
        {
            bool isPart = groups.Length > 0 || request.Headers.Keys.Any(key => key.StartsWith("Impersonate-", StringComparison.OrdinalIgnoreCase));
            return isPart ? throw new ApiFailure(500, "InternalError", "Internal error occurred: groups or other facts are to be impersonated, but no user") : user;
        }
        Check(user, "users", name);
        foreach (string group in groups)
        {
            Check(user, "groups", group);
        }
        ClusterUser? known = cluster.Users.Values.FirstOrDefault(one => one.Name == name);
        return new ClusterUser(name, groups, groups.Contains(Administrators) ? [AccessRule.Everything] : known?.Rules ?? []);
    }

    private static void Check(ClusterUser user, string resource, string name)
    {
        if (!user.May("impersonate", "", resource, ""))
        {
            throw ApiFailure.Forbidden("", resource, name, $"{resource} \"{name}\" is forbidden: User \"{user.Name}\" cannot impersonate resource \"{resource}\" in API group \"\" at the cluster scope");
        }
    }
}
