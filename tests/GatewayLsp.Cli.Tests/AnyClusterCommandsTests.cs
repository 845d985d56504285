using System.Diagnostics;
using System.Text.Json;
using GatewayLsp.Testing;

namespace GatewayLsp.Cli.Tests;

/// <summary>
/// <c>contexts</c>, <c>check</c>, <c>diff</c>, <c>apply</c>, <c>rollback</c>, <c>status</c>, <c>watch</c> and what <c>failover</c> prepares, on our own API
/// servers or on any cluster. Here it is our own process that is killed, never a server.
/// </summary>
public sealed class AnyClusterCommandsTests(AnyClusterFixture real) : IClassFixture<AnyClusterFixture>
{
    private string Shop(string name, int weight = 1, int port = 80) =>
        $$"""
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: {{name}}, namespace: {{real.Cluster.Namespace}}}
        spec:
          parentRefs:
          - name: {{name}}
          rules:
          - backendRefs:
            - {name: {{name}}, port: 80, weight: {{weight}}}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: {{name}}, namespace: {{real.Cluster.Namespace}}}
        spec:
          gatewayClassName: ours
          listeners:
          - {name: web, port: {{port}}, protocol: HTTP}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: {{name}}, namespace: {{real.Cluster.Namespace}}}
        spec:
          selector: {app: {{name}}}
          ports: [{port: 80}]
        """;

    private string All(string name) => real.Cluster.Read("HTTPRoute", name) + "\n" + real.Cluster.Read("Gateway", name) + "\n" + real.Cluster.Read("Service", name);

    private string First => real.Cluster.First;

    [AnyClusterFact]
    public void What_the_editors_settings_protect_is_protected_here()
    {
        using CliHost host = real.Host().Write("shop.yaml", Shop("guarded")).Write(".vscode/settings.json", $$"""
            {
              // As the editor has it.
              "gatewayLsp.clusters": [{"name": "east", "context": "{{First}}", "label": "the shop", "protected": true, },],
              "gatewayLsp.plugins.path": ["/nowhere"],
            }
            """);
        CliResult refused = host.Run("apply", "shop.yaml", "--context", First, "--yes", "--timeout", "0");
        Assert.True(refused.ExitCode == 1 && refused.Error.Contains("--confirm", StringComparison.Ordinal) && refused.Out.Contains("the shop", StringComparison.Ordinal), refused.ToString());
        Assert.Null(real.Cluster.Read("HTTPRoute", "guarded"));
        CliResult confirmed = host.Run("apply", "shop.yaml", "--context", First, "--yes", "--confirm", First, "--timeout", "0");
        Assert.True(confirmed.ExitCode == 0, confirmed.ToString());

        host.Write(".vscode/settings.json", "{ \"gatewayLsp.clusters\": [");
        CliResult broken = host.Run("diff", "shop.yaml", "--context", First);
        Assert.Contains("settings.json is no JSON (line 1): which contexts are protected by it is not known", broken.Error, StringComparison.Ordinal);
    }

    [AnyClusterFact]
    public void Diff_apply_and_back()
    {
        using CliHost host = real.Host().Write("shop.yaml", Shop("first"));
        CliResult diff = host.Run("diff", "shop.yaml", "--context", First);
        Assert.True(diff.ExitCode == 1 && diff.Out.Contains("3 to create", StringComparison.Ordinal), diff.ToString());
        CliResult unasked = host.Run("apply", "shop.yaml", "--context", First);
        Assert.Equal((1, "error: there is no terminal to confirm at; nothing is written without --yes\n"), (unasked.ExitCode, unasked.Error));
        Assert.Null(real.Cluster.Read("Service", "first"));
        CliResult applied = host.Run("apply", "shop.yaml", "--context", First, "--context", real.Cluster.Last, "--yes", "--timeout", "0");
        Assert.True(applied.ExitCode == 0 && applied.Out.Contains($"Applied {3 * real.Cluster.Contexts.Length} objects.", StringComparison.Ordinal), applied.ToString());
        CliResult none = host.Run("diff", "shop.yaml", "--context", First, "--context", real.Cluster.Last);
        Assert.True(none.ExitCode == 0, none.ToString());
        string before = All("first");

        host.Write("shop.yaml", Shop("first", weight: 7, port: 8080));
        CliResult changed = host.Run("apply", "shop.yaml", "--context", First, "--yes", "--timeout", "0", "--format", "json");
        Assert.True(changed.ExitCode == 0, changed.ToString());
        Assert.Equal("applied", changed.Json.GetProperty("outcome").GetString());
        Assert.Contains("\"weight\":7", real.Cluster.Read("HTTPRoute", "first"), StringComparison.Ordinal);
        CliResult back = host.Run("rollback", "--context", First, "--yes");
        Assert.True(back.ExitCode == 0, back.ToString());
        // Field owners and their times included.
        Assert.Equal(before, All("first"));
        CliResult again = host.Run("rollback", "--context", First, "--yes");
        Assert.True(again.ExitCode == 0, again.ToString());
        Assert.Null(real.Cluster.Read("Service", "first"));
        Assert.Contains("rolledBack", host.Run("rollback", "--list", "--context", First).Out, StringComparison.Ordinal);
        Assert.Equal(1, host.Run("rollback", "--context", First, "--yes").ExitCode);
    }

