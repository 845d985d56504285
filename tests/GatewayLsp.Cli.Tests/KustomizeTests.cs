using System.Text.Json;

namespace GatewayLsp.Cli.Tests;

/// <summary>Commands answer for what kustomizations build, and say where they can't.</summary>
public sealed class KustomizeTests : IDisposable
{
    private readonly CliHost _cli = new();

    public KustomizeTests()
    {
        _cli.Write("base/kustomization.yaml", "resources: [all.yaml]\n")
            .Write("base/all.yaml", """
                apiVersion: gateway.networking.k8s.io/v1
                kind: Gateway
                metadata: {name: front, namespace: shop}
                spec: {gatewayClassName: any, listeners: [{name: web, port: 80, protocol: HTTP}]}
                ---
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: shop, namespace: shop}
                spec: {parentRefs: [{name: front}], rules: [{backendRefs: [{name: cart, port: 80}]}]}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: cart, namespace: shop}
                spec: {ports: [{port: 80}]}
                """)
            .Write("overlays/east/kustomization.yaml", "resources: [../../base]\npatches:\n- path: gateway.yaml\n")
            .Write("overlays/east/gateway.yaml", """
                apiVersion: gateway.networking.k8s.io/v1
                kind: Gateway
                metadata: {name: front, namespace: shop}
                spec:
                  listeners:
                  - {name: web, port: 80000, protocol: HTTP}
                """)
            .Write("overlays/west/kustomization.yaml", "resources: [../../base]\npatches:\n- target: {kind: HTTPRoute}\n  patch: '- {op: replace, path: /spec/rules/0/backendRefs/0/port, value: 81}'\n");
    }

    [Fact]
    public void A_folder_of_a_kustomization_is_judged_by_what_it_builds()
    {
        CliResult east = _cli.Run("dry-run", "-k", "overlays/east");
        Assert.Equal(1, east.ExitCode);
        Assert.Contains("error: gateway.gateway.networking.k8s.io/front refused", east.Out, StringComparison.Ordinal);
        Assert.Contains("    overlays/east/gateway.yaml:6:23\n", east.Out, StringComparison.Ordinal);
        Assert.Contains("2 accepted, 1 refused in", east.Out, StringComparison.Ordinal);
        Assert.Equal("", east.Error);
        CliResult west = _cli.Run("dry-run", "-k", "overlays/west", "--format", "json");
        Assert.Equal(0, west.ExitCode);
        Assert.Equal(3, west.Json.GetProperty("summary").GetProperty("accepted").GetInt32());
        JsonElement cause = Assert.Single(_cli.Run("dry-run", "-k", "overlays/east", "--format", "json").Json.GetProperty("files").EnumerateArray().SelectMany(file => file.GetProperty("objects").EnumerateArray())
            .SelectMany(one => one.GetProperty("causes").EnumerateArray()));
        Assert.Equal("overlays/east/gateway.yaml", cause.GetProperty("path").GetString());
        Assert.Equal(5, cause.GetProperty("range").GetProperty("start").GetProperty("line").GetInt32());
    }

