using System.Collections.Immutable;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Navigation;

/// <summary>Whether what is under the cursor can be renamed: where it stands, or why not. Both null: it is no name.</summary>
public sealed record RenameOffer(LineRange? Range, string? Name, string? Refusal)
{
    internal static readonly RenameOffer Nothing = new(null, null, null);

    internal static RenameOffer No(string why) => new(null, null, why);
}

/// <summary>
/// The edits of a rename, or why there are none. <c>Title</c> says in a few words what happens; <c>Notes</c> are sentences
/// for the user about what the rename does not reach.
/// </summary>
public sealed record RenameResult(ImmutableArray<FileEdit> Edits, string Title, ImmutableArray<string> Notes, string? Refusal)
{
    internal static RenameResult No(string why) => new([], "", [], why);
}
