namespace GatewayLsp.Engine.Syntax;

/// <summary>Results kept beside a document, by the type of what they are; each remembers the inputs it was made from.</summary>
internal sealed class DocumentMemo
{
    private (Type Type, object Key, object Value)[] _kept = [];

    /// <summary>The value made from that key before, or a new one. Only the latest key of each type is kept.</summary>
    public T Get<T>(object key, Func<T> make) where T : class
    {
        foreach ((Type type, object known, object value) in Volatile.Read(ref _kept))
        {
            if (type == typeof(T) && known.Equals(key))
            {
                return (T)value;
            }
        }
        T made = make();
        while (true)
        {
            (Type, object, object)[] before = Volatile.Read(ref _kept);
            (Type, object, object)[] after = [.. before.Where(k => k.Item1 != typeof(T)), (typeof(T), key, made)];
            if (ReferenceEquals(Interlocked.CompareExchange(ref _kept, after, before), before))
            {
                return made;
            }
        }
    }
}
