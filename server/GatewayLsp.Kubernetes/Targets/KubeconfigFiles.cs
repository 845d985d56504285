using System.Collections.Immutable;
using System.Text;

namespace GatewayLsp.Kubernetes.Targets;

/// <summary>Where kubeconfigs are looked for. Reads the environment once, when made.</summary>
public sealed record KubeconfigLocation
{
    /// <summary>From <c>--kubeconfig</c> or the setting; when there are any, nothing else is read and each has to exist.</summary>
    public ImmutableArray<string> Explicit { get; init; } = [];

    /// <summary>The variable <c>KUBECONFIG</c>: a list with the platform's separator, or null.</summary>
    public string? Variable { get; init; }

    public string HomeFolder { get; init; } = "";

    /// <summary>Folder with the service account of a pod; null outside of one.</summary>
    public string? ServiceAccount { get; init; }

    /// <summary>Host and port of the API server as a pod sees it.</summary>
    public string? InClusterServer { get; init; }

    /// <summary>The variable <c>PATH</c>, for credential plugins.</summary>
    public string? SearchPath { get; init; }

    public static KubeconfigLocation FromEnvironment(IEnumerable<string> explicitPaths) =>
        FromEnvironment(explicitPaths, Environment.GetEnvironmentVariable, Environment.CurrentDirectory);

    /// <param name="variable">Value of an environment variable, or null.</param>
    /// <param name="folder">Where relative paths start.</param>
    public static KubeconfigLocation FromEnvironment(IEnumerable<string> explicitPaths, Func<string, string?> variable, string folder)
    {
        string? host = variable("KUBERNETES_SERVICE_HOST");
        string? port = variable("KUBERNETES_SERVICE_PORT");
        string home = variable("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return new KubeconfigLocation
        {
            Explicit = [.. explicitPaths.Where(path => path.Length > 0).Select(path =>
                path.StartsWith("~/", StringComparison.Ordinal) ? Path.Combine(home, path[2..]) : Path.Combine(folder, path))],
            Variable = variable("KUBECONFIG"),
            HomeFolder = home,
            SearchPath = variable("PATH"),
            ServiceAccount = "/var/run/secrets/kubernetes.io/serviceaccount",
            InClusterServer = string.IsNullOrEmpty(host) || string.IsNullOrEmpty(port) ? null
                : host.Contains(':', StringComparison.Ordinal) ? $"https://[{host}]:{port}" : $"https://{host}:{port}",
        };
    }

    /// <summary>The files in order of precedence.</summary>
    public ImmutableArray<string> Paths()
    {
        if (!Explicit.IsEmpty)
        {
            return Explicit;
        }
        if (!string.IsNullOrEmpty(Variable))
        {
            return [.. Variable.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];
        }
        return HomeFolder.Length == 0 ? [] : [Path.Combine(HomeFolder, ".kube", "config")];
    }
}

/// <summary>
/// The files of a location, merged as kubectl does: of entries with the same name the first counts, as a whole. Read again when
/// a file changed.
/// </summary>
internal sealed class KubeconfigFiles(KubeconfigLocation location)
{
    /// <summary>Context of a pod's own service account, used when there is no kubeconfig.</summary>
    public const string InCluster = "in-cluster";

    private static readonly TimeSpan ReadLimit = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private string? _fingerprint;
    private Kubeconfig _content = Kubeconfig.Empty;

    /// <summary>Goes up with each change that was seen.</summary>
    public int Version { get; private set; }

    /// <summary>What the files say now. Costs a look at each file's time and size.</summary>
    public Kubeconfig Current()
    {
        lock (_gate)
        {
            ImmutableArray<string> paths = location.Paths();
            string fingerprint = Fingerprint(paths);
            if (fingerprint != _fingerprint)
            {
                _content = Load(paths);
                _fingerprint = fingerprint;
                Version++;
            }
            return _content;
        }
    }

