using System.Buffers.Text;
using System.Text;
using GatewayLsp.Engine.Cel.Checking;
using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Cel.Values;

/// <summary>Shows the data of an object to an expression, typed by its schema.</summary>
internal static class PlainWrapping
{
    public static CelValue Wrap(PlainValue value, DeclaredType type)
    {
        switch (value)
        {
            case PlainUnknown:
                return CelUnknown.Instance;
            case PlainNull:
                return type.Schema.Nullable || type.Kind == DeclaredKind.Dyn ? CelNull.Instance : Mismatch(type, "null");
        }
        switch (type.Kind)
        {
            case DeclaredKind.Object or DeclaredKind.Map:
                return value is PlainMap map ? new CelPlainMap(map, type) : Mismatch(type, value);
            case DeclaredKind.List:
                return value is PlainList list ? new CelPlainList(list, type) : Mismatch(type, value);
            case DeclaredKind.Integer:
                return value is PlainInteger whole ? CelInt.Of(whole.Value) : Mismatch(type, value);
            case DeclaredKind.Number:
                return value switch
                {
                    PlainNumber number => new CelDouble(number.Value),
                    PlainInteger number => new CelDouble(number.Value),
                    _ => Mismatch(type, value),
                };
            case DeclaredKind.Boolean:
                return value is PlainBoolean flag ? CelBool.Of(flag.Value) : Mismatch(type, value);
            case DeclaredKind.IntOrString:
                return value switch
                {
                    PlainInteger number => CelInt.Of(number.Value),
                    PlainText text => new CelString(text.Value),
                    _ => Mismatch(type, value),
                };
            case DeclaredKind.Dyn:
                return Wrap(value);
            default:
                return value is PlainText { Value: var plain } ? Text(plain, type) : Mismatch(type, value);
        }
    }

    /// <summary>By the data alone.</summary>
    public static CelValue Wrap(PlainValue value) => value switch
    {
        PlainNull => CelNull.Instance,
        PlainBoolean flag => CelBool.Of(flag.Value),
        PlainInteger number => CelInt.Of(number.Value),
        PlainNumber number => new CelDouble(number.Value),
        PlainText text => new CelString(text.Value),
        PlainList list => new CelPlainList(list, null),
        PlainMap map => new CelPlainMap(map, null),
        _ => CelUnknown.Instance,
    };

    private static CelValue Text(string text, DeclaredType type) => type.Kind switch
    {
        DeclaredKind.Duration => DurationText.ReadLoosely(text) is { } nanoseconds ? new CelDuration(nanoseconds) : Mismatch(type, "text"),
        DeclaredKind.Date => TimestampText.ReadDate(text) ?? Mismatch(type, "text"),
        DeclaredKind.DateTime => TimestampText.ReadLoosely(text) ?? Mismatch(type, "text"),
        DeclaredKind.Bytes => Bytes(text) is { } bytes ? new CelBytes(bytes) : Mismatch(type, "text"),
        _ => new CelString(text),
    };

    private static byte[]? Bytes(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return Base64.DecodeFromUtf8InPlace(bytes, out int written) == System.Buffers.OperationStatus.Done ? bytes[..written] : null;
    }

    private static CelError Mismatch(DeclaredType type, PlainValue value) => Mismatch(type, CelTypeValue.NameOf(Wrap(value)));

    private static CelError Mismatch(DeclaredType type, string found)
    {
        string wanted = type.Kind switch
        {
            DeclaredKind.Date => "date",
            DeclaredKind.IntOrString => "int or string",
            _ => type.Type.ToString(),
        };
        return new CelError(CelErrorKind.InvalidData, $"the object holds {found} where its schema declares {wanted}");
    }
}

/// <summary>A list of the object. Items are wrapped when an expression first looks at them.</summary>
internal sealed class CelPlainList(PlainList list, DeclaredType? declared) : CelList
{
    private readonly CelValue?[] _items = new CelValue?[list.Items.Count];

    /// <summary>Null where no schema says anything.</summary>
    public DeclaredType? Declared { get; } = declared;

    public override int Count => _items.Length;

    public override CelValue this[int index] =>
        _items[index] ??= Declared is null ? PlainWrapping.Wrap(list.Items[index]) : PlainWrapping.Wrap(list.Items[index], Declared.Items);
}

/// <summary>An object or map of the object. An object shows its declared fields only, by their escaped names.</summary>
internal sealed class CelPlainMap(PlainMap map, DeclaredType? declared) : CelMap
{
    private IReadOnlyList<CelValue>? _keys;

    public DeclaredType? Declared { get; } = declared;

    public PlainMap Plain => map;

    private bool IsObject => Declared is { Kind: DeclaredKind.Object };

    /// <summary>Of the data: fields that the schema does not know count, as in the API server.</summary>
    public override int Count => map.Members.Count;

    public override IReadOnlyList<CelValue> Keys => _keys ??= MakeKeys();

    public override CelValue? Find(CelValue key) => key is CelString { Value: var name } ? Find(name) : null;

    /// <param name="name">Escaped when this is an object.</param>
    public CelValue? Find(string name)
    {
        if (IsObject)
        {
            return Declared!.Find(name) is { } field ? Find(field) : null;
        }
        return map.Find(name) is { } value ? Wrap(value) : null;
    }

    /// <summary>A null in a field of an object counts as absent.</summary>
    public CelValue? Find(DeclaredField field) => map.Find(field.Name) switch
    {
        null or PlainNull => null,
        var value => PlainWrapping.Wrap(value, field.Type),
    };

    private CelValue Wrap(PlainValue value) => Declared is null ? PlainWrapping.Wrap(value) : PlainWrapping.Wrap(value, Declared.Items);

    private CelValue[] MakeKeys()
    {
        var keys = new List<CelValue>(map.Members.Count);
        foreach ((string name, PlainValue value) in map.Members)
        {
            if (!IsObject)
            {
                keys.Add(new CelString(name));
            }
            else if (value is not PlainNull && FieldNames.Escape(name) is { } escaped && Declared!.Find(escaped) is not null)
            {
                keys.Add(new CelString(escaped));
            }
        }
        return [.. keys];
    }
}
