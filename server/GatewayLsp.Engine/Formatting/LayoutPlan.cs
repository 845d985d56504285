using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Formatting;

/// <summary>By how much the lines of a scalar or flow collection move: as its parent does.</summary>
internal readonly record struct Shift(int OldParent, int NewParent)
{
    public int Columns => NewParent - OldParent;
}

/// <summary>
/// Where each block key, dash and value belongs, by its offset. Lists stand under their key indented or not as most lists
/// of the document do; what stands behind a dash begins two columns further.
/// </summary>
internal sealed class LayoutPlan
{
    private const int DashWidth = 2;

    private readonly ManifestDocument _document;
    private readonly int _indent;
    private readonly bool _indentLists;
    private readonly Dictionary<int, int> _columns = [];
    private readonly HashSet<int> _levels = [];
    private readonly Dictionary<int, Shift> _shifts = [];

    public LayoutPlan(ManifestDocument document, int indentSize)
    {
        _document = document;
        _indent = indentSize;
        if (document.Root is { } root)
        {
            _indentLists = MostListsAreIndented(root);
            RootColumn = ColumnOf(StartOf(root));
            Place(root, 0, new Shift(-1, -1));
        }
    }

    /// <summary>Column of the document's first token now; it goes to 0.</summary>
    public int RootColumn { get; }

    /// <summary>The column of what stands at an offset, should it begin a line; null inside of flow collections and scalars.</summary>
    public int? ColumnAt(int offset) => _columns.TryGetValue(offset, out int column) ? column : null;

    /// <summary>True where a block key or a dash stands: what comments are aligned to.</summary>
    public bool IsLevel(int offset) => _levels.Contains(offset);

    /// <summary>The movement of the scalar or flow collection that begins at an offset and of all its lines.</summary>
    public Shift ShiftAt(int offset) => _shifts.GetValueOrDefault(offset);

    public int ColumnOf(int offset) => offset - _document.Lines.LineStart(_document.Lines.LineOf(offset));

    private void Place(YamlNode node, int column, Shift shift)
    {
        if (node is YamlScalar { IsMissing: true, Properties: null })
        {
            return;
        }
        _columns[StartOf(node)] = column;
        switch (node)
        {
            case YamlMapping { IsFlow: false } mapping:
                int old = mapping.Entries.IsEmpty ? 0 : ColumnOf(StartOf(mapping.Entries[0].Key));
                foreach (YamlEntry entry in mapping.Entries)
                {
                    int start = StartOf(entry.Key);
                    _columns[start] = column;
                    _levels.Add(start);
                    _shifts[entry.Key.Span.Start] = new Shift(old, column);
                    Place(entry.Value, IsList(entry.Value) && !_indentLists ? column : column + _indent, new Shift(old, column));
                }
                break;
            case YamlSequence { IsFlow: false } sequence:
                for (int i = 0; i < sequence.Items.Length; i++)
                {
                    int dash = sequence.Dashes[i];
                    _columns[dash] = column;
                    _levels.Add(dash);
                    Place(sequence.Items[i], column + DashWidth, new Shift(ColumnOf(dash), column));
                }
                break;
            default:
                if (node is not YamlScalar { IsMissing: true })
                {
                    _columns[node.Span.Start] = column;
                }
                _shifts[node.Span.Start] = shift;
                break;
        }
    }

    private static bool IsList(YamlNode node) => node is YamlSequence { IsFlow: false };

    /// <summary>A node begins with its anchor or tag, if it has one.</summary>
    private static int StartOf(YamlNode node)
    {
        int start = node.Span.Start;
        if (node.Properties is { } properties)
        {
            start = properties.AnchorSpan.IsEmpty ? start : Math.Min(start, properties.AnchorSpan.Start);
            start = properties.TagSpan.IsEmpty ? start : Math.Min(start, properties.TagSpan.Start);
        }
        return start;
    }

    private bool MostListsAreIndented(YamlNode root)
    {
        int balance = 0;
        bool? first = null;
        foreach (YamlNode node in root.DescendantsAndSelf())
        {
            if (node is YamlSequence { IsFlow: false, Dashes.Length: > 0 } list && list.Entry is { } entry)
            {
                bool indented = ColumnOf(list.Dashes[0]) > ColumnOf(StartOf(entry.Key));
                first ??= indented;
                balance += indented ? 1 : -1;
            }
        }
        return balance > 0 || (balance == 0 && (first ?? false));
    }
}
