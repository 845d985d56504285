namespace GatewayLsp.Server.Tests.Harness;

/// <summary>A workspace folder on disk that is gone after the test. Its name has what URIs trip over.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateDirectory(
        System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"gateway lsp é {Guid.NewGuid():N}")).FullName;

    public string Uri => UriOf("");

    public string UriOf(string name) => new Uri(System.IO.Path.Combine(Path, name)).AbsoluteUri;

    public string Write(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return UriOf(name);
    }

    public void Delete(string name) => File.Delete(System.IO.Path.Combine(Path, name));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
