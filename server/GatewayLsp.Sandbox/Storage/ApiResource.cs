using System.Collections.Immutable;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Sandbox.Storage;

/// <summary>A column of <c>kubectl get</c>.</summary>
/// <param name="Path">JSONPath below the object, without braces.</param>
/// <param name="Priority">Above 0 for wide output only.</param>
internal sealed record PrinterColumn(string Name, string Type, string Path, int Priority = 0)
{
    /// <summary>For a column that no path leads to: what it shows of an object.</summary>
    public Func<JsonNode, string>? Shown { get; init; }
}

/// <summary>A resource that the cluster serves.</summary>
/// <param name="Versions">Those that are served, the preferred and stored one first.</param>
internal sealed record ApiResource(string Group, ImmutableArray<string> Versions, string Kind, string Plural, bool IsNamespaced)
{
    public ResourceName Name { get; } = new(Group, Plural);

    public string Version => Versions[0];

    public string Singular { get; init; } = Kind.ToLowerInvariant();

    public ImmutableArray<string> ShortNames { get; init; } = [];

    public ImmutableArray<string> Categories { get; init; } = [];

    public bool HasStatus { get; init; }

    public bool HasScale { get; init; }

    public ImmutableArray<PrinterColumn> Columns { get; init; } = [];

    /// <summary>Built into Kubernetes: takes strategic merge patches, may be sent without <c>kind</c>.</summary>
    public bool IsBuiltIn { get; init; }

    /// <summary>Of each version, in their order.</summary>
    public required ImmutableArray<SchemaNode> Schemas { get; init; }

    /// <summary>False where nothing but the metadata is known of the kind.</summary>
    public bool IsValidated { get; init; } = true;

    public SchemaNode Schema => Schemas[0];

    public static string ApiVersionOf(string group, string version) => group.Length == 0 ? version : $"{group}/{version}";

    public string ApiVersion => ApiVersionOf(Group, Version);

    /// <summary>Schema of a version; null when it is not served.</summary>
    public SchemaNode? SchemaOf(string version) => Versions.IndexOf(version) is >= 0 and var at ? Schemas[at] : null;
}
