using System.Text.Json;

namespace GatewayLsp.Cli.Tests;

/// <summary>What <c>check</c> reports and how it ends.</summary>
public sealed class CheckTests : IDisposable
{
    private const string Route =
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
          namespace: shop
        spec:
          rules:
          - matches:
            - path:
                typ: Exact

        """;

    private readonly CliHost _cli = new();

    [Fact]
    public void Json_has_the_shape_that_is_documented()
    {
        CliResult result = _cli.Write("a.yaml", "# nothing\n---\n" + Route).Write("b.yaml", "x: 1\n").Run("check", ".", "--format", "json");
        Assert.Equal((1, ""), (result.ExitCode, result.Error));
        Golden.Check("check.json", JsonSerializer.Serialize(result.Json, Golden.Indented) + "\n");
    }

    [Theory]
    [InlineData("text")]
    [InlineData("github")]
    [InlineData("sarif")]
    public void Forms_for_people_and_machines(string format)
    {
        CliResult result = _cli.Write("a b.yaml", Route).Write("c.yaml", "k: [1, 2\nm: {x: y\n").Write("d.yaml", "a: |\n\t\"漢\nb: \"é\n")
            .Run("check", ".", "--format", format);
        Assert.Equal((1, ""), (result.ExitCode, result.Error));
        string text = format == "sarif" ? JsonSerializer.Serialize(result.Json, Golden.Indented) + "\n" : result.Out;
        Golden.Check("forms." + format, text);
    }

    [Theory]
    [InlineData("https://example.com/docs/rules")]
    [InlineData("https://example.com/docs/rules/")]
    public void Sarif_links_to_the_pages_of_rules(string pages)
    {
        CliResult result = _cli.Write("a.yaml", Route).Run("check", "a.yaml", "--format", "sarif", "--rule-pages", pages);
        JsonElement rule = result.Json.GetProperty("runs")[0].GetProperty("tool").GetProperty("driver").GetProperty("rules")[0];
        Assert.Equal($"https://example.com/docs/rules/{rule.GetProperty("id").GetString()}.md", rule.GetProperty("helpUri").GetString());
    }

    [Fact]
    public void Objects_that_are_defined_more_than_once_are_told()
    {
        string route = Route.Replace("typ:", "type:", StringComparison.Ordinal);
        CliResult result = _cli.Write("dev/a.yaml", route).Write("prod/a.yaml", route + "# another\n").Run("check", ".");
        Assert.Contains("is defined 2 times (dev/a.yaml, prod/a.yaml); the definition in dev/a.yaml is taken\n", result.Error, StringComparison.Ordinal);
        Assert.StartsWith("note: HTTPRoute ", result.Error, StringComparison.Ordinal);
        for (int i = 0; i < 8; i++)
        {
            string service = $"apiVersion: v1\nkind: Service\nmetadata: {{name: s{i}}}\nspec: {{ports: [{{port: 80}}]}}\n";
            _cli.Write($"dev/s{i}.yaml", service).Write($"prod/s{i}.yaml", service);
        }
        string[] lines = _cli.Run("check", ".").Error.TrimEnd().Split('\n');
        Assert.Equal((6, "note: 4 more are defined more than once; check such folders one at a time, or name their clusters"), (lines.Length, lines[^1]));
    }

    [Fact]
    public void Clean_files_are_fine()
    {
        CliResult result = _cli.Write("a.yaml", Route.Replace("typ:", "type:", StringComparison.Ordinal)).Run("check", "a.yaml");
        Assert.Equal((0, "No findings in 1 file, 1 document\n", ""), (result.ExitCode, result.Out, result.Error));
    }

    [Fact]
    public void Quiet_leaves_out_the_counts()
    {
        _cli.Write("a.yaml", "a: 1\n");
        Assert.Equal("", _cli.Run("check", "-q", "a.yaml").Out);
    }

    [Fact]
    public void A_rule_can_be_left_out()
    {
        _cli.Write("a.yaml", Route);
        Assert.Equal(0, _cli.Run("check", "a.yaml", "--disable", "unknown-field", "--disable", "duplicate-key").ExitCode);
    }

    [Fact]
    public void The_channel_decides_what_fields_there_are()
    {
        _cli.Write("a.yaml", Route.Replace("  - matches:\n    - path:\n        typ: Exact", "  - retry:\n      attempts: 2", StringComparison.Ordinal));
        Assert.Equal(1, _cli.Run("check", "a.yaml").ExitCode);
        Assert.Equal(0, _cli.Run("check", "a.yaml", "--channel", "experimental").ExitCode);
    }

    [Fact]
    public void Findings_below_the_severity_asked_for_are_left_out()
    {
        _cli.Write("a.yaml", Route);
        Assert.Equal(1, _cli.Run("check", "a.yaml", "--severity", "error").ExitCode);
    }

    [Fact]
    public void All_files_are_one_workspace()
    {
        _cli.Write("z/kustomization.yaml", "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\npatches:\n- path: patch.yaml\n")
            .Write("z/patch.yaml", "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata:\n  name: g\nspec:\n  listeners:\n  - name: http\n    port: 8080\n");
        Assert.Equal(1, _cli.Run("check", "z/patch.yaml").ExitCode);
        Assert.Equal(0, _cli.Run("check", "z").ExitCode);
    }

    [Theory]
    [InlineData(true, null, "auto", true)]
    [InlineData(true, "1", "auto", false)]
    [InlineData(true, "", "auto", true)]
    [InlineData(false, null, "auto", false)]
    [InlineData(false, null, "always", true)]
    [InlineData(true, null, "never", false)]
    public void Colours(bool isTerminal, string? noColor, string choice, bool coloured)
    {
        using var cli = new CliHost { IsTerminal = isTerminal };
        cli.Write("a.yaml", Route);
        if (noColor is not null)
        {
            cli.Variables.Add("NO_COLOR", noColor);
        }
        CliResult result = cli.Run("check", "a.yaml", "--color", choice);
        Assert.Equal(coloured, result.Out.Contains("\u001b[", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("text", "auto", "ko_KR.UTF-8", true)]
    [InlineData("text", "auto", "de_DE.UTF-8", false)]
    [InlineData("text", "en", "ko_KR.UTF-8", false)]
    [InlineData("json", "auto", "ko_KR.UTF-8", false)]
    [InlineData("json", "ko", "C", true)]
    [InlineData("github", "ko", "C", true)]
    public void Messages_are_in_the_language_asked_for(string format, string choice, string locale, bool isKorean)
    {
        using var cli = new CliHost();
        cli.Variables.Add("LANG", locale);
        string told = cli.Write("a.yaml", Route).Run("check", "a.yaml", "--format", format, "--lang", choice, "--color", "never").Out;
        Assert.Equal(isKorean, (format == "json" ? System.Text.RegularExpressions.Regex.Unescape(told) : told).Contains("필드가 없습니다", StringComparison.Ordinal));
        Assert.Contains("unknown-field", told, StringComparison.Ordinal);
    }

    [Fact]
    public void A_manifest_can_not_steer_the_terminal()
    {
        CliResult result = _cli.Write("a.yaml", "a: \u001b[31mred\u0007 \u202Ereversed\na: 1\n").Run("check", "a.yaml", "--color", "never");
        Assert.DoesNotContain(result.Out, c => c != '\n' && (char.IsControl(c) || c == '\u202E'));
    }

    [Fact]
    public void Results_do_not_depend_on_the_threads()
    {
        for (int i = 0; i < 200; i++)
        {
            _cli.Write($"{i % 7}/{i}.yaml", i % 3 == 0 ? Route : "a: [\n");
        }
        string first = _cli.Run("check", ".", "--format", "json").Out;
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(first, _cli.Run("check", ".", "--format", "json").Out);
        }
    }

    public void Dispose() => _cli.Dispose();
}
