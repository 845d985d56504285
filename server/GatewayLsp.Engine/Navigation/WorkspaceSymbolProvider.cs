using System.Collections.Immutable;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Navigation;

/// <summary>workspace/symbol: objects whose kind, namespace and name have the query's letters in order.</summary>
internal static class WorkspaceSymbolProvider
{
    private const int MaxItems = 256;

    public static ImmutableArray<WorkspaceItem> Find(Workspace workspace, string query, CancellationToken cancel)
    {
        string[] words = query.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var found = new List<(int Score, string Name, IndexedObject One)>();
        int seen = 0;
        foreach (IndexedObject one in workspace.Index.All)
        {
            if ((++seen & 0xff) == 0)
            {
                cancel.ThrowIfCancellationRequested();
            }
            string name = ObjectPlace.NameOf(one.Object);
            if (FuzzyMatch.Score(words, name, one.Object.Name) is { } score)
            {
                found.Add((score, name, one));
            }
        }
        found.Sort(static (a, b) => Compare(a, b));
        var items = ImmutableArray.CreateBuilder<WorkspaceItem>(Math.Min(found.Count, MaxItems));
        foreach ((_, string name, IndexedObject one) in found)
        {
            if (items.Count == MaxItems)
            {
                break;
            }
            if (ObjectPlace.SlotOf(workspace, one.Path, one.Object.Document) is { } slot)
            {
                items.Add(new WorkspaceItem(
                    name, ObjectPlace.FileName(one.Path), OutlineParts.KindOf(one.Object), one.Path, slot.RangeOf(ObjectPlace.HeadOf(one.Object))));
            }
        }
        return items.DrainToImmutable();
    }

    private static int Compare((int Score, string Name, IndexedObject One) a, (int Score, string Name, IndexedObject One) b)
    {
        int order = b.Score.CompareTo(a.Score);
        order = order != 0 ? order : string.CompareOrdinal(a.Name, b.Name);
        order = order != 0 ? order : string.CompareOrdinal(a.One.Path, b.One.Path);
        return order != 0 ? order : a.One.Object.Node.Span.Start.CompareTo(b.One.Object.Node.Span.Start);
    }
}
