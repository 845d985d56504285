using System.Collections.Immutable;

namespace GatewayLsp.Engine.Kustomize;

/// <summary>A field that kustomize changes in objects of a kind; null stands for any group, version or kind.</summary>
/// <param name="Path">Its steps; lists are passed through, and <c>[]</c> behind a name says that it is one.</param>
/// <param name="Create">Whether it is made where it is not there.</param>
internal sealed record FieldSpec(string? Group, string? Version, string? Kind, string Path, bool Create)
{
    private readonly ImmutableArray<string> _steps = Steps(Path);

    public bool IsFor(BuildObject one)
    {
        (string group, string version) = one.GroupVersion;
        return (Kind is null || Kind == one.Kind) && (Group is null || Group == group) && (Version is null || Version == version);
    }

    /// <summary>True for the same field, of kinds that this one is for as well.</summary>
    public bool Covers(FieldSpec other) =>
        Path == other.Path && (other.Group is null || Group == other.Group) && (other.Version is null || Version == other.Version) && (other.Kind is null || Kind == other.Kind);

    /// <summary>Calls with every mapping that holds the field, or is to hold it.</summary>
    /// <param name="set">False where the field is something that can't be set.</param>
    /// <returns>False when the way leads through something without fields.</returns>
    public bool Visit(BuildObject one, BuildOrigin? origin, Func<BuildMapping, string, bool> set) => !IsFor(one) || Visit(one.Root, 0, origin, set);

    private bool Visit(BuildNode node, int step, BuildOrigin? origin, Func<BuildMapping, string, bool> set)
    {
        switch (node)
        {
            case BuildSequence list:
                return list.Items.TrueForAll(item => Visit(item, step, origin, set));
            case BuildMapping mapping:
                bool isList = _steps[step].EndsWith("[]", StringComparison.Ordinal);
                string name = isList ? _steps[step][..^2] : _steps[step];
                bool create = Create && !isList;
                BuildNode? below = mapping.Get(name);
                if (step == _steps.Length - 1)
                {
                    return (below is null && !create) || set(mapping, name);
                }
                if (below is null or BuildScalar { IsNull: true })
                {
                    if (!create)
                    {
                        return true;
                    }
                    below = mapping.Child(name, origin);
                }
                return Visit(below, step + 1, origin, set);
            case BuildScalar { IsNull: true } or BuildScalar { IsOpaque: true }:
                return true;
            default:
                return false;
        }
    }

    /// <summary>A slash that belongs to a name is written <c>\/</c>.</summary>
    private static ImmutableArray<string> Steps(string path)
    {
        var steps = ImmutableArray.CreateBuilder<string>();
        foreach (string part in path.TrimStart('/').Split('/'))
        {
            if (steps.Count > 0 && steps[^1].EndsWith('\\'))
            {
                steps[^1] = steps[^1][..^1] + "/" + part;
            }
            else
            {
                steps.Add(part);
            }
        }
        return steps.DrainToImmutable();
    }
}
