using GatewayLsp.Testing;
using static GatewayLsp.Engine.Tests.CodeActions.RefactoringFixture;

namespace GatewayLsp.Engine.Tests.CodeActions;

/// <summary>Comments stay with what they are about. Those of what is removed stay in its place and say what it was.</summary>
public sealed class RefactoringCommentTests
{
    private const string Block = """
          - name: shop
            backendRefs: # all
            # release of March

            # the old one
            - name: v1 # stable
              port: 80
              weight: 90
            # in between
            - name: v2 # new
              port: 80
              weight: 10 # a tenth
            # the end
            filters: [] # none

        """;

    private const string Flow = """
          - name: shop
            backendRefs: [ # all
              # the old one
              {name: v1, port: 80, weight: 90}, # stable, since March
              # in between
              {name: v2, port: 80, weight: 10} # new
              # the end
            ] # list

        """;

    /// <summary>Title; backend with the cursor; before; after.</summary>
    public static TheoryData<string, string, string, string> Backends => new()
    {
        { "Promote v2", "v2", Block, """
              - name: shop
                backendRefs: # all
                # release of March

                # the old one
                # stable (removed: v1)
                # in between
                - name: v2 # new
                  port: 80
                  # a tenth (removed: weight)
                # the end
                filters: [] # none

            """ },
        { "Roll back v2: remove", "v2", Block, """
              - name: shop
                backendRefs: # all
                # release of March

                # the old one
                - name: v1 # stable
                  port: 80
                  weight: 90
                # in between
                # new
                # a tenth (removed: v2)
                # the end
                filters: [] # none

            """ },
        { "Promote v2", "v2", Flow, """
              - name: shop
                backendRefs: [ # all
                  # the old one
                  # stable, since March (removed: v1)
                  # in between
                  {name: v2, port: 80} # new
                  # the end
                ] # list

            """ },
        { "Promote v1", "v1", Flow, """
              - name: shop
                backendRefs: [ # all
                  # the old one
                  {name: v1, port: 80} # stable, since March
                  # in between
                  # new (removed: v2)
                  # the end
                ] # list

            """ },
        { "Canary v1: 100", "v1", Flow, """
              - name: shop
                backendRefs: [ # all
                  # the old one
                  {name: v1, port: 80, weight: 100}, # stable, since March
                  # in between
                  {name: v2, port: 80, weight: 0} # new
                  # the end
                ] # list

            """ },
        { "Add ServiceImport v1", "v1", Flow, """
              - name: shop
                backendRefs: [ # all
                  # the old one
                  {name: v1, port: 80, weight: 90}, # stable, since March
                  {group: multicluster.x-k8s.io, kind: ServiceImport, name: v1, port: 80, weight: 0},
                  # in between
                  {name: v2, port: 80, weight: 10} # new
                  # the end
                ] # list

            """ },
        { "Add ServiceImport v2", "v2", Flow, """
              - name: shop
                backendRefs: [ # all
                  # the old one
                  {name: v1, port: 80, weight: 90}, # stable, since March
                  # in between
                  {name: v2, port: 80, weight: 10}, # new
                  {group: multicluster.x-k8s.io, kind: ServiceImport, name: v2, port: 80, weight: 0}
                  # the end
                ] # list

            """ },
        { "Promote v3", "v3", "  - backendRefs: [{name: v1, port: 80}, {name: v2, port: 80}, # both\n      {name: v3, port: 80}]\n", "  - backendRefs: [\n      # both (removed: v2)\n      {name: v3, port: 80}]\n" },
        { "Promote v1", "v1", "  - backendRefs: [{name: v1, port: 80}, {name: v2, port: 80, # why\n      weight: 3}]\n", "  - backendRefs: [{name: v1, port: 80}\n      # why (removed: v2)\n    ]\n" },
    };

    [Theory]
    [MemberData(nameof(Backends))]
    public void OfBackendsStay(string title, string at, string before, string after) => Check(title, $"name: {at}", before, after);

    private const string FlowRules = """
          rules: [ # all rules
            # shop
            {matches: [{path: {value: /shop}}], backendRefs: [{name: v1, port: 80}]}, # first
            # pay
            {matches: [
              # cards
              {path: {value: /card}}, # big, small
              # cash
              {path: {value: /cash}} # coins
             ], backendRefs: [{name: v2, port: 80}]} # last
          ]

        """;

