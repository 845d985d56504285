using System.Text;
using GatewayLsp.Kubernetes;
using GatewayLsp.Kubernetes.Credentials;
using GatewayLsp.Kubernetes.Targets;

namespace GatewayLsp.Kubernetes.Tests.Support;

/// <summary>A folder of a test with files in it, gone afterwards.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("gateway-lsp-kube-").FullName;

    public string Write(string name, string text)
    {
        string path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text, new UTF8Encoding(false));
        return path;
    }

    /// <summary>An executable shell script.</summary>
    public string Script(string name, string body)
    {
        string path = Write(name, "#!/bin/sh\n" + body + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        return path;
    }

    /// <summary>A directory of clusters that reads these files, with the settings of tests: short times.</summary>
    public ClusterDirectory Open(params string[] kubeconfigs) => Open(Settings, Trusted.Instance, kubeconfigs);

    public ClusterDirectory Open(ClusterSettings settings, ITrust trust, params string[] kubeconfigs) => new(new KubeconfigLocation
    {
        Explicit = [.. kubeconfigs],
        HomeFolder = Path,
        SearchPath = Path + ":/usr/bin:/bin",
    }, settings, trust);

    public static ClusterSettings Settings { get; } = new()
    {
        PluginTimeout = TimeSpan.FromSeconds(5),
        RequestTimeout = TimeSpan.FromSeconds(3),
        ConnectTimeout = TimeSpan.FromSeconds(2),
    };

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
