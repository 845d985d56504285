using System.Collections.Immutable;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Configuration;

/// <summary>Which documents the user wants left alone: globs relative to the workspace folders.</summary>
internal sealed record Exclusion(ImmutableArray<string> Folders, ImmutableArray<string> Globs)
{
    public static readonly Exclusion None = new([], []);

    public bool Covers(string key)
    {
        if (Globs.IsEmpty || DocumentKey.ToPath(key) is not { } path)
        {
            return false;
        }

        path = path.Replace('\\', '/');
        var relative = Relative(path);
        foreach (var glob in Globs)
        {
            if (ExcludeGlob.Matches(glob, relative))
            {
                return true;
            }
        }

        return false;
    }

    private string Relative(string path)
    {
        foreach (var folder in Folders)
        {
            if (DocumentKey.ToPath(folder)?.Replace('\\', '/').TrimEnd('/') is { } root && path.StartsWith(root + "/", StringComparison.Ordinal))
            {
                return path[(root.Length + 1)..];
            }
        }

        return path.TrimStart('/');
    }
}
