using GatewayLsp.Engine.Completion;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Completion;

/// <summary>Keys in every half-typed state: what comes first, and the text after it is accepted.</summary>
public sealed class KeyCompletionTests
{
    private const string Route = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: a\n";

    private const string Gateway = "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata:\n  name: a\n";

    [Theory]
    // Under an empty key, alone in its file, before another document, as the last of several.
    [InlineData(Route + "spec:\n  $0", "parentRefs", Route + "spec:\n  parentRefs:\n  - name: my-gateway")]
    [InlineData(Route + "spec:\n  $0\n---\nkind: Service\n", "rules", null)]
    [InlineData("kind: Service\n---\n" + Route + "spec:\n  $0", "hostnames", null)]
    [InlineData(Route + "spec:\n    $0\n", "hostnames", Route + "spec:\n    hostnames:\n    - www.example.com\n")]
    // Beside siblings below and above.
    [InlineData(Route + "spec:\n  $0\n  rules: []\n", "parentRefs", Route + "spec:\n  parentRefs:\n  - name: my-gateway\n  rules: []\n")]
    [InlineData(Gateway + "spec:\n  gatewayClassName: x\n  $0\n", "listeners", null)]
    [InlineData(Gateway + "$0spec: {}\n", null, null)]
    // In the middle of a word: all of it is replaced, its colon stays.
    [InlineData(Route + "spec:\n  par$0ts: []\n", "parentRefs", Route + "spec:\n  parentRefs: []\n")]
    [InlineData(Route + "spec:\n  ho$0st\n", "hostnames", Route + "spec:\n  hostnames:\n  - www.example.com\n")]
    [InlineData(Route + "spec:\n  \"ho$0\": []\n", "hostnames", Route + "spec:\n  hostnames: []\n")]
    // Behind a dash, with and without its blank, above the item's other keys.
    [InlineData(Gateway + "spec:\n  listeners:\n  - $0\n    port: 80\n", "name", Gateway + "spec:\n  listeners:\n  - name: \n    port: 80\n")]
    [InlineData(Gateway + "spec:\n  listeners:\n  -$0\n    port: 80\n", "name", Gateway + "spec:\n  listeners:\n  - name: \n    port: 80\n")]
    [InlineData(Gateway + "spec:\n  listeners:\n  - po$0\n    name: x\n", "port", Gateway + "spec:\n  listeners:\n  - port: \n    name: x\n")]
    [InlineData(Gateway + "spec:\n  listeners:\n  - name: x\n    $0\n  - name: y\n", "protocol", null)]
    // On a blank line at the dashes' column: the list's siblings.
    [InlineData(Route + "spec:\n  parentRefs:\n  - name: x\n  $0\n", "hostnames", Route + "spec:\n  parentRefs:\n  - name: x\n  hostnames:\n  - www.example.com\n")]
    // Between two items at their key's column: one more of them.
    [InlineData(Route + "spec:\n  hostnames: [a]\n  rules:\n  - backendRefs: []\n  $0\n  - name: x\n", "- matches", null)]
    [InlineData(Gateway + "spec:\n  listeners:\n  - name: x\n    port: 80\n  $0\n  - name: y\n", "- port", Gateway + "spec:\n  listeners:\n  - name: x\n    port: 80\n  - port: \n  - name: y\n")]
    // What is below is no item of the list above, but waits for its key.
    [InlineData(Route + "spec:\n  parentRefs:\n  - name: x\n  $0\n  - matches: []\n", "rules", Route + "spec:\n  parentRefs:\n  - name: x\n  rules:\n  - matches: []\n")]
    // A column that fits no level is mended.
    [InlineData(Route + "spec:\n  parentRefs:\n  - name: x\n      $0\n", "namespace", Route + "spec:\n  parentRefs:\n  - name: x\n    namespace: \n")]
    [InlineData(Route + "spec:\n  hostnames: [a]\n   $0\n", "rules", null)]
    [InlineData(Route + "spec:\n     $0\n  hostnames: [a]\n", "parentRefs", Route + "spec:\n  parentRefs:\n  - name: my-gateway\n  hostnames: [a]\n")]
    // Whatever else is wrong in the document.
    [InlineData(Route + "spec:\n  hostnames: [a\n  parentRefs:\n  - na$0\n", "name", null)]
    [InlineData(Route + "spec:\n  hostnames:\n\t- a\n  $0\n", "parentRefs", null)]
    [InlineData(Route + "  x\nspec:\n  $0\n", "parentRefs", null)]
    // In braces.
    [InlineData(Route + "spec: { $0 }\n", "parentRefs", Route + "spec: { parentRefs: [] }\n")]
    [InlineData(Route + "spec: {$0\n", "hostnames", null)]
    [InlineData(Route + "spec:\n  parentRefs: [{ name: x, sec$0 }]\n", "sectionName", Route + "spec:\n  parentRefs: [{ name: x, sectionName:  }]\n")]
    [InlineData(Route + "spec:\n  parentRefs: [\n    { name: x,\n      sec$0\n    }]\n", "sectionName", null)]
    // Items of a List.
    [InlineData("apiVersion: v1\nkind: List\nitems:\n- apiVersion: gateway.networking.k8s.io/v1\n  kind: HTTPRoute\n  spec:\n    $0\n", "parentRefs", null)]
    // A kind without its apiVersion, or with a version that is none.
    [InlineData("kind: HTTPRoute\nspec:\n  $0\n", "parentRefs", null)]
    [InlineData("apiVersion: gateway.networking.k8s.io/v9\nkind: HTTPRoute\nspec:\n  $0\n", "parentRefs", null)]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1alpha2\nkind: HTTPRoute\nspec:\n  $0\n", "parentRefs", null)]
    // Behind a comment line, in CRLF, with a byte order mark.
    [InlineData(Route + "spec:\n  # which parents\n  $0\n", "parentRefs", null)]
    [InlineData("kind: HTTPRoute\r\nspec:\r\n  $0\r\n", "hostnames", "kind: HTTPRoute\r\nspec:\r\n  hostnames:\r\n  - www.example.com\r\n")]
    [InlineData("\uFEFFkind: HTTPRoute\nspec:\n  $0\n", "parentRefs", null)]
    public void Offers(string fixture, string? label, string? accepted)
    {
        CompletionCheck check = CompletionCheck.At(fixture);
        if (label is null)
        {
            Assert.DoesNotContain("metadata", check.Labels);
            return;
        }
        string text = check.Accept(label);
        if (accepted is not null)
        {
            Assert.Equal(accepted, text);
        }
    }

