using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Tests.Harness;

namespace GatewayLsp.Server.Tests.Dispatch;

/// <summary>What the server says when it fails: where, never on what. A Secret that was being read must not come into a log or a report.</summary>
public sealed class SecretsInFaultsTests
{
    private const string Uri = "file:///w/secret.yaml";

    private static readonly string[] Planted = ["cGxhbnRlZC11c2Vy", "planted-plain", "planted.jwt", "UExBTlRFRC1LRVk"];

    private const string Secret = """
        apiVersion: v1
        kind: Secret
        metadata: {name: shop}
        data:
          username: cGxhbnRlZC11c2Vy
          tls.key: UExBTlRFRC1LRVk=
        stringData:
          note: planted-plain
          auth: Bearer planted.jwt
        """;

    [Fact]
    public async Task A_fault_is_logged_with_its_places_and_without_what_it_was_about()
    {
        (Func<Session, IEnumerable<Method>> factory, _) = TestMethods.Create();
        await using ServerUnderTest server = ServerUnderTest.StartInMemory(factory);
        await server.InitializeAsync();
        server.Client.Open(Uri, Secret);
        LspErrorException error = await Assert.ThrowsAsync<LspErrorException>(() => server.Client.RequestAsync("test/failWithText", Documents.Id(Uri)));
        Assert.Contains("its log has the details", error.Text, StringComparison.Ordinal);
        Assert.Contains("System.FormatException", server.LogText, StringComparison.Ordinal);
        Assert.Contains("caused by System.IO.IOException", server.LogText, StringComparison.Ordinal);
        Assert.Contains("TestMethods", server.LogText, StringComparison.Ordinal);
        string sent = server.Client.Received;
        Assert.All(Planted, one => Assert.DoesNotContain(one, server.LogText, StringComparison.Ordinal));
        Assert.All(Planted, one => Assert.DoesNotContain(one, sent, StringComparison.Ordinal));
    }

    [Fact]
    public void The_last_word_of_a_process_has_no_messages_either()
    {
        Exception thrown = Assert.Throws<InvalidOperationException>(() => Throw(Secret));
        string text = ExceptionText.Of(new AggregateException(Secret, thrown, new IOException(Secret)));
        Assert.Contains("System.InvalidOperationException\n   at ", text, StringComparison.Ordinal);
        Assert.Contains(nameof(Throw), text, StringComparison.Ordinal);
        Assert.All(Planted, one => Assert.DoesNotContain(one, text, StringComparison.Ordinal));

        static void Throw(string message) => throw new InvalidOperationException(message, new FormatException(message));
    }
}
