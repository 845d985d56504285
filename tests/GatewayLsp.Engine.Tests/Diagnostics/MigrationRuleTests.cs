using GatewayLsp.Engine.CodeActions;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Text;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Diagnostics;

public class MigrationRuleTests
{
    private const string Head = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: store\nspec:\n";
    private const string Forward = Head + "  rules:\n  - forwardTo:\n    - serviceName: store # it\n      port: 80\n";

    [Fact]
    public void EachOldPartIsExplainedAtItsPlaceAndNothingElseIsSaid() => DiagnosticCheck.Check(
        Head + "  gateways: {allow: All}\n  rules:\n  - matches:\n    - path: {type: Prefix, value: /}\n    forwardTo:\n    - targetRef: {name: a}\n      mirror: true\n",
        "old-field 'gateways' spec.gateways",
        "old-value 'Prefix' spec.rules[0].matches[0].path.type",
        "old-field 'forwardTo' spec.rules[0].forwardTo",
        "old-field 'targetRef' spec.rules[0].forwardTo[0].targetRef",
        "old-field 'mirror' spec.rules[0].forwardTo[0].mirror");

    [Fact]
    public void RepairOfAPartMigratesTheConstructThatHoldsIt()
    {
        foreach (FileDiagnostic finding in DiagnosticCheck.Find(Forward))
        {
            Fix fix = Assert.Single(finding.Diagnostic.Fixes);
            Assert.Equal("Migrate `forwardTo`", fix.Title);
            Assert.Equal(Head + "  rules:\n  - backendRefs:\n    - name: store # it\n      port: 80\n", DiagnosticCheck.Apply(Forward, finding, fix));
        }
    }

    [Fact]
    public void LightBulbKnowsTheServicesOfTheWorkspace()
    {
        WorkspaceFixture fixture = WorkspaceFixture.Parse("#file: a.yaml\n" + Head + "  rules:\n  - forw$0ardTo:\n    - serviceName: store\n"
            + "#file: b.yaml\napiVersion: v1\nkind: Service\nmetadata: {name: store}\nspec: {ports: [{port: 8081}]}\n");
        var actions = fixture.Analysis.Actions(fixture.Path, new LineRange(fixture.Cursor, fixture.Cursor));
        Assert.Equal(["Migrate `forwardTo`", "Apply all safe fixes", "Migrate this file to gateway.networking.k8s.io/v1", "Migrate the workspace to gateway.networking.k8s.io/v1"], actions.Select(a => a.Title));
        Assert.Contains("port: 8081", actions[0].Edits[0].Edits[0].NewText, StringComparison.Ordinal);
        Assert.Null(actions[0].Selection);
        Assert.Equal(MigrationCommands.Workspace, actions[3].Command);
    }

    [Fact]
    public void GuessedPortIsSelected()
    {
        WorkspaceFixture fixture = WorkspaceFixture.Parse(Head + "  rules:\n  - forw$0ardTo:\n    - serviceName: store\n");
        CodeActionItem action = fixture.Analysis.Actions(fixture.Path, new LineRange(fixture.Cursor, fixture.Cursor))[0];
        Assert.False(action.IsPreferred);
        Assert.Equal(new LineRange(new LinePosition(8, 12), new LinePosition(8, 14)), action.Selection);
    }

    [Theory]
    [InlineData("  rules:\n  - forw$0ardTo: []\n", "took the place of `forwardTo`")]
    [InlineData("  rules:\n  - forwardTo:\n    - service$0Name: a\n", "took the place of `serviceName`")]
    [InlineData("  rules:\n  - forwardTo:\n    - {serviceName: a, we$0ight: 3}\n", "took the place of `forwardTo`")]
    [InlineData("  rules:\n  - matches:\n    - path: {type: Pre$0fix, value: /}\n", "is called `PathPrefix` today")]
    public void HoverExplainsWhatIsOld(string spec, string sentence)
    {
        WorkspaceFixture fixture = WorkspaceFixture.Parse(Head + spec);
        Assert.Contains(sentence, fixture.Analysis.Hover(fixture.Path, fixture.Cursor)!.Markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void HoverExplainsOldVersionsToo()
    {
        WorkspaceFixture fixture = WorkspaceFixture.Parse("apiVersion: networking.x-k8s.io/v1alpha1\nkind: Gateway\nmetadata: {name: a}\nspec:\n  listeners:\n  - rou$0tes: {kind: HTTPRoute}\n");
        Assert.Contains("`allowedRoutes` of a listener", fixture.Analysis.Hover(fixture.Path, fixture.Cursor)!.Markdown, StringComparison.Ordinal);
    }
}
