using System.Text;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.SchemaTool.Expansion;
using GatewayLsp.SchemaTool.Sources;

namespace GatewayLsp.SchemaTool.Pack;

/// <summary>Puts kinds into the form that the engine embeds.</summary>
internal static class PackWriter
{
    public static byte[] Write(IReadOnlyCollection<ExpandedKind> kinds)
    {
        var texts = new PackTexts();
        var nodes = new NodeTable(texts);
        var kindRecords = WriteKinds(kinds, texts, nodes);
        var strings = WriteStrings(texts);
        var nodeRecords = WriteNodes(nodes);

        var pack = new PackBuffer();
        var start = (uint)PackFormat.HeaderSize;
        pack.UInt32(PackFormat.Magic);
        Section(texts.Strings.Count, strings.Length);
        Section(nodes.Records.Count, nodeRecords.Length);
        pack.UInt32(start);
        start += (uint)texts.Docs.Length;
        Section(kinds.Count, kindRecords.Length);
        pack.Bytes(strings);
        pack.Bytes(nodeRecords);
        pack.Bytes(texts.Docs);
        pack.Bytes(kindRecords);
        return pack.Written.ToArray();

        void Section(int count, int length)
        {
            pack.UInt32((uint)count);
            pack.UInt32(start);
            start += (uint)length;
        }
    }

    private static ReadOnlySpan<byte> WriteKinds(IReadOnlyCollection<ExpandedKind> kinds, PackTexts texts, NodeTable nodes)
    {
        var records = new PackBuffer();
        foreach (var kind in kinds)
        {
            var origin = kind.Area == PackFormat.LegacyFolder ? 0 : Array.IndexOf(PackFormat.Origins, kind.Area);
            if (origin < 0)
            {
                throw new SchemaSourceException(kind.Area, "unknown folder of schema sources");
            }

            var flags = (kind.IsCluster ? KindFlags.Cluster : 0)
                | (kind.Standard is null ? 0 : KindFlags.ServedInStandard)
                | (kind.ServedInExperimental ? KindFlags.ServedInExperimental : 0)
                | (kind.IsPreferred ? KindFlags.Preferred : 0);
            records.Varint(texts.Text(kind.Group));
            records.Varint(texts.Text(kind.Version));
            records.Varint(texts.Text(kind.Kind));
            records.Varint(texts.Text(kind.Plural));
            records.Byte((byte)origin);
            records.Byte((byte)flags);
            records.Varint(texts.Doc(kind.Description?.Trim()));
            records.Varint(texts.OptionalText(kind.Link));
            records.Varint(texts.OptionalText(kind.Since));
            records.Varint(texts.OptionalText(kind.Deprecated));
            records.Varint(kind.Standard is null ? 0 : nodes.Add(kind.Standard) + 1);
            records.Varint(nodes.Add(kind.Experimental));
        }

        return records.Written;
    }

    private static ReadOnlySpan<byte> WriteStrings(PackTexts texts)
    {
        var offsets = new PackBuffer();
        var bytes = new PackBuffer();
        offsets.UInt32(0);
        foreach (var text in texts.Strings)
        {
            bytes.Bytes(Encoding.UTF8.GetBytes(text));
            offsets.UInt32((uint)bytes.Written.Length);
        }

        offsets.Bytes(bytes.Written);
        return offsets.Written;
    }

    private static ReadOnlySpan<byte> WriteNodes(NodeTable nodes)
    {
        var offsets = new PackBuffer();
        var bytes = new PackBuffer();
        foreach (var record in nodes.Records)
        {
            offsets.UInt32((uint)bytes.Written.Length);
            bytes.Bytes(record);
        }

        offsets.Bytes(bytes.Written);
        return offsets.Written;
    }
}
