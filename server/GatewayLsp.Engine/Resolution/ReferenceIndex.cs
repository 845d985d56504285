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

/// <summary>Who refers to an object. Persistent, as <see cref="ResourceIndex"/> is.</summary>
public sealed class ReferenceIndex
{
    public static readonly ReferenceIndex Empty = new(ImmutableDictionary<ObjectKey, ImmutableHashSet<Referrer>>.Empty);

    private readonly ImmutableDictionary<ObjectKey, ImmutableHashSet<Referrer>> _byTarget;

    private ReferenceIndex(ImmutableDictionary<ObjectKey, ImmutableHashSet<Referrer>> byTarget) => _byTarget = byTarget;

    /// <summary>The references to an object, whether it exists or not, in no particular order.</summary>
    public ImmutableHashSet<Referrer> To(ObjectKey target) => _byTarget.GetValueOrDefault(target) ?? [];

    internal ReferenceIndex With(IEnumerable<DocumentChange> changes, SchemaCatalog catalog)
    {
        var builder = _byTarget.ToBuilder();
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
                var referrer = new Referrer(change.Path, reference);
                ImmutableHashSet<Referrer> known = builder.GetValueOrDefault(target) ?? [];
                ImmutableHashSet<Referrer> now = change.IsAdded ? known.Add(referrer) : known.Remove(referrer);
                if (now.IsEmpty)
                {
                    builder.Remove(target);
                }
                else
                {
                    builder[target] = now;
                }
            }
        }
        return new ReferenceIndex(builder.ToImmutable());
    }
}
