using GatewayLsp.Testing;

namespace GatewayLsp.Cli.Tests;

/// <summary>Manifests that kubectl applied before: whose fields they are must not stand in the way of what changes nothing.</summary>
public sealed class AnyClusterFieldOwnersTests(AnyClusterFixture real) : IClassFixture<AnyClusterFixture>
{
    private string[] There => ["--context", real.Cluster.First];

    private string Route(string name, string hostname = "a.example", int weight = 1, string metadata = "") =>
        $$"""
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: {{name}}, namespace: {{real.Cluster.Namespace}}{{metadata}}}
        spec:
          parentRefs:
          - name: front
          hostnames: [{{hostname}}]
          rules:
          - backendRefs:
            - {name: web, port: 80, weight: {{weight}}}
            - {name: web-next, port: 80, weight: 9}
        """;

    /// <summary>Also by others than us, as kubectl apply --server-side does.</summary>
    private void ApplyAs(string manager, string name, string manifest) => real.Cluster.Apply("HTTPRoute", name, manifest, manager);

    [AnyClusterFact]
    public void What_changes_nothing_is_no_conflict()
    {
        using CliHost host = real.Host().Write("route.yaml", Route("same"));
        ApplyAs("kubectl", "same", Route("same"));
        string before = real.Cluster.Read("HTTPRoute", "same")!;
        CliResult diff = host.Run(["diff", "route.yaml", .. There]);
        Assert.True(diff.ExitCode == 0, diff.ToString());
        CliResult apply = host.Run(["apply", "route.yaml", "--yes", "--timeout", "0", .. There]);
        Assert.True(apply.ExitCode == 0 && apply.Out.Contains("Nothing to do.", StringComparison.Ordinal), apply.ToString());
        Assert.Equal(before, real.Cluster.Read("HTTPRoute", "same"));
    }

    [AnyClusterFact]
    public void Another_field_is_changed_and_what_stays_the_same_is_left_to_its_owner()
    {
        using CliHost host = real.Host().Write("route.yaml", Route("shared", metadata: ", labels: {seen: \"yes\"}"));
        ApplyAs("kubectl", "shared", Route("shared"));
        CliResult apply = host.Run(["apply", "route.yaml", "--yes", "--timeout", "0", .. There]);
        Assert.True(apply.ExitCode == 0 && apply.Out.Contains("Applied 1 object.", StringComparison.Ordinal), apply.ToString());
        Assert.Contains("\"seen\":\"yes\"", real.Cluster.Read("HTTPRoute", "shared"));
        // Nothing was taken: who applied it first does so again without a conflict, though it leaves defaults out as before.
        ApplyAs("kubectl", "shared", Route("shared"));
        Assert.Equal(0, host.Run(["diff", "route.yaml", .. There]).ExitCode);
    }

    [AnyClusterFact]
    public void A_conflict_names_the_manager_the_field_and_the_way_out()
    {
        using CliHost host = real.Host().Write("route.yaml", Route("real", weight: 5));
        ApplyAs("kubectl", "real", Route("real"));
        foreach (string command in (string[])["diff", "apply"])
        {
            CliResult refused = host.Run([command, "route.yaml", .. There, .. command == "apply" ? (string[])["--yes"] : []]);
            Assert.Equal(1, refused.ExitCode);
            Assert.Contains("`.spec.rules` belongs to kubectl, who set it to another value.", refused.Out, StringComparison.Ordinal);
            Assert.Equal(command == "apply", refused.Out.Contains($"HTTPRoute/{real.Cluster.Namespace}/real: `.spec.rules` belongs to kubectl", StringComparison.Ordinal));
            Assert.Contains("help: change these fields by way of kubectl, or take them over: the same command with --force-conflicts", refused.Out, StringComparison.Ordinal);
            // Parents are the same, but for defaults: not worth a word.
            Assert.DoesNotContain("parentRefs", refused.Out, StringComparison.Ordinal);
        }
        CliResult forced = host.Run(["apply", "route.yaml", "--yes", "--timeout", "0", "--force-conflicts", .. There]);
        Assert.True(forced.ExitCode == 0, forced.ToString());
        Assert.Contains("\"weight\":5", real.Cluster.Read("HTTPRoute", "real"));
    }
}
