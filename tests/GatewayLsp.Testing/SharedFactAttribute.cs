using Xunit;

namespace GatewayLsp.Testing;

/// <summary>A test against files of <c>shared/</c>; where they are absent it is reported as skipped, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute(string path)
    {
        Path = path;
        if (!SharedFiles.Exists(path))
        {
            Skip = $"shared/{path} is not on this machine";
        }
    }

    /// <summary>What the test reads, relative to <c>shared/</c>.</summary>
    public string Path { get; }
}
