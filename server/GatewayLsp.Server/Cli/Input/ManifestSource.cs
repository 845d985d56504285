namespace GatewayLsp.Server.Cli.Input;

/// <summary>A file to read.</summary>
/// <param name="Key">Absolute path (or, for stdin, the absolute form of the name it is given): how the workspace knows it.</param>
/// <param name="Shown">How the user wrote it, or would have: what every report says.</param>
/// <param name="IsNamed">On the command line itself, not found in a folder: what is wrong with it is an error then.</param>
internal sealed record ManifestSource(string Key, string Shown, bool IsNamed, bool IsStdin = false)
{
    /// <summary>Outside of the paths of the command line: read because a kustomization names it.</summary>
    public bool IsBeyond { get; init; }
}

/// <summary>Something that could not be read, and why.</summary>
internal sealed record InputProblem(string Shown, string Message, bool IsNamed);
