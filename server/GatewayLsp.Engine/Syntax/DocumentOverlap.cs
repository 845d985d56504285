using System.Collections.Immutable;

namespace GatewayLsp.Engine.Syntax;

/// <summary>What two states of a file share: so many documents at its beginning and at its end are the same instances.</summary>
/// <param name="Before">The number of documents before.</param>
/// <param name="After">The number of documents after.</param>
internal readonly record struct DocumentOverlap(int Head, int Tail, int Before, int After)
{
    public static DocumentOverlap Of(ImmutableArray<DocumentSlot> before, ImmutableArray<DocumentSlot> after)
    {
        int most = Math.Min(before.Length, after.Length);
        int head = 0;
        while (head < most && ReferenceEquals(before[head].Document, after[head].Document))
        {
            head++;
        }
        int tail = 0;
        while (tail < most - head && ReferenceEquals(before[^(tail + 1)].Document, after[^(tail + 1)].Document))
        {
            tail++;
        }
        return new DocumentOverlap(head, tail, before.Length, after.Length);
    }

    /// <summary>Where a document of the state before is now; -1 when it is not among those that are shared.</summary>
    public int IndexAfter(int before) => before < Head ? before : before >= Before - Tail ? before + After - Before : -1;
}
