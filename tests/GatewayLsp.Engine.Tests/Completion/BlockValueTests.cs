using GatewayLsp.Engine.Completion;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Completion;

/// <summary>A list or mapping is wanted where the cursor stands: behind a key, or in braces.</summary>
public sealed class BlockValueTests
{
    private const string Route = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: a\n";

    private const string Gateway = "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata:\n  name: a\nspec:\n  gatewayClassName: istio\n";

    [Theory]
    [InlineData(Route + "spec: $0\n", "hostnames", Route + "spec: \n  hostnames:\n  - www.example.com\n")]
    [InlineData(Route + "spec:$0\n", "hostnames", null)]
    [InlineData(Route + "spec:\n  rules:\n  - matches:\n    - path: $0\n", "type", null)]
    [InlineData(Route + "spec:\n  rules:\n  - matches:\n    - path: va$0\n", "value", null)]
    [InlineData(Route + "spec:\n  rules:\n  - backendRefs: $0\n", "- name", null)]
    [InlineData(Route + "spec:\n  rules:\n  - backendRefs: &b $0\n", "- name", null)]
    [InlineData(Route + "spec:\n  rules:\n  - backendRefs: $0 # why\n    name: x\n", "- name", null)]
    [InlineData(Route + "spec:\n  rules:\n    - backendRefs: $0\n", "- name", null)]
    [InlineData(Route + "spec:\n  rules: $0\n", "- matches", null)]
    [InlineData(Route + "spec:\r\n  rules: $0\r\n", "- matches", null)]
    [InlineData(Route + "spec:\n  rules:\n  - filters:\n    - requestHeaderModifier:\n        remove: $0\n", "- X-Forwarded-For", Route + "spec:\n  rules:\n  - filters:\n    - requestHeaderModifier:\n        remove: \n        - X-Forwarded-For\n")]
    [InlineData(Route + "spec:\n  rules: [$0]\n", "{matches}", Route + "spec:\n  rules: [{matches: []}]\n")]
    [InlineData(Route + "spec:\n  rules: [{$0}]\n", "matches", Route + "spec:\n  rules: [{matches: []}]\n")]
    [InlineData(Route + "spec:\n  rules: [{matches: $0}]\n", "[{path}]", Route + "spec:\n  rules: [{matches: [{path: {}}]}]\n")]
    [InlineData(Route + "spec:\n  rules: [{backendRefs: [$0]}]\n", "{port}", Route + "spec:\n  rules: [{backendRefs: [{port: 8080}]}]\n")]
    [InlineData(Gateway + "  listeners: [{name: a}, $0]\n", "{name, protocol, port}", null)]
    [InlineData(Gateway + "  listeners:\n  - name: http\n    protocol: &p $0\n", "HTTP", Gateway + "  listeners:\n  - name: http\n    protocol: &p HTTP\n")]
    [InlineData(Gateway + "  listeners:\n  - name: http\n    protocol: !!str HT$0\n", "HTTP", Gateway + "  listeners:\n  - name: http\n    protocol: !!str HTTP\n")]
    [InlineData(Gateway + "  listeners:\n  - name: http\n    port: $0\n", "443", Gateway + "  listeners:\n  - name: http\n    port: 443\n")]
    public void Offers(string fixture, string label, string? accepted)
    {
        CompletionCheck check = CompletionCheck.At(fixture);
        string text = check.Accept(label);
        if (accepted is not null)
        {
            Assert.Equal(accepted, text);
        }
        foreach (CompletionItem item in check.Items)
        {
            string after = check.Accept(item);
            Assert.Empty(Validity.ErrorsIn(after, WorkspaceSettings.Default, found => found.Source == DiagnosticSource.Yaml));
            Assert.Empty(Validity.ErrorsIn(after, WorkspaceSettings.Default, found => found.Code is "unknown-field" or "invalid-type"));
        }
    }

    /// <summary>No kind of ours has lists in lists, but CRDs may.</summary>
    [Theory]
    [InlineData("  grid:\n  - - $0\n", "red", "  grid:\n  - - red\n")]
    [InlineData("  grid:\n  - - red\n    - $0\n", "blue", "  grid:\n  - - red\n    - blue\n")]
    [InlineData("  grid: [[$0]]\n", "red", "  grid: [[red]]\n")]
    public void OffersItemsOfListsInLists(string below, string label, string accepted)
    {
        const string Head = "apiVersion: example.com/v1\nkind: Board\nmetadata:\n  name: a\nspec:\n";
        const string Crd = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata:
              name: boards.example.com
            spec:
              group: example.com
              scope: Namespaced
              names: {kind: Board, plural: boards}
              versions:
              - name: v1
                served: true
                storage: true
                schema:
                  openAPIV3Schema:
                    type: object
                    properties:
                      spec:
                        type: object
                        properties:
                          grid:
                            type: array
                            items:
                              type: array
                              items: {type: string, enum: [red, blue]}
            """;
        Assert.Equal(Head + accepted, CompletionCheck.At(Head + below, Crd).Accept(label));
    }
}
