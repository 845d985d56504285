using System.Globalization;
using System.Text.Json.Nodes;
using GatewayLsp.Sandbox.Objects;

namespace GatewayLsp.Sandbox.Tests;

/// <summary>What goes with an owner, a namespace or a definition.</summary>
public sealed class DeletionTests : IAsyncLifetime
{
    private const string Deployments = "/apis/apps/v1/namespaces/shop/deployments";
    private const string Pods = "/api/v1/namespaces/shop/pods";
    private const string Maps = "/api/v1/namespaces/shop/configmaps";
    private const string Definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    private const string Web = """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"spec":{"replicas":2,"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}""";

    private RunningSandbox _running = null!;

    public async Task InitializeAsync()
    {
        _running = await RunningSandbox.Start();
        await Fine("POST", "/api/v1/namespaces", """{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop"}}""");
    }

    public async Task DisposeAsync() => await _running.DisposeAsync();

    private async Task<ApiAnswer> Fine(string method, string path, string? body = null, string type = "application/json")
    {
        ApiAnswer answer = await _running.Eks(method, path, body, type);
        Assert.True(answer.Status is 200 or 201, $"{method} {path}: {answer.Message}");
        return answer;
    }

    private async Task<string[]> Names(string path) => [.. (await Fine("GET", path)).At("items").Items().Select(one => one.At("metadata", "name").Text()!)];

