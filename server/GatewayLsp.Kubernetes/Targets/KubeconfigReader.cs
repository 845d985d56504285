using System.Collections.Immutable;
using System.Text;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Kubernetes.Targets;

/// <summary>
/// Reads one kubeconfig. The engine's YAML reader serves: it is bounded (depth, aliases) and gives a tree of anything, so
/// a broken or hostile file is a list of problems. Messages never quote the file: any line may hold a secret.
/// </summary>
internal sealed class KubeconfigReader
{
    /// <summary>Bytes; kubeconfigs with hundreds of clusters stay below 2 MB.</summary>
    public const int MaxSize = 8 << 20;

    private const int MaxEntries = 5_000;
    private const int MaxProblems = 50;
    private const string ExecExtension = "client.authentication.k8s.io/exec";

    private readonly string _path;
    private readonly string _folder;
    private readonly ImmutableArray<KubeconfigProblem>.Builder _problems = ImmutableArray.CreateBuilder<KubeconfigProblem>();
    private DocumentSlot _slot;

    private KubeconfigReader(string path)
    {
        _path = path;
        _folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "";
    }

    public static Kubeconfig Read(string path, string text) => new KubeconfigReader(path).Read(text);

    private Kubeconfig Read(string text)
    {
        ManifestFile file = ManifestFile.Parse(_path, text);
        _slot = file.Documents.FirstOrDefault(slot => slot.Document.Root is not null);
        if (_slot.Document is not { } document)
        {
            return new Kubeconfig(); // An empty file is an empty kubeconfig, as for kubectl.
        }
        foreach (SyntaxError error in document.Errors)
        {
            Problem(_slot.RangeOf(error.Span).Start.Line, "This is no valid YAML.");
        }
        if (document.Root.Resolved() is not YamlMapping root)
        {
            Problem(_slot.StartLine, "This is no kubeconfig: its top level is not a mapping.");
            return new Kubeconfig { Problems = _problems.ToImmutable() };
        }
        if (root.Get("kind").Text() is { } kind && kind != "Config")
        {
            Problem(LineOf(root), "This is no kubeconfig: its kind is not Config.");
            return new Kubeconfig { Problems = _problems.ToImmutable() };
        }
        var clusters = ImmutableDictionary.CreateBuilder<string, KubeCluster>();
        Entries(root, "clusters", "cluster", (name, body) => Put(clusters, name, ReadCluster(name, body), body));
        var users = ImmutableDictionary.CreateBuilder<string, KubeUser>();
        Entries(root, "users", "user", (name, body) => Put(users, name, ReadUser(name, body), body));
        var contexts = ImmutableArray.CreateBuilder<KubeContext>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        Entries(root, "contexts", "context", (name, body) =>
        {
            if (seen.Add(name))
            {
                contexts.Add(new KubeContext(name, body.Get("cluster").Text() ?? "", body.Get("user").Text() ?? "", NonEmpty(body, "namespace")));
            }
            else
            {
                Problem(LineOf(body), "A context of this name stands above; this one is ignored.");
            }
        });
        return new Kubeconfig
        {
            Contexts = contexts.ToImmutable(),
            Clusters = clusters.ToImmutable(),
            Users = users.ToImmutable(),
            Problems = _problems.ToImmutable(),
        };
    }

    private void Entries(YamlMapping root, string list, string body, Action<string, YamlMapping> read)
    {
        YamlNode? node = root.Get(list);
        if (node.IsNull())
        {
            return;
        }
        if (node is not YamlSequence items)
        {
            Problem(LineOf(node!), $"`{list}` is not a list.");
            return;
        }
        int count = 0;
        foreach (YamlNode item in items.Items)
        {
            if (++count > MaxEntries)
            {
                Problem(LineOf(item), $"`{list}` has more than {MaxEntries} entries; the others are ignored.");
                return;
            }
            if (item.Resolved() is not YamlMapping entry || entry.Get("name").Text() is not { Length: > 0 } name)
            {
                Problem(LineOf(item), $"An entry of `{list}` has no name.");
            }
            else if (entry.Get(body) is YamlMapping content)
            {
                read(name, content);
            }
            else if (!entry.Get(body).IsNull() || entry.Find(body) is null)
            {
                Problem(LineOf(item), $"An entry of `{list}` has no `{body}`.");
            }
        }
    }

