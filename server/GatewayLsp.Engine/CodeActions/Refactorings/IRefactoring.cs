namespace GatewayLsp.Engine.CodeActions.Refactorings;

/// <summary>A change that a release is made of. One file each; <see cref="RefactoringCatalog"/> lists them.</summary>
internal interface IRefactoring
{
    /// <summary>LSP's dotted kind, beginning with <c>refactor.rewrite.gatewayLsp</c> or <c>refactor.extract.gatewayLsp</c>.</summary>
    string Kind { get; }

    RefactoringDoc Doc { get; }

    /// <summary>What can be done at a place. Cheap: the text is made only when an offer is taken.</summary>
    IEnumerable<RefactoringOffer> At(RefactoringPlace place);
}

/// <summary>What the page of the refactorings says.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Offered">Where the cursor must be, and of what there must be some.</param>
/// <param name="Does">What is changed, and what is not.</param>
/// <param name="Example">Manifests with the cursor as <c>$0</c>; the offer that is shown is the first.</param>
internal sealed record RefactoringDoc(string Title, string Offered, string Does, string Example);

/// <summary>One entry of the menu.</summary>
/// <param name="Title">Says the result.</param>
/// <param name="Change">Changes the draft; false when its text is of a form in which that can't be done.</param>
internal sealed record RefactoringOffer(string Title, Func<RefactoringDraft, bool> Change);
