using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Migration.Rewriting;

/// <summary>
/// Makes an <see cref="EditTree"/> of a document. Walks the nodes in source order; every character between two of them goes
/// to the one or the other, so that nothing is lost.
/// </summary>
internal sealed class EditTreeReader(ManifestDocument document)
{
    private readonly string _text = document.Text;
    private readonly Dictionary<YamlNode, EditNode> _byOrigin = new(ReferenceEqualityComparer.Instance);
    private int _at;

    /// <summary>Who owns the rest of the line that was read last.</summary>
    private Action<string>? _trailing;

    /// <summary>Null when the document has no root or is of an odd form.</summary>
    public EditTree? Read()
    {
        if (document.Root is not { } root || root is YamlScalar or YamlAlias || document.Errors.Length > 0)
        {
            return null;
        }
        int start = StartOf(root);
        string prefix = _text[..start];
        _at = start;
        EditNode? read = root is YamlMapping { IsFlow: true } or YamlSequence { IsFlow: true } ? ReadLeaf(root) : ReadBlock(root, part: null);
        if (read is null)
        {
            return null;
        }
        string rest = _text[_at..];
        int end = LineEnd(rest);
        _trailing?.Invoke(rest[..end]);
        return new EditTree(document, prefix, read, rest[end..], _byOrigin, BlockStyle.Of(document));
    }

    private EditNode? ReadBlock(YamlNode node, EditPart? part)
    {
        EditCollection? collection = null;
        if (node is YamlMapping mapping)
        {
            var result = new EditMapping(node, isFlow: false);
            collection = result;
            foreach (YamlEntry entry in mapping.Entries)
            {
                if (ReadEntry(entry, part is not null && result.Entries.Count == 0 ? part : null, result.Entries.Count == 0 && part is null) is not { } read)
                {
                    return null;
                }
                result.Entries.Add(read);
            }
        }
        else if (node is YamlSequence sequence && sequence.Dashes.Length == sequence.Items.Length)
        {
            var result = new EditSequence(node, isFlow: false);
            collection = result;
            for (int i = 0; i < sequence.Items.Length; i++)
            {
                if (ReadItem(sequence, i, part is not null && i == 0 ? part : null, i == 0 && part is null) is not { } read)
                {
                    return null;
                }
                result.Items.Add(read);
            }
        }
        if (collection is not null)
        {
            collection.Column = collection.Parts.Count > 0 ? collection.Parts[0].Column : -1;
            _byOrigin[node] = collection;
        }
        return collection;
    }

    private EditEntry? ReadEntry(YamlEntry entry, EditPart? first, bool isRootStart)
    {
        int start = StartOf(entry.Key);
        if (entry.Key is not YamlScalar || entry.Key.Span.IsEmpty || start < _at)
        {
            return null;
        }
        List<string>? above = isRootStart ? [] : TakeGap(start, first);
        int colon = entry.Key.Span.End;
        while (colon < _text.Length && _text[colon] == ' ')
        {
            colon++;
        }
        if (above is null || colon >= _text.Length || _text[colon] != ':')
        {
            return null;
        }
        var read = new EditEntry(entry.Name, _text[start..entry.Key.Span.End], new EditScalar(null, "", ""))
        {
            Colon = _text[entry.Key.Span.End..(colon + 1)],
            Column = ColumnOf(start),
            Above = above,
            Origin = entry,
        };
        _at = colon + 1;
        return ReadValue(entry.Value, read) ? read : null;
    }

    private EditItem? ReadItem(YamlSequence sequence, int index, EditPart? first, bool isRootStart)
    {
        int dash = sequence.Dashes[index];
        if (dash < _at || (isRootStart ? [] : TakeGap(dash, first)) is not { } above)
        {
            return null;
        }
        var read = new EditItem(new EditScalar(null, "", "")) { Column = ColumnOf(dash), Above = above };
        _at = dash + 1;
        return ReadValue(sequence.Items[index], read) ? read : null;
    }

    private bool ReadValue(YamlNode value, EditPart part)
    {
        if (value is YamlMapping { IsFlow: false } or YamlSequence { IsFlow: false })
        {
            part.Gap = "";
            EditNode? block = ReadBlock(value, part);
            if (block is null)
            {
                return false;
            }
            part.Value = part.ReadValue = block;
            return true;
        }
        int start = value is YamlScalar { IsMissing: true } ? _at : StartOf(value);
        if (start < _at)
        {
            return false;
        }
        part.Gap = _text[_at..start];
        _at = start;
        if (ReadLeaf(value) is not { } leaf)
        {
            return false;
        }
        part.Value = part.ReadValue = leaf;
        _trailing = rest => leaf.Trailing = rest;
        return true;
    }

    /// <summary>A scalar, alias or flow collection.</summary>
    private EditNode? ReadLeaf(YamlNode node)
    {
        EditNode? read = node switch
        {
            YamlMapping or YamlSequence => ReadFlow(node),
            YamlScalar { IsMissing: true } when node.Properties is not null => null,
            YamlScalar { IsMissing: true } => new EditScalar(node, "", ""),
            _ => new EditScalar(node, _text[_at..node.Span.End], node.Text() ?? ""),
        };
        if (read is null)
        {
            return null;
        }
        _at = node is YamlScalar { IsMissing: true } ? _at : node.Span.End;
        _byOrigin[node] = read;
        return read;
    }

