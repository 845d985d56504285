using System.Collections.Immutable;
using System.Text.Json;
using GatewayLsp.Engine;
using GatewayLsp.Engine.InlayHints;
using GatewayLsp.Engine.Resolution.Clusters;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Server.Configuration;

/// <summary>Section <c>gatewayLsp</c> of the client's settings. Absent, misspelt or odd values mean the default.</summary>
internal sealed record ServerSettings
{
    public static readonly ServerSettings Default = new();

    public WorkspaceSettings Engine { get; init; } = WorkspaceSettings.Default;

    /// <summary>Which files are for which cluster.</summary>
    public ImmutableArray<ClusterFiles> ClusterFiles { get; init; } = [];

    /// <summary>How clusters are connected to.</summary>
    public ClusterSetup Connections { get; init; } = ClusterSetup.Default;

    public bool Completion { get; init; } = true;

    public bool Hover { get; init; } = true;

    public bool Format { get; init; } = true;

    public InlayHintOptions InlayHints { get; init; } = new(Shares: true, Hostnames: true, Defaults: false);

    public bool CodeLens { get; init; } = true;

    public ImmutableArray<string> Exclude { get; init; } = [];

    /// <summary>The language of messages; null: that of the editor.</summary>
    public string? Language { get; init; }

    public bool Equals(ServerSettings? other)
        => other is not null && Engine.Equals(other.Engine) && ClusterFiles.AsSpan().SequenceEqual(other.ClusterFiles.AsSpan()) && Connections.Equals(other.Connections) && Completion == other.Completion && Hover == other.Hover
            && Format == other.Format && InlayHints == other.InlayHints && CodeLens == other.CodeLens && Language == other.Language
            && Exclude.AsSpan().SequenceEqual(other.Exclude.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Engine, Completion, Hover, Format, InlayHints, CodeLens, Exclude.Length);

    /// <summary>The engine's settings where these are the workspace folders.</summary>
    public WorkspaceSettings EngineIn(ImmutableArray<string> folders)
        => ClusterFiles.IsEmpty ? Engine : Engine with { Clusters = Engine.Clusters with { Paths = new ClusterGlobs(folders, ClusterFiles) } };

    /// <summary>Reads the section itself, or an object that has it under its name.</summary>
    public static ServerSettings Read(JsonElement json)
    {
        var section = Find(json, "gatewayLsp") is { ValueKind: JsonValueKind.Object } inner ? inner : json;
        return new ServerSettings
        {
            Engine = new WorkspaceSettings
            {
                Channel = Text(section, "channel") == "experimental" ? Channel.Experimental : Channel.Standard,
                IsComplete = Flag(section, "workspace.complete", false),
                Validate = Flag(section, "validate.enable", true),
                DisabledRules = [.. Texts(section, "validate.disable")],
                Implementations = Map(section, "implementations"),
                Clusters = new ClusterMap(ClusterReader.Clusters(Find(section, "clusters")), null),
            },
            ClusterFiles = ClusterReader.Files(Find(section, "clusters")),
            Connections = ClusterSetup.Read(Find(section, "kubeconfig"), Find(section, "plugins.path"), Find(section, "clusters")),
            Completion = Flag(section, "completion.enable", true),
            Hover = Flag(section, "hover.enable", true),
            Format = Flag(section, "format.enable", true),
            InlayHints = new InlayHintOptions(
                Flag(section, "inlayHints.shares", true), Flag(section, "inlayHints.hostnames", true), Flag(section, "inlayHints.defaults", false)),
            CodeLens = Flag(section, "codeLens.enable", true),
            Exclude = Texts(section, "exclude"),
            Language = Text(section, "language") is "en" or "ko" ? Text(section, "language") : null,
        };
    }

    private static bool Flag(JsonElement section, string path, bool otherwise) => Find(section, path).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => otherwise,
    };

    private static string? Text(JsonElement section, string path)
        => Find(section, path) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static ImmutableArray<string> Texts(JsonElement section, string path)
    {
        if (Find(section, path) is not { ValueKind: JsonValueKind.Array } array)
        {
            return [];
        }

        var texts = ImmutableArray.CreateBuilder<string>();
        foreach (var entry in array.EnumerateArray())
        {
            if (entry.ValueKind == JsonValueKind.String && entry.GetString() is { Length: > 0 } text)
            {
                texts.Add(text);
            }
        }

        return texts.DrainToImmutable();
    }

    private static ImmutableDictionary<string, string> Map(JsonElement section, string path)
    {
        var texts = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (Find(section, path) is { ValueKind: JsonValueKind.Object } map)
        {
            foreach (var entry in map.EnumerateObject())
            {
                if (entry.Value.ValueKind == JsonValueKind.String && entry.Value.GetString() is { Length: > 0 } text)
                {
                    texts[entry.Name] = text;
                }
            }
        }

        return texts.ToImmutable();
    }

    /// <summary>Editors write <c>workspace.complete</c> as nested objects, or flat under the dotted name.</summary>
    private static JsonElement Find(JsonElement section, string path)
    {
        if (section.ValueKind != JsonValueKind.Object)
        {
            return default;
        }

        if (section.TryGetProperty(path, out var flat))
        {
            return flat;
        }

        var dot = path.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && section.TryGetProperty(path[..dot], out var child) ? Find(child, path[(dot + 1)..]) : default;
    }
}
