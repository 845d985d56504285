using System.Collections.Immutable;

namespace GatewayLsp.Engine.Kustomize;

/// <summary>The names that kustomize looks for in a folder; the last one has no extension and is YAML all the same.</summary>
public static class KustomizationFile
{
    public static readonly ImmutableArray<string> Names = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

    /// <summary>True for the name of a file, without its folder.</summary>
    public static bool IsName(ReadOnlySpan<char> name) => name is "kustomization.yaml" or "kustomization.yml" or "Kustomization";
}
