namespace GatewayLsp.Engine.Syntax;

/// <summary>Results kept beside a document, by the type of what they are; each remembers the inputs it was made from.</summary>
internal sealed class DocumentMemo
{
    private readonly Lock _gate = new();
    private readonly List<(Type Type, object Key, object Value)> _kept = [];

    /// <summary>The value made from that key before, or a new one. Only the latest key of each type is kept.</summary>
    public T Get<T>(object key, Func<T> make) where T : class
    {
        lock (_gate)
        {
            foreach ((Type type, object known, object value) in _kept)
            {
                if (type == typeof(T) && known.Equals(key))
                {
                    return (T)value;
                }
            }
        }
        T made = make();
        lock (_gate)
        {
            _kept.RemoveAll(k => k.Type == typeof(T));
            _kept.Add((typeof(T), key, made));
        }
        return made;
    }
}
