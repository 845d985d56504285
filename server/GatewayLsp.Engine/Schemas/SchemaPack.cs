using System.Collections.Immutable;
using System.Text;

namespace GatewayLsp.Engine.Schemas;

/// <summary>
/// The compiled schemas (<see cref="PackFormat"/>). Kinds are known at once; nodes are decoded when first asked for and then
/// shared by all kinds, versions and channels that have the same; documentation is decoded at each read.
/// </summary>
internal sealed class SchemaPack
{
    private readonly byte[] _data;
    private readonly string?[] _strings;
    private readonly SchemaNode?[] _nodes;
    private readonly (int Standard, int Experimental)[] _roots;
    private readonly int _stringStart;
    private readonly int _nodeStart;
    private readonly int _docStart;
    private readonly Lock _decoding = new();

    public SchemaPack(byte[] data)
    {
        _data = data;
        var header = new PackReader(this, data, 0);
        if (data.Length < PackFormat.HeaderSize || header.ReadUInt32() != PackFormat.Magic)
        {
            throw new InvalidDataException("The embedded schemas are of another version than the engine.");
        }

        _strings = new string?[header.ReadUInt32()];
        _stringStart = (int)header.ReadUInt32();
        _nodes = new SchemaNode?[header.ReadUInt32()];
        _nodeStart = (int)header.ReadUInt32();
        _docStart = (int)header.ReadUInt32();
        _roots = new (int, int)[header.ReadUInt32()];
        Kinds = ReadKinds((int)header.ReadUInt32());
    }

    public ImmutableArray<ResourceKind> Kinds { get; }

    /// <summary>The pack that the build put into this assembly.</summary>
    public static SchemaPack ReadEmbedded()
    {
        using var stream = typeof(SchemaPack).Assembly.GetManifestResourceStream("schemas.pack")
            ?? throw new InvalidDataException("The engine was built without its schemas.");
        var data = new byte[stream.Length];
        stream.ReadExactly(data);
        return new SchemaPack(data);
    }

    public SchemaNode? ReadRoot(int kind, Channel channel)
    {
        var node = channel == Channel.Standard ? _roots[kind].Standard : _roots[kind].Experimental;
        if (node < 0)
        {
            return null;
        }

        if (Volatile.Read(ref _nodes[node]) is { } decoded)
        {
            return decoded;
        }

        // One at a time, so that a node is one object: others may key caches by it.
        lock (_decoding)
        {
            return DecodeNode(node);
        }
    }

    public string ReadDoc(int offset) => Encoding.UTF8.GetString(new PackReader(this, _data, _docStart + offset).ReadBytes());

    internal string ReadString(int index)
    {
        if (_strings[index] is { } known)
        {
            return known;
        }

        var offsets = new PackReader(this, _data, _stringStart + (index * sizeof(uint)));
        var from = (int)offsets.ReadUInt32();
        var to = (int)offsets.ReadUInt32();
        var bytes = _stringStart + ((_strings.Length + 1) * sizeof(uint));
        return _strings[index] = Encoding.UTF8.GetString(_data.AsSpan(bytes + from, to - from));
    }

    /// <summary>Call with the lock held. Recursion ends because a record refers only to nodes before it.</summary>
    internal SchemaNode DecodeNode(int index)
    {
        if (_nodes[index] is { } known)
        {
            return known;
        }

        var offset = (int)new PackReader(this, _data, _nodeStart + (index * sizeof(uint))).ReadUInt32();
        var reader = new PackReader(this, _data, _nodeStart + (_nodes.Length * sizeof(uint)) + offset);
        var node = ReadNode(ref reader);
        Volatile.Write(ref _nodes[index], node);
        return node;
    }

