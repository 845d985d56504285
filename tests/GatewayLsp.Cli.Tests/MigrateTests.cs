using System.Text.Json;

namespace GatewayLsp.Cli.Tests;

public sealed class MigrateTests : IDisposable
{
    private const string Old = "# mine\napiVersion: networking.x-k8s.io/v1alpha1\nkind: HTTPRoute\nmetadata:\n  name: store\nspec:\n  rules:\n  - forwardTo:\n    - serviceName: store\n      port: 80\n  parentRefs:\n  - name: edge\n";

    private static readonly string New = Old.Replace("networking.x-k8s.io/v1alpha1", "gateway.networking.k8s.io/v1", StringComparison.Ordinal)
        .Replace("forwardTo", "backendRefs", StringComparison.Ordinal).Replace("serviceName", "name", StringComparison.Ordinal);

    private readonly CliHost _cli = new();

    [Fact]
    public void Without_write_it_tells_and_changes_nothing()
    {
        CliResult result = _cli.Write("a.yaml", Old).Run("migrate", ".");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal("""
            a.yaml:2:13: changed: HTTPRoute store: apiVersion: `networking.x-k8s.io/v1alpha1` became `gateway.networking.k8s.io/v1`.
            a.yaml:8:5: changed: HTTPRoute store: spec.rules[0].forwardTo: `backendRefs` took the place of `forwardTo`: `name` for its `serviceName`, `port` and `weight` as before.
            a.yaml:9:7: changed: HTTPRoute store: spec.rules[0].forwardTo[0].serviceName: `name` took the place of `serviceName`.
            1 file to migrate of 1. Nothing is written; --write does it.

            """, result.Out);
        Assert.Equal(Old, File.ReadAllText(Path.Combine(_cli.Folder, "a.yaml")));
    }

    [Fact]
    public void Write_writes_keeps_the_byte_order_mark_and_does_nothing_twice()
    {
        _cli.Write("a.yaml", "\uFEFF" + Old).Write("README.md", "kubectl get gateway x -o jsonpath={.status.addresses[0].ip}\n");
        Assert.Equal(0, _cli.Run("migrate", ".", "--write").ExitCode);
        byte[] written = File.ReadAllBytes(Path.Combine(_cli.Folder, "a.yaml"));
        Assert.Equal([0xEF, 0xBB, 0xBF], written[..3]);
        Assert.Equal(New, File.ReadAllText(Path.Combine(_cli.Folder, "a.yaml")));
        Assert.Contains(".addresses[0].value}", File.ReadAllText(Path.Combine(_cli.Folder, "README.md")), StringComparison.Ordinal);
        Assert.Equal("Nothing to migrate in 2 files.\n", _cli.Run("migrate", ".", "--write").Out);
        Assert.Equal(written, File.ReadAllBytes(Path.Combine(_cli.Folder, "a.yaml")));
        Assert.Equal(2, Directory.GetFiles(_cli.Folder).Length);
    }

    [Fact]
    public void Stdin_is_written_to_stdout()
    {
        _cli.Stdin = System.Text.Encoding.UTF8.GetBytes(Old);
        CliResult result = _cli.Run("migrate", "-", "--write");
        Assert.Equal((0, New), (result.ExitCode, result.Out));
        Assert.Contains("1 file migrated of 1.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Diff_is_unified_and_what_is_left_stands_on_stderr()
    {
        CliResult result = _cli.Write("a.yaml", Old.Replace("      port: 80\n", "", StringComparison.Ordinal)).Run("migrate", "a.yaml", "--diff");
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("--- a.yaml\n+++ a.yaml\n@@ -1,11 +1,12 @@\n # mine\n-apiVersion: networking.x-k8s.io/v1alpha1\n+apiVersion: gateway.networking.k8s.io/v1\n", result.Out, StringComparison.Ordinal);
        Assert.EndsWith("+    - name: store\n+      port: 80 # a guess: which port has the Service?\n   parentRefs:\n   - name: edge\n", result.Out, StringComparison.Ordinal);
        Assert.Equal("a.yaml:9:7: to do: HTTPRoute store: spec.rules[0].forwardTo[0].serviceName: Service `store` is not among the manifests, so its port is not known, and 80 is a guess: write the Service's port into `port`.\n", result.Error);
    }

    [Fact]
    public void Json_has_changes_places_for_a_human_and_edits()
    {
        CliResult result = _cli.Write("a.yaml", Old.Replace("      port: 80\n", "", StringComparison.Ordinal)).Run("migrate", ".", "--format", "json");
        JsonElement file = result.Json.GetProperty("files")[0];
        Assert.Equal(("a.yaml", true, false), (file.GetProperty("path").GetString(), file.GetProperty("changed").GetBoolean(), file.GetProperty("written").GetBoolean()));
        Assert.Equal(1, file.GetProperty("needsHuman").GetArrayLength());
        Assert.Equal(9, file.GetProperty("placeholders")[0].GetProperty("range").GetProperty("start").GetProperty("line").GetInt32());
        Assert.NotEqual(0, file.GetProperty("edits").GetArrayLength());
        Assert.Equal(1, result.Json.GetProperty("summary").GetProperty("needsHuman").GetInt32());
    }

    [Fact]
    public void Wrong_usage_is_2()
    {
        Assert.Equal(2, _cli.Run("migrate", "none.yaml").ExitCode);
        CliResult both = _cli.Write("a.yaml", Old).Run("migrate", "a.yaml", "--diff", "--write");
        Assert.Equal(2, both.ExitCode);
        Assert.Contains("--diff stands alone", both.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _cli.Dispose();
}