    private void Put<T>(ImmutableDictionary<string, T>.Builder map, string name, T value, YamlMapping at)
    {
        if (!map.TryAdd(name, value))
        {
            Problem(LineOf(at), "An entry of this name stands above; this one is ignored.");
        }
    }

    private KubeCluster ReadCluster(string name, YamlMapping body) => new(name)
    {
        Server = body.Get("server").Text()?.Trim() ?? "",
        TlsServerName = NonEmpty(body, "tls-server-name"),
        SkipsTlsVerification = IsTrue(body, "insecure-skip-tls-verify"),
        AuthorityData = NonEmpty(body, "certificate-authority-data"),
        AuthorityFile = FileOf(body, "certificate-authority"),
        ProxyUrl = NonEmpty(body, "proxy-url"),
        DisablesCompression = IsTrue(body, "disable-compression"),
        ExecConfig = ExecConfigOf(body),
    };

    private KubeUser ReadUser(string name, YamlMapping body) => new(name)
    {
        Token = NonEmpty(body, "token"),
        TokenFile = FileOf(body, "tokenFile"),
        CertificateData = NonEmpty(body, "client-certificate-data"),
        CertificateFile = FileOf(body, "client-certificate"),
        KeyData = NonEmpty(body, "client-key-data"),
        KeyFile = FileOf(body, "client-key"),
        Username = NonEmpty(body, "username"),
        Password = NonEmpty(body, "password"),
        Exec = body.Get("exec") is YamlMapping exec ? ReadExec(exec) : null,
        AuthProvider = body.Get("auth-provider") is YamlMapping provider ? provider.Get("name").Text() ?? "" : null,
    };

    private ExecPlugin? ReadExec(YamlMapping body)
    {
        if (NonEmpty(body, "command") is not { } command)
        {
            Problem(LineOf(body), "`exec` names no `command`.");
            return null;
        }
        return new ExecPlugin(command, body.Get("apiVersion").Text() ?? "")
        {
            Arguments = body.Get("args") is YamlSequence arguments ? [.. arguments.Items.Select(item => item.Text() ?? "")] : [],
            Environment = body.Get("env") is YamlSequence environment
                ? [.. environment.Items.Select(item => item.Resolved()).OfType<YamlMapping>()
                    .Where(item => item.Get("name").Text() is { Length: > 0 } variable && !variable.Contains('=', StringComparison.Ordinal))
                    .Select(item => KeyValuePair.Create(item.Get("name").Text()!, item.Get("value").Text() ?? ""))]
                : [],
            InstallHint = NonEmpty(body, "installHint"),
            WantsClusterInfo = IsTrue(body, "provideClusterInfo"),
            InteractiveMode = NonEmpty(body, "interactiveMode"),
            BaseFolder = _folder,
        };
    }

    private static string? ExecConfigOf(YamlMapping cluster)
    {
        if (cluster.Get("extensions") is not YamlSequence extensions)
        {
            return null;
        }
        foreach (YamlNode item in extensions.Items)
        {
            if (item.Resolved() is YamlMapping entry && entry.Get("name").Text() == ExecExtension && entry.Get("extension") is { } value)
            {
                return YamlToJson.Convert(value);
            }
        }
        return null;
    }

    private string? FileOf(YamlMapping body, string key)
    {
        if (NonEmpty(body, key) is not { } name)
        {
            return null;
        }
        try
        {
            return Path.GetFullPath(name, _folder);
        }
        catch (ArgumentException)
        {
            Problem(LineOf(body), $"`{key}` is no file name.");
            return null;
        }
    }

    private static string? NonEmpty(YamlMapping body, string key) => body.Get(key) is { } value && !value.IsNull() && value.Text() is { Length: > 0 } text ? text : null;

    private static bool IsTrue(YamlMapping body, string key) =>
        body.Get(key) is YamlScalar { IsMissing: false } scalar && ScalarResolver.KindOf(scalar) == ScalarKind.Boolean && ScalarResolver.Truth(scalar.Value);

    private int LineOf(YamlNode node) => _slot.RangeOf(node.HeadSpan()).Start.Line;

    private void Problem(int line, string message)
    {
        if (_problems.Count < MaxProblems)
        {
            _problems.Add(new KubeconfigProblem(_path, line + 1, message));
        }
    }
}