    [AnyClusterFact]
    public void A_field_of_another_manager_is_taken_by_choice_and_given_back()
    {
        using CliHost host = real.Host().Write("shop.yaml", Shop("second", weight: 5));
        Assert.Equal(0, host.Run("apply", "shop.yaml", "--context", First, "--yes", "--timeout", "0").ExitCode);
        real.Cluster.Apply("Gateway", "second", """{"apiVersion":"gateway.networking.k8s.io/v1","kind":"Gateway","metadata":{"name":"second"},"spec":{"gatewayClassName":"theirs"}}""", "their-tool", force: true);
        string before = real.Cluster.Read("Gateway", "second")!;
        CliResult refused = host.Run("apply", "shop.yaml", "--context", First, "--yes", "--timeout", "0");
        Assert.True(refused.ExitCode == 1 && refused.Out.Contains("their-tool", StringComparison.Ordinal), refused.ToString());
        Assert.Equal(before, real.Cluster.Read("Gateway", "second"));
        CliResult forced = host.Run("apply", "shop.yaml", "--context", First, "--yes", "--timeout", "0", "--force-conflicts");
        Assert.True(forced.ExitCode == 0, forced.ToString());
        Assert.Contains("\"gatewayClassName\":\"ours\"", real.Cluster.Read("Gateway", "second"), StringComparison.Ordinal);
        CliResult back = host.Run("rollback", "--context", First, "--yes");
        Assert.True(back.ExitCode == 0, back.ToString());
        Assert.Equal(before, real.Cluster.Read("Gateway", "second"));
    }

    [AnyClusterFact]
    public void A_protected_context_wants_its_name()
    {
        using CliHost host = real.Host().Write("shop.yaml", Shop("fourth"));
        host.Variables["GATEWAY_LSP_PROTECTED"] = First;
        string[] apply = ["apply", "shop.yaml", "--context", First, "--yes", "--timeout", "0"];
        CliResult refused = host.Run(apply);
        Assert.True(refused.ExitCode == 1 && refused.Error.Contains("--confirm", StringComparison.Ordinal), refused.ToString());
        host.CanBeAsked = true;
        host.Stdin = "yes\n"u8.ToArray();
        Assert.Equal(1, host.Run(apply).ExitCode);
        Assert.Null(real.Cluster.Read("Service", "fourth"));
        host.Stdin = System.Text.Encoding.UTF8.GetBytes(First + "\n");
        CliResult typed = host.Run(apply);
        Assert.True(typed.ExitCode == 0, typed.ToString());
        Assert.Equal(0, host.Run("rollback", "--context", First, "--yes", "--confirm", First).ExitCode);
        Assert.Null(real.Cluster.Read("Service", "fourth"));
    }

