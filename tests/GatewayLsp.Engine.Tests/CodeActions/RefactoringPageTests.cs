using GatewayLsp.Engine.CodeActions.Refactorings;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.CodeActions;

/// <summary>The page of the refactorings is what they do to their examples.</summary>
public sealed class RefactoringPageTests
{
    private static string File => Path.Combine(SharedFiles.Root, "server", "docs", "refactorings.md");

    [Fact]
    public void PageIsWhatTheCodeSays()
    {
        string page = RefactoringDocs.Page();
        if (Environment.GetEnvironmentVariable("UPDATE_BASELINES") == "1")
        {
            System.IO.File.WriteAllText(File, page);
        }
        Assert.Equal(System.IO.File.ReadAllText(File), page);
    }

    [Fact]
    public void KindsAreUniqueAndUnderOurs()
    {
        Assert.Distinct(RefactoringCatalog.All.Select(one => one.Kind));
        Assert.All(RefactoringCatalog.All, one => Assert.Matches(@"^refactor\.(rewrite|extract)\.gatewayLsp\.[a-zA-Z]+$", one.Kind));
        Assert.Distinct(RefactoringCatalog.All.Select(one => one.Doc.Title));
    }
}
