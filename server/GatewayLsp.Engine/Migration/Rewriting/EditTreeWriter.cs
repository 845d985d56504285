using System.Collections.Immutable;
using System.Text;
using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Migration.Rewriting;

/// <summary>A document's new text, and where in it values stand that were guessed.</summary>
internal readonly record struct WrittenTree(string Text, ImmutableArray<TextSpan> Placeholders);

/// <summary>Writes an <see cref="EditTree"/>: old parts as they were read, moved to their new column; new parts in the document's style.</summary>
internal sealed class EditTreeWriter
{
    private readonly BlockStyle _style;
    private readonly StringBuilder _out = new();
    private readonly ImmutableArray<TextSpan>.Builder _placeholders = ImmutableArray.CreateBuilder<TextSpan>();
    private bool _isJson;

    private EditTreeWriter(BlockStyle style) => _style = style;

    public static WrittenTree Write(EditTree tree)
    {
        var writer = new EditTreeWriter(tree.Style);
        writer._out.Append(tree.Prefix);
        int column = tree.Prefix.Length - (tree.Prefix.LastIndexOf('\n') + 1);
        if (tree.Root is EditCollection { IsFlow: false } block)
        {
            writer.Block(block, column, isFirstLine: true);
        }
        else
        {
            writer.Flow(tree.Root, 0);
            writer._out.Append(tree.Root.Trailing);
        }
        writer._out.Append(tree.Suffix);
        return new WrittenTree(writer._out.ToString(), writer._placeholders.DrainToImmutable());
    }

    /// <summary>The parts of a block collection; the first begins where we stand.</summary>
    private void Block(EditCollection block, int column, bool isFirstLine)
    {
        for (int i = 0; i < block.Parts.Count; i++)
        {
            EditPart part = block.Parts[i];
            int delta = part.Column < 0 ? 0 : column - part.Column;
            if (i > 0 || !isFirstLine)
            {
                NewLine();
                Above(part, column, delta);
                _out.Append(' ', column);
            }
            else if (part.Above.Count > 0)
            {
                // Comments that came to the first part of an item; they go above the line that it is on.
                AboveThisLine(part.Above, column);
            }
            if (part is EditEntry entry)
            {
                _out.Append(entry.Key).Append(entry.Colon);
            }
            else
            {
                _out.Append('-');
            }
            Value(part, column, delta);
        }
        foreach (string line in block.Below)
        {
            NewLine();
            _out.Append(' ', column).Append(line);
        }
    }

    private void Value(EditPart part, int column, int delta)
    {
        if (part.Value is not EditCollection { IsFlow: false, Parts.Count: > 0 } block)
        {
            EditNode value = part.Value is EditCollection { IsFlow: false } ? Empty((EditCollection)part.Value) : part.Value;
            _out.Append(value is EditScalar { Raw: "" } ? part.Gap.TrimEnd(' ') : part.Gap.Length == 0 ? " " : part.Gap);
            Flow(value, delta);
            _out.Append(value.Trailing);
            return;
        }
        bool isBelow = part is EditEntry || (part.IsBelow && part.Column >= 0);
        if (isBelow)
        {
            _out.Append(part.Head);
            int old = block.Column;
            int under = part.Column >= 0 && old >= part.Column && part.IsBelow && ReferenceEquals(part.Value, part.ReadValue) ? old - part.Column
                : block is EditSequence ? _style.ListIndent : part is EditEntry ? _style.Indent : 2;
            Block(block, column + under, isFirstLine: false);
            return;
        }
        string gap = part.IsBelow || part.Gap.Length == 0 ? " " : part.Gap;
        _out.Append(gap);
        Block(block, column + 1 + gap.Length, isFirstLine: true);
    }

    private static EditNode Empty(EditCollection block) => new EditScalar(null, block is EditMapping ? "{}" : "[]", "") { Trailing = block.Trailing };

    /// <summary>A scalar or flow collection on the present line; further lines of it move with it.</summary>
    private void Flow(EditNode node, int delta)
    {
        switch (node)
        {
            case EditScalar scalar:
                int start = _out.Length;
                string raw = scalar.Origin is null && _isJson && NeedsQuotes(scalar.Raw) ? YamlText.Quoted(scalar.Value) : scalar.Raw;
                _out.Append(delta == 0 ? raw : Shifted(raw, delta));
                if (scalar.IsPlaceholder)
                {
                    _placeholders.Add(new TextSpan(start, _out.Length - start));
                }
                break;
            case EditCollection collection:
                FlowCollection(collection, delta);
                break;
        }
    }

