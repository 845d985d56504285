using System.Globalization;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Sandbox.State;

namespace GatewayLsp.Sandbox.Tests;

/// <summary>What outlives a run: <c>up --snapshot FILE</c>.</summary>
public sealed class SnapshotTests : IDisposable
{
    private const string Routes = "/apis/gateway.networking.k8s.io/v1/namespaces/shop/httproutes";

    private readonly string _folder = Directory.CreateTempSubdirectory("gateway-sandbox-snapshot").FullName;

    private string Snapshot => Path.Combine(_folder, "kept", "sandbox.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task ObjectsComeBackAsTheyWere()
    {
        string route, version, address;
        using (SnapshotFile file = SnapshotFile.Open(Snapshot))
        await using (RunningSandbox first = await RunningSandbox.Start())
        {
            await first.Eks("POST", "/api/v1/namespaces", """{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop"}}""");
            await first.Eks("PATCH", Routes + "/r?fieldManager=me", """{"apiVersion":"gateway.networking.k8s.io/v1","kind":"HTTPRoute","metadata":{"name":"r"},"spec":{"hostnames":["a.example"]}}""", "application/apply-patch+yaml");
            await first.Eks("POST", "/apis/apps/v1/namespaces/shop/deployments", """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"spec":{"replicas":2,"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}""");
            await first.Eks("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", """
                {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"cats.example.com"},"spec":{"group":"example.com","scope":"Namespaced",
                "names":{"kind":"Cat","plural":"cats"},"versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}]}}
                """);
            await first.Eks("POST", "/apis/example.com/v1/namespaces/shop/cats", """{"apiVersion":"example.com/v1","kind":"Cat","metadata":{"name":"tom"},"lives":9}""");
            await first.Settle();
            route = (await first.Eks("GET", Routes + "/r")).Body!.ToJsonString();
            version = (await first.Eks("GET", Routes)).At("metadata", "resourceVersion")!.ToString();
            address = (await first.Eks("GET", "/apis/apps/v1/namespaces/shop/deployments/web")).At("metadata", "uid")!.ToString();
            file.Save([.. first.Sandbox.Clusters.Select(one => one.Cluster)]);
        }
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? UnixFileMode.UserRead | UnixFileMode.UserWrite : File.GetUnixFileMode(Snapshot));

        using SnapshotFile again = SnapshotFile.Open(Snapshot);
        await using RunningSandbox second = await RunningSandbox.Start(prepare: cluster => Assert.Equal(0, again.Restore(cluster)));
        await second.Settle();
        // Uid, version, owners of fields and status included.
        Assert.Equal(route, (await second.Eks("GET", Routes + "/r")).Body!.ToJsonString());
        Assert.Equal(9, (await second.Eks("GET", "/apis/example.com/v1/namespaces/shop/cats/tom")).At("lives")!.GetValue<int>());
        ApiAnswer web = await second.Eks("GET", "/apis/apps/v1/namespaces/shop/deployments/web");
        Assert.Equal((address, 2), (web.At("metadata", "uid")!.ToString(), web.At("status", "readyReplicas")!.GetValue<int>()));
        // Versions go on; what happened before is no longer known.
        Assert.True(long.Parse((await second.Eks("GET", Routes)).At("metadata", "resourceVersion")!.ToString(), CultureInfo.InvariantCulture) > long.Parse(version, CultureInfo.InvariantCulture));
        Assert.Equal(410, (await second.Eks("GET", Routes + "?watch=1&timeoutSeconds=1&resourceVersion=1")).Body is { } told && told["type"]!.ToString() == "ERROR" ? told["object"]!["code"]!.GetValue<int>() : 0);
        Assert.Equal(201, (await second.Eks("POST", Routes, """{"apiVersion":"gateway.networking.k8s.io/v1","kind":"HTTPRoute","metadata":{"name":"next"},"spec":{}}""")).Status);
    }

    [Fact]
    public async Task NothingIsWrittenWhenNothingChanged()
    {
        using SnapshotFile file = SnapshotFile.Open(Snapshot);
        await using RunningSandbox running = await RunningSandbox.Start();
        await running.Settle();
        file.Save([.. running.Sandbox.Clusters.Select(one => one.Cluster)]);
        File.Delete(Snapshot);
        file.Save([.. running.Sandbox.Clusters.Select(one => one.Cluster)]);
        Assert.False(File.Exists(Snapshot));
    }

    private static Task<ApiAnswer> Mesh(RunningSandbox running) => running.Eks("GET", "/apis/gateway.networking.x-k8s.io/v1alpha1/xmeshes/m");

