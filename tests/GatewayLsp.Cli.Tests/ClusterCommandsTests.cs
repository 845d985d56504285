using System.Diagnostics;
using GatewayLsp.Testing;

namespace GatewayLsp.Cli.Tests;

/// <summary><c>diff</c>, <c>apply</c>, <c>rollback</c> and <c>status</c> against real API servers.</summary>
public sealed class ClusterCommandsTests(RealClusterFixture real) : IClassFixture<RealClusterFixture>
{
    private const string Routes = "/apis/gateway.networking.k8s.io/v1/namespaces/demo/httproutes/";
    private const string Gateways = "/apis/gateway.networking.k8s.io/v1/namespaces/demo/gateways/";
    private const string Services = "/api/v1/namespaces/demo/services/";

    private static string Shop(string name, int weight = 1, int port = 80) =>
        $$"""
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: {{name}}, namespace: demo}
        spec:
          parentRefs:
          - name: {{name}}
          rules:
          - backendRefs:
            - {name: {{name}}, port: 80, weight: {{weight}}}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: {{name}}, namespace: demo}
        spec:
          gatewayClassName: ours
          listeners:
          - {name: web, port: {{port}}, protocol: HTTP}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: {{name}}, namespace: demo}
        spec:
          selector: {app: {{name}}}
          ports: [{port: 80}]
        """;

    private string All(string name) => real.Read(Routes + name) + "\n" + real.Read(Gateways + name) + "\n" + real.Read(Services + name);

    [ClusterFact(OnlyRealServers = "no definitions of Gateway API to read")]
    public void The_definitions_of_a_named_cluster_count()
    {
        using CliHost host = real.Host().Write("shop.yaml", Shop("judged").Replace("  - backendRefs:", "  - retry: {attempts: 3}\n    backendRefs:", StringComparison.Ordinal));
        CliResult bundled = host.Run("check", "shop.yaml", "--channel", "experimental");
        Assert.True(bundled.ExitCode == 0, bundled.ToString());
        CliResult there = host.Run("check", "shop.yaml", "--channel", "experimental", "--context", RealClusterFixture.Eks);
        Assert.True(there.ExitCode == 1 && there.Out.Contains("At primary (EKS, ap-northeast-2) (Gateway API 1.6 standard): There is no field `retry`", StringComparison.Ordinal), there.ToString());
        CliResult both = host.Run("check", "shop.yaml", "--channel", "experimental", "--context", RealClusterFixture.Eks, "--context", RealClusterFixture.Gke);
        Assert.True(both.Out.Contains("At primary (EKS, ap-northeast-2) and remote (GKE, asia-northeast3) (Gateway API 1.6 standard): ", StringComparison.Ordinal), both.ToString());

        Assert.Equal(0, host.Run("dry-run", "shop.yaml", "--channel", "experimental").ExitCode);
        CliResult refused = host.Run("dry-run", "shop.yaml", "--channel", "experimental", "--context", RealClusterFixture.Eks, "--format", "json");
        Assert.True(refused.ExitCode == 1 && refused.Out.Contains("spec.rules[0].retry", StringComparison.Ordinal), refused.ToString());
        Assert.Null(real.Read(Routes + "judged"));

        Assert.Equal(2, host.Run("check", "shop.yaml", "--context", "nobody").ExitCode);
        CliResult expired = host.Run("check", "shop.yaml", "--context", "eks-expired");
        Assert.True(expired.ExitCode == 2 && expired.Error.StartsWith("error: eks-expired: ", StringComparison.Ordinal), expired.ToString());
    }

    [ClusterFact]
    public void Definitions_that_may_not_be_read_are_told_with_the_reason()
    {
        using CliHost host = real.Host().Write("shop.yaml", Shop("unread"));
        CliResult told = host.Run("check", "shop.yaml", "--context", "eks-dev");
        Assert.True(told.ExitCode == 0, told.ToString());
        Assert.Matches("^warning: .*: its definitions \\(CRDs\\) can't be read: .+; the bundled ones count\n$", told.Error);
    }