    /// <summary>Title; what the cursor is at; after.</summary>
    public static TheoryData<string, string, string> Rules => new()
    {
        { "Canary by header x-canary: v3", "v2,", """
              rules: [ # all rules
                # shop
                {matches: [{path: {value: /shop}}], backendRefs: [{name: v1, port: 80}]}, # first
                {matches: [
                  {path: {value: /card}, headers: [{name: x-canary, value: "true"}]},
                  {path: {value: /cash}, headers: [{name: x-canary, value: "true"}]}
                 ], backendRefs: [{name: v3, port: 80}]},
                # pay
                {matches: [
                  # cards
                  {path: {value: /card}}, # big, small
                  # cash
                  {path: {value: /cash}} # coins
                 ], backendRefs: [{name: v2, port: 80}]} # last
              ]

            """ },
        { "Canary by header x-canary: v2", "v1,", """
              rules: [ # all rules
                {matches: [{path: {value: /shop}, headers: [{name: x-canary, value: "true"}]}], backendRefs: [{name: v2, port: 80}]},
                # shop
                {matches: [{path: {value: /shop}}], backendRefs: [{name: v1, port: 80}]}, # first
                # pay
                {matches: [
                  # cards
                  {path: {value: /card}}, # big, small
                  # cash
                  {path: {value: /cash}} # coins
                 ], backendRefs: [{name: v2, port: 80}]} # last
              ]

            """ },
        { "Extract this match", "/card", """
              rules: [ # all rules
                # shop
                {matches: [{path: {value: /shop}}], backendRefs: [{name: v1, port: 80}]}, # first
                # pay
                {matches: [
                  # cash
                  {path: {value: /cash}} # coins
                 ], backendRefs: [{name: v2, port: 80}]}, # last
                {matches: [
                  # cards
                  {path: {value: /card}} # big, small
                 ], backendRefs: [{name: v2, port: 80}]}
              ]

            """ },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void OfRulesInBracketsStay(string title, string at, string after)
    {
        const string Old = "  rules:\n";
        Refactored done = RefactoringCheck.After(Head.Replace(Old, "", StringComparison.Ordinal) + At(FlowRules, at) + Platform, title);
        Assert.Equal(Head.Replace(Old, "", StringComparison.Ordinal) + after + Platform, done.Text);
        Assert.Empty(done.NewFindings);
    }

    [Fact]
    public void OfAMergedRuleAreAboutItsMatches() => Check("Merge with the next rule", "/a", """
          # first
          - matches:
            - path: {value: /a} # a
            backendRefs: [{name: v1, port: 80}] # to v1
          # second
          - matches: # more
            # b is new
            - path: {value: /b}
            backendRefs:
            - name: v1 # same
              port: 80
          # third
          - matches: [{path: {value: /c}}]
            backendRefs: [{name: v2, port: 80}]

        """, """
          # first
          - matches:
            - path: {value: /a} # a
            # second
            # more
            # same
            # b is new
            - path: {value: /b}
            backendRefs: [{name: v1, port: 80}] # to v1
          # third
          - matches: [{path: {value: /c}}]
            backendRefs: [{name: v2, port: 80}]

        """);

    private static void Check(string title, string at, string before, string after)
    {
        Refactored done = RefactoringCheck.After(Head + At(before, at) + Platform, title);
        Assert.Equal(Head + after + Platform, done.Text);
        Assert.Empty(done.NewFindings);
    }

    private static string At(string text, string at) => text.Insert(text.IndexOf(at, StringComparison.Ordinal), "$0");

    /// <summary>What is indented like the fields of an item is about the item; what stands in step with the dashes is about the list.</summary>
    [Theory]
    [InlineData("    # of the listener\n\n    # as well\n  # end\n", "    # of the listener\n\n    # as well\n", "  # end\n")]
    [InlineData("    # of the listener\n\n  # about b\n  - name: b\n    port: 81\n    protocol: HTTP\n", "    # of the listener\n", "\n  # about b\n  - name: b\n    port: 81\n    protocol: HTTP\n")]
    [InlineData("    # of the listener\n  # end\n  addresses: []\n", "    # of the listener\n", "  # end\n  addresses: []\n")]
    [InlineData("  # - name: old\n---\na: 1\n", "", "  # - name: old\n---\na: 1\n")]
    [InlineData("    # last", "    # last\n", "")]
    public void Comments_below_an_item(string below, string own, string rest)
    {
        const string Head = "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: g}\nspec:\n  gatewayClassName: c\n  listeners:\n  - name: http\n    port: 80\n    protocol: HTTP\n";
        foreach (string newLine in new[] { "\n", "\r\n" })
        {
            string text = (Head + below).ReplaceLineEndings(newLine);
            string after = RefactoringCheck.Apply(text.Insert(text.IndexOf("http" + newLine, StringComparison.Ordinal), "$0"), "Add an HTTPS listener on port 443");
            string made = "  - name: https\n    port: 443\n    protocol: HTTPS\n    # kubectl create secret tls g-tls --namespace default --cert=tls.crt --key=tls.key\n    tls:\n      mode: Terminate\n      certificateRefs:\n      - name: g-tls";
            Assert.Equal((Head + own + made + (rest.Length == 0 ? "" : "\n" + rest)).ReplaceLineEndings(newLine), after);
        }
    }
}