    private EditCollection? ReadFlow(YamlNode node)
    {
        if (node.Span.Length < 2 || node.Span.Start < _at)
        {
            return null;
        }
        string properties = _text[_at..node.Span.Start];
        _at = node.Span.Start + 1;
        EditCollection flow;
        if (node is YamlMapping mapping)
        {
            var result = new EditMapping(node, isFlow: true) { Properties = properties };
            foreach (YamlEntry entry in mapping.Entries)
            {
                int start = StartOf(entry.Key);
                int colon = entry.Key.Span.End;
                while (colon < _text.Length && _text[colon] == ' ')
                {
                    colon++;
                }
                if (entry.Key is not YamlScalar || entry.Key.Span.IsEmpty || start < _at || colon >= _text.Length || _text[colon] != ':')
                {
                    return null;
                }
                var read = new EditEntry(entry.Name, _text[start..entry.Key.Span.End], new EditScalar(null, "", ""))
                {
                    Colon = _text[entry.Key.Span.End..(colon + 1)],
                    Origin = entry,
                };
                FlowGap(_text[_at..start], result, read);
                _at = colon + 1;
                if (!ReadFlowValue(entry.Value, read))
                {
                    return null;
                }
                result.Entries.Add(read);
            }
            flow = result;
        }
        else
        {
            var result = new EditSequence(node, isFlow: true) { Properties = properties };
            foreach (YamlNode item in ((YamlSequence)node).Items)
            {
                int start = item is YamlScalar { IsMissing: true } ? _at : StartOf(item);
                if (start < _at)
                {
                    return null;
                }
                var read = new EditItem(new EditScalar(null, "", ""));
                FlowGap(_text[_at..start], result, read);
                _at = start;
                if (!ReadFlowValue(item, read))
                {
                    return null;
                }
                result.Items.Add(read);
            }
            flow = result;
        }
        if (node.Span.End - 1 < _at)
        {
            return null;
        }
        string close = _text[_at..(node.Span.End - 1)];
        int comma = close.AsSpan().TrimStart(' ').StartsWith(",") ? close.IndexOf(',', StringComparison.Ordinal) + 1 : 0;
        if (flow.Parts.Count > 0 && LineEnd(close) is var end && end < close.Length && comma <= end)
        {
            flow.Parts[^1].Value.Trailing = close[comma..end];
            close = close[..comma] + close[end..];
        }
        flow.Close = close;
        return flow;
    }

    /// <summary>
    /// Shares out what stands in front of a part in brackets: the rest of the line, behind the comma, to the part before; whole
    /// lines to the part. A comma that comes later stays where it is, with all around it.
    /// </summary>
    private void FlowGap(string gap, EditCollection flow, EditPart part)
    {
        int end = LineEnd(gap);
        part.Lead = gap;
        if (end == gap.Length)
        {
            return;
        }
        int from = 0;
        if (flow.Parts.Count > 0)
        {
            from = gap.AsSpan().TrimStart(' ').StartsWith(",") ? gap.IndexOf(',', StringComparison.Ordinal) + 1 : -1;
        }
        if (from < 0 || from > end)
        {
            return;
        }
        string rest = gap[from..end];
        int last = gap.LastIndexOf('\n') + 1;
        int first = gap.IndexOf('\n', StringComparison.Ordinal) + 1;
        if (flow.Parts.Count > 0)
        {
            flow.Parts[^1].Value.Trailing = rest;
        }
        else
        {
            flow.Open = rest;
        }
        if (last > first)
        {
            part.Above = [.. gap[first..(last - 1)].Split('\n').Select(line => line.EndsWith('\r') ? line[..^1] : line)];
        }
        part.Lead = string.Concat(gap.AsSpan(0, from), gap.AsSpan(end, first - end), gap.AsSpan(last));
        part.Column = gap.Length - last;
    }

    private bool ReadFlowValue(YamlNode value, EditPart part)
    {
        int start = value is YamlScalar { IsMissing: true } ? _at : StartOf(value);
        if (start < _at)
        {
            return false;
        }
        part.Gap = _text[_at..start];
        _at = start;
        if (ReadLeaf(value) is not { } leaf)
        {
            return false;
        }
        part.Value = part.ReadValue = leaf;
        return true;
    }

    /// <summary>
    /// Shares out the text up to the next part: the rest of the line to what ended there, whole lines to the part. For the
    /// first part of a block the line's rest belongs to the key or dash that leads to it.
    /// </summary>
    private List<string>? TakeGap(int start, EditPart? leader)
    {
        string gap = _text[_at..start];
        int end = gap.IndexOf('\n', StringComparison.Ordinal);
        if (end < 0)
        {
            if (leader is null)
            {
                return null;
            }
            leader.Gap = gap;
            _at = start;
            return [];
        }
        string rest = gap[..LineEnd(gap)];
        if (leader is not null)
        {
            leader.IsBelow = true;
            leader.Head = rest;
        }
        else
        {
            _trailing?.Invoke(rest);
        }
        _at = start;
        string[] lines = gap[(end + 1)..].Split('\n');
        return !lines[^1].AsSpan().Trim(' ').IsEmpty ? null : [.. lines[..^1].Select(line => line.EndsWith('\r') ? line[..^1] : line)];
    }

    private int ColumnOf(int offset) => document.Lines.PositionOf(offset).Character;

    private static int LineEnd(string text)
    {
        int end = text.IndexOf('\n', StringComparison.Ordinal);
        end = end < 0 ? text.Length : end;
        return end > 0 && end < text.Length && text[end - 1] == '\r' ? end - 1 : end;
    }

    /// <summary>Where a node begins, its anchor and tag included; a block collection's belong to the line of its key.</summary>
    private static int StartOf(YamlNode node)
    {
        int start = node.Span.Start;
        if (node.Properties is { } properties && node is not (YamlMapping { IsFlow: false } or YamlSequence { IsFlow: false }))
        {
            start = properties.Anchor is null ? start : Math.Min(start, properties.AnchorSpan.Start);
            start = properties.Tag is null ? start : Math.Min(start, properties.TagSpan.Start);
        }
        return start;
    }
}
