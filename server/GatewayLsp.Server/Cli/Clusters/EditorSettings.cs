using System.Collections.Immutable;
using System.Text.Json;
using GatewayLsp.Kubernetes.Targets;
using GatewayLsp.Server.Cli.Report;
using GatewayLsp.Server.Configuration;

namespace GatewayLsp.Server.Cli.Clusters;

/// <summary>
/// What the settings of the editor say of contexts, so that a cluster that is protected there is protected on the command line, too. They are read
/// from the folder's <c>.vscode/settings.json</c>, or that of the nearest folder above it which has one. Labels, roles and protection only: nothing
/// of a repository names files to read or programs to run.
/// </summary>
internal static class EditorSettings
{
    private const long MaxSize = 1 << 20;

    private const int MaxFolders = 64;

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static ImmutableDictionary<string, ContextSettings> Contexts(Terminal terminal)
    {
        if (Find(terminal.Folder) is not { } file)
        {
            return ImmutableDictionary<string, ContextSettings>.Empty;
        }
        try
        {
            if (file.Length <= MaxSize)
            {
                using FileStream stream = file.OpenRead();
                using var document = JsonDocument.Parse(stream, Lenient);
                return ClusterReader.Contexts(Clusters(document.RootElement));
            }
            Warn(terminal, file, "is too large");
        }
        catch (JsonException e)
        {
            Warn(terminal, file, $"is no JSON (line {e.LineNumber + 1})");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Warn(terminal, file, "can't be read");
        }
        return ImmutableDictionary<string, ContextSettings>.Empty;
    }

    private static void Warn(Terminal terminal, FileInfo file, string what) =>
        terminal.Error.Write($"warning: {Printable.Of(file.FullName)} {what}: which contexts are protected by it is not known\n");

    /// <summary>Flat under its full name, as the editor writes it, or nested.</summary>
    private static JsonElement Clusters(JsonElement root) =>
        root.ValueKind != JsonValueKind.Object ? default
        : root.TryGetProperty("gatewayLsp.clusters", out JsonElement flat) ? flat
        : root.TryGetProperty("gatewayLsp", out JsonElement section) && section.ValueKind == JsonValueKind.Object && section.TryGetProperty("clusters", out JsonElement inner) ? inner
        : default;

    private static FileInfo? Find(string folder)
    {
        DirectoryInfo? at = new(folder);
        for (int i = 0; i < MaxFolders && at is not null; i++, at = at.Parent)
        {
            var file = new FileInfo(Path.Combine(at.FullName, ".vscode", "settings.json"));
            if (file.Exists)
            {
                return file;
            }
        }
        return null;
    }
}
