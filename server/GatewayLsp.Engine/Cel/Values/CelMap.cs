namespace GatewayLsp.Engine.Cel.Values;

/// <summary>A map or an object. Keys are bool, int, uint or string; <c>1</c> and <c>1u</c> are the same key.</summary>
public abstract class CelMap : CelValue
{
    private protected CelMap()
        : base(CelKind.Map)
    {
    }

    public abstract int Count { get; }

    /// <summary>The keys that an expression can see, in a stable order.</summary>
    public abstract IReadOnlyList<CelValue> Keys { get; }

    /// <summary>The value of a key; null when it is absent.</summary>
    public abstract CelValue? Find(CelValue key);
}

internal sealed class CelDictionaryMap : CelMap
{
    public static readonly CelDictionaryMap Empty = new([]);

    private readonly Dictionary<CelValue, CelValue> _values = new(KeyComparer.Instance);
    private readonly List<CelValue> _keys;

    private CelDictionaryMap(List<CelValue> keys) => _keys = keys;

    public override int Count => _keys.Count;

    public override IReadOnlyList<CelValue> Keys => _keys;

    public override CelValue? Find(CelValue key) => _values.GetValueOrDefault(key);

    /// <summary>A map under construction, which nobody else sees yet.</summary>
    public static CelDictionaryMap New(int capacity) => new(new List<CelValue>(capacity));

    /// <summary>Only before the map is handed out. False when the key is there already.</summary>
    public bool TryAdd(CelValue key, CelValue value)
    {
        if (!_values.TryAdd(key, value))
        {
            return false;
        }
        _keys.Add(key);
        return true;
    }

    /// <summary>True for the types that a key may have.</summary>
    public static bool IsKey(CelValue value) => value.Kind is CelKind.Bool or CelKind.Int or CelKind.Uint or CelKind.String;

    private sealed class KeyComparer : IEqualityComparer<CelValue>
    {
        public static readonly KeyComparer Instance = new();

        public bool Equals(CelValue? x, CelValue? y) => (x, y) switch
        {
            (CelString a, CelString b) => string.Equals(a.Value, b.Value, StringComparison.Ordinal),
            (CelBool a, CelBool b) => a.Value == b.Value,
            _ => Number(x) is { } a && a == Number(y),
        };

        public int GetHashCode(CelValue value) => value switch
        {
            CelString text => string.GetHashCode(text.Value, StringComparison.Ordinal),
            CelBool flag => flag.Value ? 1 : 2,
            _ => Number(value)?.GetHashCode() ?? 0,
        };

        private static Int128? Number(CelValue? value) => value switch
        {
            CelInt number => number.Value,
            CelUint number => number.Value,
            // 2^64 bounds what a key can be, and what a double can say of whole numbers is exact there.
            CelDouble { Value: var number } when Math.Floor(number) == number && Math.Abs(number) < 1.9e19 => (Int128)number,
            _ => null,
        };
    }
}
