using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Completion.Sources;

/// <summary>Offers objects by name.</summary>
internal static class ObjectNames
{
    /// <summary>All of them, wherever they are: for kinds without namespaces.</summary>
    public static void Add(List<ValueOffer> offers, ValueSource source, IEnumerable<ManifestObject> objects, Func<ManifestObject, string?> detail)
    {
        foreach (ManifestObject one in objects.OrderBy(o => o.Name, StringComparer.Ordinal))
        {
            offers.Add(ValueOffer.Of(one.Name) with { Kind = CompletionKind.Reference, Detail = detail(one), Rank = ValueSource.Best });
        }
    }

    /// <summary>
    /// Those that the reference can mean: of its namespace when it names one; else the object's own first, and those of
    /// others with the <c>namespace</c> that they need.
    /// </summary>
    /// <param name="order">Smaller numbers first.</param>
    /// <param name="below">Further entries that belong to the choice.</param>
    public static void AddReferences(
        List<ValueOffer> offers, ValueSource source, IEnumerable<ManifestObject> objects, Func<ManifestObject, int>? order,
        Func<ManifestObject, string?>? below = null, string? kindName = null, int rank = ValueSource.Best)
    {
        bool named = source.HasSibling("namespace");
        bool canName = source.MayHave("namespace");
        string target = source.TargetNamespace;
        foreach (ManifestObject one in objects.OrderBy(o => order?.Invoke(o) ?? 0).ThenBy(o => o.Name, StringComparer.Ordinal).ThenBy(o => o.Namespace, StringComparer.Ordinal))
        {
            bool near = one.NamespaceOrDefault == target;
            if (!near && (named || !canName))
            {
                continue;
            }
            string ns = near ? "" : "namespace: " + ScalarText.Of(one.NamespaceOrDefault);
            string? more = below?.Invoke(one);
            string all = ns.Length > 0 && more is { Length: > 0 } ? ns + "\n" + more : ns + more;
            offers.Add(ValueOffer.Of(one.Name) with
            {
                Kind = CompletionKind.Reference,
                Detail = (kindName ?? one.Kind) + " " + one.NamespaceOrDefault + "/" + one.Name,
                Rank = rank + (near ? ValueSource.Best : ValueSource.Far),
                Below = all.Length == 0 ? null : all,
            });
        }
    }
}
