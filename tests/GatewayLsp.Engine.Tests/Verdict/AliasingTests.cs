using System.Text;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Verdict;

namespace GatewayLsp.Engine.Tests.Verdict;

/// <summary>Aliases of aliases: refused as kubectl does, at once however much they would unfold to.</summary>
public sealed class AliasingTests
{
    [Theory]
    [InlineData(2, false)]
    [InlineData(9, true)]
    [InlineData(60, true)]
    public void A_bomb_is_refused_unopened(int levels, bool isUnreadable)
    {
        var text = new StringBuilder("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: bomb\ndata:\n  a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i <= levels; i++)
        {
            text.Append($"  a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]\n");
        }
        DryRunResult result = DryRun.Of(new ManifestDocument(text.ToString()), SchemaCatalog.Bundled, Channel.Standard);
        Assert.False(result.Accepted);
        Assert.Equal(isUnreadable, result.Causes is [{ Reason: CauseReason.Unreadable }]);
    }

    [Fact]
    public void Ordinary_sharing_is_fine()
    {
        var text = new StringBuilder("apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: shop\nspec:\n  rules:\n  - backendRefs: &backends\n    - {name: a, port: 80}\n    - {name: b, port: 80}\n");
        for (int i = 0; i < 15; i++)
        {
            text.Append($"  - matches: [{{path: {{value: /{i}}}}}]\n    backendRefs: *backends\n");
        }
        Assert.True(DryRun.Of(new ManifestDocument(text.ToString()), SchemaCatalog.Bundled, Channel.Standard).Accepted);
    }
}