    [AnyClusterFact]
    public void Values_of_Secrets_are_nowhere()
    {
        using CliHost host = real.Host().Write("secret.yaml", $"apiVersion: v1\nkind: Secret\nmetadata: {{name: planted, namespace: {real.Cluster.Namespace}}}\nstringData: {{a: planted-secret-1}}\n");
        string all = host.Run("diff", "secret.yaml", "--context", First).ToString()
            + host.Run("apply", "secret.yaml", "--context", First, "--yes", "--timeout", "0");
        host.Write("secret.yaml", $"apiVersion: v1\nkind: Secret\nmetadata: {{name: planted, namespace: {real.Cluster.Namespace}}}\nstringData: {{a: planted-secret-2}}\n");
        all += host.Run("apply", "secret.yaml", "--context", First, "--yes", "--timeout", "0", "--format", "json").ToString()
            + host.Run("rollback", "--list", "--context", First);
        foreach (string file in Directory.EnumerateFiles(Path.Combine(host.Folder, "state"), "*", SearchOption.AllDirectories))
        {
            all += File.ReadAllText(file);
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }
        }
        Assert.DoesNotContain("planted-secret", all, StringComparison.Ordinal);
        Assert.DoesNotContain("cGxhbnRlZC1zZWNyZX", all, StringComparison.Ordinal);
        Assert.Contains($"Secret/{real.Cluster.Namespace}/planted", all, StringComparison.Ordinal);
    }

    [AnyClusterFact]
    public void A_killed_process_can_be_taken_back()
    {
        using CliHost host = real.Host().Write("shop.yaml", Shop("fifth"));
        Assert.Equal(0, host.Run("apply", "shop.yaml", "--context", First, "--yes", "--timeout", "0").ExitCode);
        string before = All("fifth");
        host.Write("shop.yaml", Shop("fifth", weight: 9, port: 9090).Replace("app: fifth", "app: other", StringComparison.Ordinal));
        int interrupted = 0;
        for (int lines = 1; lines <= 8; lines++)
        {
            interrupted += KillAt(lines, host) ? 1 : 0;
            CliResult next = host.Run("apply", "shop.yaml", "--context", First, "--dry-run");
            Assert.True(next.ExitCode == 0, next.ToString());
            CliResult back = host.Run("rollback", "--context", First, "--yes");
            Assert.True(back.ExitCode == 0, back.ToString());
            Assert.Equal(before, All("fifth"));
        }
        Assert.True(interrupted > 0);
    }

    [AnyClusterFact]
    public void A_killed_apply_can_be_gone_on_with()
    {
        using CliHost host = real.Host().Write("shop.yaml", Shop("seventh"));
        Assert.Equal(0, host.Run("apply", "shop.yaml", "--context", First, "--yes", "--timeout", "0").ExitCode);
        string before = All("seventh");
        host.Write("shop.yaml", Shop("seventh", weight: 9, port: 9090).Replace("app: seventh", "app: other", StringComparison.Ordinal));
        string[] apply = ["apply", "shop.yaml", "--context", First, "--yes", "--timeout", "0"];
        int interrupted = 0;
        for (int lines = 2; lines <= 6; lines++)
        {
            KillAt(lines, host);
            CliResult plain = host.Run(apply);
            if (plain.ExitCode == 1)
            {
                interrupted++;
                Assert.Contains("the same apply with --resume", plain.Error, StringComparison.Ordinal);
            }
            CliResult resumed = host.Run([.. apply, "--resume"]);
            Assert.True(resumed.ExitCode == 0, resumed.ToString());
            Assert.Equal(0, host.Run("diff", "shop.yaml", "--context", First).ExitCode);
            // What the interrupted part wrote and what the rest did are two applies.
            for (int i = 0; i < 2 && All("seventh") != before; i++)
            {
                CliResult back = host.Run("rollback", "--context", First, "--yes");
                Assert.True(back.ExitCode == 0, back.ToString());
            }
            Assert.Equal(before, All("seventh"));
        }
        Assert.True(interrupted > 0);
    }

    [AnyClusterFact]
    public void Status_tells_what_is_not_well()
    {
        using CliHost host = real.Host().Write("shop.yaml", Shop("sixth"));
        Assert.Equal(0, host.Run("apply", "shop.yaml", "--context", real.Cluster.Last, "--yes", "--timeout", "0").ExitCode);
        CliResult status = host.Run("status", "--context", real.Cluster.Last);
        // Others may have objects there that are not well.
        Assert.True(status.ExitCode < 2 && status.Out.Contains($"pending  Gateway/{real.Cluster.Namespace}/sixth", StringComparison.Ordinal), status.ToString());
        Assert.Equal(0, host.Run("rollback", "--context", real.Cluster.Last, "--yes").ExitCode);
    }

    [AnyClusterFact]
    public void What_does_not_answer_is_told_and_a_shift_is_prepared()
    {
        string space = real.Cluster.Namespace;
        real.Cluster.Apply("Service", "full", Service("full"), "test");
        real.Cluster.Apply("Service", "empty", Service("empty"), "test");
        real.Cluster.Apply("EndpointSlice", "full-x", Slice("full", isReady: true), "test");
        real.Cluster.Apply("EndpointSlice", "empty-x", Slice("empty", isReady: false), "test");
        real.Cluster.Apply("HTTPRoute", "half", """
            {"apiVersion":"gateway.networking.k8s.io/v1","kind":"HTTPRoute","metadata":{"name":"half"},"spec":{"parentRefs":[{"name":"nowhere"}],
             "rules":[{"backendRefs":[{"name":"full","port":80,"weight":1},{"name":"empty","port":80,"weight":3}]}]}}
            """, "test");
        using CliHost host = real.Host();
        CliResult watch = host.Run("watch", "--once", "--context", First);
        Assert.True(watch.ExitCode == 1, watch.ToString());
        Assert.Contains($"partly down  HTTPRoute/{space}/half rule 1: no ready endpoints behind {space}/empty:80\n", watch.Out, StringComparison.Ordinal);
        Assert.Contains($"Shift it:  gateway-lsp failover --context {First}\n", watch.Out, StringComparison.Ordinal);
        // Only printed: there may be routes of others that it would shift.
        CliResult printed = host.Run("failover", "--print", "--context", First);
        Assert.True(printed.ExitCode == 0 && printed.Out.Contains($"name: half\n  namespace: {space}\n", StringComparison.Ordinal), printed.ToString());
        Assert.Contains($"prepared: rule 1: {space}/empty:80 weight 3 -> 0 (no ready endpoints)", printed.Error, StringComparison.Ordinal);
        CliResult drawn = host.Run("topology", "--context", First, "--format", "json");
        Assert.True(drawn.ExitCode == 0 && drawn.Out.Contains($"HTTPRoute/{space}/half", StringComparison.Ordinal), drawn.ToString());
        real.Cluster.Delete("HTTPRoute", "half");

        static string Service(string name) => """{"apiVersion":"v1","kind":"Service","metadata":{"name":"NAME"},"spec":{"ports":[{"port":80}]}}""".Replace("NAME", name, StringComparison.Ordinal);
        static string Slice(string name, bool isReady) => """
            {"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"NAME-x","labels":{"kubernetes.io/service-name":"NAME","endpointslice.kubernetes.io/managed-by":"gateway-lsp-test"}},
             "addressType":"IPv4","ports":[{"port":80,"protocol":"TCP"}],"endpoints":[{"addresses":["10.20.30.40"],"conditions":{"ready":READY}}]}
            """.Replace("NAME", name, StringComparison.Ordinal).Replace("READY", isReady ? "true" : "false", StringComparison.Ordinal);
    }

    [AnyClusterFact]
    public void Each_context_is_listed_as_reachable()
    {
        using CliHost host = real.Host();
        foreach (string context in real.Cluster.Contexts)
        {
            CliResult listed = host.Run("contexts", "--context", context, "--format", "json");
            JsonElement one = Assert.Single(listed.Json.GetProperty("contexts").EnumerateArray());
            Assert.True(one.GetProperty("reachable").GetBoolean(), listed.ToString());
            Assert.NotEqual("", one.GetProperty("version").GetString());
        }
    }

    /// <summary>Starts an apply and kills it once its journal has that many lines. True when it was still at work.</summary>
    private bool KillAt(int lines, CliHost host)
    {
        string folder = Path.Combine(host.Folder, "state");
        HashSet<string> known = [.. Directory.EnumerateFiles(folder, "*.jsonl", SearchOption.AllDirectories)];
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "gateway-lsp"),
            ["apply", "shop.yaml", "--context", First, "--yes", "--timeout", "0"])
        {
            WorkingDirectory = host.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in host.Variables)
        {
            start.Environment[name] = value;
        }
        using Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        while (!process.HasExited)
        {
            string? file = Directory.EnumerateFiles(folder, "*.jsonl", SearchOption.AllDirectories).FirstOrDefault(path => !known.Contains(path));
            if (file is not null && Lines(file) >= lines)
            {
                break;
            }
            Thread.Sleep(1);
        }
        bool isAlive = !process.HasExited;
        process.Kill();
        process.WaitForExit();
        return isAlive;
    }

    /// <summary>Read past the lock, which is a matter between our own processes.</summary>
    private static int Lines(string path)
    {
        using var cat = Process.Start(new ProcessStartInfo("wc", ["-l", path]) { RedirectStandardOutput = true })!;
        string text = cat.StandardOutput.ReadToEnd();
        cat.WaitForExit();
        return int.Parse(text.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
    }
}