    private void FlowCollection(EditCollection collection, int delta)
    {
        bool outer = _isJson;
        _isJson |= collection is EditMapping map && map.Entries.Exists(e => e.Origin is not null && e.Key.StartsWith('"'));
        int indent = IndentOfLine();
        _out.Append(collection.Properties).Append(collection is EditMapping ? '{' : '[');
        string? usual = null;
        string rest = collection.Open;
        for (int i = 0; i < collection.Parts.Count; i++)
        {
            EditPart part = collection.Parts[i];
            string lead = i == 0 ? FirstLead(part.Lead) : NextLead(part.Lead, usual);
            usual = i > 0 || lead.Contains('\n') ? lead : usual;
            int comma = lead.IndexOf(',', StringComparison.Ordinal) + 1;
            _out.Append(lead, 0, comma).Append(rest);
            FlowLines(part.Above, lead[comma..], isAfterComment: rest.Contains('#'), isPadded: part.Column >= 0, indent + _style.Indent, delta);
            if (part is EditEntry entry)
            {
                _out.Append(_isJson && entry.Origin is null ? YamlText.Quoted(entry.Name) : entry.Key).Append(entry.Colon);
                _out.Append(entry.Gap.Length == 0 && !ReferenceEquals(entry.Value, entry.ReadValue) ? " " : entry.Gap);
            }
            Flow(part.Value, delta);
            rest = part.Value.Trailing;
        }
        string close = collection.Close;
        int last = close.AsSpan().TrimStart(' ').StartsWith(",") ? close.IndexOf(',', StringComparison.Ordinal) + 1 : 0;
        _out.Append(close, 0, last).Append(rest);
        int inner = usual is not null && usual.Contains('\n') ? usual.Length - 1 - usual.LastIndexOf('\n') : indent + _style.Indent;
        List<string> below = [.. collection.Below.Select(line => new string(' ', inner) + line)];
        FlowLines(below, close[last..], isAfterComment: rest.Contains('#'), isPadded: true, indent, delta);
        _out.Append(collection is EditMapping ? '}' : ']');
        _isJson = outer;
    }

    /// <summary>Lines of their own in brackets, and what stands between them and the next part.</summary>
    /// <param name="indent">For a part that did not begin a line, and has to behind a comment.</param>
    private void FlowLines(List<string> lines, string gap, bool isAfterComment, bool isPadded, int indent, int delta)
    {
        if (!gap.Contains('\n') && (isAfterComment || lines.Count > 0))
        {
            gap = _style.NewLine + new string(' ', Math.Max(0, indent - delta));
        }
        string pad = isPadded ? "" : gap[(gap.LastIndexOf('\n') + 1)..];
        foreach (string line in lines)
        {
            NewLine();
            string whole = line.StartsWith('#') ? pad + line : line;
            _out.Append(delta == 0 || whole.AsSpan().Trim().IsEmpty ? whole : ShiftedLine(whole, delta));
        }
        _out.Append(delta == 0 ? gap : Shifted(gap, delta));
    }

    /// <summary>The column at which what stands on the present line begins, behind dashes.</summary>
    private int IndentOfLine()
    {
        int start = _out.Length;
        while (start > 0 && _out[start - 1] != '\n')
        {
            start--;
        }
        int at = start;
        while (at < _out.Length && (_out[at] == ' ' || (_out[at] == '-' && at + 1 < _out.Length && _out[at + 1] == ' ')))
        {
            at++;
        }
        return at - start;
    }

    /// <summary>What stands in front of a first part; one that was not first had a comma there.</summary>
    private static string FirstLead(string? lead)
    {
        if (lead is null || !lead.Contains(','))
        {
            return lead ?? "";
        }
        string rest = lead[(lead.IndexOf(',', StringComparison.Ordinal) + 1)..];
        return rest.Contains('\n') ? rest : "";
    }

    private static string NextLead(string? lead, string? usual)
    {
        if (lead is not null && lead.Contains(','))
        {
            return lead;
        }
        string gap = lead ?? usual ?? " ";
        return gap.Contains(',') ? gap : "," + (gap.Contains('\n') ? gap : " ");
    }

    private static bool NeedsQuotes(string raw) => raw.Length > 0 && raw[0] != '"' && !char.IsAsciiDigit(raw[0]) && raw is not ("true" or "false" or "null" or "{}" or "[]");

    private void Above(EditPart part, int column, int delta)
    {
        foreach (string line in part.Above)
        {
            if (part.Column < 0 && line.StartsWith('#'))
            {
                _out.Append(' ', column);
            }
            _out.Append(delta == 0 || line.AsSpan().Trim().IsEmpty ? line : ShiftedLine(line, delta));
            NewLine();
        }
    }

    private void AboveThisLine(List<string> lines, int column)
    {
        int start = _out.Length;
        while (start > 0 && _out[start - 1] != '\n')
        {
            start--;
        }
        string pad = new(' ', Math.Max(0, IndentOf(_out, start, column)));
        foreach (string line in lines)
        {
            if (line.AsSpan().Trim().IsEmpty)
            {
                continue;
            }
            string text = pad + line.Trim() + _style.NewLine;
            _out.Insert(start, text);
            start += text.Length;
        }
    }

    private static int IndentOf(StringBuilder text, int start, int most)
    {
        int indent = 0;
        while (indent < most && start + indent < text.Length && text[start + indent] == ' ')
        {
            indent++;
        }
        return indent;
    }

    private void NewLine() => _out.Append(_style.NewLine);

    private static string Shifted(string raw, int delta)
    {
        int first = raw.IndexOf('\n', StringComparison.Ordinal);
        if (first < 0)
        {
            return raw;
        }
        string[] lines = raw.Split('\n');
        for (int i = 1; i < lines.Length; i++)
        {
            lines[i] = lines[i].Length == 0 || lines[i] == "\r" ? lines[i] : ShiftedLine(lines[i], delta);
        }
        return string.Join('\n', lines);
    }

    private static string ShiftedLine(string line, int delta)
    {
        if (delta >= 0)
        {
            return new string(' ', delta) + line;
        }
        int blanks = 0;
        while (blanks < -delta && blanks < line.Length && line[blanks] == ' ')
        {
            blanks++;
        }
        return line[blanks..];
    }
}
