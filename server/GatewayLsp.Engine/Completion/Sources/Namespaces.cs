using System.Collections.Immutable;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.Completion.Sources;

/// <summary>Namespaces: those that the workspace defines, and those that it uses.</summary>
internal static class Namespaces
{
    public static void Add(List<ValueOffer> offers, ValueSource source)
    {
        foreach (string name in Names(source))
        {
            bool own = name == source.HomeNamespace && source.Scope.Path is not ["metadata", ..];
            offers.Add(ValueOffer.Of(name) with { Kind = CompletionKind.Reference, Detail = own ? "this object's namespace" : "Namespace", Rank = own ? ValueSource.Near : ValueSource.Best });
        }
    }

    public static List<string> Names(ValueSource source)
    {
        ImmutableSortedDictionary<string, int> names = source.Index.Vocabulary.Values(WordUse.Namespace, "");
        string typed = source.Request.Typed;
        if (typed.Length > 0 && names.TryGetValue(typed, out int count) && source.Request.Document.IsRead
            && count == Vocabulary.Of(source.Request.Document).Count(word => word.Use == WordUse.Namespace && word.Value == typed))
        {
            // Only the object at the cursor has the half-typed word as its namespace.
            names = names.Remove(typed);
        }
        return source.Fewer(names.Keys, names.Count);
    }
}
