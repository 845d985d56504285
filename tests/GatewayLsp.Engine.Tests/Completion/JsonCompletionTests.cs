using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Completion;

/// <summary>JSON stays JSON: keys and texts are put in with their quotes.</summary>
public sealed class JsonCompletionTests
{
    private const string Head = "{\"apiVersion\": \"gateway.networking.k8s.io/v1\", \"kind\": \"HTTPRoute\", \"metadata\": {\"name\": \"a\"}, ";

    [Theory]
    [InlineData("\"spec\": {\"$0\"}}", "parentRefs", "\"spec\": {\"parentRefs\": []}}")]
    [InlineData("\"spec\": {\"par$0\"}}", "parentRefs", "\"spec\": {\"parentRefs\": []}}")]
    [InlineData("\"spec\": {\"$0\": []}}", "hostnames", "\"spec\": {\"hostnames\": []}}")]
    [InlineData("\"spec\": {$0}}", "hostnames", "\"spec\": {\"hostnames\": []}}")]
    [InlineData("\"spec\": {\"parentRefs\": [{\"$0\"}]}}", "name", "\"spec\": {\"parentRefs\": [{\"name\": \"\"}]}}")]
    [InlineData("\"spec\": {\"parentRefs\": [$0]}}", "[{name}]", "\"spec\": {\"parentRefs\": [{\"name\": \"my-gateway\"}]}}")]
    [InlineData("\"spec\": {\"rules\": [{\"matches\": [{\"path\": {\"type\": $0}}]}]}}", "PathPrefix", "\"spec\": {\"rules\": [{\"matches\": [{\"path\": {\"type\": \"PathPrefix\"}}]}]}}")]
    [InlineData("\"spec\": {\"rules\": [{\"matches\": [{\"path\": {\"type\": \"$0\"}}]}]}}", "PathPrefix", "\"spec\": {\"rules\": [{\"matches\": [{\"path\": {\"type\": \"PathPrefix\"}}]}]}}")]
    public void Quotes_are_kept(string rest, string label, string expected)
    {
        CompletionCheck check = CompletionCheck.At(Head + rest);
        Assert.Equal(Head + expected, check.Accept(check.Labels.Contains(label) ? label : label.Trim('[', ']')));
    }

    [Fact]
    public void Quoted_neighbours_are_enough() => Assert.Equal(
        "kind: Service\napiVersion: v1\nmetadata: {\"name\": a, \"namespace\": \"\"}\n",
        CompletionCheck.At("kind: Service\napiVersion: v1\nmetadata: {\"name\": a, $0}\n").Accept("namespace"));

    [Fact]
    public void Plain_braces_stay_plain() => Assert.Equal(
        "kind: Service\napiVersion: v1\nmetadata: {name: a, namespace: }\n",
        CompletionCheck.At("kind: Service\napiVersion: v1\nmetadata: {name: a, $0}\n").Accept("namespace"));

    [Fact]
    public void Empty_quotes_are_said_to_be_empty() => Assert.Contains(
        DiagnosticCheck.Find(Head + "\"spec\": {\"\"}}"), found => found.Diagnostic.Message == "A key is missing in `spec`: the quotes are empty.");
}
