using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace GatewayLsp.Engine.Schemas;

public enum JsonKind : byte
{
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object,
}

/// <summary>An immutable JSON value: a default, an enum member, a known value.</summary>
public sealed class JsonValue : IEquatable<JsonValue>
{
    public static readonly JsonValue Null = new(JsonKind.Null, "null");
    public static readonly JsonValue True = new(JsonKind.Boolean, "true");
    public static readonly JsonValue False = new(JsonKind.Boolean, "false");

    private JsonValue(JsonKind kind, string text)
    {
        Kind = kind;
        Text = text;
    }

    public JsonKind Kind { get; }

    /// <summary>The string itself, or the literal of a number, boolean or null; empty for arrays and objects.</summary>
    public string Text { get; }

    public ImmutableArray<JsonValue> Items { get; private init; } = [];

    /// <summary>Members of an object, in source order.</summary>
    public ImmutableArray<KeyValuePair<string, JsonValue>> Members { get; private init; } = [];

    /// <summary>True for the boolean <c>true</c> only.</summary>
    public bool IsTrue => Kind == JsonKind.Boolean && Text == "true";

    public static JsonValue Of(string value) => new(JsonKind.String, value);

    public static JsonValue Of(bool value) => value ? True : False;

    public static JsonValue Of(long value) => new(JsonKind.Number, value.ToString(CultureInfo.InvariantCulture));

    public static JsonValue Of(double value) => new(JsonKind.Number, value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>A number by its JSON literal, which is kept as it was written.</summary>
    public static JsonValue NumberOf(string literal) => new(JsonKind.Number, literal);

    public static JsonValue Of(ImmutableArray<JsonValue> items) => new(JsonKind.Array, "") { Items = items };

    public static JsonValue OfMembers(ImmutableArray<KeyValuePair<string, JsonValue>> members) => new(JsonKind.Object, "") { Members = members };

    public bool TryGetDecimal(out decimal value)
    {
        value = 0;
        return Kind == JsonKind.Number && decimal.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    public bool TryGetDouble(out double value)
    {
        value = 0;
        return Kind == JsonKind.Number && double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    public bool Equals(JsonValue? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (other is null || other.Kind != Kind)
        {
            return false;
        }

        switch (Kind)
        {
            case JsonKind.Array:
                return Items.AsSpan().SequenceEqual(other.Items.AsSpan());
            case JsonKind.Object:
                return SameMembers(other);
            case JsonKind.Number:
                return NumberEquals(other);
            default:
                return string.Equals(Text, other.Text, StringComparison.Ordinal);
        }
    }

    public override bool Equals(object? obj) => Equals(obj as JsonValue);

    public override int GetHashCode() => Kind switch
    {
        JsonKind.Number => TryGetDouble(out var number) ? number.GetHashCode() : 0,
        JsonKind.Array => HashCode.Combine(Kind, Items.Length),
        JsonKind.Object => HashCode.Combine(Kind, Members.Length),
        _ => HashCode.Combine(Kind, string.GetHashCode(Text, StringComparison.Ordinal)),
    };

    /// <summary>Compact JSON.</summary>
    public override string ToString()
    {
        if (Kind is JsonKind.Null or JsonKind.Boolean or JsonKind.Number)
        {
            return Text;
        }

        var text = new StringBuilder();
        Write(text);
        return text.ToString();
    }

    private bool NumberEquals(JsonValue other) =>
        TryGetDecimal(out var left) && other.TryGetDecimal(out var right)
            ? left == right
            : TryGetDouble(out var x) && other.TryGetDouble(out var y) && x.Equals(y);

    private bool SameMembers(JsonValue other)
    {
        if (Members.Length != other.Members.Length)
        {
            return false;
        }

        foreach (var (name, value) in Members)
        {
            var found = false;
            foreach (var candidate in other.Members)
            {
                if (string.Equals(candidate.Key, name, StringComparison.Ordinal))
                {
                    found = value.Equals(candidate.Value);
                    break;
                }
            }

            if (!found)
            {
                return false;
            }
        }

        return true;
    }

    private void Write(StringBuilder text)
    {
        switch (Kind)
        {
            case JsonKind.String:
                WriteString(text, Text);
                break;
            case JsonKind.Array:
                text.Append('[');
                for (var i = 0; i < Items.Length; i++)
                {
                    if (i > 0)
                    {
                        text.Append(',');
                    }

                    Items[i].Write(text);
                }

                text.Append(']');
                break;
            case JsonKind.Object:
                text.Append('{');
                for (var i = 0; i < Members.Length; i++)
                {
                    if (i > 0)
                    {
                        text.Append(',');
                    }

                    WriteString(text, Members[i].Key);
                    text.Append(':');
                    Members[i].Value.Write(text);
                }

                text.Append('}');
                break;
            default:
                text.Append(Text);
                break;
        }
    }

    private static void WriteString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            switch (c)
            {
                case '"' or '\\':
                    text.Append('\\').Append(c);
                    break;
                case '\n':
                    text.Append("\\n");
                    break;
                case < ' ':
                    text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
                    break;
                default:
                    text.Append(c);
                    break;
            }
        }

        text.Append('"');
    }
}