    private static string Map(string name, string metadata) => $$$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{{{name}}}}"{{{{metadata}}}}}}""";

    private static string OwnedBy(params string[] uids) =>
        $",\"ownerReferences\":[{string.Join(',', uids.Select(uid => $$"""{"apiVersion":"v1","kind":"ConfigMap","name":"x","uid":"{{uid}}"}"""))}]";

    [Fact]
    public async Task PodsGoWithTheirDeploymentAndStopServing()
    {
        await Fine("POST", Deployments, Web);
        await _running.Settle();
        Assert.Equal(2, (await Names(Pods)).Length);
        Assert.Equal(2, _running.Sandbox.Of("sandbox-eks").Workloads.Running.Length);
        await Fine("DELETE", Deployments + "/web");
        Assert.Empty(await Names(Pods));
        await _running.Settle();
        Assert.Empty(_running.Sandbox.Of("sandbox-eks").Workloads.Running);
        Assert.Empty(await Names(Pods));
    }

    [Fact]
    public async Task PodsStayWhenTheyAreToBeLeft()
    {
        await Fine("POST", Deployments, Web);
        await _running.Settle();
        await Fine("DELETE", Deployments + "/web", """{"propagationPolicy":"Orphan"}""");
        await _running.Settle();
        Assert.Equal(2, (await Names(Pods)).Length);
        Assert.Null((await Fine("GET", Pods)).At("items")![0].At("metadata", "ownerReferences"));
    }

    [Fact]
    public async Task WhatHasAnotherOwnerStays()
    {
        string first = (await Fine("POST", Maps, Map("first", ""))).At("metadata", "uid").Text()!;
        string second = (await Fine("POST", Maps, Map("second", ""))).At("metadata", "uid").Text()!;
        await Fine("POST", Maps, Map("shared", OwnedBy(first, second)));
        string last = first;
        for (int i = 0; i < 100; i++)
        {
            last = (await Fine("POST", Maps, Map(string.Create(CultureInfo.InvariantCulture, $"chain-{i}"), OwnedBy(last)))).At("metadata", "uid").Text()!;
        }
        await Fine("DELETE", Maps + "/first");
        Assert.Equal(["second", "shared"], await Names(Maps));
        await Fine("DELETE", Maps + "/second");
        Assert.Empty(await Names(Maps));
    }

    /// <summary>What is deleted together may own one another, and what is left knows of no owner that is gone.</summary>
    [Fact]
    public async Task ACollectionGoesWithAllThatItOwns()
    {
        string last = "";
        for (int i = 0; i < 50; i++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"m-{i}");
            string uid = (await Fine("POST", Maps, Map(name, ",\"labels\":{\"a\":\"b\"}" + (last.Length > 0 ? OwnedBy(last) : "")))).At("metadata", "uid").Text()!;
            await Fine("POST", "/api/v1/namespaces/shop/secrets", Map("of-" + name, OwnedBy(uid)).Replace("ConfigMap", "Secret", StringComparison.Ordinal));
            last = uid;
        }
        await Fine("POST", Maps, Map("kept", ""));
        await Fine("DELETE", Maps + "?labelSelector=a%3Db");
        Assert.Equal(["kept"], await Names(Maps));
        Assert.Empty(await Names("/api/v1/namespaces/shop/secrets"));
    }

    /// <summary>Owners change: who no longer names one stays when it goes.</summary>
    [Fact]
    public async Task OnlyPresentOwnersCount()
    {
        string first = (await Fine("POST", Maps, Map("first", ""))).At("metadata", "uid").Text()!;
        string second = (await Fine("POST", Maps, Map("second", ""))).At("metadata", "uid").Text()!;
        await Fine("POST", Maps, Map("moved", OwnedBy(first)));
        await Fine("PATCH", Maps + "/moved", $"{{\"metadata\":{{{OwnedBy(second)[1..]}}}}}", "application/merge-patch+json");
        await Fine("DELETE", Maps + "/first");
        Assert.Equal(["moved", "second"], await Names(Maps));
        await Fine("DELETE", Maps + "/second");
        Assert.Empty(await Names(Maps));
    }

    [Fact]
    public async Task WhoseOwnerNeverWasStays()
    {
        await Fine("POST", Pods, """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"lone","ownerReferences":[{"apiVersion":"apps/v1","kind":"Deployment","name":"nobody","uid":"0"}]},"spec":{"containers":[{"name":"c","image":"i"}]}}""");
        await _running.Settle();
        Assert.Equal(["lone"], await Names(Pods));
        Assert.Equal("Running", (await Fine("GET", Pods + "/lone")).At("status", "phase").Text());
    }

    [Fact]
    public async Task ANamespaceIsEmptiedAndWaitsForFinalizers()
    {
        await Fine("POST", Deployments, Web);
        await Fine("POST", Maps, Map("held", ",\"finalizers\":[\"example.com/keep\"]"));
        await _running.Settle();
        await Fine("DELETE", "/api/v1/namespaces/shop");
        Assert.Equal("Terminating", (await Fine("GET", "/api/v1/namespaces/shop")).At("status", "phase").Text());
        Assert.Empty(await Names(Pods));
        Assert.Equal(["held"], await Names(Maps));
        ApiAnswer late = await _running.Eks("POST", Maps, Map("late", ""));
        Assert.Equal((403, "Forbidden"), (late.Status, late.Reason));
        Assert.Contains("because it is being terminated", late.Message);
        await Fine("PATCH", Maps + "/held", """{"metadata":{"finalizers":null}}""", "application/merge-patch+json");
        Assert.Equal(404, (await _running.Eks("GET", "/api/v1/namespaces/shop")).Status);
        await _running.Settle();
        Assert.Empty(_running.Sandbox.Of("sandbox-eks").Workloads.Running);
    }

    private static string Definition(string plural, string kind, string metadata = "") => $$$$"""
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"{{{{plural}}}}.example.com"{{{{metadata}}}}},"spec":{"group":"example.com","scope":"Namespaced",
        "names":{"kind":"{{{{kind}}}}","plural":"{{{{plural}}}}"},"versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}]}}
        """;

    private static string Conditions(ApiAnswer definition) =>
        string.Join(", ", definition.At("status", "conditions").Items().Select(one => $"{one.At("type").Text()} {one.At("status").Text()} {one.At("reason").Text()}"));

    [Fact]
    public async Task ADefinitionSaysWhetherItsKindIsServed()
    {
        await Fine("POST", Definitions, Definition("cats", "Cat"));
        ApiAnswer cats = await Fine("GET", Definitions + "/cats.example.com");
        Assert.Equal("NamesAccepted True NoConflicts, Established True InitialNamesAccepted", Conditions(cats));
        Assert.Equal("""{"kind":"Cat","listKind":"CatList","plural":"cats","singular":"cat"} ["v1"]""", $"{cats.At("status", "acceptedNames")!.ToJsonString()} {cats.At("status", "storedVersions")!.ToJsonString()}");
        // Its own status is no unknown field of a patch.
        ApiAnswer labelled = await Fine("PATCH", Definitions + "/cats.example.com?fieldValidation=Strict", """{"metadata":{"labels":{"a":"b"}}}""", "application/merge-patch+json");
        Assert.Equal(Conditions(cats), Conditions(labelled));

        await Fine("POST", Definitions, Definition("tigers", "Cat"));
        ApiAnswer tigers = await Fine("GET", Definitions + "/tigers.example.com");
        Assert.Equal("NamesAccepted False KindConflict, Established False NotAccepted", Conditions(tigers));
        Assert.Equal(404, (await _running.Eks("GET", "/apis/example.com/v1/namespaces/shop/tigers")).Status);
        Assert.Equal(200, (await _running.Eks("GET", "/apis/example.com/v1/namespaces/shop/cats")).Status);

        // The names are free again: of those that want them one gets them.
        await Fine("POST", Definitions, Definition("lions", "Cat"));
        await Fine("DELETE", Definitions + "/cats.example.com");
        ApiAnswer lions = await Fine("GET", Definitions + "/lions.example.com");
        Assert.Equal("NamesAccepted True NoConflicts, Established True InitialNamesAccepted", Conditions(lions));
        Assert.Equal("Cat", lions.At("status", "acceptedNames", "kind").Text());
        await Fine("POST", "/apis/example.com/v1/namespaces/shop/lions", """{"apiVersion":"example.com/v1","kind":"Cat","metadata":{"name":"leo"}}""");
        tigers = await Fine("GET", Definitions + "/tigers.example.com");
        Assert.Equal("NamesAccepted False KindConflict, Established False NotAccepted", Conditions(tigers));
        Assert.Equal("kind Cat is taken by lions.example.com.", tigers.At("status", "conditions")![0].At("message").Text());
        Assert.Equal(404, (await _running.Eks("GET", "/apis/example.com/v1/namespaces/shop/cats")).Status);
    }

    [Fact]
    public async Task TheLastFinalizerOfADefinitionEndsItsKind()
    {
        await Fine("POST", Definitions, Definition("dogs", "Dog", ",\"finalizers\":[\"example.com/keep\"]"));
        await Fine("POST", "/apis/example.com/v1/namespaces/shop/dogs", """{"apiVersion":"example.com/v1","kind":"Dog","metadata":{"name":"rex"}}""");
        await Fine("DELETE", Definitions + "/dogs.example.com");
        Assert.Equal(["rex"], await Names("/apis/example.com/v1/namespaces/shop/dogs"));
        await Fine("PATCH", Definitions + "/dogs.example.com", """{"metadata":{"finalizers":null}}""", "application/merge-patch+json");
        Assert.Equal(404, (await _running.Eks("GET", "/apis/example.com/v1/namespaces/shop/dogs")).Status);
        Assert.Equal(404, (await _running.Eks("GET", "/apis/example.com/v1")).Status);
    }
}
