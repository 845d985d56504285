using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;

namespace GatewayLsp.Engine.Schemas;

/// <summary>Reads the records of a pack front to back.</summary>
internal ref struct PackReader(SchemaPack pack, ReadOnlySpan<byte> data, int position)
{
    private readonly SchemaPack _pack = pack;
    private readonly ReadOnlySpan<byte> _data = data;
    private int _position = position;

    public uint ReadUInt32()
    {
        var value = BinaryPrimitives.ReadUInt32LittleEndian(_data[_position..]);
        _position += sizeof(uint);
        return value;
    }

    public byte ReadByte() => _data[_position++];

    public uint ReadVarint()
    {
        uint value = 0;
        var shift = 0;
        byte next;
        do
        {
            next = _data[_position++];
            value |= (uint)(next & 0x7f) << shift;
            shift += 7;
        }
        while (next >= 0x80);
        return value;
    }

    public ulong ReadLongVarint()
    {
        ulong value = 0;
        var shift = 0;
        byte next;
        do
        {
            next = _data[_position++];
            value |= (ulong)(next & 0x7f) << shift;
            shift += 7;
        }
        while (next >= 0x80);
        return value;
    }

    public int ReadCount() => (int)ReadVarint();

    public string ReadText() => _pack.ReadString(ReadCount());

    public string? ReadOptionalText()
    {
        var index = ReadCount();
        return index == 0 ? null : _pack.ReadString(index - 1);
    }

    public LazyText ReadDoc()
    {
        var offset = ReadCount();
        return offset == 0 ? default : new LazyText(_pack, offset - 1);
    }

    public ReadOnlySpan<byte> ReadBytes()
    {
        var length = ReadCount();
        var bytes = _data.Slice(_position, length);
        _position += length;
        return bytes;
    }

    public decimal ReadDecimal() => decimal.Parse(ReadText(), NumberStyles.Float, CultureInfo.InvariantCulture);

    public ImmutableArray<string> ReadTexts()
    {
        var texts = ImmutableArray.CreateBuilder<string>(ReadCount());
        while (texts.Count < texts.Capacity)
        {
            texts.Add(ReadText());
        }

        return texts.MoveToImmutable();
    }

    public SchemaNode ReadNode() => _pack.DecodeNode(ReadCount());

    public ImmutableArray<SchemaNode> ReadNodes()
    {
        var nodes = ImmutableArray.CreateBuilder<SchemaNode>(ReadCount());
        while (nodes.Count < nodes.Capacity)
        {
            nodes.Add(ReadNode());
        }

        return nodes.MoveToImmutable();
    }

    public ImmutableArray<SchemaProperty> ReadProperties()
    {
        var properties = ImmutableArray.CreateBuilder<SchemaProperty>(ReadCount());
        while (properties.Count < properties.Capacity)
        {
            var name = ReadText();
            var schema = ReadNode();
            var flags = (PropertyFlags)ReadByte();
            properties.Add(new SchemaProperty(name, schema, (flags & PropertyFlags.Required) != 0, (flags & PropertyFlags.Experimental) != 0));
        }

        return properties.MoveToImmutable();
    }

    public ImmutableArray<KnownValue> ReadKnownValues()
    {
        var values = ImmutableArray.CreateBuilder<KnownValue>(ReadCount());
        while (values.Count < values.Capacity)
        {
            var value = ReadValue();
            var description = ReadDoc();
            values.Add(new KnownValue(value, description, ReadByte() != 0));
        }

        return values.MoveToImmutable();
    }

    public ImmutableArray<ValidationRule> ReadValidations()
    {
        var rules = ImmutableArray.CreateBuilder<ValidationRule>(ReadCount());
        while (rules.Count < rules.Capacity)
        {
            var flags = (ValidationFlags)ReadByte();
            rules.Add(new ValidationRule(ReadText())
            {
                Message = ReadOptionalText(),
                MessageExpression = ReadOptionalText(),
                Reason = ReadOptionalText(),
                FieldPath = ReadOptionalText(),
                Code = ReadOptionalText(),
                OptionalOldSelf = (flags & ValidationFlags.OptionalOldSelf) != 0,
            });
        }

        return rules.MoveToImmutable();
    }

    public ImmutableArray<JsonValue> ReadValues()
    {
        var values = ImmutableArray.CreateBuilder<JsonValue>(ReadCount());
        while (values.Count < values.Capacity)
        {
            values.Add(ReadValue());
        }

        return values.MoveToImmutable();
    }

    public JsonValue ReadValue()
    {
        switch ((ValueTag)ReadByte())
        {
            case ValueTag.False:
                return JsonValue.False;
            case ValueTag.True:
                return JsonValue.True;
            case ValueTag.Number:
                return JsonValue.NumberOf(ReadText());
            case ValueTag.String:
                return JsonValue.Of(ReadText());
            case ValueTag.Array:
                return JsonValue.Of(ReadValues());
            case ValueTag.Object:
                var members = ImmutableArray.CreateBuilder<KeyValuePair<string, JsonValue>>(ReadCount());
                while (members.Count < members.Capacity)
                {
                    var name = ReadText();
                    members.Add(KeyValuePair.Create(name, ReadValue()));
                }

                return JsonValue.OfMembers(members.MoveToImmutable());
            default:
                return JsonValue.Null;
        }
    }
}