    [ClusterFact]
    public void What_the_editors_settings_protect_is_protected_here()
    {
        using CliHost host = real.Host().Write("shop.yaml", Shop("guarded")).Write(".vscode/settings.json", $$"""
            {
              // As the editor has it.
              "gatewayLsp.clusters": [{"name": "east", "context": "{{RealClusterFixture.Eks}}", "label": "the shop", "protected": true, },],
              "gatewayLsp.plugins.path": ["/nowhere"],
            }
            """);
        CliResult refused = host.Run("apply", "shop.yaml", "--context", RealClusterFixture.Eks, "--yes", "--timeout", "0");
        Assert.True(refused.ExitCode == 1 && refused.Error.Contains("--confirm", StringComparison.Ordinal) && refused.Out.Contains("the shop", StringComparison.Ordinal), refused.ToString());
        Assert.Null(real.Read(Routes + "guarded"));
        CliResult confirmed = host.Run("apply", "shop.yaml", "--context", RealClusterFixture.Eks, "--yes", "--confirm", RealClusterFixture.Eks, "--timeout", "0");
        Assert.True(confirmed.ExitCode == 0, confirmed.ToString());

        host.Write(".vscode/settings.json", "{ \"gatewayLsp.clusters\": [");
        CliResult broken = host.Run("diff", "shop.yaml", "--context", RealClusterFixture.Eks);
        Assert.Contains("settings.json is no JSON (line 1): which contexts are protected by it is not known", broken.Error, StringComparison.Ordinal);
    }

    [ClusterFact]
    public void Diff_apply_and_back()
    {
        using CliHost host = real.Host().Write("shop.yaml", Shop("first"));
        CliResult diff = host.Run("diff", "shop.yaml", "--context", RealClusterFixture.Eks);
        Assert.True(diff.ExitCode == 1 && diff.Out.Contains("3 to create", StringComparison.Ordinal), diff.ToString());
        CliResult unasked = host.Run("apply", "shop.yaml", "--context", RealClusterFixture.Eks);
        Assert.Equal((1, "error: there is no terminal to confirm at; nothing is written without --yes\n"), (unasked.ExitCode, unasked.Error));
        Assert.Null(real.Read(Services + "first"));
        CliResult applied = host.Run("apply", "shop.yaml", "--context", RealClusterFixture.Eks, "--context", RealClusterFixture.Gke, "--yes", "--timeout", "0");
        Assert.True(applied.ExitCode == 0 && applied.Out.Contains("Applied 6 objects.", StringComparison.Ordinal), applied.ToString());
        CliResult none = host.Run("diff", "shop.yaml", "--context", RealClusterFixture.Eks, "--context", RealClusterFixture.Gke);
        Assert.True(none.ExitCode == 0, none.ToString());
        string before = All("first");

        host.Write("shop.yaml", Shop("first", weight: 7, port: 8080));
        CliResult changed = host.Run("apply", "shop.yaml", "--context", RealClusterFixture.Eks, "--yes", "--timeout", "0", "--format", "json");
        Assert.True(changed.ExitCode == 0, changed.ToString());
        Assert.Equal("applied", changed.Json.GetProperty("outcome").GetString());
        Assert.Contains("\"weight\":7", real.Read(Routes + "first"), StringComparison.Ordinal);
        CliResult back = host.Run("rollback", "--context", RealClusterFixture.Eks, "--yes");
        Assert.True(back.ExitCode == 0, back.ToString());
        // Field owners and their times included.
        Assert.Equal(before, All("first"));
        CliResult again = host.Run("rollback", "--context", RealClusterFixture.Eks, "--yes");
        Assert.True(again.ExitCode == 0, again.ToString());
        Assert.Null(real.Read(Services + "first"));
        Assert.Contains("rolledBack", host.Run("rollback", "--list", "--context", RealClusterFixture.Eks).Out, StringComparison.Ordinal);
        Assert.Equal(1, host.Run("rollback", "--context", RealClusterFixture.Eks, "--yes").ExitCode);
    }