    [Theory]
    [InlineData("  rules:\n  - backendRefs: []\n  $0\n  - name: x\n")]
    [InlineData("  rules:\n  - backendRefs: []\n  par$0\n  - name: x\n")]
    [InlineData("  rules:\n    - backendRefs: []\n    $0\n    - name: x\n")]
    public void NoKeyOfTheParentStandsBetweenTwoItems(string spec) => Assert.DoesNotContain("parentRefs", CompletionCheck.At(Route + "spec:\n" + spec).Labels);

    /// <summary>Required keys come first, then the schema's order; what is there already does not come again.</summary>
    [Theory]
    [InlineData(Gateway + "spec:\n  listeners:\n  - $0", "name protocol port")]
    [InlineData(Gateway + "spec:\n  listeners:\n  - protocol: HTTP\n    $0", "name port")]
    [InlineData("$0", "apiVersion kind metadata spec")]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1\n$0", "kind metadata spec")]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\n$0", "metadata spec")]
    [InlineData("---\n$0", "apiVersion kind")]
    [InlineData("kind: Service\n---\n$0\n---\nkind: Service\n", "apiVersion kind")]
    [InlineData("# comment\n\n$0", "apiVersion kind")]
    [InlineData(Route + "spec:\n  rules:\n  - filters:\n    - type: URLRewrite\n      $0", "urlRewrite")]
    [InlineData(Route + "spec:\n  rules:\n  - filters:\n    - type: RequestMirror\n      $0", "requestMirror")]
    public void Orders(string fixture, string first)
    {
        string[] expected = first.Split(' ');
        Assert.Equal(expected, CompletionCheck.At(fixture).Labels.Take(expected.Length));
    }

    [Fact]
    public void LeavesOutWhatIsThere()
    {
        IReadOnlyList<string> labels = CompletionCheck.At(Route + "spec:\n  hostnames: []\n  $0\n  rules: []\n").Labels;
        Assert.Equal(["parentRefs"], labels.Where(l => !l.StartsWith('-')));
    }

    /// <summary>Offered under an array key: whole items and their first keys, never a bare mapping.</summary>
    [Theory]
    [InlineData(Route + "spec:\n  parentRefs:\n    $0", "- name", Route + "spec:\n  parentRefs:\n    - name: ")]
    [InlineData(Route + "spec:\n  parentRefs:\n    n$0", "- name", Route + "spec:\n  parentRefs:\n    - name: ")]
    [InlineData(Route + "spec:\n  parentRefs:\n  $0", "- name", Route + "spec:\n  parentRefs:\n  - name: ")]
    [InlineData(Route + "spec:\n  parentRefs:\n  $0\n  rules: []\n", "- name", Route + "spec:\n  parentRefs:\n  - name: \n  rules: []\n")]
    [InlineData(Route + "spec:\n  parentRefs:\n  - name: x\n  $0", "- name", Route + "spec:\n  parentRefs:\n  - name: x\n  - name: ")]
    [InlineData(Route + "spec:\n  parentRefs:\n    - name: x\n    $0", "- name", Route + "spec:\n  parentRefs:\n    - name: x\n    - name: ")]
    [InlineData(Route + "spec:\n  parentRefs:\n    - name: x\n    $0\n    - name: y\n", "- name", Route + "spec:\n  parentRefs:\n    - name: x\n    - name: \n    - name: y\n")]
    // Typed where the editor indented to, deeper than the other dashes.
    [InlineData(Route + "spec:\n  parentRefs:\n  - name: x\n    - $0", "- name", Route + "spec:\n  parentRefs:\n  - name: x\n  - name: ")]
    [InlineData(Route + "spec:\n  parentRefs:\n  - name: x\n    - na$0", "- name", Route + "spec:\n  parentRefs:\n  - name: x\n  - name: ")]
    [InlineData(Gateway + "spec:\n  listeners:\n  $0", "- name, protocol, port, allowedRoutes", Gateway + "spec:\n  listeners:\n  - name: http\n    protocol: HTTP\n    port: 80\n    allowedRoutes:\n      namespaces:\n        from: Same")]
    public void OffersItems(string fixture, string label, string accepted) =>
        Assert.Equal(accepted, CompletionCheck.At(fixture).Accept(label));

    /// <summary>Lists are put in as the document has them.</summary>
    [Theory]
    [InlineData("  parentRefs:\n  - name: x\n  $0", "rules", "  rules:\n  - matches:\n    - path:\n        type: PathPrefix\n        value: /\n    backendRefs:\n    - name: my-service\n      port: 8080")]
    [InlineData("  parentRefs:\n    - name: x\n  $0", "rules", "  rules:\n    - matches:\n        - path:\n            type: PathPrefix\n            value: /\n      backendRefs:\n        - name: my-service\n          port: 8080")]
    [InlineData("  parentRefs:\n    - name: x\n  rules:\n    - $0", "backendRefs", "    - backendRefs:\n        - name: my-service\n          port: 8080")]
    public void FollowsTheListStyle(string spec, string label, string tail) =>
        Assert.EndsWith(tail, CompletionCheck.At(Route + "spec:\n" + spec).Accept(label), StringComparison.Ordinal);

    [Theory]
    [InlineData("        path:\n          $0", "type", "          type: PathPrefix")]
    [InlineData("        $0", "path", "        path:\n          type: PathPrefix\n          value: /")]
    [InlineData("        $0", "method", "        method: GET")]
    public void PutsInDefaultsAndChoices(string match, string label, string tail) =>
        Assert.EndsWith(tail, CompletionCheck.At(Route + "spec:\n  rules:\n  - matches:\n      -\n" + match).Accept(label), StringComparison.Ordinal);

    [Fact]
    public void ChoicesAreASnippet()
    {
        CompletionItem item = CompletionCheck.At(Route + "spec:\n  rules:\n  - filters:\n    - requestRedirect:\n        $0").Item("scheme");
        Assert.True(item.IsSnippet);
        Assert.Equal("scheme: ${1|https,http|}", item.NewText);
    }

    /// <summary>What stands below becomes the key's value: nothing more is put in.</summary>
    [Fact]
    public void KeepsTheContentBelow() =>
        Assert.Equal(Route + "spec:\n  parentRefs:\n  - name: x\n", CompletionCheck.At(Route + "spec:\n  par$0\n  - name: x\n").Accept("parentRefs"));

    [Fact]
    public void ExplainsOnDemand()
    {
        CompletionItem item = CompletionCheck.At(Route + "spec:\n  $0").Item("parentRefs");
        Assert.Contains("parentRefs", item.Documentation!(), StringComparison.Ordinal);
        Assert.Equal("list of object", item.Detail);
    }

    [Fact]
    public void MarksWhatIsDeprecated()
    {
        CompletionCheck check = CompletionCheck.At("apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata:\n  $0");
        Assert.True(check.Item("namespace").IsDeprecated);
        Assert.Equal("name", check.Labels[0]);
    }

    [Theory]
    [InlineData(Channel.Standard, false)]
    [InlineData(Channel.Experimental, true)]
    public void GoesByTheChannel(Channel channel, bool offered) =>
        Assert.Equal(offered, CompletionCheck.At(Route + "spec:\n  rules:\n  - $0", WorkspaceSettings.Default with { Channel = channel }).Labels.Contains("retry"));

    [Theory]
    [InlineData("$0", "apiVersion", true)]
    [InlineData("$0", "metadata", false)]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nspec:\n  parentRefs:\n  - $0", "namespace", true)]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nspec:\n  parentRefs:\n  - $0", "name", true)]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nspec:\n  parentRefs:\n  - $0: edge", "name", false)]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nspec:\n  $0", "rules", false)]
    public void KeysWithSuggestionsAskAgain(string text, string label, bool asks) => Assert.Equal(asks, CompletionCheck.At(text).Item(label).AsksAgain);

    [Fact]
    public void StatusIsNotForPeopleToWrite() =>
        Assert.DoesNotContain("status", CompletionCheck.At("apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\n$0").Labels);
}
