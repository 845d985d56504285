using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Completion;

internal enum PlaceKind : byte
{
    /// <summary>A key of <see cref="CursorPlace.Mapping"/>.</summary>
    Key,

    /// <summary>A new item, dash and all, of <see cref="CursorPlace.Node"/>, a sequence.</summary>
    NewItem,

    /// <summary>The value that <see cref="CursorPlace.Node"/> stands for.</summary>
    Value,
}

/// <summary>
/// Where in a document's structure the cursor is. The tree is that of a copy of the document with a mark in place of the
/// word at the cursor, or with the value at the cursor cut out: what is half-typed cannot be read as it stands.
/// </summary>
internal sealed record CursorPlace
{
    public required PlaceKind Kind { get; init; }
    public required CursorLine Line { get; init; }

    /// <summary>The copy that the nodes below are of.</summary>
    public required ManifestDocument Marked { get; init; }

    /// <summary>The node whose schema decides: the mapping for a key, the sequence for an item, the value for a value.</summary>
    public required YamlNode Node { get; init; }

    /// <summary>The entry of the marked key, or of the value asked for.</summary>
    public YamlEntry? Entry { get; init; }

    /// <summary>An entry whose list may go on, or begin, at the cursor's column: dashes need no deeper indentation than their key.</summary>
    public YamlEntry? ListAbove { get; init; }

    public bool IsFlow { get; init; }

    /// <summary>The column at which a key or dash has to stand when that is not the cursor's.</summary>
    public int? Column { get; init; }

    public YamlMapping? Mapping => Node as YamlMapping ?? Entry?.Mapping;

    /// <summary>Below the marked key there is content already, which becomes its value.</summary>
    public bool HasContent => Kind != PlaceKind.Value && Entry is { Value: not YamlScalar { IsMissing: true } };
}
