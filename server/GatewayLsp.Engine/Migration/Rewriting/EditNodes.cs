using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Migration.Rewriting;

/// <summary>
/// A node of a tree that may be changed and then written out again: what is not touched comes out as it was read, to the
/// blank. Unlike the syntax tree it belongs to one piece of work and is thrown away after it.
/// </summary>
internal abstract class EditNode(YamlNode? origin)
{
    /// <summary>The node that it was read from; null for a new one.</summary>
    public YamlNode? Origin { get; } = origin;

    /// <summary>For a copy: the alias or merge key whose place it took.</summary>
    public YamlNode? Place { get; set; }

    /// <summary>What follows on its last line up to the line break, for nodes that end their line: blanks, a comment. In flow style it stands behind the comma.</summary>
    public string Trailing { get; set; } = "";
}

/// <summary>A scalar or an alias.</summary>
internal sealed class EditScalar(YamlNode? origin, string raw, string value) : EditNode(origin)
{
    /// <summary>The notation, quotes, anchor and tag included.</summary>
    public string Raw { get; private set; } = raw;

    /// <summary>What it means; empty for one that is not known (template, alias without target).</summary>
    public string Value { get; private set; } = value;

    public bool IsKnown => Origin is null || Origin.Text() is not null;

    /// <summary>True when a human is to look at the value: it was guessed.</summary>
    public bool IsPlaceholder { get; init; }

    /// <summary>Another value in the same notation.</summary>
    public void Set(string value)
    {
        Raw = Origin is YamlScalar { IsMissing: false } scalar ? Raw[..^scalar.Span.Length] + YamlText.Like(scalar, value) : YamlText.Of(value);
        Value = value;
    }
}

/// <summary>A part of a mapping or sequence, with the lines above that go with it.</summary>
internal abstract class EditPart(EditNode value)
{
    public EditNode Value { get; set; } = value;

    /// <summary>The value that it was read with.</summary>
    public EditNode? ReadValue { get; set; }

    /// <summary>Whole lines between the part before and this one: comments and blank lines, as written.</summary>
    public List<string> Above { get; set; } = [];

    /// <summary>Column at which it was read; -1 for a new one and, in flow style, for one that follows another on its line.</summary>
    public int Column { get; set; } = -1;

    /// <summary>What stands between the colon or dash and a value on the same line.</summary>
    public string Gap { get; set; } = " ";

    /// <summary>True when the value is a block that begins on a line of its own; then <see cref="Head"/> ends the first line.</summary>
    public bool IsBelow { get; set; }

    /// <summary>The rest of the line behind the colon or dash when the value stands below.</summary>
    public string Head { get; set; } = "";

    /// <summary>In flow style: comma, line break and blanks in front of it, without comments, which are <see cref="Above"/>; null for a new one.</summary>
    public string? Lead { get; set; }
}

internal sealed class EditEntry(string name, string key, EditNode value) : EditPart(value)
{
    public string Name { get; private set; } = name;

    /// <summary>The notation of the key.</summary>
    public string Key { get; private set; } = key;

    /// <summary>The colon and the blanks before it.</summary>
    public string Colon { get; init; } = ":";

    public YamlEntry? Origin { get; init; }

    public void Rename(string name)
    {
        Key = Origin?.Key is YamlScalar scalar ? Key[..^scalar.Span.Length] + YamlText.Like(scalar, name) : name;
        Name = name;
    }

    public static EditEntry New(string name, EditNode value) => new(name, YamlText.Of(name), value);
}

internal sealed class EditItem(EditNode value) : EditPart(value);

internal abstract class EditCollection(YamlNode? origin, bool isFlow) : EditNode(origin)
{
    public bool IsFlow { get; set; } = isFlow;

    /// <summary>In block style: column of its parts as they were read; -1 for a new one.</summary>
    public int Column { get; set; } = -1;

    /// <summary>Comments behind the last part, each on a line of its own: of parts that were removed.</summary>
    public List<string> Below { get; } = [];

    /// <summary>In flow style: the rest of the line behind the opening bracket when the first part is on a line of its own.</summary>
    public string Open { get; set; } = "";

    /// <summary>In flow style: what stands in front of the closing bracket, up to the end of the last part's line.</summary>
    public string Close { get; set; } = "";

    /// <summary>In flow style: anchor and tag with the blanks behind them.</summary>
    public string Properties { get; init; } = "";

    public abstract IReadOnlyList<EditPart> Parts { get; }
}

internal sealed class EditMapping(YamlNode? origin, bool isFlow) : EditCollection(origin, isFlow)
{
    private readonly List<EditEntry> _entries = [];

    public List<EditEntry> Entries => _entries;

    public override IReadOnlyList<EditPart> Parts => _entries;

    public EditEntry? Find(string name) => _entries.FindLast(entry => entry.Name == name);

    public EditNode? Get(string name) => Find(name)?.Value;

    public EditMapping? Map(string name) => Get(name) as EditMapping;

    /// <summary>The known text of a scalar entry; null for anything else.</summary>
    public string? Text(string name) => Get(name) is EditScalar { IsKnown: true } scalar ? scalar.Value : null;

    /// <summary>The mappings of a list; those of a single mapping where a list belongs, too.</summary>
    public IEnumerable<EditMapping> Items(string name) => Get(name) switch
    {
        EditSequence list => list.Items.Select(item => item.Value).OfType<EditMapping>().ToArray(),
        _ => [],
    };
}

internal sealed class EditSequence(YamlNode? origin, bool isFlow) : EditCollection(origin, isFlow)
{
    private readonly List<EditItem> _items = [];

    public List<EditItem> Items => _items;

    public override IReadOnlyList<EditPart> Parts => _items;
}