    [Fact]
    public async Task KindsOfTheOtherChannelStayInTheFile()
    {
        using (SnapshotFile file = SnapshotFile.Open(Snapshot))
        await using (RunningSandbox first = await RunningSandbox.Start(Channel.Experimental))
        {
            Assert.Equal(201, (await first.Eks("POST", "/apis/gateway.networking.x-k8s.io/v1alpha1/xmeshes",
                """{"apiVersion":"gateway.networking.x-k8s.io/v1alpha1","kind":"XMesh","metadata":{"name":"m"},"spec":{"controllerName":"example.com/mesh"}}""")).Status);
            file.Save([.. first.Sandbox.Clusters.Select(one => one.Cluster)]);
        }
        using (SnapshotFile again = SnapshotFile.Open(Snapshot))
        {
            int unknown = 0;
            await using RunningSandbox second = await RunningSandbox.Start(prepare: cluster => unknown += again.Restore(cluster));
            Assert.Equal((1, 404), (unknown, (await Mesh(second)).Status));
            Assert.Equal(201, (await second.Eks("POST", "/api/v1/namespaces", """{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop"}}""")).Status);
            again.Save([.. second.Sandbox.Clusters.Select(one => one.Cluster)]);
        }
        using SnapshotFile last = SnapshotFile.Open(Snapshot);
        await using RunningSandbox third = await RunningSandbox.Start(Channel.Experimental, prepare: cluster => Assert.Equal(0, last.Restore(cluster)));
        Assert.Equal("example.com/mesh", (await Mesh(third)).At("spec", "controllerName")!.ToString());
        Assert.Equal(200, (await third.Eks("GET", "/api/v1/namespaces/shop")).Status);
    }

    [Fact]
    public async Task TheDeepestObjectThatIsTakenComesBack()
    {
        const string Events = "/api/v1/namespaces/default/events";
        string deep = string.Concat(Enumerable.Repeat("{\"a\":", 126)) + "1" + new string('}', 126);
        using (SnapshotFile file = SnapshotFile.Open(Snapshot))
        await using (RunningSandbox first = await RunningSandbox.Start())
        {
            ApiAnswer made = await first.Eks("POST", Events, $$$"""{"apiVersion":"v1","kind":"Event","metadata":{"name":"t"},"related":{{{deep}}}}""");
            Assert.True(made.Status == 201, made.Message);
            file.Save([.. first.Sandbox.Clusters.Select(one => one.Cluster)]);
        }
        using SnapshotFile again = SnapshotFile.Open(Snapshot);
        await using RunningSandbox second = await RunningSandbox.Start(prepare: cluster => Assert.Equal(0, again.Restore(cluster)));
        Assert.NotNull(second.Stored("sandbox-eks", "", "events", "default", "t"));
        Assert.Equal(200, (await second.Eks("GET", Events + "/t")).Status);
    }

    [Fact]
    public void OneSandboxAtATimeKeepsAFile()
    {
        using (SnapshotFile.Open(Snapshot))
        {
            Assert.Contains("is in use by another sandbox", Assert.Throws<IOException>(() => SnapshotFile.Open(Snapshot)).Message);
        }
        SnapshotFile.Open(Snapshot).Dispose();
        Assert.Contains("is a folder", Assert.Throws<FormatException>(() => SnapshotFile.Open(_folder)).Message);
    }

    /// <summary>Who waits for the file with it open must not hold one that the next one does not see.</summary>
    [Fact]
    public void TheLockOfAFileOutlivesItsHolder()
    {
        SnapshotFile first = SnapshotFile.Open(Snapshot);
        Assert.True(File.Exists(Snapshot + ".lock"));
        first.Dispose();
        Assert.True(File.Exists(Snapshot + ".lock"));
    }

    [Fact]
    public void ALockThatCantBeMadeIsNoOtherSandbox()
    {
        Directory.CreateDirectory(Snapshot + ".lock");
        Assert.StartsWith($"the snapshot {Snapshot} can't be written: ", Assert.Throws<IOException>(() => SnapshotFile.Open(Snapshot)).Message);
        Directory.Delete(Snapshot + ".lock");
        if (!OperatingSystem.IsWindows())
        {
            File.CreateSymbolicLink(Snapshot + ".lock", Snapshot + ".lock");
            Assert.StartsWith($"the snapshot {Snapshot} can't be written: ", Assert.Throws<IOException>(() => SnapshotFile.Open(Snapshot)).Message);
        }
    }

    [Fact]
    public void WhatIsNoSnapshotIsLeftAlone()
    {
        string file = Path.Combine(_folder, "notes.txt");
        File.WriteAllText(file, "important");
        Assert.Throws<FormatException>(() => SnapshotFile.Open(file));
        Assert.Equal("important", File.ReadAllText(file));
    }
}
