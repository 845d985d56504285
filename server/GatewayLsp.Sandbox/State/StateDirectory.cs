using System.Text;
using System.Text.Json.Nodes;
using GatewayLsp.Sandbox.Api;
using GatewayLsp.Sandbox.Objects;

namespace GatewayLsp.Sandbox.State;

/// <summary>The folder in which a sandbox leaves its traces: kubeconfig, where it listens, its log.</summary>
internal sealed class StateDirectory(string path)
{
    private const int MaxNotices = 5;

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    public string Kubeconfig => System.IO.Path.Combine(Path, "kubeconfig");

    public string Log => System.IO.Path.Combine(Path, "sandbox.log");

    /// <summary>The authority that signs what the sandbox shows and issues; for <c>curl --cacert</c>.</summary>
    public string AuthorityFile => System.IO.Path.Combine(Path, "ca.crt");

    private string Running => System.IO.Path.Combine(Path, "running.json");

    private string Ports => System.IO.Path.Combine(Path, "ports.json");

    /// <summary>Where it is kept when nobody says so: in the user's cache.</summary>
    public static string Default
    {
        get
        {
            string cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } given
                ? given : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
            return System.IO.Path.Combine(cache, "gateway-lsp", "sandbox");
        }
    }

    /// <summary>Throws an <see cref="IOException"/> with what to tell when the folder can't be made or written to.</summary>
    public void Create()
    {
        try
        {
            Directory.CreateDirectory(Path);
            PrivateFile.CheckWritable(Running);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"the state directory {Path} can't be used: {problem.Message}", problem);
        }
    }

    /// <summary>Held by the one process that runs, or starts, the sandbox of this folder; null while another one does.</summary>
    public FileStream? TryLock() => LockFile.TryTake(System.IO.Path.Combine(Path, "up.lock"));

    /// <summary>What the running sandbox had to tell since it was started, the last lines of its log.</summary>
    public IReadOnlyList<string> Notices()
    {
        try
        {
            return File.Exists(Log) ? [.. File.ReadLines(Log).TakeLast(MaxNotices)] : [];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>What the running sandbox wrote; null when there is none, or one that no longer runs.</summary>
    public RunningSandbox? Read()
    {
        if (!File.Exists(Running) || Json.ParseObject(File.ReadAllText(Running)) is not { } json
            || json["pid"].Number() is not { } pid || json["control"].Text() is not { } control || json["token"].Text() is not { } token)
        {
            return null;
        }
        return IsAlive((int)pid) ? new RunningSandbox((int)pid, control, token, UpChoices.Of(json["choices"])) : null;
    }

    public void Write(RunningSandbox running) =>
        PrivateFile.Write(Running, Json.Write(new JsonObject { ["pid"] = running.Pid, ["control"] = running.Control, ["token"] = running.Token, ["choices"] = running.Choices.ToJson() }));

    /// <summary>The API ports of the last run, so that a kubeconfig somebody copied stays right; 0 for any.</summary>
    public int PortOf(string cluster) => File.Exists(Ports) && Json.ParseObject(File.ReadAllText(Ports)) is { } json ? (int)(json[cluster].Number() ?? 0) : 0;

    public void WritePorts(IEnumerable<(string Cluster, int Port)> ports) =>
        PrivateFile.Write(Ports, Json.Write(new JsonObject(ports.Select(one => KeyValuePair.Create(one.Cluster, (JsonNode?)one.Port)))));

    public void Forget()
    {
        File.Delete(Running);
        File.Delete(Kubeconfig);
    }

    public void WriteKubeconfig(IEnumerable<(Cluster Cluster, int Port, string Token)> clusters, string authority)
    {
        string data = Convert.ToBase64String(Encoding.UTF8.GetBytes(authority));
        var text = new StringBuilder("apiVersion: v1\nkind: Config\npreferences: {}\ncurrent-context: sandbox-eks\n");
        (Cluster Cluster, int Port, string Token)[] all = [.. clusters];
        text.Append("clusters:\n");
        foreach ((Cluster cluster, int port, _) in all)
        {
            text.Append($"- name: {cluster.Name}\n  cluster:\n    server: https://127.0.0.1:{port}\n    certificate-authority-data: {data}\n");
        }
        text.Append("contexts:\n");
        foreach ((Cluster cluster, _, _) in all)
        {
            text.Append($"- name: {cluster.Name}\n  context:\n    cluster: {cluster.Name}\n    user: {cluster.Name}\n");
        }
        text.Append("users:\n");
        foreach ((Cluster cluster, _, string token) in all)
        {
            text.Append($"- name: {cluster.Name}\n  user:\n    token: {token}\n");
        }
        PrivateFile.Write(Kubeconfig, Encoding.UTF8.GetBytes(text.ToString()));
        PrivateFile.Write(AuthorityFile, Encoding.UTF8.GetBytes(authority + "\n"));
    }

    private static bool IsAlive(int pid)
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}

/// <summary>Where a running sandbox can be spoken to.</summary>
/// <param name="Control">Address of its control port.</param>
internal sealed record RunningSandbox(int Pid, string Control, string Token, UpChoices Choices);
