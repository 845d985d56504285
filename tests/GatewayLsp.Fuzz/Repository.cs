namespace GatewayLsp.Fuzz;

internal static class Repository
{
    /// <summary>The folder of the solution: above the current one, else above the program.</summary>
    public static string Root()
    {
        foreach (string start in (string[])[Environment.CurrentDirectory, AppContext.BaseDirectory])
        {
            for (string? at = start; at is not null; at = Path.GetDirectoryName(at))
            {
                if (File.Exists(Path.Combine(at, "server", "Directory.Packages.props")))
                {
                    return at;
                }
            }
        }
        return Environment.CurrentDirectory;
    }
}
