using GatewayLsp.Engine.Kustomize;

namespace GatewayLsp.Server.Disk;

/// <summary>Reads files that may be manifests. What cannot be read is as good as absent.</summary>
internal static class ManifestReader
{
    /// <summary>Larger files are not manifests that someone edits.</summary>
    public const long MaxBytes = 16 * 1024 * 1024;

    public static bool IsManifestName(string name)
        => name.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".yml", StringComparison.OrdinalIgnoreCase)
            || KustomizationFile.IsName(Path.GetFileName(name.AsSpan()));

    /// <summary>The text, or null when there is none to be had or it holds no Kubernetes object.</summary>
    public static string? Read(string? path)
    {
        if (path is null)
        {
            return null;
        }

        try
        {
            var file = new FileInfo(path);
            if (!file.Exists || file.Length > MaxBytes)
            {
                return null;
            }

            var text = File.ReadAllText(path);
            return text.Contains("apiVersion", StringComparison.Ordinal) || KustomizationFile.IsName(file.Name) ? text : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException or System.Security.SecurityException)
        {
            return null;
        }
    }
}
