using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace GatewayLsp.Testing;

/// <summary>
/// The sandbox's API servers in a process of their own, with the contexts, users and credential plugins that the test cluster
/// of <c>shared/cluster</c> has. No controllers: tests write the status that they want to see.
/// </summary>
internal sealed partial class SandboxProcess : IDisposable
{
    private const string Eks = "arn:aws:eks:ap-northeast-2:111122223333:cluster/primary";
    private const string Gke = "gke_demo-project_asia-northeast3_remote";

    private static readonly Lazy<string> PluginFolder = new(WritePlugins);

    private readonly string _state;
    private readonly Process _process;

    public SandboxProcess(string state, string channel)
    {
        _state = state;
        string users = Path.Combine(state, "users.json");
        File.WriteAllText(users, $$"""{"users":[{{string.Join(',', Users("eks").Concat(Users("gke")))}}]}""");
        _process = Process.Start(Command("up", "--foreground", "--bare", "--channel", channel, "--users", users, "--parent", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)))!;
        string own = File.ReadAllText(_process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The sandbox did not start."));
        string[] servers = [.. Servers.Matches(own).Select(match => match.Groups[1].Value)];
        string authority = Authority.Match(own).Groups[1].Value;
        KubeConfig = Path.Combine(state, "test-kubeconfig");
        File.WriteAllText(KubeConfig, Text(servers, authority));
    }

    public string KubeConfig { get; }

    /// <summary>Folder of stand-ins for <c>aws</c> and <c>gke-gcloud-auth-plugin</c>.</summary>
    public static string Plugins => PluginFolder.Value;

    /// <summary>Null when it is not built.</summary>
    public static string? Executable
    {
        get
        {
            string configuration = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";
            string[] candidates =
            [
                Path.Combine(AppContext.BaseDirectory, "gateway-sandbox"), Path.Combine(SharedFiles.Root, "server/GatewayLsp.Sandbox/bin", configuration, "net10.0/gateway-sandbox"),
            ];
            return Array.Find(candidates, File.Exists);
        }
    }

    public void Fail(string server) => Ask("fail", "sandbox-" + server);

    public void Heal() => Ask("heal");

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private void Ask(params string[] arguments)
    {
        using Process process = Process.Start(Command(arguments))!;
        process.WaitForExit();
    }

    private ProcessStartInfo Command(params string[] arguments)
    {
        var start = new ProcessStartInfo(Executable!) { RedirectStandardOutput = true };
        foreach (string argument in (string[])[.. arguments, "--state-dir", _state])
        {
            start.ArgumentList.Add(argument);
        }
        return start;
    }

    private static IEnumerable<string> Users(string name)
    {
        string user(string kind, string more) => "{\"cluster\":\"sandbox-" + name + "\",\"token\":\"" + name + "-" + kind + "\",\"name\":\"" + kind + "\"" + more + "}";
        const string Verbs = "\"verbs\":[\"get\",\"list\",\"watch\",\"create\",\"update\",\"patch\",\"delete\",\"deletecollection\"]";
        yield return user("admin", ",\"groups\":[\"system:masters\"],\"rules\":[{}]");
        yield return user("viewer", ",\"rules\":[{\"verbs\":[\"get\",\"list\",\"watch\"]}]");
        yield return user("dev", ",\"rules\":[{\"namespaces\":[\"demo\",\"default\"]," + Verbs + "}]");
    }

    private static string Text(string[] servers, string authority)
    {
        (string Short, string Long, string Server)[] all = [("eks", Eks, servers[0]), ("gke", Gke, servers[1])];
        string[] kinds = ["viewer", "dev", "expired"];
        return $"""
            apiVersion: v1
            kind: Config
            preferences: {"{}"}
            current-context: {Eks}
            clusters:
            {string.Concat(all.Select(one => $"- name: {one.Long}\n  cluster:\n    server: {one.Server}\n    certificate-authority-data: {authority}\n"))}contexts:
            {string.Concat(all.Select(one => $"- name: {one.Long}\n  context:\n    cluster: {one.Long}\n    user: {one.Long}\n"
                + string.Concat(kinds.Select(kind => $"- name: {one.Short}-{kind}\n  context:\n    cluster: {one.Long}\n    user: {one.Short}-{kind}\n"))))}users:
            {string.Concat(all.SelectMany(one => kinds.Select(kind => $"- name: {one.Short}-{kind}\n  user:\n    token: {one.Short}-{kind}\n")))}- name: {Eks}
              user:
                exec:
                  apiVersion: client.authentication.k8s.io/v1beta1
                  command: aws
                  args: [--region, ap-northeast-2, eks, get-token, --cluster-name, primary, --output, json]
            - name: {Gke}
              user:
                exec:
                  apiVersion: client.authentication.k8s.io/v1beta1
                  command: gke-gcloud-auth-plugin
                  installHint: Install gke-gcloud-auth-plugin for use with kubectl
                  provideClusterInfo: true

            """;
    }

    /// <summary>Stand-ins that obey the same variable as those of the real test cluster: fail, or hand out a token that is no longer good.</summary>
    private static string WritePlugins()
    {
        string folder = Directory.CreateTempSubdirectory("gateway-lsp-plugins-").FullName;
        foreach ((string name, string token) in ((string, string)[])[("aws", "eks"), ("gke-gcloud-auth-plugin", "gke")])
        {
            string file = Path.Combine(folder, name);
            File.WriteAllText(file, $$$"""
                #!/bin/sh
                [ -z "${TESTCLUSTER_EXEC_LOG:-}" ] || echo "{{{name}}} $*" >>"$TESTCLUSTER_EXEC_LOG"
                user=admin
                case "${TESTCLUSTER_EXEC:-}" in
                  fail) echo "no credentials" >&2; exit 1;;
                  stale) user=expired;;
                  slow) sleep 20;;
                esac
                printf '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1beta1","spec":{},"status":{"token":"{{{token}}}-%s"}}\n' "$user"
                """);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    }

    [GeneratedRegex("server: (https://\\S+)")]
    private static partial Regex Servers { get; }

    [GeneratedRegex("certificate-authority-data: (\\S+)")]
    private static partial Regex Authority { get; }
}
