using System.Text.RegularExpressions;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Diagnostics;

/// <summary>What every diagnostic code has: a file, a page, a test, examples that are true.</summary>
public sealed partial class ConventionTests
{
    private const string Update = "UPDATE_BASELINES";

    public static TheoryData<string> Codes => [.. RuleCatalog.All.Select(rule => rule.Code)];

    /// <summary>Those that one file alone can have.</summary>
    public static TheoryData<string> CodesOfFiles => [.. RuleCatalog.All.Select(rule => rule.Code).Where(code => code is not ("live-condition" or "kustomization-refused"))];

    private static string Pages => Path.Combine(SharedFiles.Root, "server", "docs", "rules");

    [GeneratedRegex("^[a-z]+(-[a-z]+)*$")]
    private static partial Regex KebabCase { get; }

    [GeneratedRegex(@"(?:new SyntaxError\(|Note\()""(?<code>[a-z-]+)""")]
    private static partial Regex SyntaxCode { get; }

    [Fact]
    public void CodesAreUnique() => Assert.Equal(RuleCatalog.All.Length, RuleCatalog.All.Select(rule => rule.Code).Distinct().Count());

    [Theory]
    [MemberData(nameof(Codes))]
    public void CodeAndTitleAreWellFormed(string code)
    {
        IRule rule = RuleCatalog.Find(code)!;
        Assert.Matches(KebabCase, code);
        Assert.InRange(rule.Title.Length, 5, 60);
        Assert.True(char.IsUpper(rule.Title[0]) || rule.Title.StartsWith("kind", StringComparison.Ordinal) || rule.Title.StartsWith("apiVersion", StringComparison.Ordinal), rule.Title);
        Assert.DoesNotMatch("[.!?]$", rule.Title);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void DocumentationIsWhole(string code)
    {
        RuleDoc doc = RuleCatalog.Find(code)!.Doc;
        foreach (string text in (string[])[doc.Says, doc.Why, doc.FixSafety])
        {
            Assert.EndsWith(".", text, StringComparison.Ordinal);
            Assert.DoesNotContain("  ", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void CodeHasAFileOfItsOwn(string code)
    {
        string name = string.Concat(code.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..])) + "Rule";
        Assert.Equal(name, RuleCatalog.Find(code)!.GetType().Name);
        string rules = Path.Combine(SharedFiles.Root, "server", "GatewayLsp.Engine", "Diagnostics", "Rules");
        Assert.Single(Directory.EnumerateFiles(rules, name + ".cs", SearchOption.AllDirectories));
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void CodeHasATest(string code)
    {
        string tests = Path.Combine(SharedFiles.Root, "tests", "GatewayLsp.Engine.Tests", "Diagnostics");
        Assert.Contains(Directory.EnumerateFiles(tests, "*.cs", SearchOption.AllDirectories),
            file => Path.GetFileName(file) != "ConventionTests.cs" && File.ReadAllText(file).Contains($"\"{code}", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(CodesOfFiles))]
    public void BadExampleHasTheFindingAndNoOther(string code) =>
        Assert.Equal([code], DiagnosticCheck.Find(RuleCatalog.Find(code)!.Doc.Bad).Select(f => f.Diagnostic.Code).Distinct());

    [Theory]
    [MemberData(nameof(Codes))]
    public void GoodExampleIsClean(string code) => DiagnosticCheck.Check(RuleCatalog.Find(code)!.Doc.Good);

    [Fact]
    public void EverySyntaxCodeHasARule()
    {
        string syntax = Path.Combine(SharedFiles.Root, "server", "GatewayLsp.Engine", "Syntax");
        var codes = Directory.EnumerateFiles(syntax, "*.cs").SelectMany(file => SyntaxCode.Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["code"].Value).ToHashSet();
        Assert.NotEmpty(codes);
        Assert.Equal(codes.Order(), RuleCatalog.All.Where(rule => rule.Source == DiagnosticSource.Yaml).Select(rule => rule.Code).Order());
    }

    [Fact]
    public void PagesAreThoseOfTheRules()
    {
        var pages = RuleCatalog.All.ToDictionary(rule => rule.Code + ".md", RuleDocs.Page);
        pages.Add("README.md", RuleDocs.Index(RuleCatalog.All));
        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            Directory.CreateDirectory(Pages);
            foreach (string file in Directory.EnumerateFiles(Pages))
            {
                File.Delete(file);
            }
            foreach ((string name, string page) in pages)
            {
                File.WriteAllText(Path.Combine(Pages, name), page);
            }
        }
        Assert.Equal(pages.Keys.Order(), Directory.EnumerateFiles(Pages).Select(Path.GetFileName).Order());
        foreach ((string name, string page) in pages)
        {
            Assert.True(page == File.ReadAllText(Path.Combine(Pages, name)),
                $"docs/rules/{name} is not what the rule says: run this test with {Update}=1 and commit the page.");
        }
    }
}
