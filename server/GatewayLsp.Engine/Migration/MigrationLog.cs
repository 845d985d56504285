using System.Collections.Immutable;
using GatewayLsp.Engine.Migration.Rewriting;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Migration;

/// <summary>
/// Takes down what is old in an object and says of each whether to migrate it: all, or, for a single repair, only the
/// construct that was asked for with what it holds.
/// </summary>
internal sealed class MigrationLog(ManifestObject about, TextSpan? only)
{
    private readonly ImmutableArray<MigrationNote>.Builder _notes = ImmutableArray.CreateBuilder<MigrationNote>();
    private TextSpan? _unit;

    public ImmutableArray<MigrationNote> Notes => _notes.ToImmutable();

    /// <summary>True when nothing but one construct is to be migrated.</summary>
    public bool IsSingle => only is not null;

    public bool HasChanges { get; private set; }

    /// <summary>True while something old is being rewritten.</summary>
    public bool IsOpen => _depth > 0;

    /// <summary>Notes an old field. The answer is whether to migrate it.</summary>
    public bool Field(EditEntry entry, string message) =>
        entry.Origin is null ? Inside(entry.Value) : Note(MigrationNoteKind.Changed, entry.Origin.Key.Span, PathOf(entry.Origin.Value), message, isValue: false);

    /// <summary>Notes an old value of a field that still exists.</summary>
    public bool Value(EditNode value, string message) => value.Origin is null
        ? Inside(value)
        : Note(MigrationNoteKind.Changed, value.Origin.HeadSpan(), PathOf(value.Origin), message, isValue: true);

    public bool Head(EditNode value, string message) =>
        Note(MigrationNoteKind.Changed, value.Origin!.Span, PathOf(value.Origin), message, isValue: true, isHead: true);

    /// <summary>Notes an old field and keeps it open: what is old below belongs to it. Close it when true was answered.</summary>
    public bool Open(EditEntry entry, string message)
    {
        if (!Field(entry, message))
        {
            return false;
        }
        OpenUnit(entry);
        return true;
    }

    private int _depth;

    private void OpenUnit(EditEntry entry)
    {
        _depth++;
        _unit ??= entry.Origin?.Key.Span;
    }

    public void Close()
    {
        if (--_depth == 0)
        {
            _unit = null;
        }
    }

    /// <summary>Notes what a human has to see to.</summary>
    public void Human(EditPart part, string message) => Human(part is EditEntry { Origin: { } entry } ? entry.Key : part.Value.Origin ?? part.Value.Place, message);

    public void Human(YamlNode? node, string message)
    {
        if (node is not null && (only is null || _unit == only))
        {
            Note(MigrationNoteKind.Human, node.HeadSpan(), PathOf(node), message, isValue: true);
        }
    }

    private bool Inside(EditNode value)
    {
        // A copy has no place of its own in the text; that it changed is told where the alias stands.
        HasChanges |= only is null && value.Place is not null;
        return only is null || _unit is not null;
    }

    private bool Note(MigrationNoteKind kind, TextSpan span, string field, string message, bool isValue, bool isHead = false)
    {
        TextSpan unit = _unit ?? span;
        _notes.Add(new MigrationNote
        {
            Kind = kind,
            Span = span,
            Unit = unit,
            Object = about,
            Field = field,
            Message = message,
            IsValue = isValue,
            IsHead = isHead,
        });
        bool wanted = only is null || unit == only;
        HasChanges |= wanted && kind == MigrationNoteKind.Changed;
        return wanted;
    }

    /// <summary>The path from the object, which may be an item of a list.</summary>
    private string PathOf(YamlNode node)
    {
        return FieldPath.Of(node, about.Node);
    }
}
