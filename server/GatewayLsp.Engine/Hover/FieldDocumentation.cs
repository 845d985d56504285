using System.Globalization;
using System.Text;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Hover;

/// <summary>The Markdown of a schema field: what hover shows at a key and completion beside an offer.</summary>
public static class FieldDocumentation
{
    /// <summary>Longer patterns explain nothing to a reader.</summary>
    private const int ReadablePattern = 80;

    /// <summary>Of longer lists of well-known values the first are shown; completion offers them all.</summary>
    private const int MaxKnownValues = 12;

    private const string Separator = " · ";

    /// <summary>All that is known of a named field.</summary>
    /// <param name="path">Title: the field's name or path, as it is to be shown.</param>
    public static string Of(string path, SchemaProperty property) =>
        Of(path, property.Schema, property.IsRequired, property.IsExperimental);

    /// <summary>Title with type, a line of badges, the description, the values and a link; what is not known is left out.</summary>
    /// <param name="withValues">False where one value is explained already, and the list of all would bury it.</param>
    public static string Of(string path, SchemaNode schema, bool isRequired = false, bool isExperimental = false, bool withValues = true)
    {
        var text = new StringBuilder();
        text.Append("**").Append(Escape(path)).Append("** : ").Append(TypeName(schema));
        AppendBadges(text, schema, isRequired, isExperimental || schema.IsExperimental);
        if (schema.Deprecated is { } deprecated)
        {
            text.Append("\n\n**Deprecated:** ").Append(deprecated);
        }
        if (schema.Description is { Length: > 0 } description)
        {
            text.Append("\n\n").Append(description);
        }
        if (withValues)
        {
            AppendValues(text, schema);
        }
        AppendLink(text, schema.Link);
        return text.ToString();
    }

    /// <summary>What one documented value means.</summary>
    public static string OfValue(KnownValue value)
    {
        var text = new StringBuilder();
        text.Append("**").Append(Escape(Show(value.Value))).Append("**");
        if (value.IsExperimental)
        {
            text.Append(Separator).Append("experimental channel");
        }
        if (value.Description is { Length: > 0 } description)
        {
            text.Append("\n\n").Append(description);
        }
        return text.ToString();
    }

    /// <summary>The type in words: <c>string</c>, <c>list of object</c>, <c>map of string</c>, <c>integer or string</c>.</summary>
    public static string TypeName(SchemaNode schema)
    {
        if (schema.Items is { } items)
        {
            return "list of " + TypeName(items);
        }
        if (schema.AdditionalProperties is { } values && schema.Properties.IsEmpty)
        {
            return "map of " + TypeName(values);
        }
        if (schema.IntOrString)
        {
            return "integer or string";
        }
        if (schema.Types == SchemaTypes.Any)
        {
            return schema.Properties.IsEmpty ? "any" : "object";
        }
        string name = "";
        foreach (SchemaTypes type in (ReadOnlySpan<SchemaTypes>)[SchemaTypes.Object, SchemaTypes.Array, SchemaTypes.String, SchemaTypes.Integer, SchemaTypes.Number, SchemaTypes.Boolean])
        {
            if ((schema.Types & type) != 0)
            {
                name += name.Length == 0 ? NameOf(type) : " or " + NameOf(type);
            }
        }
        return name;
    }

    /// <summary>The limits in words (<c>1 to 64 items</c>, <c>at most 253 characters</c>); empty when there are none.</summary>
    public static string Limits(SchemaNode schema)
    {
        var parts = new List<string>();
        AddRange(parts, schema.Minimum, schema.Maximum, "", "");
        AddRange(parts, schema.MinLength, schema.MaxLength, " character", " characters");
        AddRange(parts, schema.MinItems, schema.MaxItems, " item", " items");
        AddRange(parts, schema.MinProperties, schema.MaxProperties, " entry", " entries");
        if (schema.MultipleOf is { } multiple)
        {
            parts.Add("multiple of " + Number(multiple));
        }
        return string.Join(Separator, parts);
    }

    internal static string Show(JsonValue value) => value.Kind == JsonKind.String && value.Text.Length == 0 ? "\"\"" : value.Kind == JsonKind.String ? value.Text : value.ToString();

    /// <summary>A code span that holds any text, backticks included.</summary>
    internal static string Code(string text) => text.Contains('`') ? "`` " + text + " ``" : "`" + text + "`";

