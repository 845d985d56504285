using GatewayLsp.Engine.CodeActions.Refactorings;
using GatewayLsp.Testing;
using static GatewayLsp.Engine.Tests.CodeActions.RefactoringFixture;

namespace GatewayLsp.Engine.Tests.CodeActions;

/// <summary>Refactorings of a rule's backends, by what they make of the rule and by where its requests go then.</summary>
public sealed class BackendRefactoringTests
{
    /// <summary>Title; the rules before, with the cursor; after; where a request to / goes then.</summary>
    public static TheoryData<string, string, string, string> Rules => new()
    {
        // Weights come as percents where that is even, comments and order of fields stay.
        { "Canary v2: 10 %", "  - backendRefs:\n    - name: v1\n      port: 80\n    - name: v2$0\n      port: 80\n", "  - backendRefs:\n    - name: v1\n      port: 80\n      weight: 90\n    - name: v2\n      port: 80\n      weight: 10\n", "9/10 v1, 1/10 v2" },
        { "Canary v2: 25 %", "  - backendRefs:\n    - weight: 90 # stable\n      name: v1\n      port: 80\n    - name: v2$0\n      weight: 10\n      port: 80\n", "  - backendRefs:\n    - weight: 75 # stable\n      name: v1\n      port: 80\n    - name: v2\n      weight: 25\n      port: 80\n", "3/4 v1, 1/4 v2" },
        { "Canary v2: 50 %", "  - backendRefs: [{name: v1, port: 80, weight: 9}, {name: v2, port: 80, weight: 1}]$0\n", "  - backendRefs: [{name: v1, port: 80, weight: 50}, {name: v2, port: 80, weight: 50}]\n", "1/2 v1, 1/2 v2" },
        { "Canary v1: 100 % (v2 at weight 0)", "  - backendRefs: [ {name: v1$0, port: 80}, {name: v2, port: 80} ]\n", "  - backendRefs: [ {name: v1, port: 80, weight: 100}, {name: v2, port: 80, weight: 0} ]\n", "1 v1, 0 v2" },
        { "Canary v2: 25 %", "  - backendRefs:\n      - name: v1\n        port: 80\n        weight: 0\n      - name: v2$0\n        port: 80\n        weight: 7\n", "  - backendRefs:\n      - name: v1\n        port: 80\n        weight: 75\n      - name: v2\n        port: 80\n        weight: 25\n", "3/4 v1, 1/4 v2" },
        // The others keep their proportion, here 2 to 1, exactly.
        { "Canary v3: 25 %", "  - backendRefs: [{name: v1, port: 80, weight: 2}, {name: v2, port: 80, weight: 1}, {name: v3$0, port: 80, weight: 2}]\n", "  - backendRefs: [{name: v1, port: 80, weight: 50}, {name: v2, port: 80, weight: 25}, {name: v3, port: 80, weight: 25}]\n", "1/2 v1, 1/4 v2, 1/4 v3" },
        { "Canary v3: 10 %", "  - backendRefs: [{name: v1, port: 80, weight: 4}, {name: v2, port: 80, weight: 3}, {name: v3$0, port: 80}]\n", "  - backendRefs: [{name: v1, port: 80, weight: 36}, {name: v2, port: 80, weight: 27}, {name: v3, port: 80, weight: 7}]\n", "18/35 v1, 27/70 v2, 1/10 v3" },
        { "Promote v2: remove v1", "  - backendRefs:\n    # the old one\n    - name: v1\n      port: 80\n      weight: 90\n    - name: v2$0 # the new one\n      port: 80\n      weight: 10\n", "  - backendRefs:\n    # the old one (removed: v1)\n    - name: v2 # the new one\n      port: 80\n", "1 v2" },
        { "Promote v2: remove the other 2 backends", "  - backendRefs: [{name: v1, port: 80}, {name: v2$0, port: 80, weight: 0}, {name: v3, port: 80}]\n", "  - backendRefs: [{name: v2, port: 80}]\n", "1 v2" },
        { "Roll back v2: weight 0", "  - backendRefs: [{name: v1, port: 80, weight: 90}, {name: v2$0, port: 80, weight: 10}]\n", "  - backendRefs: [{name: v1, port: 80, weight: 90}, {name: v2, port: 80, weight: 0}]\n", "1 v1, 0 v2" },
        { "Roll back v2: remove it", "  - backendRefs:\n    - name: v1\n      port: 80\n      weight: 90\n    - name: v2$0\n      port: 80\n      weight: 10\n    # the end\n", "  - backendRefs:\n    - name: v1\n      port: 80\n      weight: 90\n    # the end\n", "1 v1" },
        { "Blue-green switch: all requests to v2", "  - backendRefs:$0\n    - name: v1\n      port: 80\n    - name: v2\n      port: 80\n      weight: 0\n", "  - backendRefs:\n    - name: v1\n      port: 80\n      weight: 0\n    - name: v2\n      port: 80\n      weight: 1\n", "0 v1, 1 v2" },
        { "Split traffic: 10 % to a second backend v2", "  - backendRefs: # all\n      - port: 80\n        name: \"v1\"$0\n        namespace: default\n", "  - backendRefs: # all\n      - port: 80\n        weight: 90\n        name: \"v1\"\n        namespace: default\n      - port: 80\n        weight: 10\n        name: \"v2\"\n        namespace: default\n", "9/10 v1, 1/10 v2" },
        { "Split traffic", "  - {backendRefs: [{name: v1, port: 80}]}$0\n", "  - {backendRefs: [{name: v1, port: 80, weight: 90}, {name: v2, port: 80, weight: 10}]}\n", "9/10 v1, 1/10 v2" },
        { "Mirror requests to a shadow backend v1-shadow", "  - backendRefs: [{name: v1$0, port: 80}]\n", "  - backendRefs: [{name: v1, port: 80}]\n    filters:\n    - type: RequestMirror\n      requestMirror:\n        backendRef:\n          name: v1-shadow\n          port: 80\n", "1 v1 + 1 default/v1-shadow:80" },
        { "Mirror 10 % of the requests", "  - filters: [{type: ResponseHeaderModifier, responseHeaderModifier: {remove: [x]}}]\n    backendRefs:\n    - {name: v1$0, port: 80}\n", "  - filters: [{type: ResponseHeaderModifier, responseHeaderModifier: {remove: [x]}}, {type: RequestMirror, requestMirror: {backendRef: {name: v1-shadow, port: 80}, percent: 10}}]\n    backendRefs:\n    - {name: v1, port: 80}\n", "1 v1 + 1/10 default/v1-shadow:80" },
        { "Stop mirroring to v3", "  - name: all\n    filters:\n    - type: RequestMirror\n      requestMirror: {backendRef: {name: v2, port: 80}}\n    - type: RequestMirror\n      # shadow\n      requestMirror: {backendRef: {name: v3, port: 80}}$0\n    backendRefs: [{name: v1, port: 80}]\n", "  - name: all\n    filters:\n    - type: RequestMirror\n      requestMirror: {backendRef: {name: v2, port: 80}}\n    # shadow (removed: mirror to v3)\n    backendRefs: [{name: v1, port: 80}]\n", "1 v1 + 1 default/v2:80" },
        { "Add ServiceImport v1 (multicluster.x-k8s.io) as backend: weight 0", "  - backendRefs:\n    - name: v1$0\n      port: 80\n", "  - backendRefs:\n    - name: v1\n      port: 80\n    - group: multicluster.x-k8s.io\n      kind: ServiceImport\n      name: v1\n      port: 80\n      weight: 0\n", "1 v1, 0 v1" },
        { "Add ServiceImport v2 (multicluster.x-k8s.io) as backend: weight 0", "  - backendRefs: [{name: v1, port: 80, weight: 1}, {kind: Service, name: v2$0, port: 80}]\n", "  - backendRefs: [{name: v1, port: 80, weight: 1}, {kind: Service, name: v2, port: 80}, {group: multicluster.x-k8s.io, kind: ServiceImport, name: v2, port: 80, weight: 0}]\n", "1/2 v1, 1/2 v2, 0 v2" },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void RulesBecome(string title, string before, string after, string trace)
    {
        Refactored done = RefactoringCheck.After(Head + before + Platform, title);
        Assert.Equal(Head + after + Platform, done.Text);
        Assert.Empty(done.NewFindings);
        Assert.Equal("hello[0] " + trace, Trace(done.After, "GET a.com/"));
    }

    /// <summary>What is asked of the same route once more, after it is done.</summary>
    [Theory]
    [InlineData("Canary v2: 25 %", "[{name: v1, port: 80}, {name: v2$0, port: 80}]", "Canary v2: 25 %")]
    [InlineData("Promote v2", "[{name: v1, port: 80}, {name: v2$0, port: 80}]", "Promote v2")]
    [InlineData("Roll back v2: weight 0", "[{name: v1, port: 80}, {name: v2$0, port: 80}]", "Roll back v2: weight 0")]
    [InlineData("Canary by header", "[{name: v1, port: 80}, {name: v2$0, port: 80}]", "Canary by header")]
    [InlineData("Split traffic", "[{name: v1$0, port: 80}]", "Split traffic")]
    [InlineData("Add ServiceImport v1", "[{name: v1$0, port: 80}]", "Add ServiceImport v1")]
    public void WhatIsDoneIsNotOfferedAgain(string title, string backends, string gone)
    {
        string text = RefactoringCheck.Apply(Head + $"  - backendRefs: {backends}\n" + Platform, title);
        int at = text.IndexOf("backendRefs", StringComparison.Ordinal);
        Assert.DoesNotContain(RefactoringCheck.Titles(text.Insert(at, "$0")), offered => offered.StartsWith(gone, StringComparison.Ordinal));
    }

    [Fact]
    public void SwitchingTwiceIsSwitchingBack()
    {
        const string Rule = "  - backendRefs: [{name: v1, port: 80, weight: 100}, {name: v2, port: 80, weight: 0}]\n";
        string once = RefactoringCheck.Apply(Head + Rule.Insert(4, "$0"), "Blue-green switch");
        Assert.Equal(Head + Rule, RefactoringCheck.Apply(once.Insert(Head.Length + 4, "$0"), "Blue-green switch"));
    }

    [Theory]
    [InlineData("90 10", 1, 25, "75 25")]
    [InlineData("1 1", 0, 100, "100 0")]
    [InlineData("0 0", 1, 10, "90 10")]
    [InlineData("3 3 3 1", 3, 10, "30 30 30 10")]
    [InlineData("1 2 0", 2, 10, "30 60 10")]
    [InlineData("999983 999979 1", 2, 90, null)]
    public void WeightsAreExact(string weights, int target, int percent, string? expected)
    {
        int[]? shifted = Weights.Shift([.. weights.Split(' ').Select(int.Parse)], target, percent);
        Assert.Equal(expected, shifted is null ? null : string.Join(' ', shifted));
    }

    [Theory]
    [InlineData("cart-v1", "cart-v2")]
    [InlineData("cart-v9", "cart-v10")]
    [InlineData("cart-blue", "cart-green")]
    [InlineData("cart-stable", "cart-canary")]
    [InlineData("cart", "cart-canary")]
    [InlineData("v1", "v2")]
    [InlineData("cart1", "cart1-canary")]
    public void NextReleaseIsCalled(string name, string next) => Assert.Equal(next, ReleaseNames.Next(name));
}
