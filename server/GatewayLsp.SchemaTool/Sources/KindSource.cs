using System.Text.Json.Nodes;

namespace GatewayLsp.SchemaTool.Sources;

/// <summary>One file of schema sources: a kind with all its versions, as it was written.</summary>
internal sealed record KindSource(string Path, string Area, string Group, string Kind, string Plural, bool IsCluster)
{
    public string? Description { get; init; }

    public string? Link { get; init; }

    public string? Since { get; init; }

    public required IReadOnlyList<VersionSource> Versions { get; init; }

    /// <summary>Schema of the object without <c>apiVersion</c>, <c>kind</c> and <c>metadata</c>.</summary>
    public required JsonObject Schema { get; init; }
}

internal sealed record VersionSource(string Name, bool ServedInStandard, bool ServedInExperimental, string? Deprecated, JsonObject? Overrides);

/// <summary>Everything below <c>schemas/</c>.</summary>
internal sealed record SchemaSources(IReadOnlyList<KindSource> Kinds, TypeLibrary Types)
{
    /// <summary>Files of facts about built-in kinds, read by <see cref="Core.CoreKinds"/>.</summary>
    private static readonly string[] CoreFiles = ["overlay.yaml", "required.yaml"];

    public static SchemaSources Load(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new SchemaSourceException(folder, "there is no such folder");
        }

        var types = new TypeLibrary();
        var kinds = new List<KindSource>();
        foreach (var path in Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(path);
            var area = Path.GetFileName(Path.GetDirectoryName(path)!);
            if (CoreFiles.Contains(name))
            {
                continue;
            }

            var file = YamlJson.ReadFile(path);
            if (file.ContainsKey("types"))
            {
                types.Add(path, area, file);
            }
            else
            {
                kinds.Add(KindReader.Read(path, area, file));
            }
        }

        return new SchemaSources(kinds, types);
    }
}