    /// <summary>Text that Markdown shows as it is. Brackets stay readable where they can't make a link.</summary>
    internal static string Escape(string text)
    {
        if (text.AsSpan().IndexOfAny("\\`*_<>#|~](") < 0)
        {
            return text;
        }
        var escaped = new StringBuilder(text.Length + 8);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is '\\' or '`' or '*' or '_' or '<' or '>' or '#' or '|' or '~' || (text[i] == '(' && i > 0 && text[i - 1] == ']'))
            {
                escaped.Append('\\');
            }
            escaped.Append(text[i]);
        }
        return escaped.ToString();
    }

    private static void AppendBadges(StringBuilder text, SchemaNode schema, bool isRequired, bool isExperimental)
    {
        var badges = new List<string>();
        if (isRequired)
        {
            badges.Add("required");
        }
        if (schema.Default is { } value)
        {
            badges.Add("default " + Code(Show(value)));
        }
        if (schema.Nullable)
        {
            badges.Add("may be null");
        }
        if (schema.Format is { Length: > 0 } format and not ("int32" or "int64"))
        {
            badges.Add("format " + Code(format));
        }
        if (Limits(schema) is { Length: > 0 } limits)
        {
            badges.Add(limits);
        }
        if (schema.Enum.IsEmpty && schema.Pattern is { Length: <= ReadablePattern } pattern)
        {
            badges.Add("matches " + Code(pattern));
        }
        if (schema.ListMapKeys.Length > 0)
        {
            badges.Add("unique by " + string.Join(", ", schema.ListMapKeys.Select(Code)));
        }
        else if (schema.ListType == SchemaListType.Set || schema.UniqueItems)
        {
            badges.Add("no duplicates");
        }
        if (isExperimental)
        {
            badges.Add("experimental channel");
        }
        if (SupportName(schema.Support) is { } support)
        {
            badges.Add(support);
        }
        if (schema.Since is { } since)
        {
            badges.Add("since " + since);
        }
        if (schema.Feature is { } feature)
        {
            badges.Add("feature " + Code(feature));
        }
        if (badges.Count > 0)
        {
            text.Append("\n\n").AppendJoin(Separator, badges);
        }
    }

    /// <summary>Documented values as a list; an enum without documentation in one line. A list tells the values of its items.</summary>
    private static void AppendValues(StringBuilder text, SchemaNode schema)
    {
        SchemaNode holder = schema.Items is { } items && schema.Values.IsEmpty && schema.Enum.IsEmpty ? items : schema;
        if (holder.Enum.IsEmpty && holder.Values.IsEmpty)
        {
            return;
        }
        text.Append("\n\n").Append(holder.Enum.IsEmpty ? "Well-known values:" : "Allowed values:");
        if (holder.Values.IsEmpty)
        {
            text.Append(' ').AppendJoin(", ", holder.Enum.Select(value => Code(Show(value))));
            return;
        }
        int shown = holder.Enum.IsEmpty && holder.Values.Length > MaxKnownValues ? MaxKnownValues : holder.Values.Length;
        foreach (KnownValue known in holder.Values.AsSpan()[..shown])
        {
            text.Append("\n- ").Append(Code(Show(known.Value)));
            if (known.IsExperimental)
            {
                text.Append(" (experimental channel)");
            }
            if (known.Description is { Length: > 0 } description)
            {
                text.Append(": ").Append(description.ReplaceLineEndings(" "));
            }
        }
        if (shown < holder.Values.Length)
        {
            text.Append("\n- and ").Append(holder.Values.Length - shown).Append(" more");
        }
        foreach (JsonValue value in holder.Enum)
        {
            if (!holder.Values.Any(known => known.Value.Equals(value)))
            {
                text.Append("\n- ").Append(Code(Show(value)));
            }
        }
    }

    internal static void AppendLink(StringBuilder text, string? link)
    {
        if (link is not null)
        {
            text.Append("\n\n[Specification](").Append(link).Append(')');
        }
    }

    private static string? SupportName(SupportLevel level) => level switch
    {
        SupportLevel.Core => "core support",
        SupportLevel.Extended => "extended support",
        SupportLevel.ImplementationSpecific => "implementation-specific support",
        _ => null,
    };

    private static string NameOf(SchemaTypes type) => type switch
    {
        SchemaTypes.Object => "object",
        SchemaTypes.Array => "list",
        SchemaTypes.String => "string",
        SchemaTypes.Integer => "integer",
        SchemaTypes.Number => "number",
        _ => "boolean",
    };

    private static void AddRange(List<string> parts, decimal? least, decimal? most, string one, string many)
    {
        string unit = (most ?? least) == 1 ? one : many;
        if (least is > 0 or < 0 && most is not null)
        {
            parts.Add(least == most ? $"exactly {Number(least.Value)}{unit}" : $"{Number(least.Value)} to {Number(most.Value)}{unit}");
        }
        else if (most is not null)
        {
            parts.Add(least == 0 && many.Length == 0 ? $"0 to {Number(most.Value)}" : $"at most {Number(most.Value)}{unit}");
        }
        else if (least is > 0 or < 0 || (least == 0 && many.Length == 0))
        {
            parts.Add($"at least {Number(least.Value)}{unit}");
        }
    }

    private static string Number(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
