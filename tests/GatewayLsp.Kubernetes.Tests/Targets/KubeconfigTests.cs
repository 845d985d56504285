using System.Diagnostics;
using System.Text;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Kubernetes.Targets;
using GatewayLsp.Kubernetes.Tests.Support;

namespace GatewayLsp.Kubernetes.Tests.Targets;

/// <summary>Which contexts there are: merging, what is broken, what is hostile.</summary>
public sealed class KubeconfigTests : IDisposable
{
    private const string First = """
        apiVersion: v1
        kind: Config
        current-context: b
        clusters:
        - {name: one, cluster: {server: "https://one.example"}}
        - {name: both, cluster: {server: "https://first.example"}}
        contexts:
        - {name: a, context: {cluster: one, user: u1, namespace: shop}}
        - {name: b, context: {cluster: both, user: u1}}
        users:
        - {name: u1, user: {token: first-token}}
        """;

    private const string Second = """
        apiVersion: v1
        kind: Config
        current-context: a
        clusters:
        - {name: both, cluster: {server: "https://second.example", insecure-skip-tls-verify: true}}
        - {name: two, cluster: {server: "https://two.example"}}
        contexts:
        - {name: b, context: {cluster: two, user: u2}}
        - {name: c, context: {cluster: two, user: u2}}
        users:
        - {name: u1, user: {username: second}}
        - {name: u2, user: {token: second-token}}
        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Of_entries_with_the_same_name_the_first_file_counts_as_a_whole()
    {
        string list = $"{_folder.Write("1", First)}:{_folder.Path}/missing::{_folder.Write("2", Second)}";
        Kubeconfig read = new KubeconfigFiles(new KubeconfigLocation { Variable = list }).Current();

        Assert.Empty(read.Problems);
        Assert.Equal(["a", "b", "c"], read.Contexts.Select(one => one.Name));
        Assert.Equal("both", read.Context("b")!.Cluster);
        Assert.Equal("https://first.example", read.Clusters["both"].Server);
        Assert.False(read.Clusters["both"].SkipsTlsVerification);
        Assert.Equal("first-token", read.Users["u1"].Token);
        Assert.Null(read.Users["u1"].Username);
        Assert.Equal("second-token", read.Users["u2"].Token);
    }

    [Fact]
    public void Reading_agrees_with_the_official_client()
    {
        foreach (string text in (string[])[First, Second])
        {
            string path = _folder.Write("config", text);
            Kubeconfig ours = new KubeconfigFiles(new KubeconfigLocation { Explicit = [path] }).Current();
            foreach (KubeContext context in ours.Contexts)
            {
                var theirs = k8s.KubernetesClientConfiguration.BuildConfigFromConfigFile(new FileInfo(path), context.Name);
                Assert.Equal(theirs.Host.TrimEnd('/'), ours.Clusters[context.Cluster].Server);
                Assert.Equal(theirs.AccessToken, ours.Users[context.User].Token);
                Assert.Equal(theirs.Username, ours.Users[context.User].Username);
                Assert.Equal(theirs.Namespace, context.Namespace);
            }
        }
    }

    [Fact]
    public void An_explicit_file_is_the_only_one()
    {
        var location = new KubeconfigLocation { Explicit = [_folder.Write("2", Second)], Variable = _folder.Write("1", First), HomeFolder = _folder.Path };
        Assert.Equal(["b", "c"], new KubeconfigFiles(location).Current().Contexts.Select(one => one.Name));
    }

    [Fact]
    public void Without_a_variable_the_home_folder_counts()
    {
        _folder.Write(".kube/config", First);
        Assert.Equal(2, new KubeconfigFiles(new KubeconfigLocation { HomeFolder = _folder.Path }).Current().Contexts.Length);
    }

    [Fact]
    public void A_pod_has_its_service_account()
    {
        _folder.Write("sa/token", "pod-token\n");
        _folder.Write("sa/namespace", "web");
        var location = new KubeconfigLocation { HomeFolder = _folder.Path, ServiceAccount = _folder.Path + "/sa", InClusterServer = "https://10.0.0.1:443" };
        KubeContext context = Assert.Single(new KubeconfigFiles(location).Current().Contexts);
        Assert.Equal((KubeconfigFiles.InCluster, "web"), (context.Name, context.Namespace));
    }

    [Fact]
    public void A_changed_file_is_read_again_and_an_unchanged_one_is_not()
    {
        string path = _folder.Write("config", First);
        var files = new KubeconfigFiles(new KubeconfigLocation { Explicit = [path] });
        Kubeconfig before = files.Current();
        Assert.Same(before, files.Current());
        File.WriteAllText(path, Second);
        Assert.Equal(["b", "c"], files.Current().Contexts.Select(one => one.Name));
        File.Delete(path);
        Assert.Empty(files.Current().Contexts);
    }

    [Fact]
    public void A_link_that_is_pointed_elsewhere_is_read_again()
    {
        string link = _folder.Path + "/link";
        File.CreateSymbolicLink(link, _folder.Write("1", First));
        var files = new KubeconfigFiles(new KubeconfigLocation { Explicit = [link] });
        Assert.Equal(2, files.Current().Contexts.Length);
        File.Delete(link);
        File.CreateSymbolicLink(link, _folder.Write("2", Second));
        Assert.Equal(["b", "c"], files.Current().Contexts.Select(one => one.Name));
    }

    [Fact]
    public void Another_current_context_leaves_connections_alone()
    {
        string path = _folder.Write("config", First);
        using ClusterDirectory directory = _folder.Open(path);
        IClusterClient client = directory.Connect("a").Value!;
        File.WriteAllText(path, First.Replace("current-context: b", "current-context: a", StringComparison.Ordinal) + "\n# changed\n");
        Assert.Same(client, directory.Connect("a").Value);
        File.WriteAllText(path, First.Replace("first-token", "third-token", StringComparison.Ordinal));
        Assert.NotSame(client, directory.Connect("a").Value);
    }

    [Fact]
    public void A_file_that_is_being_written_is_read_again_when_it_is_whole()
    {
        string path = _folder.Write("config", First);
        using ClusterDirectory directory = _folder.Open(path);
        Assert.True(directory.Connect("a").IsOk);
        File.WriteAllText(path, First[..(First.Length / 2)]);
        _ = directory.Read();
        _ = directory.Connect("a");
        File.WriteAllText(path, First + "\n# whole\n");
        Assert.True(directory.Connect("a").IsOk);
        Assert.Empty(directory.Read().Problems);
    }

    [Fact]
    public void A_context_that_is_renamed_is_another_one()
    {
        string path = _folder.Write("config", First);
        using ClusterDirectory directory = _folder.Open(path);
        IClusterClient client = directory.Connect("a").Value!;
        File.WriteAllText(path, First.Replace("name: a, context", "name: renamed, context", StringComparison.Ordinal) + "\n# renamed\n");
        Assert.Contains("no context `a`", directory.Connect("a").Error!.Message, StringComparison.Ordinal);
        Assert.NotSame(client, directory.Connect("renamed").Value);
    }

    [Fact]
    public void What_is_not_checked_is_told()
    {
        ClusterTargets read = _folder.Open(_folder.Write("config", """
            clusters:
            - {name: checked, cluster: {server: "https://c.example"}}
            - {name: skipped, cluster: {server: "https://c.example", insecure-skip-tls-verify: true}}
            - {name: plain, cluster: {server: "http://c.example"}}
            contexts:
            - {name: checked, context: {cluster: checked}}
            - {name: skipped, context: {cluster: skipped}}
            - {name: plain, context: {cluster: plain}}
            """)).Read();
        Assert.Equal([null, "its certificate is not checked: insecure-skip-tls-verify", "it is reached without TLS"], read.Targets.Select(one => one.Insecurity));
    }

    public static TheoryData<string, string, string> Broken => new()
    {
        { "empty", "", "" },
        { "comment only", "# nothing\n", "" },
        { "list", "- a\n- b\n", "top level is not a mapping" },
        { "word", "hello\n", "top level is not a mapping" },
        { "another kind", "kind: Pod\napiVersion: v1\n", "kind is not Config" },
        { "unclosed", "clusters: [ {name: x\nusers: planted-secret\n", "no valid YAML" },
        { "tab", "clusters:\n\t- name: planted-secret\n", "no valid YAML" },
        { "contexts is a text", "contexts: planted-secret\n", "`contexts` is not a list" },
        { "nameless", "contexts:\n- context: {cluster: planted-secret}\n", "has no name" },
        { "bodiless", "users:\n- name: planted-secret\n", "has no `user`" },
        { "twice", "clusters:\n- {name: a, cluster: {server: x}}\n- {name: a, cluster: {server: y}}\n", "of this name stands above" },
        { "exec without command", "users:\n- {name: u, user: {exec: {args: [planted-secret]}}}\n", "names no `command`" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_broken_file_is_a_list_of_problems_without_its_text(string what, string text, string expected)
    {
        Assert.NotNull(what);
        ClusterTargets read = _folder.Open(_folder.Write("config", text)).Read();
        if (expected.Length == 0)
        {
            Assert.Empty(read.Problems);
        }
        else
        {
            Assert.Contains(read.Problems, problem => problem.Message.Contains(expected, StringComparison.Ordinal));
        }
        Assert.DoesNotContain("planted-secret", string.Join('\n', read.Problems), StringComparison.Ordinal);
    }

    public static TheoryData<string> Hostile => ["depth", "aliases", "size", "binary", "folder", "pipe", "device", "entries", "missing"];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_hostile_file_is_bounded(string what)
    {
        string path = what switch
        {
            "depth" => _folder.Write("config", "clusters: " + new string('[', 200_000)),
            "aliases" => _folder.Write("config", Bomb()),
            "size" => _folder.Write("config", new string('#', KubeconfigReader.MaxSize + 1)),
            "binary" => _folder.Write("config", "\0\u0001\u0002"),
            "folder" => _folder.Path,
            "pipe" => Pipe(),
            "device" => "/dev/zero",
            "entries" => _folder.Write("config", "contexts:\n" + string.Concat(Enumerable.Range(0, 6000).Select(i => $"- {{name: c{i}, context: {{}}}}\n"))),
            _ => _folder.Path + "/nowhere",
        };
        var watch = Stopwatch.StartNew();
        ClusterTargets read = _folder.Open(path).Read();
        Assert.NotEmpty(read.Problems);
        Assert.True(read.Targets.Length <= 5000);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{watch.Elapsed}");
    }

    [Fact]
    public void A_context_that_leads_nowhere_says_so_when_it_is_used()
    {
        using ClusterDirectory directory = _folder.Open(_folder.Write("config", """
            contexts:
            - {name: no-cluster, context: {cluster: gone, user: u}}
            - {name: no-user, context: {cluster: c, user: gone}}
            - {name: no-server, context: {cluster: empty, user: u}}
            - {name: odd-server, context: {cluster: odd, user: u}}
            - {name: user-in-url, context: {cluster: credentials, user: u}}
            - {name: odd-ca, context: {cluster: ca, user: u}}
            - {name: no-ca, context: {cluster: ca-file, user: u}}
            - {name: odd-proxy, context: {cluster: proxy, user: u}}
            clusters:
            - {name: c, cluster: {server: "https://c.example"}}
            - {name: empty, cluster: {}}
            - {name: odd, cluster: {server: "ftp://x"}}
            - {name: credentials, cluster: {server: "https://me:planted-secret@c.example"}}
            - {name: ca, cluster: {server: "https://c.example", certificate-authority-data: "bm90aGluZw=="}}
            - {name: ca-file, cluster: {server: "https://c.example", certificate-authority: nowhere.pem}}
            - {name: proxy, cluster: {server: "https://c.example", proxy-url: "gopher://x"}}
            users:
            - {name: u, user: {token: t}}
            """));
        (string Context, string Message)[] expected =
        [
            ("none", "no context `none`"),
            ("no-cluster", "the cluster `gone`"),
            ("no-user", "the user `gone`"),
            ("no-server", "no `server`"),
            ("odd-server", "no https address"),
            ("user-in-url", "a user name in it"),
            ("odd-ca", "no certificate in PEM form"),
            ("no-ca", "can't be read"),
            ("odd-proxy", "`proxy-url`"),
        ];
        foreach ((string context, string message) in expected)
        {
            ClusterError error = directory.Connect(context).Error!;
            Assert.Equal(ClusterErrorKind.BadKubeconfig, error.Kind);
            Assert.Contains(message, error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("planted-secret", error.Message, StringComparison.Ordinal);
        }
        Assert.DoesNotContain("planted-secret", string.Join('\n', directory.Read().Targets), StringComparison.Ordinal);
    }

    private static string Bomb()
    {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 30; i++)
        {
            text.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }
        return text + """
            clusters:
            - name: c
              cluster:
                server: https://c.example
                extensions:
                - {name: client.authentication.k8s.io/exec, extension: *a29}
            contexts: *a29
            """;
    }

    private string Pipe()
    {
        string path = _folder.Path + "/pipe";
        using Process process = Process.Start("mkfifo", path);
        process.WaitForExit();
        return path;
    }
}
