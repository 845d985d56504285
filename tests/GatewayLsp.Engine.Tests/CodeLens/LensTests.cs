using GatewayLsp.Engine.CodeLens;
using GatewayLsp.Engine.Tests.Navigation;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.CodeLens;

public class LensTests
{
    [Theory]
    [InlineData("infra.yaml", "8 Trace|8 Topology|16 no routes attached ()|19 1 route attached (shop.yaml:13 public)")]
    [InlineData("shop.yaml", "6 parents: 1 of 1 attaches (infra.yaml:19 https)|6 Trace|6 Topology|34 reached by 1 route, 1 Ingress (run.yaml:32 cart|shop.yaml:18 cart|shop.yaml:27 cart)")]
    [InlineData("pay.yaml", "1 reached by 1 route (shop.yaml:30 pay)")]
    [InlineData("run.yaml", "")]
    [InlineData("nowhere.yaml", "")]
    public void Of_the_shop(string path, string expected) => Assert.Equal(expected, Show(WorkspaceFixture.Parse(Shop.Text), path));

    private const string Gateway = "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: g, namespace: a}\nspec:\n  listeners:\n";

    [Fact]
    public void Copies_of_requests_reach_a_service_too() => Assert.Equal(
        "1 reached by 1 route (manifest.yaml:9 a)",
        Show(WorkspaceFixture.Parse("apiVersion: v1\nkind: Service\nmetadata: {name: a}\n---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: r}\nspec:\n  rules: [{filters: [{type: RequestMirror, requestMirror: {backendRef: {name: a, port: 80}}}]}]\n"), "manifest.yaml").Split('|')[0]);

    private static string Route(string name, string ns, string parents) =>
        $"---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {{name: {name}, namespace: {ns}}}\nspec: {{parentRefs: [{parents}]}}\n";

    [Fact]
    public void Routes_that_a_listener_refuses_are_told()
    {
        string text = Gateway + "  - {name: x, port: 80, protocol: HTTP}\n"
            + Route("r", "a", "{name: g, namespace: a, sectionName: x}, {name: g, namespace: a, sectionName: x}") + Route("s", "b", "{name: g, namespace: a, sectionName: x}") + Route("t", "a", "") + Route("u", "a", "{name: other, namespace: elsewhere}");
        Assert.Equal(
            "1 Trace|1 Topology|6 1 route attached, 1 refused (manifest.yaml:11 g)|8 parents: 2 of 2 attach (manifest.yaml:6 x)|8 Trace|8 Topology|13 parents: 0 of 1 attach (manifest.yaml:3 g)|13 Trace|13 Topology|18 no parents ()|18 Trace|18 Topology|23 parents: 1 not known ()|23 Trace|23 Topology",
            Show(WorkspaceFixture.Parse(text), "manifest.yaml"));
    }

    [Fact]
    public void What_a_template_names_has_no_lens() =>
        Assert.Equal("1 Trace|1 Topology", Show(WorkspaceFixture.Parse(Gateway + "  - {name: '{{ .x }}', port: 80, protocol: HTTP}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: '{{ .x }}'}\n"), "manifest.yaml"));

    [Fact]
    public void Listeners_of_sets_count_too_and_those_of_lost_sets_say_who_names_them()
    {
        string set = "---\napiVersion: gateway.networking.k8s.io/v1\nkind: ListenerSet\nmetadata: {name: l, namespace: a}\nspec: {parentRef: {name: g}, listeners: [{name: z, port: 90, protocol: HTTP}]}\n" + Route("r", "a", "{name: l, kind: ListenerSet}");
        string gateway = Gateway.Replace("spec:\n", "spec:\n  allowedListeners: {namespaces: {from: Same}}\n", StringComparison.Ordinal) + "  - {name: x, port: 80, protocol: HTTP}\n";
        Assert.Contains("|12 1 route attached (manifest.yaml:17 l)", Show(WorkspaceFixture.Parse(gateway + set), "manifest.yaml"), StringComparison.Ordinal);
        Assert.Contains(" 1 route names it ()", Show(WorkspaceFixture.Parse(set), "manifest.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_definition_that_does_not_count_says_so()
    {
        string both = Gateway + "  - {name: x, port: 80, protocol: HTTP}\n" + Route("r", "a", "{name: g, sectionName: x}");
        WorkspaceFixture fixture = WorkspaceFixture.Parse($"#file: manifest.yaml\n{both}\n#file: other.yaml\n{both.Replace("name: x", "name: y", StringComparison.Ordinal)}");
        Assert.Equal(["no", "parents:"], Titles("manifest.yaml").Select(title => title.Split(' ')[0] == "1" ? "no" : title.Split(' ')[0]));
        Assert.All(Titles("other.yaml"), title => Assert.Equal("another file defines the same object, and that one counts", title));

        IEnumerable<string> Titles(string path) => fixture.Analysis.Lenses(path).Where(lens => lens.Kind is LensKind.Listener or LensKind.Route)
            .Select(lens => fixture.Analysis.ResolveLens(lens.Kind, lens.Object, lens.Section, path)!.Title);
    }

    [Fact]
    public void A_lens_of_something_that_went_says_nothing()
    {
        WorkspaceFixture fixture = WorkspaceFixture.Parse("a: 1\n");
        foreach (LensKind kind in Enum.GetValues<LensKind>().Except([LensKind.Listener]))
        {
            Assert.Null(fixture.Analysis.ResolveLens(kind, new("", "Service", "a", "b"), null));
        }
    }

    private static string Show(WorkspaceFixture fixture, string path) => string.Join("|", fixture.Analysis.Lenses(path).Select(lens =>
        $"{lens.Range.Start.Line + 1} {(lens.Kind is LensKind.Trace or LensKind.Topology ? lens.Kind.ToString() : Text(fixture, fixture.Analysis.ResolveLens(lens.Kind, lens.Object, lens.Section)!))}"));

    private static string Text(WorkspaceFixture fixture, LensText text) => $"{text.Title} ({NavigationCheck.Show(fixture.Workspace, text.Places)})";
}
