using System.Collections.Immutable;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.Cluster.Diffing;

public enum DiffKind : byte { Unchanged, Created, Changed, Deleted }

public enum FieldChangeKind : byte { Added, Removed, Changed }

/// <summary>One field that differs.</summary>
/// <param name="Path">Kubernetes field path; items of keyed lists by their keys: <c>spec.listeners[name="web"].port</c>.</param>
/// <param name="Before">JSON, null when absent; values of Secrets masked.</param>
public sealed record FieldChange(string Path, FieldChangeKind Kind, string? Before, string? After);

/// <summary>What differs between two states of an object, cleaned of what no one wrote. Values of Secrets are in no part of it.</summary>
/// <param name="Before">Lines of YAML; empty when the object was not there.</param>
/// <param name="After">Lines of YAML; empty when it will not be there.</param>
public sealed record ObjectDiff(ObjectKey Key, DiffKind Kind, ImmutableArray<FieldChange> Fields, ImmutableArray<YamlLine> Before, ImmutableArray<YamlLine> After)
{
    public bool HasChanges => Kind != DiffKind.Unchanged;

    /// <summary>The two texts for an editor's diff view.</summary>
    public string BeforeText => Join(Before);

    public string AfterText => Join(After);

    /// <summary>Groups of changed lines with their surroundings.</summary>
    public List<DiffLine> Unified() => LineDiff.Unified(Before, After);

    private static string Join(ImmutableArray<YamlLine> lines) => string.Concat(lines.Select(line => line.Text + "\n"));
}