    [ClusterFact]
    public void A_field_of_another_manager_is_taken_by_choice_and_given_back()
    {
        using CliHost host = real.Host().Write("shop.yaml", Shop("second", weight: 5));
        Assert.Equal(0, host.Run("apply", "shop.yaml", "--context", RealClusterFixture.Eks, "--yes", "--timeout", "0").ExitCode);
        ClusterAnswer theirs = real.Cluster.Send(HttpMethod.Patch, Gateways + "second?fieldManager=their-tool&force=true",
            """{"apiVersion":"gateway.networking.k8s.io/v1","kind":"Gateway","metadata":{"name":"second","namespace":"demo"},"spec":{"gatewayClassName":"theirs"}}""", "application/apply-patch+yaml");
        Assert.True(theirs.IsAccepted, theirs.Body);
        string before = real.Read(Gateways + "second")!;
        CliResult refused = host.Run("apply", "shop.yaml", "--context", RealClusterFixture.Eks, "--yes", "--timeout", "0");
        Assert.True(refused.ExitCode == 1 && refused.Out.Contains("their-tool", StringComparison.Ordinal), refused.ToString());
        Assert.Equal(before, real.Read(Gateways + "second"));
        CliResult forced = host.Run("apply", "shop.yaml", "--context", RealClusterFixture.Eks, "--yes", "--timeout", "0", "--force-conflicts");
        Assert.True(forced.ExitCode == 0, forced.ToString());
        Assert.Contains("\"gatewayClassName\":\"ours\"", real.Read(Gateways + "second"), StringComparison.Ordinal);
        CliResult back = host.Run("rollback", "--context", RealClusterFixture.Eks, "--yes");
        Assert.True(back.ExitCode == 0, back.ToString());
        Assert.Equal(before, real.Read(Gateways + "second"));
    }

    [ClusterFact]
    public void Who_may_not_write_writes_nothing()
    {
        using CliHost host = real.Host().Write("shop.yaml", Shop("third"));
        CliResult viewer = host.Run("apply", "shop.yaml", "--context", "eks-viewer", "--yes");
        Assert.True(viewer.ExitCode == 1, viewer.ToString());
        Assert.Contains("refused", viewer.Out, StringComparison.Ordinal);
        CliResult expired = host.Run("apply", "shop.yaml", "--context", "eks-expired", "--yes");
        Assert.True(expired.ExitCode == 2, expired.ToString());
        Assert.Null(real.Read(Services + "third"));
    }

    [ClusterFact]
    public void A_protected_context_wants_its_name()
    {
        using CliHost host = real.Host().Write("shop.yaml", Shop("fourth"));
        host.Variables["GATEWAY_LSP_PROTECTED"] = RealClusterFixture.Eks;
        string[] apply = ["apply", "shop.yaml", "--context", RealClusterFixture.Eks, "--yes", "--timeout", "0"];
        CliResult refused = host.Run(apply);
        Assert.True(refused.ExitCode == 1 && refused.Error.Contains("--confirm", StringComparison.Ordinal), refused.ToString());
        host.CanBeAsked = true;
        host.Stdin = "yes\n"u8.ToArray();
        Assert.Equal(1, host.Run(apply).ExitCode);
        Assert.Null(real.Read(Services + "fourth"));
        host.Stdin = System.Text.Encoding.UTF8.GetBytes(RealClusterFixture.Eks + "\n");
        CliResult typed = host.Run(apply);
        Assert.True(typed.ExitCode == 0, typed.ToString());
        Assert.Equal(0, host.Run("rollback", "--context", RealClusterFixture.Eks, "--yes", "--confirm", RealClusterFixture.Eks).ExitCode);
        Assert.Null(real.Read(Services + "fourth"));
    }

