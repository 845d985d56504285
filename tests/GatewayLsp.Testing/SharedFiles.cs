namespace GatewayLsp.Testing;

/// <summary>Yardsticks that lie beside the repository in <c>shared/</c> on some machines and are no part of it.</summary>
public static class SharedFiles
{
    private const string Folder = "shared";

    private static readonly Lazy<string?> Found = new(() => Search(Folder));

    private static readonly Lazy<string?> Repository = new(() => Search("GatewayLsp.sln", "schemas"));

    /// <summary>Root of the repository that the tests were built in.</summary>
    public static string Root => Repository.Value ?? throw new InvalidOperationException("The tests run outside of the repository.");

    public static bool Exists(string path) => Found.Value is { } folder && Path.Exists(Path.Combine(folder, path));

    public static string Get(string path) =>
        Found.Value is { } folder ? Path.Combine(folder, path) : throw new InvalidOperationException($"There is no {Folder}/{path}.");

    private static string? Search(params string[] names)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            foreach (var name in names)
            {
                var path = Path.Combine(folder.FullName, name);
                if (Path.Exists(path))
                {
                    return name == Folder ? path : folder.FullName;
                }
            }
        }

        return null;
    }
}
