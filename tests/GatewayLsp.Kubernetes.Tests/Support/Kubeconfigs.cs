using System.Text;

namespace GatewayLsp.Kubernetes.Tests.Support;

/// <summary>Texts of kubeconfigs.</summary>
internal static class Kubeconfigs
{
    /// <summary>One context <c>test</c> with the given lines below <c>cluster</c> and <c>user</c>.</summary>
    public static string One(string cluster, string user) =>
        $$"""
        apiVersion: v1
        kind: Config
        clusters:
        - name: c
          cluster:
        {{Indent(cluster, 4)}}
        contexts:
        - name: test
          context: {cluster: c, user: u}
        users:
        - name: u
          user:
        {{Indent(user, 4)}}
        """;

    public static string Token(string server, string token = "secret-token-1") => One($"server: {server}", $"token: {token}");

    /// <summary>A user whose plugin is this command.</summary>
    public static string Exec(string server, string command, string more = "", string version = "v1") => One($"server: {server}",
        $"exec:\n  apiVersion: client.authentication.k8s.io/{version}\n  command: {command}\n  interactiveMode: Never\n{Indent(more, 2)}");

    public static string Indent(string text, int columns)
    {
        var result = new StringBuilder();
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            result.Append(' ', columns).Append(line).Append('\n');
        }
        return result.ToString().TrimEnd('\n');
    }
}
