namespace GatewayLsp.Engine.Cel.Values;

/// <summary>Types of values at run time. <see cref="Error"/> and <see cref="Unknown"/> come first: they are no values of the language.</summary>
public enum CelKind : byte
{
    Error,
    Unknown,
    Null,
    Bool,
    Int,
    Uint,
    Double,
    String,
    Bytes,
    List,
    Map,
    Type,
    Duration,
    Timestamp,
    Optional,
    Quantity,
    Ip,
    Cidr,
    Url,
    Semver,
    Format,
}

/// <summary>A value of the Common Expression Language. Immutable.</summary>
public abstract class CelValue
{
    private protected CelValue(CelKind kind) => Kind = kind;

    public CelKind Kind { get; }

    internal bool IsValue => Kind > CelKind.Unknown;
}

/// <summary>An evaluation that failed. It travels as a value, so that <c>false &amp;&amp; error</c> can absorb it.</summary>
public sealed class CelError : CelValue
{
    /// <summary>The evaluation was stopped; no operator absorbs this one.</summary>
    internal static readonly CelError CostExceeded = new(CelErrorKind.CostExceeded, "the rule costs more than an evaluation may");

    internal CelError(CelErrorKind error, string message)
        : base(CelKind.Error)
    {
        Error = error;
        Message = message;
    }

    public CelErrorKind Error { get; }

    public string Message { get; }

    internal static CelError Invalid(string message) => new(CelErrorKind.InvalidArgument, message);

    internal static CelError Overflow(string what) => new(CelErrorKind.Overflow, $"{what} is out of range");

    internal static CelError NoOverload(string function, ReadOnlySpan<CelValue> arguments)
    {
        var names = new string[arguments.Length];
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = CelTypeValue.NameOf(arguments[i]);
        }
        return new CelError(CelErrorKind.NoSuchOverload, $"{function} does not take ({string.Join(", ", names)})");
    }
}

/// <summary>Something that a template will put in.</summary>
public sealed class CelUnknown : CelValue
{
    internal static readonly CelUnknown Instance = new();

    private CelUnknown()
        : base(CelKind.Unknown)
    {
    }
}

public sealed class CelNull : CelValue
{
    internal static readonly CelNull Instance = new();

    private CelNull()
        : base(CelKind.Null)
    {
    }
}

public sealed class CelBool : CelValue
{
    internal static readonly CelBool True = new(true);
    internal static readonly CelBool False = new(false);

    private CelBool(bool value)
        : base(CelKind.Bool) => Value = value;

    public bool Value { get; }

    internal static CelBool Of(bool value) => value ? True : False;
}

public sealed class CelInt : CelValue
{
    private const int CachedFrom = -16;
    private const int CachedTo = 1024;

    private static readonly CelInt[] Cached = MakeCache();

    private CelInt(long value)
        : base(CelKind.Int) => Value = value;

    public long Value { get; }

    internal static CelInt Of(long value) => value is >= CachedFrom and < CachedTo ? Cached[value - CachedFrom] : new CelInt(value);

    private static CelInt[] MakeCache()
    {
        var cache = new CelInt[CachedTo - CachedFrom];
        for (int i = 0; i < cache.Length; i++)
        {
            cache[i] = new CelInt(i + CachedFrom);
        }
        return cache;
    }
}

public sealed class CelUint : CelValue
{
    internal CelUint(ulong value)
        : base(CelKind.Uint) => Value = value;

    public ulong Value { get; }
}

public sealed class CelDouble : CelValue
{
    internal CelDouble(double value)
        : base(CelKind.Double) => Value = value;

    public double Value { get; }
}

public sealed class CelString : CelValue
{
    internal static readonly CelString Empty = new("");

    internal CelString(string value)
        : base(CelKind.String) => Value = value;

    public string Value { get; }
}

public sealed class CelBytes : CelValue
{
    private readonly byte[] _value;

    internal CelBytes(byte[] value)
        : base(CelKind.Bytes) => _value = value;

    public ReadOnlySpan<byte> Value => _value;
}

/// <summary>A length of time in nanoseconds, at most some 292 years either way.</summary>
public sealed class CelDuration : CelValue
{
    internal const long Second = 1_000_000_000;

    internal CelDuration(long nanoseconds)
        : base(CelKind.Duration) => Nanoseconds = nanoseconds;

    public long Nanoseconds { get; }
}

/// <summary>A moment between the years 1 and 9999.</summary>
public sealed class CelTimestamp : CelValue
{
    /// <summary>0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z.</summary>
    internal const long MinSeconds = -62_135_596_800;
    internal const long MaxSeconds = 253_402_300_799;

    private CelTimestamp(long seconds, int nanoseconds, int offset)
        : base(CelKind.Timestamp)
    {
        Offset = offset;
        Seconds = seconds;
        Nanoseconds = nanoseconds;
    }

    /// <summary>Since 1970-01-01T00:00:00Z.</summary>
    public long Seconds { get; }

    /// <summary>0 to 999,999,999, after <see cref="Seconds"/>.</summary>
    public int Nanoseconds { get; }

    /// <summary>Seconds east of Greenwich, as written; it shows in <c>string(x)</c> and nowhere else.</summary>
    internal int Offset { get; }

    internal static CelValue Of(long seconds, int nanoseconds, int offset = 0) =>
        seconds is < MinSeconds or > MaxSeconds ? CelError.Overflow("the timestamp") : new CelTimestamp(seconds, nanoseconds, offset);
}

/// <summary>A value that may be absent.</summary>
public sealed class CelOptional : CelValue
{
    internal static readonly CelOptional None = new(null);

    private CelOptional(CelValue? value)
        : base(CelKind.Optional) => Value = value;

    public CelValue? Value { get; }

    internal static CelOptional Of(CelValue value) => new(value);
}
