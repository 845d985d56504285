using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Kubernetes.Tests.Support;

namespace GatewayLsp.Kubernetes.Tests.Client;

/// <summary>What a server serves, by both ways of asking.</summary>
public sealed class DiscoveryTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Aggregated()
    {
        ServedKinds served = await AskAsync(request => request.Path switch
        {
            "/api" => new FakeAnswer(200, """{"kind":"APIGroupDiscoveryList","items":[{"metadata":{},"versions":[{"version":"v1","resources":[{"resource":"services","responseKind":{"kind":"Service"},"scope":"Namespaced","verbs":["get","list","watch"],"subresources":[{"subresource":"status","verbs":[]}]}]}]}]}"""),
            _ => new FakeAnswer(200, """
                {"kind":"APIGroupDiscoveryList","items":[
                {"metadata":{"name":"g.io"},"versions":[
                 {"version":"v2","resources":[{"resource":"things","responseKind":{"kind":"Thing"},"scope":"Cluster","verbs":["get"]}]},
                 {"version":"v1","resources":[{"resource":"things","responseKind":{"kind":"Thing"},"scope":"Cluster","verbs":["list"]},{"resource":"olds","responseKind":{"kind":"Old"},"scope":"Cluster","verbs":[]}]}]},
                {"metadata":{"name":"broken.io"},"versions":[{"version":"v1","freshness":"Stale"}]},{"metadata":7},5]}
                """),
        });
        ServedKind service = served.Find(new Gvk("", "v1", "Service"))!;
        Assert.Equal(("services", true, true, KindVerbs.Get | KindVerbs.List | KindVerbs.Watch), (service.Plural, service.IsNamespaced, service.HasStatus, service.Verbs));
        Assert.Equal("v2", served.Find("g.io", "Thing")!.Version);
        Assert.Equal("v1", served.Find("g.io", "Old")!.Version);
        Assert.Equal([Presence.Present, Presence.Absent, Presence.Unknown],
            [served.Knows("g.io", "Thing"), served.Knows("g.io", "Nothing"), served.Knows("broken.io", "Anything")]);
    }

    [Fact]
    public async Task Group_by_group_at_old_servers()
    {
        ServedKinds served = await AskAsync(request => request.Path switch
        {
            "/api" => new FakeAnswer(200, """{"kind":"APIVersions","versions":["v1"]}"""),
            "/apis" => new FakeAnswer(200, """{"kind":"APIGroupList","groups":[{"name":"g.io","versions":[{"version":"v1"},{"version":"v2"}],"preferredVersion":{"version":"v2"}},{"name":"broken.io","versions":[{"version":"v1"}]}]}"""),
            "/api/v1" => new FakeAnswer(200, """{"kind":"APIResourceList","resources":[{"name":"services","kind":"Service","namespaced":true,"verbs":["list"]},{"name":"services/status","kind":"Service","namespaced":true,"verbs":[]}]}"""),
            "/apis/g.io/v1" or "/apis/g.io/v2" => new FakeAnswer(200, """{"kind":"APIResourceList","resources":[{"name":"things","kind":"Thing","namespaced":false,"verbs":["list"]}]}"""),
            _ => FakeAnswer.Refusal(503, "ServiceUnavailable", "down"),
        });
        Assert.True(served.Find("", "Service")!.HasStatus);
        Assert.Equal("v2", served.Find("g.io", "Thing")!.Version);
        Assert.Equal(Presence.Unknown, served.Knows("broken.io", "Anything"));
    }

    private async Task<ServedKinds> AskAsync(Func<FakeRequest, FakeAnswer> answer)
    {
        using var server = new FakeApiServer(answer);
        Answered<ServedKinds> served = await _folder.Open(_folder.Write("config", Kubeconfigs.Token(server.Url))).Connect("test").Value!.DiscoverAsync(CancellationToken.None);
        Assert.Null(served.Error);
        return served.Value!;
    }
}
