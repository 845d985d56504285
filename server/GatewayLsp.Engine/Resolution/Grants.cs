using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Resolution;

/// <summary>Whether one object may refer to another of a different namespace.</summary>
internal static class Grants
{
    /// <summary>Within a namespace always; across, when one grant there has a fitting from and a fitting to.</summary>
    /// <param name="from">The object that refers: group and kind as the grant must name them, and its namespace.</param>
    public static Answer Permits(Dependencies snapshot, ObjectView from, ObjectRef reference)
    {
        if (!reference.CrossesNamespaces)
        {
            return Answer.Yes;
        }
        // A grant of one of the clusters may permit it there.
        Answer answer = snapshot.IsShared ? Answer.Unknown : Answer.No;
        foreach (ReferenceGrant grant in snapshot.GrantsIn(reference.Namespace))
        {
            Answer one = Permits(grant, from.Group, from.Kind, from.Namespace, reference);
            if (one == Answer.Yes)
            {
                return Answer.Yes;
            }
            answer = one == Answer.Unknown ? Answer.Unknown : answer;
        }
        return answer;
    }

    public static Answer Permits(ReferenceGrant grant, string group, string kind, string ns, ObjectRef reference)
    {
        bool isTemplated = false;
        bool from = false;
        foreach (GrantFrom one in grant.From)
        {
            isTemplated |= one.IsTemplated;
            from |= one.Group == group && one.Kind == kind && one.Namespace == ns;
        }
        bool to = false;
        foreach (GrantTo one in grant.To)
        {
            isTemplated |= one.IsTemplated;
            to |= one.Group == reference.Group && one.Kind == reference.Kind && (one.Name is null || one.Name == reference.Name);
        }
        return from && to ? Answer.Yes : isTemplated ? Answer.Unknown : Answer.No;
    }
}