    private Kubeconfig Load(ImmutableArray<string> paths)
    {
        var problems = ImmutableArray.CreateBuilder<KubeconfigProblem>();
        var contexts = ImmutableArray.CreateBuilder<KubeContext>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var clusters = ImmutableDictionary.CreateBuilder<string, KubeCluster>();
        var users = ImmutableDictionary.CreateBuilder<string, KubeUser>();
        foreach (string path in paths)
        {
            if (ReadText(path, problems) is not { } text)
            {
                continue;
            }
            Kubeconfig one = KubeconfigReader.Read(path, text);
            problems.AddRange(one.Problems);
            contexts.AddRange(one.Contexts.Where(context => names.Add(context.Name)));
            foreach ((string name, KubeCluster cluster) in one.Clusters)
            {
                clusters.TryAdd(name, cluster);
            }
            foreach ((string name, KubeUser user) in one.Users)
            {
                users.TryAdd(name, user);
            }
        }
        if (contexts.Count == 0 && location.Explicit.IsEmpty && location.InClusterServer is { } server && location.ServiceAccount is { } account
            && File.Exists(Path.Combine(account, "token")))
        {
            contexts.Add(new KubeContext(InCluster, InCluster, InCluster, ReadSmall(Path.Combine(account, "namespace"))));
            clusters[InCluster] = new KubeCluster(InCluster) { Server = server, AuthorityFile = Path.Combine(account, "ca.crt") };
            users[InCluster] = new KubeUser(InCluster) { TokenFile = Path.Combine(account, "token") };
        }
        return new Kubeconfig
        {
            Contexts = contexts.ToImmutable(),
            Clusters = clusters.ToImmutable(),
            Users = users.ToImmutable(),
            Problems = problems.ToImmutable(),
            Paths = paths,
        };
    }

    private string? ReadText(string path, ImmutableArray<KubeconfigProblem>.Builder problems)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
            {
                if (Directory.Exists(path))
                {
                    problems.Add(new KubeconfigProblem(path, 0, "This is a folder, not a kubeconfig."));
                }
                else if (!location.Explicit.IsEmpty)
                {
                    problems.Add(new KubeconfigProblem(path, 0, "There is no such file."));
                }
                return null;
            }
            if (file.Length > KubeconfigReader.MaxSize)
            {
                problems.Add(new KubeconfigProblem(path, 0, $"It is larger than {KubeconfigReader.MaxSize >> 20} MB; it is not read."));
                return null;
            }
            // A pipe or a device may be silent or endless, and opening one may already wait. On a thread of its own: in a busy
            // process the pool may take longer than the limit to begin at all.
            Task<byte[]> reading = Task.Factory.StartNew(() => ReadBounded(path), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            if (Task.WaitAny([reading], ReadLimit) < 0)
            {
                problems.Add(new KubeconfigProblem(path, 0, "It gives no content; it is not read."));
                return null;
            }
            byte[] bytes = reading.GetAwaiter().GetResult();
            if (bytes.Length > KubeconfigReader.MaxSize)
            {
                problems.Add(new KubeconfigProblem(path, 0, $"It is larger than {KubeconfigReader.MaxSize >> 20} MB; it is not read."));
                return null;
            }
            if (bytes.AsSpan().Contains((byte)0))
            {
                problems.Add(new KubeconfigProblem(path, 0, "This is no text."));
                return null;
            }
            return Encoding.UTF8.GetString(bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsSpan(3) : bytes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            problems.Add(new KubeconfigProblem(path, 0, error is UnauthorizedAccessException ? "There is no right to read it." : "It can't be read."));
            return null;
        }
    }

    private static byte[] ReadBounded(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] buffer = new byte[stream.CanSeek ? (int)Math.Min(stream.Length + 1, KubeconfigReader.MaxSize + 1) : 64 << 10];
        int count = 0;
        while (count <= KubeconfigReader.MaxSize)
        {
            if (count == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(buffer.Length * 2, KubeconfigReader.MaxSize + 1));
            }
            int read = stream.Read(buffer, count, buffer.Length - count);
            if (read == 0)
            {
                break;
            }
            count += read;
        }
        return buffer.AsSpan(0, count).ToArray();
    }

    private static string? ReadSmall(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim() is { Length: > 0 and < 300 } text ? text : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string Fingerprint(ImmutableArray<string> paths)
    {
        var text = new StringBuilder();
        foreach (string path in paths)
        {
            text.Append(path).Append('|');
            try
            {
                var file = new FileInfo(path);
                if (file.Exists)
                {
                    // A kubeconfig may be a link that is pointed elsewhere (a mounted secret): what counts is where it ends.
                    FileInfo real = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
                    text.Append(real.FullName).Append('|').Append(real.LastWriteTimeUtc.Ticks).Append('|').Append(real.Length);
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
            {
                text.Append('!');
            }
            text.Append('\n');
        }
        return text.ToString();
    }
}
