using System.Collections.Immutable;
using GatewayLsp.Engine.Completion;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Completion;

/// <summary>Whole objects, where a document has nothing yet.</summary>
public sealed class ResourceCompletionTests
{
    [Theory]
    [InlineData("$0")]
    [InlineData("Gate$0")]
    [InlineData("\n\n$0\n")]
    [InlineData("---\n$0")]
    [InlineData("kind: Service\n---\n$0\n---\nkind: Service\n")]
    [InlineData("# A comment\n$0\n")]
    public void AreOffered(string fixture) => Assert.Contains("Gateway", CompletionCheck.At(fixture).Labels);

    [Theory]
    [InlineData("apiVersion: v1\n$0")]
    [InlineData("  $0")]
    [InlineData("kind: Gateway\nspec:\n  $0")]
    public void AreNotOfferedElsewhere(string fixture) => Assert.DoesNotContain("Gateway", CompletionCheck.At(fixture).Labels);

    [Fact]
    public void CoverTheKindsAndTheUsualPatterns()
    {
        IReadOnlyList<string> labels = CompletionCheck.At("$0").Labels;
        foreach (string label in (string[])[
            "Gateway", "GatewayClass", "HTTPRoute", "GRPCRoute", "TLSRoute", "ReferenceGrant", "BackendTLSPolicy",
            "HTTPRoute: split 80/20", "HTTPRoute: canary by header", "HTTPRoute: redirect HTTP to HTTPS", "HTTPRoute: mirror",
            "ReferenceGrant: routes to Services", "Gateway: HTTP and HTTPS"])
        {
            Assert.Contains(label, labels);
        }
    }

    /// <summary>As inserted, with the placeholders as text, nothing is wrong with any of them, in either channel.</summary>
    [Theory]
    [InlineData(Channel.Standard)]
    [InlineData(Channel.Experimental)]
    public void AreValidAsInserted(Channel channel)
    {
        WorkspaceSettings settings = WorkspaceSettings.Default with { Channel = channel };
        CompletionCheck check = CompletionCheck.At("kind: Service\n---\n$0", settings);
        var wrong = new List<string>();
        Assert.NotEmpty(Validity.ErrorsIn("apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nspec: {nonsense: 1}\n", settings));
        foreach (CompletionItem item in check.Items.Where(item => item.Kind is CompletionKind.Resource or CompletionKind.Snippet))
        {
            string text = check.Accept(item)["kind: Service\n".Length..];
            wrong.AddRange(Validity.ErrorsIn(text, settings).Select(error => $"{item.Label}: {error}\n{text}"));
        }
        Assert.InRange(check.Items.Count, 18, 100);
        Assert.True(wrong.Count == 0, wrong.Count + "\n" + string.Join("\n\n", wrong.Take(5)));
    }
}
