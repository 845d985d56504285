using System.Text.Json.Nodes;
using GatewayLsp.Server.Tests.Harness;
using GatewayLsp.Testing.Sandboxes;

namespace GatewayLsp.Server.Tests.Handlers;

/// <summary>Plan, apply, history, rollback and test requests over LSP, against the clusters of the sandbox.</summary>
public sealed class DeployTests : SandboxTests
{
    private const string Shop = """
        apiVersion: v1
        kind: Service
        metadata: {name: shop, namespace: default}
        spec:
          selector: {app: shop}
          ports: [{port: 80}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: edge, namespace: default}
        spec:
          gatewayClassName: sandbox
          listeners:
          - {name: web, port: 80, protocol: HTTP}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: shop, namespace: default}
        spec:
          parentRefs: [{name: edge}]
          hostnames: [shop.example.com]
          rules:
          - backendRefs: [{name: shop, port: 80, weight: 1}]
        """;

    private Task<ServerUnderTest> Start(bool isProtected = false) => StartAsync(
        Shop,
        new JsonObject { ["commands"] = new JsonArray("gatewayLsp.apply", "gatewayLsp.diff", "gatewayLsp.rollback", "gatewayLsp.sendRequest") },
        Capabilities.With("workspace", "configuration", true),
        new JsonObject
        {
            ["kubeconfig"] = Sandbox.Kubeconfig,
            ["clusters"] = new JsonArray(new JsonObject { ["name"] = "east", ["context"] = SandboxClusters.Eks, ["label"] = "east", ["protected"] = isProtected }),
        });

    /// <summary>The settings, and with them the kubeconfig, come a moment after <c>initialized</c>.</summary>
    private static async Task<JsonNode?> Connect(ServerUnderTest server, string context = SandboxClusters.Eks)
    {
        var deadline = DateTime.UtcNow.AddSeconds(10);
        while (DateTime.UtcNow < deadline)
        {
            JsonNode known = (await server.Client.RequestAsync("gatewayLsp/contexts", new JsonObject()))!;
            if (known["contexts"]!.AsArray().Any(one => one!["name"]!.GetValue<string>() == context))
            {
                break;
            }
            await Task.Delay(20);
        }
        return await server.Client.RequestAsync("gatewayLsp/connect", new JsonObject { ["context"] = context });
    }

    [Fact]
    public async Task A_plan_is_shown_applied_told_and_taken_back()
    {
        await using ServerUnderTest server = await Start();
        await Connect(server);
        JsonNode plan = await Plan(server, SandboxClusters.Eks);
        JsonNode target = plan["targets"]![0]!;
        Assert.Equal("east", target["label"]!.GetValue<string>());
        Assert.Equal(["create", "create", "create"], target["objects"]!.AsArray().Select(one => one!["action"]!.GetValue<string>()));
        Assert.Equal(Uri, target["objects"]![0]!["location"]!["uri"]!.GetValue<string>());

        JsonNode result = await Apply(server, plan, new JsonObject { ["workDoneToken"] = "tok" });
        JsonNode applied = result["targets"]![0]!;
        Assert.True(applied["outcome"]!.GetValue<string>() == "applied", applied.ToJsonString());
        Assert.NotEmpty(applied["addresses"]!.AsArray());
        Assert.DoesNotContain(applied["conditions"]!.AsArray(), one => one!["bad"]!.GetValue<bool>());
        Assert.Equal("begin", (await server.Client.NextAsync("$/progress"))!["value"]!["kind"]!.GetValue<string>());
        Assert.Equal("writing", (await server.Client.NextAsync("gatewayLsp/didApplyObject"))!["outcome"]!.GetValue<string>());

        LspErrorException again = await Assert.ThrowsAsync<LspErrorException>(() => Apply(server, plan));
        Assert.Equal(-32803, again.Code);

        JsonNode sent = (await server.Client.RequestAsync("gatewayLsp/sendRequest", new JsonObject
        {
            ["context"] = SandboxClusters.Eks, ["uri"] = Uri, ["position"] = new JsonObject { ["line"] = 18, ["character"] = 0 }, ["count"] = 4,
        }))!;
        // No pod stands behind the Service.
        Assert.Equal(4, sent["statuses"]!["503"]!.GetValue<int>());
        Assert.False(sent["asExpected"]!.GetValue<bool>());

        JsonNode history = (await server.Client.RequestAsync("gatewayLsp/history", new JsonObject { ["context"] = SandboxClusters.Eks }))!;
        JsonNode last = history["applies"]![0]!;
        Assert.Equal(("applied", true), (last["outcome"]!.GetValue<string>(), last["undoable"]!.GetValue<bool>()));
        Assert.Contains("name: edge", string.Concat(last["objects"]!.AsArray().Select(one => one!["after"]!.GetValue<string>())), StringComparison.Ordinal);
        Assert.Null(history["unfinished"]);

        JsonNode back = (await server.Client.RequestAsync("gatewayLsp/rollback/plan", new JsonObject { ["context"] = SandboxClusters.Eks }))!;
        Assert.Equal(["delete", "delete", "delete"], back["targets"]![0]!["objects"]!.AsArray().Select(one => one!["action"]!.GetValue<string>()));
        JsonNode undone = await Apply(server, back);
        Assert.Equal("rolledBack", undone["targets"]![0]!["outcome"]!.GetValue<string>());
        history = (await server.Client.RequestAsync("gatewayLsp/history", new JsonObject { ["context"] = SandboxClusters.Eks }))!;
        Assert.False(history["applies"]![0]!["undoable"]!.GetValue<bool>());
        Assert.Equal("create", (await Plan(server, SandboxClusters.Eks))["targets"]![0]!["objects"]![0]!["action"]!.GetValue<string>());
    }

