using System.Text;

namespace GatewayLsp.SchemaTool.Pack;

/// <summary>Texts of a pack: each kept once.</summary>
internal sealed class PackTexts
{
    private readonly Dictionary<string, int> _strings = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];
    private readonly Dictionary<string, int> _docs = new(StringComparer.Ordinal);
    private readonly PackBuffer _docBytes = new();

    /// <summary>In the order of their indexes.</summary>
    public IReadOnlyList<string> Strings => _order;

    public ReadOnlySpan<byte> Docs => _docBytes.Written;

    public uint Text(string text)
    {
        if (!_strings.TryGetValue(text, out var index))
        {
            _strings.Add(text, index = _order.Count);
            _order.Add(text);
        }

        return (uint)index;
    }

    public uint OptionalText(string? text) => string.IsNullOrEmpty(text) ? 0 : Text(text) + 1;

    /// <summary>Offset plus one, 0 for none.</summary>
    public uint Doc(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return 0;
        }

        if (!_docs.TryGetValue(text, out var offset))
        {
            _docs.Add(text, offset = _docBytes.Written.Length);
            var bytes = Encoding.UTF8.GetBytes(text);
            _docBytes.Varint((uint)bytes.Length);
            _docBytes.Bytes(bytes);
        }

        return (uint)offset + 1;
    }
}