    // Initializers run in the order in which they are written, which is the order of the record.
    private static SchemaNode ReadNode(ref PackReader reader)
    {
        var fields = (NodeFields)reader.ReadLongVarint();
        var types = Has(NodeFields.Types) ? (SchemaTypes)reader.ReadByte() : SchemaTypes.Any;
        var flags = Has(NodeFields.Flags) ? (NodeFlags)reader.ReadByte() : NodeFlags.None;
        return new SchemaNode
        {
            Types = types,
            Nullable = (flags & NodeFlags.Nullable) != 0,
            IntOrString = (flags & NodeFlags.IntOrString) != 0,
            PreserveUnknownFields = (flags & NodeFlags.PreserveUnknownFields) != 0,
            EmbeddedResource = (flags & NodeFlags.EmbeddedResource) != 0,
            UniqueItems = (flags & NodeFlags.UniqueItems) != 0,
            ExclusiveMinimum = (flags & NodeFlags.ExclusiveMinimum) != 0,
            ExclusiveMaximum = (flags & NodeFlags.ExclusiveMaximum) != 0,
            IsExperimental = (flags & NodeFlags.Experimental) != 0,
            Properties = Has(NodeFields.Properties) ? reader.ReadProperties() : [],
            Required = Has(NodeFields.Required) ? reader.ReadTexts() : [],
            AdditionalProperties = Has(NodeFields.AdditionalProperties) ? reader.ReadNode() : null,
            Items = Has(NodeFields.Items) ? reader.ReadNode() : null,
            Enum = Has(NodeFields.Enum) ? reader.ReadValues() : [],
            Pattern = Has(NodeFields.Pattern) ? reader.ReadText() : null,
            Format = Has(NodeFields.Format) ? reader.ReadText() : null,
            Default = Has(NodeFields.Default) ? reader.ReadValue() : null,
            MinLength = Has(NodeFields.MinLength) ? reader.ReadCount() : null,
            MaxLength = Has(NodeFields.MaxLength) ? reader.ReadCount() : null,
            Minimum = Has(NodeFields.Minimum) ? reader.ReadDecimal() : null,
            Maximum = Has(NodeFields.Maximum) ? reader.ReadDecimal() : null,
            MultipleOf = Has(NodeFields.MultipleOf) ? reader.ReadDecimal() : null,
            MinItems = Has(NodeFields.MinItems) ? reader.ReadCount() : null,
            MaxItems = Has(NodeFields.MaxItems) ? reader.ReadCount() : null,
            MinProperties = Has(NodeFields.MinProperties) ? reader.ReadCount() : null,
            MaxProperties = Has(NodeFields.MaxProperties) ? reader.ReadCount() : null,
            ListType = Has(NodeFields.ListKind) ? (SchemaListType)reader.ReadByte() : SchemaListType.None,
            MapType = Has(NodeFields.ListKind) ? (SchemaMapType)reader.ReadByte() : SchemaMapType.None,
            ListMapKeys = Has(NodeFields.ListMapKeys) ? reader.ReadTexts() : [],
            OneOf = Has(NodeFields.Combinators) ? reader.ReadNodes() : [],
            AnyOf = Has(NodeFields.Combinators) ? reader.ReadNodes() : [],
            AllOf = Has(NodeFields.Combinators) ? reader.ReadNodes() : [],
            Not = Has(NodeFields.Not) ? reader.ReadNode() : null,
            Doc = Has(NodeFields.Description) ? reader.ReadDoc() : default,
            Values = Has(NodeFields.Values) ? reader.ReadKnownValues() : [],
            Support = Has(NodeFields.Support) ? (SupportLevel)reader.ReadByte() : SupportLevel.None,
            Feature = Has(NodeFields.Feature) ? reader.ReadText() : null,
            Since = Has(NodeFields.Since) ? reader.ReadText() : null,
            Link = Has(NodeFields.Link) ? reader.ReadText() : null,
            Deprecated = Has(NodeFields.Deprecated) ? reader.ReadText() : null,
            CompletionSource = Has(NodeFields.Completion) ? (CompletionSource)reader.ReadByte() : CompletionSource.None,
            Snippet = Has(NodeFields.Snippet) ? reader.ReadText() : null,
            Validations = Has(NodeFields.Validations) ? reader.ReadValidations() : [],
        };

        bool Has(NodeFields field) => (fields & field) != 0;
    }

    private ImmutableArray<ResourceKind> ReadKinds(int position)
    {
        var reader = new PackReader(this, _data, position);
        var kinds = ImmutableArray.CreateBuilder<ResourceKind>(_roots.Length);
        for (var i = 0; i < _roots.Length; i++)
        {
            var gvk = new Gvk(reader.ReadText(), reader.ReadText(), reader.ReadText());
            var plural = reader.ReadText();
            var origin = (KindOrigin)reader.ReadByte();
            var flags = (KindFlags)reader.ReadByte();
            var scope = (flags & KindFlags.Cluster) != 0 ? ResourceScope.Cluster : ResourceScope.Namespaced;
            kinds.Add(new ResourceKind(gvk, plural, scope, origin)
            {
                ServedInStandard = (flags & KindFlags.ServedInStandard) != 0,
                ServedInExperimental = (flags & KindFlags.ServedInExperimental) != 0,
                IsPreferred = (flags & KindFlags.Preferred) != 0,
                Doc = reader.ReadDoc(),
                Link = reader.ReadOptionalText(),
                Since = reader.ReadOptionalText(),
                Deprecation = reader.ReadOptionalText(),
            });
            _roots[i] = (reader.ReadCount() - 1, reader.ReadCount());
        }

        return kinds.MoveToImmutable();
    }
}
