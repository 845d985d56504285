using System.Text;
using System.Text.Json;

namespace GatewayLsp.Cli.Tests;

/// <summary><c>gateway-lsp dry-run</c> as a user and a program see it.</summary>
public sealed class DryRunTests
{
    private const string Good = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: shop\nspec: {}\n";
    private const string Bad = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: store\nspec:\n  rules:\n  - backendRefs:\n    - name: store\n";
    private const string Foreign = "apiVersion: example.com/v1\nkind: Gadget\nmetadata:\n  name: a\n";

    [Fact]
    public void Text_reads_like_kubectl()
    {
        using var host = new CliHost();
        CliResult result = host.Write("m.yaml", Good + "---\n" + Bad + "---\n" + Foreign).Run("dry-run", "m.yaml");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal("""
            httproute.gateway.networking.k8s.io/shop created (dry run)
            error: httproute.gateway.networking.k8s.io/store refused (dry run)
              spec.rules[0].backendRefs[0]: A Service needs a `port`: the number in its `spec.ports[].port`. (FieldValueInvalid)
                m.yaml:14:13
                13 |   - backendRefs:
                14 |     - name: store
                   |             ^^^^^
            gadget.example.com/a skipped: its kind is not known here

            1 accepted, 1 refused, 1 skipped in 1 file

            """, result.Out, ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void Json_has_every_object()
    {
        using var host = new CliHost();
        CliResult result = host.Write("m.yaml", Good + "---\n" + Bad).Run("dry-run", "--format", "json", "m.yaml");
        JsonElement[] objects = [.. result.Json.GetProperty("files")[0].GetProperty("objects").EnumerateArray()];
        Assert.True(objects[0].GetProperty("accepted").GetBoolean());
        Assert.Equal("missing-backend-port", objects[1].GetProperty("causes")[0].GetProperty("code").GetString());
        Assert.Equal(13, objects[1].GetProperty("causes")[0].GetProperty("range").GetProperty("start").GetProperty("line").GetInt32());
        Assert.Equal(1, result.Json.GetProperty("summary").GetProperty("refused").GetInt32());
    }

    [Fact]
    public void Lines_are_answered_in_their_order()
    {
        using var host = new CliHost
        {
            Stdin = Encoding.UTF8.GetBytes(string.Join('\n',
                Question("\"a\"", Good), Question("7", Bad), Question("\"x\"", Good.Replace("spec: {}", "spec: {hostname: a}", StringComparison.Ordinal)),
                Question("\"k\"", Good.Replace("/v1", "/v9", StringComparison.Ordinal)), "")),
        };
        CliResult result = host.Run("dry-run", "--jsonl");
        Assert.Equal(0, result.ExitCode);
        JsonElement[] lines = [.. result.Out.TrimEnd().Split('\n').Select(l => JsonDocument.Parse(l).RootElement)];
        Assert.Equal(["\"a\" ", "7 spec.rules[0].backendRefs[0] FieldValueInvalid", "\"x\" spec.hostname UnknownField", "\"k\"  NoKindMatch"],
            lines.Select(l => l.GetProperty("id").GetRawText() + " " + string.Join(',', l.GetProperty("causes").EnumerateArray()
                .Select(c => c.GetProperty("field").GetString() + " " + c.GetProperty("reason").GetString()))));
    }

    /// <summary>What lacks its head is refused where it is an object by all the rest; files of other tools are none.</summary>
    [Theory]
    [InlineData("kind: HTTPRoute\nmetadata: {name: a}\nspec: {rules: []}\n", 1, "apiVersion: `apiVersion` is missing.")]
    [InlineData("metadata: {name: a}\nspec: {rules: []}\n", 1, "kind: This is not a Kubernetes object: `apiVersion` and `kind` are missing.")]
    [InlineData("kind: pipeline\nname: a\nsteps: []\n", 0, "skipped: not an object of Kubernetes")]
    [InlineData("kind: DaemonSet\nreplicas: 2\nmetadata: {labels: {a: b}}\n", 0, "skipped: not an object of Kubernetes")]
    [InlineData("replicas: 2\nspec: {a: b}\n", 0, "")]
    [InlineData("metadata: {name: '{{ .x }}'}\nspec: {rules: []}\n{{ .y }}\n", 0, "")]
    public void A_document_without_its_head(string text, int exit, string told)
    {
        using var host = new CliHost();
        CliResult result = host.Write("folder/a.yaml", text).Run("dry-run", "folder");
        Assert.Equal(exit, result.ExitCode);
        Assert.Contains(told, result.Out, StringComparison.Ordinal);
        host.Write("folder/kustomization.yaml", "patches: [{path: a.yaml, target: {kind: HTTPRoute}}]\n");
        Assert.DoesNotContain("error", host.Run("dry-run", "folder").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_with_dots_is_told_whole()
    {
        using var host = new CliHost();
        CliResult result = host.Write("a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  gateway.k8s.aws/x: 5\n").Run("dry-run", "a.yaml");
        Assert.Contains("`gateway.k8s.aws/x` must be a string", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_that_is_no_question_is_answered_with_an_error()
    {
        using var host = new CliHost { Stdin = "{\"id\": 1}\nnonsense\n{\"id\": \"c\", \"channel\": \"beta\", \"manifest\": \"a: b\"}\n[]\n"u8.ToArray() };
        CliResult result = host.Run("dry-run", "--jsonl");
        Assert.Equal(2, result.ExitCode);
        Assert.Equal(
            """
            {"id":1,"error":"`manifest` is missing, or neither a string nor an object"}
            {"id":null,"error":"the line is not JSON, see character 2"}
            {"id":"c","error":"`channel` is not one of standard, experimental"}
            {"id":null,"error":"the line is not a JSON object"}
            """, result.Out.TrimEnd(), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void An_update_is_held_to_what_was_there()
    {
        const string Class = "apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata:\n  name: a\nspec:\n  controllerName: a.example/NAME\n";
        string old = Class.Replace("NAME", "x", StringComparison.Ordinal);
        using var host = new CliHost { Stdin = Encoding.UTF8.GetBytes(Question("1", Class.Replace("NAME", "y", StringComparison.Ordinal), old) + "\n" + Question("2", old, old) + "\n") };
        string[] lines = host.Run("dry-run", "--jsonl").Out.TrimEnd().Split('\n');
        Assert.Contains("spec.controllerName", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"accepted\":true", lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dry-run")]
    [InlineData("dry-run", "--jsonl", "m.yaml")]
    public void Paths_or_lines_are_needed(params string[] args)
    {
        using var host = new CliHost();
        Assert.Equal(2, host.Run(args).ExitCode);
    }

    private static string Question(string id, string manifest, string? old = null) =>
        $"{{\"id\":{id},\"channel\":\"standard\",\"manifest\":{JsonSerializer.Serialize(manifest)}{(old is null ? "" : ",\"old\":" + JsonSerializer.Serialize(old))}}}";
}
