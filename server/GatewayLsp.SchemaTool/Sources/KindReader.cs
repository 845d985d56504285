using System.Text.Json.Nodes;

namespace GatewayLsp.SchemaTool.Sources;

/// <summary>Reads the head of a kind's file.</summary>
internal static class KindReader
{
    private static readonly string[] Keys = ["group", "kind", "plural", "scope", "link", "description", "x-gateway-since", "versions", "schema"];
    private static readonly string[] VersionKeys = ["name", "served", "deprecated", "overrides"];

    public static KindSource Read(string path, string area, JsonObject file)
    {
        CheckKeys(path, file, Keys);
        var scope = Text("scope");
        if (scope is not ("Namespaced" or "Cluster"))
        {
            throw new SchemaSourceException(path, "scope must be Namespaced or Cluster");
        }

        var versions = (file["versions"] as JsonArray ?? []).Select(version => ReadVersion(path, version as JsonObject ?? [])).ToList();
        if (versions.Count == 0)
        {
            throw new SchemaSourceException(path, "at least one version is needed");
        }

        return new KindSource(path, area, Text("group"), Text("kind"), Text("plural"), scope == "Cluster")
        {
            Description = (string?)file["description"],
            Link = (string?)file["link"],
            Since = (string?)file["x-gateway-since"],
            Versions = versions,
            Schema = file["schema"] as JsonObject ?? throw new SchemaSourceException(path, "schema is missing"),
        };

        string Text(string key) => (string?)file[key] ?? throw new SchemaSourceException(path, $"{key} is missing");
    }

    private static VersionSource ReadVersion(string path, JsonObject version)
    {
        CheckKeys(path, version, VersionKeys);
        var served = (version["served"] as JsonArray ?? throw new SchemaSourceException(path, "a version needs a list served")).Select(one => (string?)one).ToList();
        if (served.Any(channel => channel is not ("standard" or "experimental")))
        {
            throw new SchemaSourceException(path, "served may hold standard and experimental");
        }

        return new VersionSource(
            (string?)version["name"] ?? throw new SchemaSourceException(path, "a version needs a name"),
            served.Contains("standard"),
            served.Contains("experimental"),
            (string?)version["deprecated"],
            version["overrides"] as JsonObject);
    }

    private static void CheckKeys(string path, JsonObject map, string[] known)
    {
        foreach (var (key, _) in map)
        {
            if (!known.Contains(key))
            {
                throw new SchemaSourceException(path, $"unknown key {key}");
            }
        }
    }
}
