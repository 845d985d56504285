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
        Func<ManifestObject, string?>? below = null, int rank = ValueSource.Best)
    {
        bool named = source.HasSibling("namespace");
        bool canName = source.MayHave("namespace");
        string target = source.TargetNamespace;
        var found = new List<(ManifestObject Object, bool IsNear, int Order)>();
        foreach (ManifestObject one in objects)
        {
            bool near = one.NamespaceOrDefault == target;
            if (near || (!named && canName))
            {
                found.Add((one, near, order?.Invoke(one) ?? 0));
            }
        }
        if (found.Count > ValueOffers.MaxItems)
        {
            string prefix = source.Request.Prefix;
            found.RemoveAll(candidate => !candidate.Object.Name.Contains(prefix, StringComparison.OrdinalIgnoreCase));
            source.Request.IsTruncated = true;
        }
        found.Sort(Compare);
        foreach ((ManifestObject one, bool near, _) in found.Take(ValueOffers.MaxItems))
        {
            string ns = near ? "" : "namespace: " + ScalarText.Of(one.NamespaceOrDefault);
            string? more = below?.Invoke(one);
            string all = ns.Length > 0 && more is { Length: > 0 } ? ns + "\n" + more : ns + more;
            offers.Add(ValueOffer.Of(one.Name) with
            {
                Kind = CompletionKind.Reference,
                Detail = one.Kind + " " + one.NamespaceOrDefault + "/" + one.Name,
                Rank = rank + (near ? ValueSource.Best : ValueSource.Far),
                Below = all.Length == 0 ? null : all,
            });
        }
    }

    private static int Compare((ManifestObject Object, bool IsNear, int Order) a, (ManifestObject Object, bool IsNear, int Order) b)
    {
        int result = b.IsNear.CompareTo(a.IsNear);
        result = result != 0 ? result : a.Order.CompareTo(b.Order);
        result = result != 0 ? result : string.CompareOrdinal(a.Object.Name, b.Object.Name);
        return result != 0 ? result : string.CompareOrdinal(a.Object.Namespace, b.Object.Namespace);
    }
}
