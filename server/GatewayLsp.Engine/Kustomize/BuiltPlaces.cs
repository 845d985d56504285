using System.Collections.Immutable;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Kustomize;

/// <summary>A part of a built text, and where it was written.</summary>
internal readonly record struct BuiltPart(TextSpan Span, BuildOrigin Origin);

/// <summary>Leads from the characters of a built object to the files that they come from.</summary>
/// <param name="leaves">Keys and values without anything below them, in order.</param>
/// <param name="blocks">Mappings and lists; those within others come first.</param>
internal sealed class BuiltPlaces(ImmutableArray<BuiltPart> leaves, ImmutableArray<BuiltPart> blocks)
{
    /// <summary>What the object was called before something was put around its name.</summary>
    public ImmutableArray<string> FormerNames { get; init; } = [];

    /// <summary>The file that the object as a whole is written in.</summary>
    public string? Home => blocks.IsEmpty ? null : blocks[^1].Origin.Path;

    /// <summary>The places that its parts are written in.</summary>
    public IEnumerable<BuildOrigin> Origins => leaves.Concat(blocks).Select(static part => part.Origin);

    public BuiltPlaces CalledBefore(ImmutableArray<string> names) => names.IsEmpty ? this : new BuiltPlaces(leaves, blocks) { FormerNames = names };

    /// <summary>Where what a span covers is written; null for what nobody wrote, or parts of several places.</summary>
    /// <param name="isExact">Whether nothing is found for a part of a mapping or list that is more than one key or value.</param>
    public BuildOrigin? Find(TextSpan span, bool isExact = false)
    {
        int low = 0;
        int high = leaves.Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (leaves[middle].Span.Start <= span.Start)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }
        if (leaves.Length > 0 && leaves[low].Span.Contains(span))
        {
            return Within(leaves[low], span);
        }
        foreach (BuiltPart block in blocks)
        {
            if (isExact ? block.Span == span : block.Span.Contains(span))
            {
                return block.Origin;
            }
        }
        return null;
    }

    /// <summary>A part of a value is the same part of what was written, unless that is written in another way.</summary>
    private static BuildOrigin Within(BuiltPart leaf, TextSpan span) =>
        span != leaf.Span && leaf.Span.Length == leaf.Origin.Span.Length
            ? leaf.Origin with { Span = new TextSpan(leaf.Origin.Span.Start + span.Start - leaf.Span.Start, span.Length) }
            : leaf.Origin;
}