    /// <summary>A plan of half a folder would look like one of all of it. The object is in the last of many files.</summary>
    [Fact]
    public async Task A_plan_of_a_folder_that_is_still_being_read_waits_for_all_of_it()
    {
        using var folder = new TempFolder();
        for (var i = 0; i < 250; i++)
        {
            folder.Write($"a/{i:D4}.yaml", string.Concat(Enumerable.Range(0, 30).Select(n => $"apiVersion: v1\nkind: Namespace\nmetadata:\n  name: n{i}-{n}\n---\n")));
        }
        folder.Write("zz/last.yaml", Shop);
        string state = Path.Combine(folder.Path, "state");
        await using ServerUnderTest server = ServerUnderTest.StartInMemory(variable: name => name == "XDG_STATE_HOME" ? state : null);
        await server.InitializeAsync(root: folder.Uri, options: new JsonObject { ["trusted"] = true, ["gatewayLsp"] = new JsonObject { ["kubeconfig"] = Sandbox.Kubeconfig } });
        await server.Client.RequestAsync("gatewayLsp/connect", new JsonObject { ["context"] = SandboxClusters.Eks });
        JsonNode plan = (await server.Client.RequestAsync("gatewayLsp/plan", new JsonObject
        {
            ["contexts"] = new JsonArray(SandboxClusters.Eks), ["scope"] = new JsonObject { ["kind"] = "folder", ["uri"] = folder.UriOf("zz") },
        }))!;
        Assert.Equal(["create", "create", "create"], plan["targets"]![0]!["objects"]!.AsArray().Select(one => one!["action"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Nothing_is_written_without_a_word_nor_after_a_change()
    {
        await using ServerUnderTest server = await Start(isProtected: true);
        LspErrorException unconnected = await Assert.ThrowsAsync<LspErrorException>(() => Plan(server, SandboxClusters.Eks));
        Assert.Contains("not connected", unconnected.Text, StringComparison.Ordinal);
        await Connect(server);
        JsonNode plan = await Plan(server, SandboxClusters.Eks);
        Assert.True(plan["targets"]![0]!["protected"]!.GetValue<bool>());
        LspErrorException silent = await Assert.ThrowsAsync<LspErrorException>(() =>
            server.Client.RequestAsync("gatewayLsp/apply", new JsonObject { ["plan"] = plan["plan"]!.DeepClone() }));
        Assert.Contains("confirmed", silent.Text, StringComparison.Ordinal);
        LspErrorException untyped = await Assert.ThrowsAsync<LspErrorException>(() => Apply(server, plan));
        Assert.Contains("has to be typed", untyped.Text, StringComparison.Ordinal);

        server.Client.Notify("textDocument/didChange", new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = Uri, ["version"] = 2 },
            ["contentChanges"] = new JsonArray(new JsonObject { ["text"] = Shop.Replace("port: 80, protocol", "port: 8080, protocol", StringComparison.Ordinal) }),
        });
        var typed = new JsonObject { ["typed"] = new JsonObject { [SandboxClusters.Eks] = SandboxClusters.Eks } };
        LspErrorException changed = await Assert.ThrowsAsync<LspErrorException>(() => Apply(server, plan, typed));
        Assert.Equal((-32803, true), (changed.Code, changed.Text.Contains("changed since", StringComparison.Ordinal)));
        Assert.Empty((await server.Client.RequestAsync("gatewayLsp/history", new JsonObject { ["context"] = SandboxClusters.Eks }))!["applies"]!.AsArray());
    }

    [Fact]
    public async Task Problems_stand_at_their_fields_and_actions_lead_to_connected_clusters()
    {
        await using ServerUnderTest server = await Start();
        await Connect(server);
        server.Client.Notify("textDocument/didChange", new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = Uri, ["version"] = 2 },
            ["contentChanges"] = new JsonArray(new JsonObject { ["text"] = Shop.Replace("weight: 1", "weight: -1", StringComparison.Ordinal) }),
        });
        JsonNode target = (await Plan(server, SandboxClusters.Eks))["targets"]![0]!;
        Assert.NotNull(target["refused"]);
        JsonNode route = target["objects"]!.AsArray().Single(one => one!["kind"]!.GetValue<string>() == "HTTPRoute")!;
        Assert.Equal("refused", route["action"]!.GetValue<string>());
        JsonNode problem = route["problems"]![0]!;
        Assert.Equal("spec.rules[0].backendRefs[0].weight", problem["field"]!.GetValue<string>());
        Assert.Equal(22, problem["location"]!["range"]!["start"]!["line"]!.GetValue<int>());

        Task<JsonNode?> Actions(int trigger) => server.Client.RequestAsync("textDocument/codeAction", new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = Uri },
            ["range"] = new JsonObject { ["start"] = new JsonObject { ["line"] = 9, ["character"] = 0 }, ["end"] = new JsonObject { ["line"] = 9, ["character"] = 0 } },
            ["context"] = new JsonObject { ["diagnostics"] = new JsonArray(), ["triggerKind"] = trigger },
        });
        string[] titles = [.. (await Actions(1))!.AsArray().Select(one => one!["title"]!.GetValue<string>())];
        Assert.Contains("Apply to east", titles);
        Assert.Contains("Show diff against east", titles);
        Assert.DoesNotContain("Apply to all targets", titles);
        Assert.DoesNotContain((await Actions(2))!.AsArray(), one => one!["title"]!.GetValue<string>().StartsWith("Apply", StringComparison.Ordinal));
        await Connect(server, SandboxClusters.Gke);
        JsonNode all = (await Actions(1))!.AsArray().Single(one => one!["title"]!.GetValue<string>() == "Apply to all targets")!;
        Assert.Equal("gatewayLsp.apply", all["command"]!["command"]!.GetValue<string>());
        Assert.Equal(2, all["command"]!["arguments"]![0]!["contexts"]!.AsArray().Count);
        Assert.Equal("object", all["command"]!["arguments"]![0]!["scope"]!["kind"]!.GetValue<string>());

        JsonNode lenses = (await server.Client.RequestAsync("textDocument/codeLens", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = Uri } }))!;
        Assert.Contains(lenses.AsArray(), one => one!["command"]?["title"]?.GetValue<string>() == "Send a test request");
    }

    /// <summary>East is the EKS, west the GKE. What is for the one is not written to the other, whether it was ever saved or is yet to be built.</summary>
    [Theory]
    [InlineData("untitled:Untitled-1", "file", "# gateway-lsp: cluster=east\n{shop}")]
    [InlineData("file:///shop/shop.yaml", "file", "# gateway-lsp: cluster=east\n{shop}")]
    [InlineData("file:///shop/kustomization.yaml", "kustomize", "resources: [shop.yaml]\ncommonAnnotations: {gateway-lsp.dev/cluster: east}\n")]
    public async Task What_is_for_another_cluster_is_refused_before_anything_is_asked_of_it(string uri, string kind, string text)
    {
        await using ServerUnderTest server = await StartAsync(
            Shop,
            new JsonObject(),
            Capabilities.With("workspace", "configuration", true),
            new JsonObject
            {
                ["kubeconfig"] = Sandbox.Kubeconfig,
                ["clusters"] = new JsonArray(
                    new JsonObject { ["name"] = "east", ["context"] = SandboxClusters.Eks, ["label"] = "Shop east" },
                    new JsonObject { ["name"] = "west", ["context"] = SandboxClusters.Gke, ["label"] = "Shop west" }),
            });
        await Connect(server);
        await Connect(server, SandboxClusters.Gke);
        text = text.Replace("{shop}", Shop, StringComparison.Ordinal);
        if (uri == Uri)
        {
            server.Client.Notify("textDocument/didChange", new JsonObject
            {
                ["textDocument"] = new JsonObject { ["uri"] = Uri, ["version"] = 2 },
                ["contentChanges"] = new JsonArray(new JsonObject { ["text"] = text }),
            });
        }
        else
        {
            server.Client.Open(uri, text);
        }
        JsonNode plan = (await server.Client.RequestAsync("gatewayLsp/plan", new JsonObject
        {
            ["contexts"] = new JsonArray(SandboxClusters.Eks, SandboxClusters.Gke), ["scope"] = new JsonObject { ["kind"] = kind, ["uri"] = uri },
        }))!;
        JsonNode[] targets = [.. plan["targets"]!.AsArray().Select(one => one!)];
        JsonNode east = targets.Single(one => (string?)one["context"] == SandboxClusters.Eks);
        Assert.Equal((null, 3), ((string?)east["refused"], east["objects"]!.AsArray().Count));
        JsonNode west = targets.Single(one => (string?)one["context"] == SandboxClusters.Gke);
        Assert.Equal("These files are for another cluster than Shop west, as the settings or a mark in them say.", (string?)west["refused"]);
        Assert.Empty(west["objects"]!.AsArray());

        // Not even for who confirms it.
        JsonNode applied = await Apply(server, plan, new JsonObject { ["contexts"] = new JsonArray(SandboxClusters.Gke) });
        Assert.Equal("refused", (string?)applied["targets"]![0]!["outcome"]);
        JsonNode history = (await server.Client.RequestAsync("gatewayLsp/history", new JsonObject { ["context"] = SandboxClusters.Gke }))!;
        Assert.Empty(history["applies"]!.AsArray());
    }

    [Fact]
    public async Task What_a_kustomization_makes_is_planned_and_its_problems_stand_where_they_are_written()
    {
        const string Overlay = "file:///shop/kustomization.yaml";
        await using ServerUnderTest server = await Start();
        await Connect(server);
        server.Client.Open(Overlay, "resources: [shop.yaml]\nnamePrefix: asia-\npatches:\n- patch: |-\n    - op: replace\n      path: /spec/rules/0/backendRefs/0/weight\n      value: -7\n  target: {kind: HTTPRoute}\n");

        JsonNode lenses = (await server.Client.RequestAsync("textDocument/codeLens", Documents.Id(Overlay)))!;
        JsonNode lens = lenses.AsArray().Single(one => one!["command"]?["title"]?.GetValue<string>() == "Apply to east")!;
        JsonNode argument = lens["command"]!["arguments"]![0]!;
        Assert.Equal(("gatewayLsp.apply", "kustomize", SandboxClusters.Eks), (lens["command"]!["command"]!.GetValue<string>(), argument["scope"]!["kind"]!.GetValue<string>(), argument["contexts"]![0]!.GetValue<string>()));
        JsonNode actions = (await server.Client.RequestAsync("textDocument/codeAction", new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = Overlay },
            ["range"] = Documents.Range(0, 0, 0, 0),
            ["context"] = new JsonObject { ["diagnostics"] = new JsonArray(), ["triggerKind"] = 1 },
        }))!;
        JsonNode action = actions.AsArray().Single(one => one!["title"]!.GetValue<string>() == "Show diff against east")!;
        Assert.Equal("kustomize", action["command"]!["arguments"]![0]!["scope"]!["kind"]!.GetValue<string>());

        async Task<JsonNode> Planned() => (await server.Client.RequestAsync("gatewayLsp/plan", new JsonObject
        {
            ["contexts"] = new JsonArray(SandboxClusters.Eks), ["scope"] = argument["scope"]!.DeepClone(),
        }))!["targets"]![0]!;
        JsonNode target = await Planned();
        JsonNode route = target["objects"]!.AsArray().Single(one => one!["kind"]!.GetValue<string>() == "HTTPRoute")!;
        Assert.Equal(("asia-shop", "refused"), (route["name"]!.GetValue<string>(), route["action"]!.GetValue<string>()));
        JsonNode place = route["problems"]!.AsArray().Single(one => one!["field"]?.GetValue<string>() == "spec.rules[0].backendRefs[0].weight")!["location"]!;
        Assert.Equal((Overlay, 6), (place["uri"]!.GetValue<string>(), place["range"]!["start"]!["line"]!.GetValue<int>()));

        server.Client.Edit(Overlay, 2, Documents.Range(6, 13, 6, 15), "7");
        target = await Planned();
        Assert.Null(target["refused"]);
        Assert.Equal(["asia-edge", "asia-shop", "asia-shop"], target["objects"]!.AsArray().Select(one => one!["name"]!.GetValue<string>()).Order(StringComparer.Ordinal));
        Assert.Contains("weight: 7", target["objects"]!.AsArray().Single(one => one!["kind"]!.GetValue<string>() == "HTTPRoute")!["after"]!.GetValue<string>(), StringComparison.Ordinal);
    }
}
