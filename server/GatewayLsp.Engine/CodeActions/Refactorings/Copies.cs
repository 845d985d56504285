using GatewayLsp.Engine.Migration.Rewriting;

namespace GatewayLsp.Engine.CodeActions.Refactorings;

/// <summary>Copies of parts of an edit tree: laid out as the original is, without its comments, which are about the original.</summary>
internal static class Copies
{
    public static EditItem Of(EditItem item)
    {
        var copy = new EditItem(Of(item.Value)) { Column = item.Column, Gap = Blank(item.Gap), IsBelow = item.IsBelow, Lead = Lead(item.Lead) };
        copy.ReadValue = ReferenceEquals(item.Value, item.ReadValue) ? copy.Value : null;
        return copy;
    }

    public static EditNode Of(EditNode node)
    {
        switch (node)
        {
            case EditMapping map:
                var mapping = new EditMapping(null, map.IsFlow) { Column = map.Column, Close = Blank(map.Close), Properties = "" };
                foreach (EditEntry entry in map.Entries)
                {
                    mapping.Entries.Add(Of(entry));
                }
                return mapping;
            case EditSequence list:
                var sequence = new EditSequence(null, list.IsFlow) { Column = list.Column, Close = Blank(list.Close), Properties = "" };
                foreach (EditItem item in list.Items)
                {
                    sequence.Items.Add(Of(item));
                }
                return sequence;
            default:
                var scalar = (EditScalar)node;
                return new EditScalar(scalar.Origin, scalar.Raw, scalar.Value);
        }
    }

    private static EditEntry Of(EditEntry entry)
    {
        var copy = new EditEntry(entry.Name, entry.Key, Of(entry.Value))
        {
            Colon = entry.Colon, Origin = entry.Origin, Column = entry.Column, Gap = Blank(entry.Gap), IsBelow = entry.IsBelow, Lead = Lead(entry.Lead),
        };
        copy.ReadValue = ReferenceEquals(entry.Value, entry.ReadValue) ? copy.Value : null;
        return copy;
    }

    /// <summary>A gap with a comment in it is left to the writer.</summary>
    private static string Blank(string gap) => gap.Contains('#') ? "" : gap;

    private static string? Lead(string? lead) => lead?.Contains('#') == true ? null : lead;
}
