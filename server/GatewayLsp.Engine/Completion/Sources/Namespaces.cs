using GatewayLsp.Engine.Model;

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

    public static IEnumerable<string> Names(ValueSource source)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (ManifestObject one in source.All())
        {
            string name = one.Kind == "Namespace" && one.Gvk.Group.Length == 0 ? one.Name : one.Namespace;
            // The object at the cursor has the half-typed word as its namespace.
            if (name.Length > 0 && !(name == source.Request.Typed && ReferenceEquals(one.Document, source.Request.Document)))
            {
                names.Add(name);
            }
        }
        return names.Order(StringComparer.Ordinal);
    }
}