    [Fact]
    public void A_kustomization_needs_no_extension()
    {
        _cli.Write("plain/Kustomization", "resources: [all.yaml]\nnamespace: other\n")
            .Write("plain/all.yaml", """
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: shop, namespace: shop}
                spec: {parentRefs: [{name: front}], rules: [{backendRefs: [{name: cart, port: 80}]}]}
                """);
        JsonElement route = _cli.Run("conditions", "plain", "--format", "json").Json.GetProperty("objects")[0];
        Assert.Equal("other", route.GetProperty("namespace").GetString());
        Assert.Contains("2 files", _cli.Run("check", "plain").Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-k: there is no kustomization in 'nowhere'", "dry-run", "-k", "nowhere")]
    [InlineData("-k names all there is to judge", "dry-run", "-k", "overlays/east", "base")]
    [InlineData("--cluster: 'a=x[': a `[` in the glob is never closed", "conditions", "--cluster", "a=x[", ".")]
    [InlineData("--cluster: 'a={x': a `{` in the glob is never closed", "conditions", "--cluster", "a={x", ".")]
    public void Slips_are_told(string message, params string[] arguments)
    {
        CliResult result = _cli.Run(arguments);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_overlay_alone_brings_its_base()
    {
        CliResult result = _cli.Run("trace", "--gateway", "shop/front", "http://x/", "overlays/west");
        Assert.StartsWith("GET http://x/ to Gateway shop/front\n-> 500\n", result.Out, StringComparison.Ordinal);
        Assert.Contains("base/all.yaml:9", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_check_of_an_overlay_alone_brings_its_base()
    {
        CliResult east = _cli.Run("check", "overlays/east", "--format", "json");
        Assert.Equal(1, east.ExitCode);
        Assert.Contains("overlays/east/gateway.yaml out-of-range", Found(east));
        CliResult west = _cli.Run("check", "overlays/west", "--format", "json");
        Assert.Equal(1, west.ExitCode);
        Assert.Equal(["overlays/west/kustomization.yaml port-not-found"], Found(west));

        // What is wrong in the base for its sake, and nothing else of it.
        _cli.Write("base/other.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: other, nmespace: shop}\nspec: {ports: [{port: 80}]}\n").Write("base/kustomization.yaml", "resources: [all.yaml, other.yaml]\n")
            .Write("overlays/west/kustomization.yaml", "resources: [../../base]\npatches:\n- target: {kind: Service, name: cart}\n  patch: '- {op: replace, path: /spec/ports/0/port, value: 81}'\n");
        CliResult service = _cli.Run("check", "overlays/west", "--format", "json");
        Assert.Contains("base/all.yaml port-not-found", Found(service));
        Assert.DoesNotContain("base/kustomization.yaml", service.Json.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("path").GetString()));
    }

    [Fact]
    public void What_kustomize_refuses_is_refused()
    {
        _cli.Write("k/kustomization.yaml", "resources: [a.yaml]\npatches: [{path: p.yaml}]\n").Write("k/a.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{port: 80}]}\n")
            .Write("k/p.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: b}\n");
        CliResult run = _cli.Run("dry-run", "-k", "k");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("error: kustomize refuses to build k: the patch of Service b is for no object\n", run.Error, StringComparison.Ordinal);
        Assert.Equal(["k/p.yaml kustomization-refused"], Found(_cli.Run("check", "k", "--format", "json")));

        // kubectl reads no file from outside of the folder; other tools do.
        _cli.Write("k/p.yaml", "").Write("k/kustomization.yaml", "resources: [a.yaml]\nnamePrefix: x-\nconfigurations: [../names.yaml]\n").Write("names.yaml", "nameReference: []\n");
        CliResult outside = _cli.Run("dry-run", "-k", "k");
        Assert.Equal(1, outside.ExitCode);
        Assert.Contains("`../names.yaml` is outside of its folder", outside.Error, StringComparison.Ordinal);
        Assert.Empty(Found(_cli.Run("check", "k", "--format", "json")));
    }

    /// <summary>What stands below is what each would be deployed as, or nothing at all.</summary>
    [Theory]
    [InlineData("resources: [../base]\npatches: [{path: gone.yaml}]\n", "kustomize refuses to build k/prod: `gone.yaml` is not there")]
    [InlineData("resources: [../base, gone.yaml]\n", "kustomize refuses to build k/prod: `gone.yaml` is not there")]
    [InlineData("resources: [gone.yaml]\n", "kustomize refuses to build k/prod: `gone.yaml` is not there")]
    [InlineData("resources: [../base]\npatches: [{patch: '{apiVersion: v1, kind: Service, metadata: {name: b}}'}]\n", "kustomize refuses to build k/prod: the patch of Service b is for no object")]
    [InlineData("resources: [../base]\nnamePrefx: x-\n", "k/prod can't be built here: ")]
    [InlineData("resources: [../base]\ntransformers: [../base/a.yaml]\n", "k/prod can't be built here: `transformers` is not followed. If kubectl can build it: kubectl kustomize k/prod | gateway-lsp dry-run -")]
    public void A_dry_run_of_what_is_not_built_goes_no_further(string overlay, string error)
    {
        _cli.Write("k/base/kustomization.yaml", "resources: [a.yaml]\n").Write("k/base/a.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{port: 80}]}\n").Write("k/prod/kustomization.yaml", overlay);
        CliResult text = _cli.Run("dry-run", "-k", "k/prod");
        Assert.Equal((1, ""), (text.ExitCode, text.Out));
        Assert.StartsWith("error: " + error, text.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("note:", text.Error, StringComparison.Ordinal);
        CliResult json = _cli.Run("dry-run", "-k", "k/prod", "--format", "json");
        Assert.Equal((1, 0), (json.ExitCode, json.Json.GetProperty("files").GetArrayLength()));
        Assert.StartsWith(error, Assert.Single(json.Json.GetProperty("notes").EnumerateArray()).GetString(), StringComparison.Ordinal);
    }

    /// <summary>Whoever reads only the report learns of it, too; once, though two kustomizations can't be built for it.</summary>
    [Theory]
    [InlineData("k", "resources: [a.yaml, gone.yaml]\n", "k/base/kustomization.yaml 0:20")]
    [InlineData("k/prod", "resources: [a.yaml, gone.yaml]\n", "k/base/kustomization.yaml 0:20")]
    [InlineData("k/base", "resources: [a.yaml]\nconfigMapGenerator: [{name: s, files: [https://shop.test/x.conf], literals: [a=b.conf]}]\n")]
    [InlineData("k/base", "resources: [a.yaml, 'https://shop.test/x.yaml', '../{{ .Values.x }}.yaml']\n")]
    [InlineData("k/base", "resources: [a.yaml, '@ENV@.yaml', 'x-%ENV%.yaml', '<env>/a.yaml', $ENV.yaml, '${ENV}.yaml', '$(env)/a.yaml', '<%= env %>.yaml']\n")]
    [InlineData("k/base", "resources: [a.yaml, me@home.yaml, '50%.yaml']\n", "k/base/kustomization.yaml 0:20", "k/base/kustomization.yaml 0:34")]
    public void A_file_that_is_not_there_is_a_finding_in_every_report(string path, string kustomization, params string[] places)
    {
        _cli.Write("k/base/kustomization.yaml", kustomization).Write("k/base/a.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{port: 80}]}\n")
            .Write("k/base/there.conf", "").Write("k/prod/kustomization.yaml", "resources: [../base]\nnamePrefix: x-\n");
        CliResult json = _cli.Run("check", path, "--format", "json");
        Assert.Equal(places.Length > 0 ? 1 : 0, json.ExitCode);
        Assert.Equal(places, json.Json.GetProperty("files").EnumerateArray().SelectMany(static file => file.GetProperty("diagnostics").EnumerateArray().Select(finding =>
            $"{file.GetProperty("path").GetString()} {finding.GetProperty("range").GetProperty("start").GetProperty("line").GetInt32()}:{finding.GetProperty("range").GetProperty("start").GetProperty("character").GetInt32()}")));
        Assert.Equal(places.Length, _cli.Run("check", path, "--format", "github").Out.Split("::error ").Length - 1);
    }

    /// <summary>They are kept out of repositories as a rule, so that a check of what is in one does not fail for them.</summary>
    [Fact]
    public void A_file_of_a_generator_that_is_not_there_is_a_warning()
    {
        _cli.Write("k/kustomization.yaml", "resources: [a.yaml]\nsecretGenerator: [{name: s, envs: [.env], files: [x=x.conf, there.conf, there/]}, {name: t, envs: [a=b.env, c=there.conf]}]\n").Write("k/there.conf", "").Write("k/a=b.env", "").Write("k/there/x.conf", "")
            .Write("k/a.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{port: 80}]}\n");
        CliResult check = _cli.Run("check", "k");
        Assert.Equal(0, check.ExitCode);
        Assert.Contains("k/kustomization.yaml:2:36: warning[kustomization-refused] kustomize refuses to build `k`: `.env` is not there.\n", check.Out, StringComparison.Ordinal);
        Assert.Contains("k/kustomization.yaml:2:51: warning[kustomization-refused] kustomize refuses to build `k`: `x.conf` is not there.\n", check.Out, StringComparison.Ordinal);
        Assert.Contains(": `there/` is not a file.\n", check.Out, StringComparison.Ordinal);
        Assert.Contains(": `c=there.conf` is not there.\n", check.Out, StringComparison.Ordinal);
        Assert.Equal(4, check.Out.Split("[kustomization-refused]").Length - 1);
        Assert.DoesNotContain("invalid-config-key", check.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_check_of_what_kustomize_refuses_fails_and_names_the_folder_as_the_user_does()
    {
        _cli.Write("k/base/kustomization.yaml", "resources: [a.yaml]\n").Write("k/base/a.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{port: 80}]}\n")
            .Write("k/prod/kustomization.yaml", "resources: [../base]\npatches: [{path: gone.yaml}]\n");
        CliResult gone = _cli.Run("check", "k/prod");
        Assert.Equal(1, gone.ExitCode);
        Assert.Contains("k/prod/kustomization.yaml:2:18: error[kustomization-refused] kustomize refuses to build `prod`: `gone.yaml` is not there.\n", gone.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("No findings", gone.Out, StringComparison.Ordinal);
        Assert.Contains("`gone.yaml`이(가) 없습니다.", _cli.Run("check", "k/prod", "--lang", "ko").Out, StringComparison.Ordinal);
        Assert.Equal("note: the kustomization k/prod is not built: `gone.yaml` is not there; its files are taken as they are written\n", gone.Error);
        _cli.Write("k/prod/gone.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: b}\n");
        CliResult refused = _cli.Run("check", "k/prod");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("k/prod/gone.yaml:3:18: error[kustomization-refused] ", refused.Out, StringComparison.Ordinal);
        Assert.StartsWith("note: the kustomization k/prod is not built: ", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_merge_instruction_that_stays_in_the_object_is_refused()
    {
        _cli.Write("overlays/west/kustomization.yaml", "resources: [../../base]\npatches:\n- path: p.yaml\n")
            .Write("overlays/west/p.yaml", "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: shop, namespace: shop}\nspec:\n  rules:\n  - $patch: replace\n  - backendRefs: [{name: cart, port: 80}]\n");
        CliResult run = _cli.Run("dry-run", "-k", "overlays/west");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("spec.rules[0].$patch", run.Out, StringComparison.Ordinal);
        Assert.Equal(["overlays/west/p.yaml unknown-field"], Found(_cli.Run("check", "overlays/west", "--format", "json")));
    }

    private static string[] Found(CliResult result) => [.. result.Json.GetProperty("files").EnumerateArray().SelectMany(file => file.GetProperty("diagnostics").EnumerateArray()
        .Select(one => $"{file.GetProperty("path").GetString()} {one.GetProperty("code").GetString()}")).Order(StringComparer.Ordinal)];

    [Fact]
    public void Overlays_of_one_base_are_called_by_their_folders()
    {
        _cli.Write("overlays/east/gateway.yaml", "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: front, namespace: shop}\nspec: {gatewayClassName: other}\n");
        Assert.StartsWith("GET http://x/ to Gateway shop/front of cluster east\n-> shop/cart:80\n", _cli.Run("trace", "--gateway", "east/shop/front", "http://x/", ".").Out, StringComparison.Ordinal);
        CliResult west = _cli.Run("trace", "--gateway", "west/shop/front", "http://x/", ".");
        Assert.StartsWith("GET http://x/ to Gateway shop/front of cluster west\n-> 500\n", west.Out, StringComparison.Ordinal);
        Assert.Contains("note: overlays of one base, and those that build objects of the same names, are taken for different clusters, called by their folders: east (overlays/east), west (overlays/west); ", west.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Clusters_are_named_by_absolute_paths_and_ways_around_too()
    {
        string east = Path.GetFullPath("overlays/east", _cli.Folder);
        string[] clusters = [.. _cli.Run("conditions", "--format", "json", "--cluster", "east=" + east, "--cluster", "west=./base/../overlays/west/", ".").Json.GetProperty("objects").EnumerateArray()
            .Select(one => one.GetProperty("cluster").GetString()!).Distinct()];
        Assert.Equal(["east", "west"], clusters);
    }

    [Fact]
    public void A_kustomization_that_can_not_be_built_is_told()
    {
        _cli.Write("overlays/east/kustomization.yaml", "resources: [../../base]\ntransformers: [t.yaml]\nnamePrefix: p-\npatches: [{path: gateway.yaml}]\n");
        CliResult result = _cli.Run("conditions", "--format", "json", "overlays/east");
        const string Note = "the kustomization overlays/east is not built: `transformers` is not followed; its files are taken as they are written";
        Assert.Equal($"note: {Note}\n", result.Error);
        Assert.Equal([Note], result.Json.GetProperty("notes").EnumerateArray().Select(one => one.GetString()!).ToArray());
    }

    [Fact]
    public void Several_definitions_of_one_object_are_told()
    {
        const string Service = "apiVersion: v1\nkind: Service\nmetadata: {name: twice, namespace: shop}\nspec: {ports: [{port: 80}]}\n";
        _cli.Write("one/a.yaml", Service).Write("one/b.yaml", Service);
        CliResult result = _cli.Run("conditions", "--format", "json", "one");
        const string Note = "Service shop/twice is defined 2 times (one/a.yaml, one/b.yaml); the definition in one/a.yaml is taken";
        Assert.Equal($"note: {Note}\n", result.Error);
        Assert.Equal(Note, Assert.Single(result.Json.GetProperty("notes").EnumerateArray()).GetString());
        // Files of no cluster are in each of the clusters: once is enough.
        _cli.Write("c/gateway.yaml", Gateway("east"));
        Assert.Equal($"note: {Note}\n", _cli.Run("conditions", "--cluster", "east=c", "one", "c").Error);
    }

    [Fact]
    public void What_is_of_no_cluster_is_drawn_in_the_clusters_alone()
    {
        _cli.Write("c/east/gateway.yaml", Gateway("east")).Write("c/west/gateway.yaml", Gateway("west"))
            .Write("c/common/route.yaml", "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: shop, namespace: shop}\nspec: {parentRefs: [{name: front}], rules: [{backendRefs: [{name: cart, port: 80}]}]}\n");
        string[] clusters = [.. _cli.Run("topology", "--format", "json", "--cluster", "east=c/east", "--cluster", "west=c/west", "c").Json.GetProperty("nodes").EnumerateArray()
            .Where(node => node.GetProperty("kind").GetString() is not ("client" or "host")).Select(node => node.GetProperty("cluster").GetString()!).Distinct().Order()];
        Assert.Equal(["east", "west"], clusters);
    }

    private static string Gateway(string name) =>
        $"apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {{name: front, namespace: shop, labels: {{at: {name}}}}}\nspec: {{gatewayClassName: any, listeners: [{{name: web, port: 80, protocol: HTTP}}]}}\n";

    public void Dispose() => _cli.Dispose();
}
