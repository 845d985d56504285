using System.Collections.Immutable;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Completion;

/// <summary>What an item stands for; edges choose the icon.</summary>
public enum CompletionKind : byte { Field, Value, EnumMember, Reference, Resource, Keyword, Snippet }

/// <summary>One offer. Accepting it replaces <see cref="CompletionList.Range"/> (or its own) by the text, which is valid YAML as it stands.</summary>
public sealed record CompletionItem
{
    public required string Label { get; init; }
    public required CompletionKind Kind { get; init; }

    /// <summary>
    /// What is put in. With <see cref="IsSnippet"/> it has LSP tab stops (<c>$1</c>, <c>${1:name}</c>, <c>$0</c>). Lines after the
    /// first are to be indented by the blanks in front of the range on its line, as editors do (LSP's
    /// <c>InsertTextMode.adjustIndentation</c>).
    /// </summary>
    public required string NewText { get; init; }
    public bool IsSnippet { get; init; }

    /// <summary>What the editor matches typing against; the label when null.</summary>
    public string? FilterText { get; init; }

    /// <summary>Orders the list: required first, then as the schema has it.</summary>
    public required string SortText { get; init; }

    /// <summary>Short, beside the label: a type, a namespace, where it comes from.</summary>
    public string? Detail { get; init; }

    /// <summary>Markdown; made only for the item that is looked at, since most never are.</summary>
    public Func<string?>? Documentation { get; init; }

    public bool IsDeprecated { get; init; }
    public bool IsPreselected { get; init; }

    /// <summary>A key whose value is still to be written, and has suggestions: the editor may ask for them at once.</summary>
    public bool AsksAgain { get; init; }

    /// <summary>Replaces this instead of the list's range; must be on one line and hold the cursor.</summary>
    public LineRange? Range { get; init; }

    /// <summary>Edits elsewhere that belong to it (none of them touches the range).</summary>
    public ImmutableArray<TextEdit> AdditionalEdits { get; init; } = [];
}

/// <summary>Offers at a position, all replacing <c>Range</c>. Incomplete: ask again as the user types on.</summary>
public sealed record CompletionList(LineRange Range, ImmutableArray<CompletionItem> Items, bool IsIncomplete = false)
{
    public static CompletionList Empty(LinePosition at) => new(LineRange.At(at), []);
}
