using System.Globalization;
using System.Numerics;

namespace GatewayLsp.Engine.Cel.Values;

/// <summary>An amount as Kubernetes writes it: <c>1.5Gi</c>, <c>250m</c>, <c>3e2</c>. Exact to a billionth.</summary>
public sealed class CelQuantity : CelExtension
{
    /// <summary>Text and exponents beyond these would fill the memory with zeros; they count as unknown.</summary>
    private const int MaxLength = 2000;
    private const int MaxExponent = 2000;

    private const int NanoDigits = 9;

    private static readonly BigInteger MaxBinary = new BigInteger(long.MaxValue) * BigInteger.Pow(10, NanoDigits);

    private readonly BigInteger _nanos;

    /// <summary>The API server's short form, value times ten to the scale; amounts that left it count as no integer there.</summary>
    private readonly (long Value, int Scale)? _short;

    private CelQuantity(BigInteger nanos, (long Value, int Scale)? shortForm)
        : base(CelKind.Quantity)
    {
        _nanos = nanos;
        _short = shortForm;
    }

    internal int Sign => _nanos.Sign;

    /// <summary>Null when it is not a whole number that fits.</summary>
    internal long? Integer => _short is { } form ? form.Scale < 0 ? null : Scaled(form.Value, form.Scale) : null;

    internal double Approximate => _short is { } form ? form.Value * Math.Pow(10, form.Scale) : (double)_nanos / 1e9;

    /// <summary>The quantity; null when the text is none; unknown when it is too large for us.</summary>
    internal static CelValue? Read(string text)
    {
        if (text.Length is 0 or > MaxLength)
        {
            return text.Length == 0 ? null : CelUnknown.Instance;
        }
        int at = text[0] is '+' or '-' ? 1 : 0;
        int whole = at;
        at = SkipDigits(text, at);
        ReadOnlySpan<char> digits = text.AsSpan(whole, at - whole).TrimStart('0');
        ReadOnlySpan<char> fraction = default;
        if (at < text.Length && text[at] == '.')
        {
            int start = at + 1;
            at = SkipDigits(text, start);
            fraction = text.AsSpan(start, at - start);
        }
        if (Suffix(text.AsSpan(at)) is not { } suffix)
        {
            return null;
        }
        if (suffix.Exponent is > MaxExponent or < -MaxExponent)
        {
            return CelUnknown.Instance;
        }
        bool isNegative = text[0] == '-';
        BigInteger mantissa = BigInteger.Parse(string.Concat("0", digits, fraction), NumberStyles.None, CultureInfo.InvariantCulture);
        int length = Math.Max(1, digits.Length) + fraction.Length;
        (long, int)? shortForm = Short(mantissa, length, fraction.Length, suffix, isNegative);
        BigInteger nanos = Nanos(suffix.IsBinary ? mantissa << suffix.Exponent : mantissa, (suffix.IsBinary ? 0 : suffix.Exponent) - fraction.Length);
        if (suffix.IsBinary && shortForm is null && nanos > MaxBinary)
        {
            nanos = MaxBinary;
        }
        return new CelQuantity(isNegative ? -nanos : nanos, shortForm);
    }

    internal static CelQuantity Of(long value) => new(new BigInteger(value) * BigInteger.Pow(10, NanoDigits), (value, 0));

    internal CelQuantity Plus(CelQuantity other) => new(_nanos + other._nanos, Sum(_short, other._short, 1));

    internal CelQuantity Minus(CelQuantity other) => new(_nanos - other._nanos, Sum(_short, other._short, -1));

    internal int CompareTo(CelQuantity other) => _nanos.CompareTo(other._nanos);

    internal override bool SameAs(CelExtension other) => other is CelQuantity quantity && quantity._nanos == _nanos;

    private static int SkipDigits(string text, int at)
    {
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }
        return at;
    }

    private static (bool IsBinary, int Exponent)? Suffix(ReadOnlySpan<char> suffix)
    {
        switch (suffix)
        {
            case "":
                return (false, 0);
            case "n":
                return (false, -9);
            case "u":
                return (false, -6);
            case "m":
                return (false, -3);
            case "k":
                return (false, 3);
            case "M":
                return (false, 6);
            case "G":
                return (false, 9);
            case "T":
                return (false, 12);
            case "P":
                return (false, 15);
            case "E":
                return (false, 18);
            case "Ki":
                return (true, 10);
            case "Mi":
                return (true, 20);
            case "Gi":
                return (true, 30);
            case "Ti":
                return (true, 40);
            case "Pi":
                return (true, 50);
            case "Ei":
                return (true, 60);
        }
        return suffix[0] is 'e' or 'E' && long.TryParse(suffix[1..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long exponent)
            ? (false, (int)Math.Clamp(exponent, -MaxExponent - 1, MaxExponent + 1))
            : null;
    }

    /// <summary>Billionths, rounded away from zero.</summary>
    private static BigInteger Nanos(BigInteger mantissa, int exponent)
    {
        int shift = exponent + NanoDigits;
        if (shift >= 0)
        {
            return mantissa * BigInteger.Pow(10, shift);
        }
        BigInteger divided = BigInteger.DivRem(mantissa, BigInteger.Pow(10, -shift), out BigInteger rest);
        return rest.IsZero ? divided : divided + 1;
    }

    private static (long, int)? Short(BigInteger mantissa, int length, int fraction, (bool IsBinary, int Exponent) suffix, bool isNegative)
    {
        if (suffix.IsBinary ? fraction > 0 || 15 - length - (suffix.Exponent * 3 / 10) - 1 < 0 : length > 18)
        {
            return null;
        }
        int scale = (suffix.IsBinary ? 0 : suffix.Exponent) - fraction;
        BigInteger value = suffix.IsBinary ? mantissa << suffix.Exponent : mantissa;
        return scale < -NanoDigits || value > long.MaxValue ? null : ((long)(isNegative ? -value : value), scale);
    }

    private static (long, int)? Sum((long Value, int Scale)? left, (long Value, int Scale)? right, int sign)
    {
        if (left is not { } a || right is not { } b)
        {
            return null;
        }
        if (b.Value == 0)
        {
            return a;
        }
        int scale = a.Value == 0 ? b.Scale : Math.Min(a.Scale, b.Scale);
        if ((a.Value == 0 ? 0 : Scaled(a.Value, a.Scale - scale)) is not { } one || Scaled(b.Value, b.Scale - scale) is not { } other)
        {
            return null;
        }
        Int128 sum = one + ((Int128)sign * other);
        return sum >= long.MinValue && sum <= long.MaxValue ? ((long)sum, scale) : null;
    }

    private static long? Scaled(long value, int scale)
    {
        Int128 scaled = value;
        for (int i = 0; i < scale && scaled != 0; i++)
        {
            scaled *= 10;
            if (scaled < long.MinValue || scaled > long.MaxValue)
            {
                return null;
            }
        }
        return (long)scaled;
    }
}
