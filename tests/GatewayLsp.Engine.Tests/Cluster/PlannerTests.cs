using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Diffing;
using GatewayLsp.Engine.Cluster.Planning;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Testing.InMemory;

namespace GatewayLsp.Engine.Tests.Cluster;

public class PlannerTests
{
    private static string[] Steps(ApplyPlan plan) => [.. plan.Targets[0].Steps.Select(step => $"{step.Diff.Kind} {step.Key}")];

    [Fact]
    public async Task Orders_by_dependency()
    {
        ApplyPlan plan = await Plans.Of(Plans.Shop, new InMemoryClient());
        Assert.Equal(["Created Service/default/cart", "Created Gateway/default/edge", "Created HTTPRoute/default/cart"], Steps(plan));
        Assert.False(plan.IsRefused);
    }

    [Fact]
    public async Task Planning_writes_nothing()
    {
        var client = new InMemoryClient();
        string before = client.Dump();
        await Plans.Of(Plans.Shop, client);
        Assert.Equal(before, client.Dump());
        Assert.DoesNotContain(client.Calls, call => call.Verb is "apply" or "create" or "update" or "patch" or "delete");
    }

    [Fact]
    public async Task What_is_applied_already_is_no_change()
    {
        var client = new InMemoryClient();
        await Plans.Apply(Plans.Shop, new MemoryJournal(), client);
        ApplyPlan plan = await Plans.Of(Plans.Shop, client);
        Assert.False(plan.HasChanges, string.Join('\n', plan.Targets[0].Steps.SelectMany(step => step.Diff.Fields)));
    }

