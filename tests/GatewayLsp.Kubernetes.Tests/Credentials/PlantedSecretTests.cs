using System.Text;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Kubernetes.Tests.Support;
using GatewayLsp.Kubernetes.Watching;

namespace GatewayLsp.Kubernetes.Tests.Credentials;

/// <summary>Secrets in every place where they can stand, faults of every kind, and not one of them in what comes out.</summary>
public sealed class PlantedSecretTests : IDisposable
{
    private static readonly string[] Planted = ["planted-token", "planted-password", "planted-env", "planted-key", "planted-proxy", "planted-data", "planted-exec"];

    private readonly TempFolder _folder = new();
    private readonly StringBuilder _out = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task None_comes_out()
    {
        // A server that says back what it was told, in every way a server speaks.
        using var server = new FakeApiServer(request => Echo(request, request.Path.Contains("code=", StringComparison.Ordinal) ? 500 : 403));
        using var unwell = new FakeApiServer(request => Echo(request, 500) with { Headers = [("Warning", $"299 - \"{request.Token}\"")] });
        _folder.Script("plugin", """printf '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"planted-exec"}}'""");
        _folder.Script("chatty", "echo \"AWS_SECRET_ACCESS_KEY is $AWS_SECRET_ACCESS_KEY, token: planted-token\" >&2; exit 1");
        string users = """
            token: planted-token
            username: me
            password: planted-password
            exec: {command: ./plugin, apiVersion: client.authentication.k8s.io/v1}
            exec: {command: ./chatty, apiVersion: client.authentication.k8s.io/v1, env: [{name: AWS_SECRET_ACCESS_KEY, value: planted-env}]}
            client-key-data: cGxhbnRlZC1rZXk=
            """;
        string[] clusters =
        [
            $"server: {server.Url}",
            $"server: {unwell.Url}",
            "server: https://127.0.0.1:1",
            "server: https://me:planted-password@c.example",
            $"server: {server.Url}\nproxy-url: http://me:planted-proxy@127.0.0.1:1",
        ];
        foreach (string cluster in clusters)
        {
            foreach (string user in users.Replace("username: me\npassword", "username: me|password", StringComparison.Ordinal).Split('\n'))
            {
                await UseAsync(Kubeconfigs.One(cluster, user.Replace('|', '\n')));
            }
        }
        await UseAsync("users:\n- planted-token\n- {name: planted-token\n");

        string text = _out.ToString();
        Assert.True(text.Length > 5000);
        Assert.All(Planted, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        Assert.Contains(Kubernetes.Credentials.Redactor.Hidden, text, StringComparison.Ordinal);
    }

    private static FakeAnswer Echo(FakeRequest request, int status) => FakeAnswer.Refusal(status, "Forbidden",
        $"you sent Authorization: {request.Token} and {request.Body} and {request.Token?.Split(' ')[^1]}",
        $$"""{"causes":[{"field":"{{request.Token?.Split(' ')[^1]}}","reason":"FieldManagerConflict","message":"conflict with \"{{request.Token?.Split(' ')[^1]}}\""}]}""");

    private async Task UseAsync(string kubeconfig)
    {
        using ClusterDirectory directory = _folder.Open(_folder.Write("config", kubeconfig));
        ClusterTargets targets = directory.Read();
        _out.AppendJoin('\n', targets.Targets).AppendJoin('\n', targets.Problems);
        if (directory.Connect("test") is not { IsOk: true } connected)
        {
            Note(directory.Connect("test").Error);
            return;
        }
        IClusterClient client = connected.Value;
        var route = new ServedKind(new Gvk("gateway.networking.k8s.io", "v1", "HTTPRoute"), "httproutes", true);
        var address = new ResourceAddress(route, "demo", "store");
        Note((await client.GetVersionAsync(default)).Error);
        Note((await client.DiscoverAsync(default)).Error);
        Note((await client.ListAsync(new ListRequest(route), default)).Error);
        Note((await client.GetAsync(address, default)).Error);
        Note((await client.ApplyAsync(address, "{}"u8.ToArray(), new WriteOptions(), default)).Error);
        Note((await client.DeleteAsync(address, new DeleteOptions(), default)).Error);
        await foreach (WatchEvent one in client.WatchAsync(new WatchRequest(route, "", "1"), default))
        {
            Note(one.Error);
        }
        var sink = new RecordingSink();
        await using (var watcher = new ClusterWatcher(client, sink))
        {
            watcher.Use([route.GroupKind]);
            await sink.WaitAsync(cluster => cluster.State == ConnectionState.Failed);
        }
        foreach (ObservedCluster one in sink.Published)
        {
            _out.Append(one).Append('\n');
            Note(one.Error);
        }
        _out.AppendJoin('\n', sink.Notices);
        Note(client);
    }

    /// <summary>Everything that a careless log line could print of a value.</summary>
    private void Note(object? value)
    {
        if (value is ClusterError error)
        {
            _out.Append(error.Message).Append('|').Append(error.Detail).Append('|').Append(error.Hint).Append('|').Append(error.DeniedBy).Append('|')
                .AppendJoin(',', error.Causes).Append('\n');
        }
        _out.Append(value).Append('\n');
    }
}
