namespace GatewayLsp.Engine.Syntax;

/// <summary>Results kept beside a document, by the type of what they are; each remembers the inputs it was made from.</summary>
internal sealed class DocumentMemo
{
    private (Type Type, object Key, object Value)[] _kept = [];

    /// <summary>
    /// The value made from that key before, or a new one. Only the latest key of each type is kept. Of two threads that make it at
    /// the same time, the second gets what the first one made: objects are told apart by instance.
    /// </summary>
    public T Get<T>(object key, Func<T> make) where T : class
    {
        (Type, object, object)[] before = Volatile.Read(ref _kept);
        if (Find<T>(before, key) is { } known)
        {
            return known;
        }
        T made = make();
        while (true)
        {
            (Type, object, object)[] now = Volatile.Read(ref _kept);
            if (!ReferenceEquals(now, before) && Find<T>(now, key) is { } others)
            {
                return others;
            }
            before = now;
            (Type, object, object)[] after = [.. now.Where(k => k.Item1 != typeof(T)), (typeof(T), key, made)];
            if (ReferenceEquals(Interlocked.CompareExchange(ref _kept, after, now), now))
            {
                return made;
            }
        }
    }

    private static T? Find<T>((Type Type, object Key, object Value)[] kept, object key) where T : class
    {
        foreach ((Type type, object known, object value) in kept)
        {
            if (type == typeof(T) && known.Equals(key))
            {
                return (T)value;
            }
        }
        return null;
    }
}
