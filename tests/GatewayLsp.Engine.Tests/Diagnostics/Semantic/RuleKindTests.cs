using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.Tests.Diagnostics.Semantic;

/// <summary>A rule of meaning is asked only about the kinds that it declares: it must have nothing to say about any other.</summary>
public class RuleKindTests
{
    public static TheoryData<string> Codes => [.. RuleCatalog.Semantic.Select(rule => rule.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_rule_reports_on_declared_kinds_only(string code)
    {
        SemanticRule rule = RuleCatalog.Semantic.Single(one => one.Code == code);
        Assert.NotEqual(SubjectKinds.None, rule.Kinds);
        foreach (string text in Texts(rule))
        {
            var host = new AnalysisHost();
            host.Apply(new WorkspaceChange.OnDisk("x", text));
            Resolver resolver = host.Current.Resolver;
            foreach (IndexedObject one in resolver.Index.All)
            {
                if (one.Object.View() is { } view && (rule.Kinds & Subjects.KindOf(view)) == 0)
                {
                    var found = ImmutableArray.CreateBuilder<Diagnostic>();
                    rule.Check(view, new SemanticContext(new Dependencies(resolver), view, isSound: true, found));
                    Assert.True(found.Count == 0, $"{code} reports on {view.Kind}, which it does not declare");
                }
            }
        }
    }

    [Fact]
    public void Every_kind_with_a_view_has_a_number()
    {
        Assert.Equal(1 << Subjects.Count, 2 * (int)Enum.GetValues<SubjectKinds>().Where(kind => kind != SubjectKinds.Routes).Max());
        foreach (Type view in typeof(ObjectView).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ObjectView)) && !type.IsAbstract))
        {
            Assert.True(view.IsSubclassOf(typeof(Route)) || Enum.GetNames<SubjectKinds>().Contains(view.Name.Replace("View", "", StringComparison.Ordinal)), view.Name);
        }
    }

    private static IEnumerable<string> Texts(SemanticRule rule)
    {
        yield return rule.Doc.Bad;
        for (int seed = 0; seed < 20; seed++)
        {
            var platform = new RandomPlatform(new Random(seed));
            yield return string.Join("---\n", Enumerable.Range(0, 40).Select(_ => platform.Document()));
        }
    }
}
