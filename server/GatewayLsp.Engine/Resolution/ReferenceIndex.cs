using System.Collections.Immutable;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Resolution;

/// <summary>A reference and the file it stands in. Equal when it is the same node of the same file.</summary>
public readonly record struct Referrer(string Path, ObjectReference Reference)
{
    public bool Equals(Referrer other) => ReferenceEquals(Reference.Node, other.Reference.Node) && ReferenceEquals(Reference.From.Node, other.Reference.From.Node)
        && Reference.Role == other.Reference.Role && string.Equals(Path, other.Path, StringComparison.Ordinal);

    public override int GetHashCode() => HashCode.Combine(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(Reference.Node), (int)Reference.Role);
}

/// <summary>
/// Who refers to an object. Persistent, as <see cref="ResourceIndex"/> is; the references to one object lie in an array, since
/// a Gateway may have thousands, which are read far more often than they change.
/// </summary>
public sealed class ReferenceIndex
{
    public static readonly ReferenceIndex Empty = new(ImmutableDictionary<ObjectKey, ImmutableArray<Referrer>>.Empty);

    private readonly ImmutableDictionary<ObjectKey, ImmutableArray<Referrer>> _byTarget;

    private ReferenceIndex(ImmutableDictionary<ObjectKey, ImmutableArray<Referrer>> byTarget) => _byTarget = byTarget;

    /// <summary>The references to an object, whether it exists or not, in no particular order.</summary>
    public ImmutableArray<Referrer> To(ObjectKey target) => _byTarget.GetValueOrDefault(target, []);

    internal ReferenceIndex With(IEnumerable<DocumentChange> changes, SchemaCatalog catalog)
    {
        ImmutableDictionary<ObjectKey, ImmutableArray<Referrer>>.Builder builder = _byTarget.ToBuilder();
        foreach ((ObjectKey target, Dictionary<Referrer, int> counts) in Sum(changes, catalog))
        {
            ImmutableArray<Referrer> before = builder.GetValueOrDefault(target, []);
            var now = ImmutableArray.CreateBuilder<Referrer>(before.Length + counts.Count);
            var came = new List<Referrer>();
            var went = new List<Referrer>();
            foreach (Referrer known in before)
            {
                if (!counts.Remove(known, out int change) || change >= 0)
                {
                    now.Add(known);
                }
                else
                {
                    went.Add(known);
                }
            }
            foreach ((Referrer referrer, int change) in counts)
            {
                if (change > 0)
                {
                    now.Add(referrer);
                    came.Add(referrer);
                }
            }
            if (now.Count == 0)
            {
                builder.Remove(target);
            }
            else
            {
                ImmutableArray<Referrer> after = now.DrainToImmutable();
                RouteOrder.Carry(before, after, came, went);
                builder[target] = after;
            }
        }
        return new ReferenceIndex(builder.ToImmutable());
    }

    /// <summary>How often each reference came or went, in all: between two looks a document may have done both.</summary>
    private static Dictionary<ObjectKey, Dictionary<Referrer, int>> Sum(IEnumerable<DocumentChange> changes, SchemaCatalog catalog)
    {
        var sums = new Dictionary<ObjectKey, Dictionary<Referrer, int>>();
        foreach (DocumentChange change in changes)
        {
            foreach (ObjectReference reference in ReferenceFinder.Of(change.Document))
            {
                // As in the ResourceIndex, what has no name is nobody.
                if (reference.Name.Length == 0 || reference.From.Name.Length == 0)
                {
                    continue;
                }
                ObjectKey target = reference.Target(catalog);
                if (!sums.TryGetValue(target, out Dictionary<Referrer, int>? counts))
                {
                    sums[target] = counts = [];
                }
                var referrer = new Referrer(change.Path, reference);
                counts[referrer] = counts.GetValueOrDefault(referrer) + (change.IsAdded ? 1 : -1);
            }
        }
        return sums;
    }
}
