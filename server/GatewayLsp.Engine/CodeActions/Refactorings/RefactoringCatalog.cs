using System.Collections.Immutable;

namespace GatewayLsp.Engine.CodeActions.Refactorings;

/// <summary>All refactorings, in the order of menus and of the page.</summary>
internal static class RefactoringCatalog
{
    public static readonly ImmutableArray<IRefactoring> All =
    [
        new SplitTraffic(),
        new ShiftCanary(),
        new HeaderCanary(),
        new Promote(),
        new RollBack(),
        new SwitchBlueGreen(),
        new AddMirror(),
        new StopMirror(),
        new AddHttpsListener(),
        new RedirectToHttps(),
        new AddParent(),
        new AddServiceImport(),
        new RestrictNamespaces(),
        new ExtractMatch(),
        new MergeRules(),
    ];
}
