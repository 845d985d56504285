using GatewayLsp.Engine.Migration;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Migration;

public class MigrationTests
{
    private const string Head = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: store\nspec:\n";
    private const string GatewayHead = "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata:\n  name: edge\nspec:\n  gatewayClassName: lab\n  listeners:\n";

    private static readonly string Legacy = Path.Combine(SharedFiles.Root, "samples", "legacy");

    public static TheoryData<string> Samples => [.. Directory.GetFiles(Legacy).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Samples))]
    public void SampleIsMigrated(string name)
    {
        string before = File.ReadAllText(Path.Combine(Legacy, name));
        string after = MigrationCheck.Text(before);
        MigrationCheck.Baseline(name, after);
        DiagnosticCheck.Check(after);
        foreach (DocumentSlot slot in ManifestFile.Parse("before", before).Documents)
        {
            foreach (TextSpan comment in slot.Document.Comments)
            {
                string text = slot.Document.Text.Substring(comment.Start, comment.Length).TrimEnd();
                Assert.Contains(text.Replace("[0].ip", "[0].value", StringComparison.Ordinal), after, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    // Fields of backends.
    [InlineData("  rules:\n  - forwardTo:\n    - serviceName: a # one\n      port: 80\n", "  rules:\n  - backendRefs:\n    - name: a # one\n      port: 80\n")]
    [InlineData("  rules:\n    -   forwardTo:\n          -   serviceName: a\n              port: 80\n", "  rules:\n    -   backendRefs:\n          -   name: a\n              port: 80\n")]
    [InlineData("  rules:\n  - forwardTo: [{serviceName: a, port: 80}]\n", "  rules:\n  - backendRefs: [{name: a, port: 80}]\n")]
    [InlineData("  rules:\n  - backendRef:\n      name: a\n      port: 80\n", "  rules:\n  - backendRefs:\n    - name: a\n      port: 80\n")]
    [InlineData("  rules:\n  - forwardTo:\n    - targetRef: {name: a, port: 80}\n      weight: 3\n", "  rules:\n  - backendRefs:\n    - name: a\n      port: 80\n      weight: 3\n")]
    [InlineData("  rules:\n  - forwardTo:\n    - weight: 3\n      # which?\n      targetRef: # the target\n        # it\n        name: a\n        port: 80\n",
        "  rules:\n  - backendRefs:\n    - weight: 3\n      # which?\n      # the target\n      # it\n      name: a\n      port: 80\n")]
    [InlineData("  rules:\n  - action:\n      forwardTo:\n      - serviceName: a\n        port: 80\n", "  rules:\n  - backendRefs:\n    - name: a\n      port: 80\n")]
    [InlineData("  rules:\n  - backendRefs:\n    - name: a\n      port: 80\n      mirror: false\n", "  rules:\n  - backendRefs:\n    - name: a\n      port: 80\n")]
    [InlineData("  rules:\n  - filters:\n    - type: URLRewrite\n      urlRewrite: {hostname: x.y}\n    backendRefs:\n    - {name: a, port: 80}\n    - {name: b, port: 80, mirror: true} # copy\n",
        "  rules:\n  - filters:\n    - type: URLRewrite\n      urlRewrite: {hostname: x.y}\n    # copy\n    - type: RequestMirror\n      requestMirror:\n        backendRef:\n          name: b\n          port: 80\n    backendRefs:\n    - {name: a, port: 80}\n")]
    // Matches.
    [InlineData("  rules:\n  - matches:\n    - path: /a\n", "  rules:\n  - matches:\n    - path:\n        type: PathPrefix\n        value: /a\n")]
    [InlineData("  rules:\n  - matches:\n    - path: {match: Prefix, value: /a}\n", "  rules:\n  - matches:\n    - path: {type: PathPrefix, value: /a}\n")]
    [InlineData("  rules:\n  - matches:\n    - path: {regex: \"/a.*\"}\n", "  rules:\n  - matches:\n    - path: {type: RegularExpression, value: \"/a.*\"}\n")]
    [InlineData("  rules:\n  - match:\n      path: {type: \"Prefix\", value: /a}\n", "  rules:\n  - matches:\n    - path: {type: \"PathPrefix\", value: /a}\n")]
    [InlineData("  rules:\n  - matches:\n    - headers:\n        type: RegularExpression\n        values: {a: b.*}\n", "  rules:\n  - matches:\n    - headers:\n      - type: RegularExpression\n        name: a\n        value: \"b.*\"\n")]
    [InlineData("  rules:\n  - matches:\n    - queryParams: {a: yes, 'b': c}\n", "  rules:\n  - matches:\n    - queryParams:\n      - name: a\n        value: \"yes\"\n      - name: 'b'\n        value: c\n")]
    // Parents and hosts.
    [InlineData("  gateways:\n    allow: FromList\n    gatewayRefs:\n    - name: edge # ours\n      namespace: infra\n  rules: []\n", "  parentRefs:\n  - name: edge # ours\n    namespace: infra\n  rules: []\n")]
    [InlineData("  parentRefs: [edge]\n", "  parentRefs: [{name: edge}]\n")]
    [InlineData("  hostname: a.b\n", "  hostnames: [a.b]\n")]
    [InlineData("  hostnames: ['*']\n  rules: []\n", "  rules: []\n")]
    // Filters.
    [InlineData("  rules:\n  - filters:\n    - type: RequestHeaderModifier\n      requestHeaderModifier:\n        set: {a: \"1\"}\n", "  rules:\n  - filters:\n    - type: RequestHeaderModifier\n      requestHeaderModifier:\n        set:\n        - name: a\n          value: \"1\"\n")]
    [InlineData("  rules:\n  - filters:\n    - type: RequestRedirect\n      requestRedirect: {protocol: https}\n", "  rules:\n  - filters:\n    - type: RequestRedirect\n      requestRedirect: {scheme: https}\n")]
    [InlineData("  rules:\n  - filters:\n    - type: RequestMirror\n      requestMirror:\n        backendRef: {name: a}\n        port: 80\n", "  rules:\n  - filters:\n    - type: RequestMirror\n      requestMirror:\n        backendRef: {name: a, port: 80}\n")]
    public void RouteBecomes(string before, string after)
    {
        Assert.Equal(Head + after, MigrationCheck.Text(Head + before));
        string windows = (Head + before).ReplaceLineEndings("\r\n");
        Assert.Equal((Head + after).ReplaceLineEndings("\r\n"), MigrationCheck.Text(windows));
    }

    [Theory]
    [InlineData("  - {name: a, port: 80, protocol: HTTP, hostname: '*'}\n", "  - {name: a, port: 80, protocol: HTTP}\n")]
    [InlineData("  - name: a\n    port: 443\n    protocol: HTTPS\n    tls: {mode: SIMPLE, certificateRef: {name: c}}\n", "  - name: a\n    port: 443\n    protocol: HTTPS\n    tls: {mode: Terminate, certificateRefs: [{name: c}]}\n")]
    [InlineData("  - name: a\n    port: 443\n    protocol: HTTPS\n    tls:\n      certificateRefs: cert # it\n", "  - name: a\n    port: 443\n    protocol: HTTPS\n    tls:\n      certificateRefs: [{name: cert}] # it\n")]
    [InlineData("  - name: a\n    port: 443\n    protocol: HTTPS\n    tls:\n      mode: AUTO_PASSTHROUGH\n", "  - name: a\n    port: 443\n    protocol: TLS\n    tls:\n      mode: Passthrough\n")]
    [InlineData("  - port: 80\n    protocol: HTTP\n  - port: 81\n    protocol: HTTP\n", "  - name: http\n    port: 80\n    protocol: HTTP\n  - name: http-81\n    port: 81\n    protocol: HTTP\n")]
    [InlineData("  - name: a\n    port: 80\n    protocol: HTTP\n    routes: {kind: TCPRoute, namespaces: {from: All}}\n",
        "  - name: a\n    port: 80\n    protocol: HTTP\n    allowedRoutes:\n      namespaces: {from: All}\n      kinds:\n      - kind: TCPRoute\n")]
    public void ListenerBecomes(string before, string after) => Assert.Equal(GatewayHead + after, MigrationCheck.Text(GatewayHead + before));

    [Fact]
    public void JsonStaysJson() => Assert.Equal(
        """
        {
          "apiVersion": "gateway.networking.k8s.io/v1",
          "kind": "HTTPRoute",
          "metadata": {"name": "store"},
          "spec": {
            "rules": [
              {"backendRefs": [{"name": "a", "port": 80 }]}
            ]
          }
        }
        """,
        MigrationCheck.Text("""
        {
          "apiVersion": "networking.x-k8s.io/v1alpha1",
          "kind": "HTTPRoute",
          "metadata": {"name": "store"},
          "spec": {
            "rules": [
              {"forwardTo": [{"serviceName": "a", "port": 80 }]}
            ]
          }
        }
        """));

    [Theory]
    [InlineData("    - name: b\n      port: 80\n      weight: 0 # mirror\n", 1)]
    [InlineData("    # gets the mirrored requests\n    - {name: b, port: 80, weight: 0}\n", 1)]
    [InlineData("    - {name: b, port: 80, weight: 0} # canary\n", 0)]
    [InlineData("    - {name: b, port: 80, weight: 1} # mirror\n", 0)]
    public void BackendThatWasNeverAMirrorIsMentioned(string backend, int notes)
    {
        FileMigration migration = MigrationCheck.Migrate(Head + "  rules:\n  - backendRefs:\n    - {name: a, port: 80}\n" + backend);
        string[] human = MigrationCheck.Human(migration);
        Assert.Equal(notes, human.Length);
        Assert.All(human, note => Assert.StartsWith("spec.rules[0].backendRefs[1].weight: A backend with `weight: 0` gets no requests", note, StringComparison.Ordinal));
    }

    [Fact]
    public void PortIsTheServicesOnlyOneOrTheOneOfItsName()
    {
        const string Services = "#file: s.yaml\napiVersion: v1\nkind: Service\nmetadata: {name: one}\nspec: {ports: [{port: 8080}]}\n---\n"
            + "apiVersion: v1\nkind: Service\nmetadata: {name: two}\nspec: {ports: [{port: 1, name: a}, {port: 2, name: web}]}\n";
        FileMigration migration = MigrationCheck.Migrate("#file: r.yaml\n" + Head + "  rules:\n  - backendRefs:\n    - name: one\n    - name: two\n      port: web\n    - name: two\n" + Services);
        Assert.Equal(Head + "  rules:\n  - backendRefs:\n    - name: one\n      port: 8080\n    - name: two\n      port: 2\n    - name: two\n      port: 1 # a guess: the Service also has 2 (web)", migration.NewText);
        Assert.Equal(["spec.rules[0].backendRefs[2].name: Service `two` has the ports 1, 2, and 1 is a guess: write the one that is meant into `port`."], MigrationCheck.Human(migration));
        Assert.Equal(new LineRange(new LinePosition(12, 12), new LinePosition(12, 13)), Assert.Single(migration.Placeholders));
    }

    /// <summary>What is known of the Service is guessed from, and what else it has stands beside.</summary>
    [Theory]
    [InlineData("{port: 9090, name: metrics}, {port: 8080, name: http}", "", "8080 # a guess: the Service also has 9090 (metrics)")]
    [InlineData("{port: 7000, name: a}, {port: 8080}", "\n      port: web", "7000 # a guess: the Service also has 8080")]
    [InlineData("{port: 7000, name: a}", "\n      port: web", "7000 # a guess: the only port of the Service")]
    public void AGuessedPortIsOneOfTheService(string ports, string written, string expected)
    {
        FileMigration migration = MigrationCheck.Migrate("#file: r.yaml\n" + Head + "  rules:\n  - backendRefs:\n    - name: web" + written + "\n#file: s.yaml\napiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [" + ports + "]}\n");
        Assert.EndsWith($"    - name: web\n      port: {expected}", migration.NewText, StringComparison.Ordinal);
        Assert.Contains($"{expected.Split(' ')[0]}, its only one, is a guess|{expected.Split(' ')[0]} is a guess".Split('|')[ports.Contains("},", StringComparison.Ordinal) ? 1 : 0], Assert.Single(MigrationCheck.Human(migration)), StringComparison.Ordinal);
    }

    [Fact]
    public void RouteGetsTheGatewaysThatChoseItInOtherFiles()
    {
        const string Old = "#file: r.yaml\napiVersion: networking.x-k8s.io/v1alpha1\nkind: HTTPRoute\nmetadata:\n  name: store\n  labels: {app: shop}\nspec:\n  rules: []\n"
            + "#file: g.yaml\napiVersion: networking.x-k8s.io/v1alpha1\nkind: Gateway\nmetadata: {name: edge}\nspec:\n  listeners:\n  - {port: 80, protocol: HTTP, routes: {kind: HTTPRoute, selector: {matchLabels: {app: shop}}}}\n";
        FileMigration migration = MigrationCheck.Migrate(Old);
        Assert.Contains("spec:\n  parentRefs:\n  - name: edge\n  rules: []", migration.NewText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("apiVersion: networking.istio.io/v1beta1\nkind: Gateway\nmetadata: {name: a}\nspec: {servers: [{tls: {mode: SIMPLE}}]}\n")]
    [InlineData("apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {forwardTo: []}\n")]
    [InlineData("kind: HTTPRoute\nspec: {rules: [{forwardTo: []}]}\n")]
    public void WhatIsNotOursStaysAsItIs(string text) => Assert.Equal(text, MigrationCheck.Text(text));

    [Theory]
    [InlineData("apiVersion: networking.x-k8s.io/v1alpha1\nkind: HTTPRoute\nmetadata: {name: a\nspec:\n", "The YAML has errors: correct them, then migrate again.")]
    [InlineData("apiVersion: networking.x-k8s.io/v1alpha1\nkind: HTTPRoute\nmetadata: {name: a}\nspec:\n  ? rules\n  : []\n", "This form of YAML can't be rewritten without losing something, so nothing is changed: migrate the document by hand.")]
    public void OddTextIsLeftToAHuman(string text, string message)
    {
        FileMigration migration = MigrationCheck.Migrate(text);
        Assert.False(migration.IsChanged);
        Assert.Equal([": " + message], MigrationCheck.Human(migration));
    }

    [Fact]
    public void WhatHasNoPlaceAnyMoreBecomesAComment()
    {
        FileMigration migration = MigrationCheck.Migrate(Head + "  tls: # ours\n    certificateRef:\n      name: c\n  rules: []\n");
        Assert.Equal(Head + "  # tls: # ours\n  #   certificateRef:\n  #     name: c\n  rules: []\n", migration.NewText);
        Assert.Single(MigrationCheck.Human(migration));
    }

    [Fact]
    public void CommandsInMarkdownAndItsYamlAreMigrated()
    {
        const string Text = "# Shop\n\n```sh\nkubectl get gateway shop -o jsonpath='{.status.addresses[0].ip}'\nkubectl get svc x -o jsonpath='{.status.loadBalancer.ingress[0].ip}'\n"
            + "kubectl get gateway x -o jsonpath='{.status.loadBalancer.ingress[0].ip}'\n```\n\n```yaml\napiVersion: networking.x-k8s.io/v1alpha1\nkind: HTTPRoute\nmetadata: {name: a}\nspec: {rules: []}\n```\n";
        FileMigration migration = WorkspaceFixture.Parse("a: b\n").Analysis.MigrateMarkdown("README.md", Text);
        Assert.Equal(Text.Replace("addresses[0].ip", "addresses[0].value", StringComparison.Ordinal)
            .Replace("gateway x -o jsonpath='{.status.loadBalancer.ingress[0].ip}'", "gateway x -o jsonpath='{.status.addresses[0].value}'", StringComparison.Ordinal)
            .Replace("networking.x-k8s.io/v1alpha1", "gateway.networking.k8s.io/v1", StringComparison.Ordinal), migration.NewText);
        Assert.Equal([3, 5, 9, 12], migration.Notes.Select(note => note.Range.Start.Line));
    }
}