    [Fact]
    public async Task A_missing_namespace_is_refused_or_made_by_choice()
    {
        const string Fixture = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: new}\ndata: {a: b}\n";
        Assert.Equal(["NamespaceMissing"], Plans.Refusals(await Plans.Of(Fixture, new InMemoryClient())));
        ApplyPlan plan = await Plans.Of(Fixture, new PlanOptions { CreateNamespaces = true }, new InMemoryClient());
        Assert.Equal(["Created Namespace/new", "Created ConfigMap/new/a"], Steps(plan));
        Assert.True(plan.Targets[0].Steps[0].IsAdded);
        Assert.Equal(StepBasis.Predicted, plan.Targets[0].Steps[1].Basis);
    }

    /// <summary>What waits for a namespace is there for those that refer to it: a grant in the same files is not called missing.</summary>
    [Theory]
    [InlineData("backendRefs: [{name: shadow, namespace: tools, port: 80}]", "")]
    [InlineData("backendRefs: [{name: other, namespace: tools, port: 80}]", "ref-not-permitted")]
    public async Task A_missing_namespace_makes_no_other_faults(string backends, string introduced)
    {
        var client = new InMemoryClient();
        client.Put("""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop"}}""");
        ApplyPlan plan = await Plans.Of($$"""
            apiVersion: v1
            kind: Service
            metadata: {name: shadow, namespace: tools}
            spec: {selector: {app: shadow}, ports: [{port: 80}]}
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: ReferenceGrant
            metadata: {name: mirror, namespace: tools}
            spec:
              from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: shop}]
              to: [{group: "", kind: Service, name: shadow}]
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: cart, namespace: shop}
            spec:
              rules: [{ {{backends}} }]

            """, client);
        Assert.Equal(["NamespaceMissing"], Plans.Refusals(plan));
        Assert.Equal(introduced, string.Join(' ', plan.Targets[0].Issues.Introduced.Select(issue => issue.Code)));
    }

    [Fact]
    public async Task The_targets_namespace_is_taken_and_shown()
    {
        var client = new InMemoryClient(new ClusterTarget("t") { Namespace = "kube-system" });
        ApplyPlan plan = await Plans.Of("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: b}\n", client);
        PlanStep step = Assert.Single(plan.Targets[0].Steps);
        Assert.True(step.IsNamespaceDefaulted);
        Assert.Contains("namespace: kube-system", step.Diff.AfterText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("apiVersion: v1\nkind: ConfigMap\nmetadata: {generateName: a-}\n", "NoName")]
    [InlineData("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \"{{ .Values.x }}\"}\n", "Unreadable metadata.name")]
    [InlineData("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n", "Duplicate")]
    [InlineData("apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: a}\n", "KindNotServed")]
    [InlineData("kind: Thing\nmetadata: {name: a}\n", "InvalidObject apiVersion")]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: a}\nspec: {rulez: []}\n", "InvalidObject spec.rulez")]
    public async Task Refuses(string fixture, string expected) => Assert.Contains(expected, Plans.Refusals(await Plans.Of(fixture, new InMemoryClient())));

    [Fact]
    public async Task Names_the_owner_of_a_field_and_takes_it_by_choice_only()
    {
        var client = new InMemoryClient();
        client.Put("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"x":"theirs"}}""", "other-tool");
        const string Fixture = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {x: ours}\n";
        ApplyPlan plan = await Plans.Of(Fixture, client);
        PlanFinding conflict = Assert.Single(plan.Targets[0].Findings);
        Assert.True(conflict.IsRefusal);
        Assert.Equal("other-tool", conflict.Owner);
        Assert.Equal("data.x", conflict.Field!.TrimStart('.'));
        ApplyPlan forced = await Plans.Of(Fixture, new PlanOptions { Force = true }, client);
        Assert.False(forced.IsRefused);
        Assert.Equal(["Changed ConfigMap/default/a"], Steps(forced));
        Assert.NotEqual(plan.Fingerprint, forced.Fingerprint);
    }

    [Fact]
    public async Task The_servers_refusal_stands_at_its_field()
    {
        var client = new InMemoryClient
        {
            Admission = (address, _) => address.Kind.Kind == "Gateway"
                ? new ClusterError(ClusterErrorKind.AdmissionDenied, "not on Fridays") { DeniedBy = "policy.example.com", Causes = [new ErrorCause("spec.listeners[0].port", "FieldValueInvalid", "not on Fridays")] }
                : null,
        };
        ApplyPlan plan = await Plans.Of(Plans.Shop, client);
        PlanFinding denied = Assert.Single(plan.Targets[0].Findings);
        Assert.Equal("spec.listeners[0].port", denied.Field);
        Assert.StartsWith("policy.example.com: ", denied.Message, StringComparison.Ordinal);
        Assert.NotNull(denied.Source);
    }

    [Fact]
    public async Task Tells_the_issues_that_it_brings()
    {
        var client = new InMemoryClient();
        await Plans.Apply(Plans.Shop, new MemoryJournal(), client);
        ApplyPlan plan = await Plans.Of(Plans.Shop.Replace("- name: edge\n", "- {name: edge, sectionName: nowhere}\n", StringComparison.Ordinal), client);
        Assert.Contains(plan.Targets[0].Issues.Introduced, issue => issue.Object.Kind == "HTTPRoute");
        Assert.Contains("IntroducedError", string.Join(' ', Plans.Refusals(plan)), StringComparison.Ordinal);
    }

    [Theory]
    // Neither in the files nor at the cluster.
    [InlineData("backendRefs: [{name: cart-old, port: 80}]", "", "", "backend-not-found", false)]
    // It comes with the same apply, or may well be there.
    [InlineData("backendRefs: [{name: cart-old, port: 80}]", "", Made, "", false)]
    [InlineData("backendRefs: [{name: cart-old, port: 80}]", "Service", "", "", false)]
    [InlineData("backendRefs: [{name: dns, namespace: kube-system, port: 53}]", "", "", "ref-not-permitted", false)]
    [InlineData("backendRefs: [{name: dns, namespace: kube-system, port: 53}]", "ReferenceGrant", "", "", false)]
    [InlineData("backendRefs: [{name: seen, namespace: kube-system, port: 53}]", "ReferenceGrant", "", "", false)]
    [InlineData("backendRefs: [{name: seen, namespace: kube-system, port: 53}]", "", Granted, "", false)]
    public async Task What_is_missing_at_the_cluster_is_told_where_all_of_it_could_be_read(string backends, string hidden, string more, string introduced, bool isRefused)
    {
        var client = new InMemoryClient();
        await Plans.Apply(Plans.Shop, new MemoryJournal(), client);
        client.Put("""{"apiVersion":"v1","kind":"Service","metadata":{"name":"seen","namespace":"kube-system"},"spec":{"ports":[{"port":53}]}}""");
        client.Fault = call => call.Verb == "list" && call.Kind == hidden ? new ClusterError(ClusterErrorKind.Forbidden, "not you") : null;
        string route = $$"""
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: other, namespace: default}
            spec:
              parentRefs: [{name: edge}]
              hostnames: [other.example.com]
              rules:
              - {{backends}}

            """;
        ApplyPlan plan = await Plans.Of(route + more, client);
        Assert.Equal(introduced, string.Join(' ', plan.Targets[0].Issues.Introduced.Select(issue => issue.Code)));
        Assert.Equal(isRefused, plan.IsRefused);
    }

    private const string Made = "---\napiVersion: v1\nkind: Service\nmetadata: {name: cart-old, namespace: default}\nspec: {ports: [{port: 80}]}\n";

    private const string Granted = """
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: ReferenceGrant
        metadata: {name: seen, namespace: kube-system}
        spec:
          from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: default}]
          to: [{group: "", kind: Service}]
        """;

    [Fact]
    public async Task The_fingerprint_changes_with_the_live_object()
    {
        var client = new InMemoryClient();
        client.Put("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"x":"1"}}""");
        const string Fixture = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {y: ours}\n";
        string first = (await Plans.Of(Fixture, client)).Fingerprint;
        Assert.Equal(first, (await Plans.Of(Fixture, client)).Fingerprint);
        client.Put("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"x":"2"}}""");
        Assert.NotEqual(first, (await Plans.Of(Fixture, client)).Fingerprint);
    }

    [Fact]
    public async Task One_target_that_does_not_answer_refuses_the_whole_plan()
    {
        var dead = new InMemoryClient(new ClusterTarget("dead")) { Fault = _ => new ClusterError(ClusterErrorKind.ConnectionRefused, "Nobody listens.") };
        ApplyPlan plan = await Plans.Of(Plans.Shop, new InMemoryClient(), dead);
        Assert.True(plan.IsRefused);
        Assert.Equal(ClusterErrorKind.ConnectionRefused, plan.Targets[1].Error!.Kind);
    }

    [Fact]
    public void Scopes()
    {
        var fixture = Testing.WorkspaceFixture.Parse("#file: a/x.yaml\n" + Plans.Shop + "\n#file: b.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n#file: a/kustomization.yaml\napiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n");
        Workspace workspace = fixture.Workspace;
        Assert.Equal(4, ApplyScope.All(workspace).Length);
        Assert.Equal(3, ApplyScope.Folder(workspace, "a").Length);
        Assert.Single(ApplyScope.File(workspace, "b.yaml"));
        Assert.Single(ApplyScope.Object(workspace, new ObjectKey("", "Service", "default", "cart")));
        Assert.Equal("Gateway", Assert.Single(ApplyScope.Selection(workspace, "a/x.yaml", new Text.LineRange(new Text.LinePosition(14, 0), new Text.LinePosition(15, 0)))).Object.Kind);
    }
}
