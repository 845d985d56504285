using System.Globalization;
using System.Numerics;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Schemas;

/// <summary>Checks of scalars: type, enum, length, pattern, format, range. The first that fails is the one that counts.</summary>
public sealed partial class SchemaValidator
{
    /// <summary>Whole floats up to here are integers to the API server (2^53 - 1).</summary>
    private const double MaxWholeFloat = 9007199254740991;

    private void Scalar(YamlScalar scalar, SchemaNode schema)
    {
        if (scalar.IsOpaque || _onlyNames)
        {
            return;
        }
        ScalarKind kind = ScalarResolver.KindOf(scalar);
        if (kind == ScalarKind.Null)
        {
            return;
        }
        if (!TakesScalar(scalar, kind, schema))
        {
            AddValue(SchemaIssueKind.InvalidType, scalar, schema);
        }
        else if (schema.Enum.Length > 0 && !HasEnum(schema, scalar, kind))
        {
            AddValue(SchemaIssueKind.UnsupportedValue, scalar, schema);
        }
        else if (kind == ScalarKind.String)
        {
            Text(scalar, schema);
        }
        else if (kind is ScalarKind.Integer or ScalarKind.Float)
        {
            Number(scalar, schema);
        }
    }

    /// <summary>The type that the value has once it is JSON: <c>80.0</c> is written as the integer 80 there.</summary>
    internal static SchemaTypes TypeOf(YamlScalar scalar, ScalarKind kind) => kind switch
    {
        ScalarKind.Boolean => SchemaTypes.Boolean,
        ScalarKind.Integer => SchemaTypes.Integer,
        ScalarKind.Float => IsWhole(scalar.Value) ? SchemaTypes.Integer : SchemaTypes.Number,
        _ => SchemaTypes.String,
    };

    internal static bool TakesScalar(YamlScalar scalar, ScalarKind kind, SchemaNode schema)
    {
        SchemaTypes type = TypeOf(scalar, kind);
        return Takes(schema, type) || (type == SchemaTypes.Integer && (schema.Types & SchemaTypes.Number) != 0);
    }

    private static bool IsWhole(string text) =>
        ScalarResolver.TryNumber(text, out double value) && Math.Abs(value) <= MaxWholeFloat && value == Math.Floor(value);

    internal static bool HasEnum(SchemaNode schema, YamlScalar scalar, ScalarKind kind)
    {
        foreach (JsonValue value in schema.Enum)
        {
            bool same = kind switch
            {
                ScalarKind.String => value.Kind == JsonKind.String && value.Text == scalar.Value,
                ScalarKind.Boolean => value.Kind == JsonKind.Boolean && value.IsTrue == ScalarResolver.Truth(scalar.Value),
                ScalarKind.Integer or ScalarKind.Float =>
                    value.TryGetDouble(out double one) && ScalarResolver.TryNumber(scalar.Value, out double other) && one.Equals(other),
                _ => value.Kind == JsonKind.Null,
            };
            if (same)
            {
                return true;
            }
        }
        return false;
    }

    private void Text(YamlScalar scalar, SchemaNode schema)
    {
        string text = scalar.Value;
        if (schema.MaxLength is { } max && text.Length > max && CodePoints(text) > max)
        {
            AddValue(SchemaIssueKind.TooLong, scalar, schema);
        }
        else if (schema.MinLength is { } min && CodePoints(text) < min)
        {
            AddValue(SchemaIssueKind.TooShort, scalar, schema);
        }
        else if (schema.Pattern is not null && SchemaFacts.Of(schema).Pattern is { } pattern && !pattern.IsMatch(text))
        {
            AddValue(SchemaIssueKind.InvalidValue, scalar, schema);
        }
        else if (schema.Format is { } format && !SchemaFormats.IsValid(format, text))
        {
            AddValue(SchemaIssueKind.InvalidFormat, scalar, schema);
        }
    }

    internal static int CodePoints(string text)
    {
        int count = text.Length;
        for (int i = 1; i < text.Length; i++)
        {
            if (char.IsLowSurrogate(text[i]) && char.IsHighSurrogate(text[i - 1]))
            {
                count--;
            }
        }
        return count;
    }

    private void Number(YamlScalar scalar, SchemaNode schema)
    {
        (decimal? min, decimal? max) = Limits(schema);
        if (min is null && max is null && schema.MultipleOf is null)
        {
            return;
        }
        if (TryDecimal(scalar.Value, out decimal value, out bool isHuge))
        {
            bool fits = !(value < min || value > max || (schema.ExclusiveMinimum && value == schema.Minimum)
                || (schema.ExclusiveMaximum && value == schema.Maximum)
                || (schema.MultipleOf is { } step && step > 0 && value % step != 0));
            if (!fits)
            {
                AddValue(SchemaIssueKind.OutOfRange, scalar, schema);
            }
        }
        else if (isHuge)
        {
            AddValue(SchemaIssueKind.OutOfRange, scalar, schema);
        }
    }

    /// <summary>Which of the limits that the schema writes down a number breaks; a number beyond all bounds breaks the one on its side.</summary>
    internal static (bool IsBelow, bool IsAbove) Breaks(YamlScalar scalar, SchemaNode schema)
    {
        decimal value = Nearest(scalar);
        return (value < schema.Minimum || (schema.ExclusiveMinimum && value == schema.Minimum),
            value > schema.Maximum || (schema.ExclusiveMaximum && value == schema.Maximum));
    }

    /// <summary>True for a number that the Go type takes which the format names.</summary>
    internal static bool IsWithinFormat(YamlScalar scalar, SchemaNode schema)
    {
        (decimal? min, decimal? max) = Limits(schema);
        decimal value = Nearest(scalar);
        return !(value < min) && !(value > max);
    }

    private static decimal Nearest(YamlScalar scalar) =>
        TryDecimal(scalar.Value, out decimal value, out _) ? value : scalar.Value.StartsWith('-') ? decimal.MinValue : decimal.MaxValue;

    /// <summary>The schema's range, within that of the Go type that the format names.</summary>
    internal static (decimal? Min, decimal? Max) Limits(SchemaNode schema)
    {
        decimal? min = schema.Minimum;
        decimal? max = schema.Maximum;
        bool isInteger = (schema.Types & SchemaTypes.Integer) != 0;
        if (schema.Format == "int32")
        {
            min = Math.Max(min ?? int.MinValue, int.MinValue);
            max = Math.Min(max ?? int.MaxValue, int.MaxValue);
        }
        else if (isInteger)
        {
            min = Math.Max(min ?? long.MinValue, long.MinValue);
            max = Math.Min(max ?? long.MaxValue, long.MaxValue);
        }
        return (min, max);
    }

    private static bool TryDecimal(string text, out decimal value, out bool isHuge)
    {
        isHuge = false;
        value = 0;
        if (ScalarResolver.TryInteger(text, out BigInteger whole))
        {
            isHuge = BigInteger.Abs(whole) > new BigInteger(decimal.MaxValue);
            value = isHuge ? 0 : (decimal)whole;
            return !isHuge;
        }
        if (decimal.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out value))
        {
            return true;
        }
        isHuge = ScalarResolver.TryNumber(text, out _) || text.Contains("inf", StringComparison.OrdinalIgnoreCase);
        return false;
    }
}
