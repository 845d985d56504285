using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Applying;
using GatewayLsp.Engine.Cluster.Planning;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Testing.InMemory;

namespace GatewayLsp.Engine.Tests.Cluster;

/// <summary>An apply that defines a kind: for how long it waits until the server serves it, and what ends the wait.</summary>
public class DefinitionWaitTests
{
    [Theory]
    [InlineData(10, ApplyOutcome.RolledBack)]
    [InlineData(0, ApplyOutcome.Applied)]
    public async Task A_definition_is_waited_for_as_long_as_was_asked(int seconds, ApplyOutcome outcome)
    {
        var client = new InMemoryClient(kinds: [ServedKind.Namespace, ServedKind.CustomResourceDefinition]);
        ApplyPlan plan = await Plans.Of(
            """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: cats.example.com}
            spec:
              group: example.com
              scope: Namespaced
              names: {kind: Cat, plural: cats}
              versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
            """, client);
        var time = new HastyTime();
        DateTimeOffset start = time.GetUtcNow();
        ApplyResult result = await new ApplyRunner([client], new MemoryJournal(), time) { EstablishLimit = TimeSpan.FromSeconds(seconds) }.RunAsync(plan, "1", CancellationToken.None);
        Assert.Equal(outcome, result.Outcome);
        Assert.InRange((time.GetUtcNow() - start).TotalSeconds, 0, seconds);
        Assert.Equal(seconds > 0, result.Message.Contains("did not take the new kind in within 10 s", StringComparison.Ordinal));
    }

    private const string CatAndKind =
        """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: cats.example.com}
        spec:
          group: example.com
          scope: Namespaced
          names: {kind: Cat, plural: cats}
          versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
        ---
        apiVersion: example.com/v1
        kind: Cat
        metadata: {name: tom, namespace: default}
        """;

    private static readonly ServedKind Cats = new(new Gvk("example.com", "v1", "Cat"), "cats", true);

    [Fact]
    public async Task A_definition_that_objects_need_is_waited_for_in_any_case()
    {
        var client = new InMemoryClient(kinds: [ServedKind.Namespace, ServedKind.CustomResourceDefinition, Cats]);
        var time = new HastyTime();
        DateTimeOffset start = time.GetUtcNow();
        // Served only once the definition is established, which takes five seconds.
        client.Fault = call =>
        {
            bool isEstablished = time.GetUtcNow() - start > TimeSpan.FromSeconds(5);
            if (isEstablished && call is { Verb: "get", Kind: "CustomResourceDefinition" })
            {
                Establish(client);
            }
            return call is { Verb: "apply", Kind: "Cat" } && !isEstablished ? new ClusterError(ClusterErrorKind.KindNotServed, "not served") : null;
        };
        ApplyPlan plan = await Plans.Of(CatAndKind, client);
        Assert.False(plan.IsRefused);
        ApplyResult result = await new ApplyRunner([client], new MemoryJournal(), time) { EstablishLimit = TimeSpan.Zero }.RunAsync(plan, "1", CancellationToken.None);
        Assert.Equal((ApplyOutcome.Applied, ""), (result.Outcome, result.Message));
        Assert.Equal(1, client.Calls.Count(call => call is { Verb: "apply", Kind: "Cat" }));
    }

    [Fact]
    public async Task Who_cancels_while_a_definition_is_waited_for_waits_no_longer()
    {
        var client = new InMemoryClient(kinds: [ServedKind.Namespace, ServedKind.CustomResourceDefinition, Cats]);
        string before = client.Dump();
        ApplyPlan plan = await Plans.Of(CatAndKind, client);
        using var cancel = new CancellationTokenSource();
        bool isWritten = false;
        client.Fault = call =>
        {
            isWritten |= call is { Verb: "apply", Kind: "CustomResourceDefinition" };
            if (isWritten && call is { Verb: "get", Kind: "CustomResourceDefinition" })
            {
                cancel.Cancel();
            }
            return null;
        };
        var time = new HastyTime();
        DateTimeOffset start = time.GetUtcNow();
        ApplyResult result = await new ApplyRunner([client], new MemoryJournal(), time).RunAsync(plan, "1", cancel.Token);
        Assert.Equal((ApplyOutcome.RolledBack, "Cancelled."), (result.Outcome, result.Message));
        Assert.True(time.GetUtcNow() - start < TimeSpan.FromSeconds(1), $"{time.GetUtcNow() - start}");
        Assert.Equal(before, client.Dump());
    }

    private static void Establish(InMemoryClient client)
    {
        var address = new ResourceAddress(ServedKind.CustomResourceDefinition, "", "cats.example.com");
        if (client.Find(address) is { } found && !System.Text.Encoding.UTF8.GetString(found.Json.Span).Contains("Established", StringComparison.Ordinal))
        {
            client.SetStatus(address, """{"conditions":[{"type":"Established","status":"True"}]}""");
        }
    }
}
