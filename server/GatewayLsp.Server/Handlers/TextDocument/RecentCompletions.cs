using GatewayLsp.Engine.Completion;

namespace GatewayLsp.Server.Handlers.TextDocument;

/// <summary>The last few lists that were offered, so that an item's documentation can be made when it is looked at.</summary>
internal sealed class RecentCompletions
{
    private const int Kept = 4;

    private readonly Lock _gate = new();
    private readonly (int Id, CompletionList? List)[] _lists = new (int, CompletionList?)[Kept];
    private int _lastId;

    public int Keep(CompletionList list)
    {
        lock (_gate)
        {
            var id = ++_lastId;
            _lists[id % Kept] = (id, list);
            return id;
        }
    }

    /// <summary>Null when the list is no longer kept.</summary>
    public CompletionItem? Find(int listId, int index)
    {
        lock (_gate)
        {
            var (id, list) = _lists[(uint)listId % Kept];
            return id == listId && list is not null && index >= 0 && index < list.Items.Length ? list.Items[index] : null;
        }
    }
}