    [ClusterFact]
    public void Values_of_Secrets_are_nowhere()
    {
        using CliHost host = real.Host().Write("secret.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: planted, namespace: demo}\nstringData: {a: planted-secret-1}\n");
        string all = host.Run("diff", "secret.yaml", "--context", RealClusterFixture.Eks).ToString()
            + host.Run("apply", "secret.yaml", "--context", RealClusterFixture.Eks, "--yes", "--timeout", "0");
        host.Write("secret.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: planted, namespace: demo}\nstringData: {a: planted-secret-2}\n");
        all += host.Run("apply", "secret.yaml", "--context", RealClusterFixture.Eks, "--yes", "--timeout", "0", "--format", "json").ToString()
            + host.Run("rollback", "--list", "--context", RealClusterFixture.Eks);
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
        Assert.Contains("Secret/demo/planted", all, StringComparison.Ordinal);
    }

    [ClusterFact]
    public void A_killed_process_can_be_taken_back()
    {
        using CliHost host = real.Host().Write("shop.yaml", Shop("fifth"));
        Assert.Equal(0, host.Run("apply", "shop.yaml", "--context", RealClusterFixture.Eks, "--yes", "--timeout", "0").ExitCode);
        string before = All("fifth");
        host.Write("shop.yaml", Shop("fifth", weight: 9, port: 9090).Replace("app: fifth", "app: other", StringComparison.Ordinal));
        int interrupted = 0;
        for (int lines = 1; lines <= 8; lines++)
        {
            interrupted += KillAt(lines, host) ? 1 : 0;
            CliResult next = host.Run("apply", "shop.yaml", "--context", RealClusterFixture.Eks, "--dry-run");
            Assert.True(next.ExitCode == 0, next.ToString());
            CliResult back = host.Run("rollback", "--context", RealClusterFixture.Eks, "--yes");
            Assert.True(back.ExitCode == 0, back.ToString());
            Assert.Equal(before, All("fifth"));
        }
        Assert.True(interrupted > 0);
    }

    [ClusterFact]
    public void A_killed_apply_can_be_gone_on_with()
    {
        using CliHost host = real.Host().Write("shop.yaml", Shop("seventh"));
        Assert.Equal(0, host.Run("apply", "shop.yaml", "--context", RealClusterFixture.Eks, "--yes", "--timeout", "0").ExitCode);
        string before = All("seventh");
        host.Write("shop.yaml", Shop("seventh", weight: 9, port: 9090).Replace("app: seventh", "app: other", StringComparison.Ordinal));
        string[] apply = ["apply", "shop.yaml", "--context", RealClusterFixture.Eks, "--yes", "--timeout", "0"];
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
            Assert.Equal(0, host.Run("diff", "shop.yaml", "--context", RealClusterFixture.Eks).ExitCode);
            // What the interrupted part wrote and what the rest did are two applies.
            for (int i = 0; i < 2 && All("seventh") != before; i++)
            {
                CliResult back = host.Run("rollback", "--context", RealClusterFixture.Eks, "--yes");
                Assert.True(back.ExitCode == 0, back.ToString());
            }
            Assert.Equal(before, All("seventh"));
        }
        Assert.True(interrupted > 0);
    }

    [ClusterFact]
    public void Status_tells_what_is_not_well()
    {
        using CliHost host = real.Host().Write("shop.yaml", Shop("sixth"));
        Assert.Equal(0, host.Run("apply", "shop.yaml", "--context", RealClusterFixture.Gke, "--yes", "--timeout", "0").ExitCode);
        CliResult status = host.Run("status", "--context", RealClusterFixture.Gke);
        Assert.True(status.ExitCode == 0 && status.Out.Contains("pending  Gateway/demo/sixth", StringComparison.Ordinal), status.ToString());
        Assert.Equal(0, host.Run("rollback", "--context", RealClusterFixture.Gke, "--yes").ExitCode);
    }

    /// <summary>Starts an apply and kills it once its journal has that many lines. True when it was still at work.</summary>
    private static bool KillAt(int lines, CliHost host)
    {
        string folder = Path.Combine(host.Folder, "state");
        HashSet<string> known = [.. Directory.EnumerateFiles(folder, "*.jsonl", SearchOption.AllDirectories)];
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "gateway-lsp"),
            ["apply", "shop.yaml", "--context", RealClusterFixture.Eks, "--yes", "--timeout", "0"])
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
