using System.Diagnostics;
using GatewayLsp.Engine.Kustomize;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Tests.Kustomize;

/// <summary>What kustomizations are built into: reviewed results, and what kubectl makes of the same folders.</summary>
public sealed class BuildTests
{
    public static TheoryData<string, string> Cases => new()
    {
        { "overlay", "overlays/eks" },
        { "names", "overlay" },
        { "merges", "" },
        { "components", "prod" },
        { "replacements", "" },
        { "quoting", "" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Folders_are_built_into_what_was_reviewed(string name, string root)
    {
        string built = Built(name, root);
        string file = Path.Combine(BuildFixture.Folder(), name + ".built.yaml");
        if (Environment.GetEnvironmentVariable("UPDATE_BASELINES") == "1")
        {
            File.WriteAllText(file, built);
        }
        Assert.True(File.Exists(file), $"{name}.built.yaml is missing: run the tests once with UPDATE_BASELINES=1 and review it");
        Assert.Equal(File.ReadAllText(file), built);
    }

    [KubectlTheory]
    [MemberData(nameof(Cases))]
    public void Kubectl_builds_the_same(string name, string root)
    {
        string folder = Directory.CreateTempSubdirectory("kustomize").FullName;
        try
        {
            foreach ((string path, string text) in BuildFixture.Files(File.ReadAllText(Path.Combine(BuildFixture.Folder(), name + ".yaml"))))
            {
                string file = Path.Combine(folder, path["/w/".Length..]);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllText(file, text);
            }
            Assert.Equal(BuildFixture.Canonical(Kubectl.Run("kustomize", Path.Combine(folder, root))), BuildFixture.Canonical(Built(name, root)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_value_leads_to_the_place_where_it_is_written(string name, string root)
    {
        int exact = 0;
        foreach (BuiltObject one in Result(name, root).Objects)
        {
            YamlNode tree = new ManifestDocument(one.Text).Root!;
            foreach (YamlNode node in tree.DescendantsAndSelf())
            {
                BuildOrigin origin = Assert.IsType<BuildOrigin>(one.Places.Find(node.Span));
                Assert.True(origin.Span.End <= origin.Document.Text.Length);
                // What was not put together from several texts is there, letter by letter.
                string source = origin.Document.Text.Substring(origin.Span.Start, origin.Span.Length);
                exact += node is YamlScalar scalar && source == scalar.Value ? 1 : 0;
            }
        }
        Assert.True(exact >= 5, $"{exact}");
    }

    [Fact]
    public void A_part_of_a_value_leads_to_that_part()
    {
        BuildResult result = BuildFixture.Build("#file: kustomization.yaml\nnamespace: shop\nresources: [a.yaml]\n#file: a.yaml\n# above\napiVersion: v1\nkind: Service\nmetadata:\n  name: first-second\n", "");
        BuiltObject only = Assert.Single(result.Objects);
        int at = only.Text.IndexOf("second", StringComparison.Ordinal);
        BuildOrigin origin = only.Places.Find(new TextSpan(at, 6))!;
        Assert.Equal("second", origin.Document.Text.Substring(origin.Span.Start, origin.Span.Length));
        Assert.Equal("/w/a.yaml", origin.Path);
        Assert.Equal("/w/kustomization.yaml", only.Places.Find(new TextSpan(only.Text.IndexOf("namespace: shop", StringComparison.Ordinal) + 11, 1))!.Path);
    }

    [Theory]
    [InlineData("transformers: [t.yaml]", "`transformers` is not followed")]
    [InlineData("openapi: {path: s.json}", "`openapi` is not followed")]
    [InlineData("components: [https://example.com/c]", "the component `https://example.com/c` is not here")]
    [InlineData("patches: [{path: missing.yaml}]", "`missing.yaml` is not there")]
    [InlineData("patches: [{patch: '{apiVersion: v1, kind: Service, metadata: {name: other}}'}]", "the patch of Service other is for no object")]
    [InlineData("patches: [{target: {kind: Service}, patch: '[{op: replace, path: /spec/x/y, value: 1}]'}]", "`/spec/x/y` leads to nothing")]
    [InlineData("patches: [{target: {kind: Service}, patch: '- {op: test, path: /metadata/name, value: b}'}]", "`/metadata/name` is not what `test` expects")]
    [InlineData("patches: [{target: {kind: Service}, patch: '- {op: test, path: /metadata/name}'}]", "`/metadata/name` is not what `test` expects")]
    [InlineData("patches: [{target: {labelSelector: 'app in (a'}, patch: '- {op: add, path: /x, value: 1}'}]", "the target of a patch is not understood")]
    [InlineData("patches: [{path: ../o.yaml}]", "`../o.yaml` is outside of its folder, and kustomize takes only folders from there")]
    [InlineData("resources: [a.yaml, ../o.yaml]", "`../o.yaml` is outside of its folder, and kustomize takes only folders from there")]
    [InlineData("resources: [a.yaml, missing.yaml]", "`missing.yaml` is not there")]
    [InlineData("namePrefixx: a-", "kustomize has no field `namePrefixx`")]
    [InlineData("labels: [{pair: {a: b}}]", "kustomize has no field `labels.pair`")]
    [InlineData("NamePrefix: a-", "`NamePrefix` is not followed: it is written `namePrefix`")]
    [InlineData("namespace: on", "`namespace` is not a text")]
    [InlineData("commonAnnotations: {a: 1}", "`commonAnnotations.a` is not a text")]
    [InlineData("commonAnnotations: {n: '1'}", "the annotation `n` has a name that is no text to kustomize")]
    [InlineData("labels: [{pairs: {a: b}, includeSelectors: 'true'}]", "`labels.includeSelectors` is not true or false")]
    [InlineData("labels: [{pairs: {a: b}, fields: [{path: metadata/labels}]}]", "the field `metadata/labels` of `labels` is said to be made where it is missing, and not to be")]
    [InlineData("labels: [{pairs: {a: b}, fields: [{path: metadata/name}]}]", "`metadata.name` of Service a is not what kustomize can set")]
    [InlineData("replicas: [{name: a, count: 2}]", "`replicas` names a, which is no workload here")]
    [InlineData("apiVersion: v1", "its `apiVersion` is not `kustomize.config.k8s.io/v1beta1`")]
    [InlineData("replacements: [{source: {kind: Service}, targets: [{select: {kind: Service}, fieldPaths: ['metadata.annotations.[x/y]'], options: {create: true}}]}]", "a target of a replacement has no `metadata.annotations.[x/y]`")]
    [InlineData("patches: [{target: {kind: 'Service('}, patch: '[{op: add, path: /x, value: 1}]'}]", "the target of a patch is not understood")]
    [InlineData("configMapGenerator: [{name: a, behavior: merge}]", "`configMapGenerator` is to merge ConfigMap a, which is not there")]
    [InlineData("replacements: [{source: {kind: Secret}}]", "the source of a replacement is not there")]
    [InlineData("resources: [a.yaml, a.yaml]", "Service a comes twice")]
    [InlineData("resources: [.]", "kustomizations include each other")]
    public void What_can_not_be_built_is_refused_as_a_whole(string line, string message)
    {
        string resources = line.StartsWith("resources", StringComparison.Ordinal) ? "" : "resources: [a.yaml]\n";
        BuildResult result = BuildFixture.Build($"#file: kustomization.yaml\n{resources}{line}\n#file: a.yaml\napiVersion: v1\nkind: Service\nmetadata: {{name: a}}\n", "");
        Assert.Equal(message, result.Refusal?.Message);
        Assert.Empty(result.Objects);
    }

    [Fact]
    public void What_comes_from_elsewhere_is_told_and_the_rest_is_built()
    {
        BuildResult result = BuildFixture.Build(
            "#file: kustomization.yaml\nresources: [a.yaml, 'https://example.com/x', ../elsewhere]\nhelmCharts: [{name: x}]\npatches: [{patch: '{apiVersion: v1, kind: Service, metadata: {name: theirs}}'}]\n#file: a.yaml\napiVersion: v1\nkind: Service\nmetadata: {name: a}\n", "");
        Assert.Null(result.Refusal);
        Assert.Single(result.Objects);
        Assert.Equal((string[])["`helmCharts`", "`https://example.com/x`", "`../elsewhere`"], result.Unseen.ToArray());
    }

    [Theory]
    [InlineData("patches: [{target: {kind: Service}, patch: '- {op: replace, path: /spec/new, value: 1}'}]", "new: 1")]
    [InlineData("patches: [{target: {kind: Service}, patch: '- {op: remove, path: /spec/ports/-1}'}]", "ports: []")]
    [InlineData("patches: [{target: {kind: Service}, patch: '- {op: add, path: /spec/ports/-1, value: {port: 81}}'}]", "ports:\n  - port: 80\n  - port: 81")]
    [InlineData("patches: [{target: {kind: Service}, patch: '- {op: test, path: /spec/ports/0/port, value: 0x50}'}]", "port: 80")]
    [InlineData("patches: [{target: {labelSelector: 'app in (a, b), !x, app notin (c), n>1'}, patch: '- {op: add, path: /spec/hit, value: 1}'}]", "hit: 1")]
    [InlineData("namespace: q\nnamespace: z", "namespace: z")]
    [InlineData("labels: [{pairs: {e: x}, fields: [{path: spec/extra/labels, create: true, kind: Service}]}]", "extra:\n    labels:\n      e: x")]
    [InlineData("replacements: [{source: {kind: Service, fieldPath: spec.ports.0.port}, targets: [{select: {kind: Service}, fieldPaths: ['spec.list.[name=b].port'], options: {create: true}}]}]", "list:\n  - name: b\n    port: 80")]
    public void What_kustomize_takes_is_built(string line, string expected)
    {
        BuildResult result = BuildFixture.Build(
            $"#file: kustomization.yaml\nresources: [a.yaml]\n{line}\n#file: a.yaml\napiVersion: v1\nkind: Service\nmetadata: {{name: a, labels: {{app: a, n: \"2\"}}}}\nspec: {{ports: [{{port: 80}}]}}\n", "");
        Assert.Null(result.Refusal);
        Assert.Contains(expected, Assert.Single(result.Objects).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_may_be_outside_of_what_is_open()
    {
        BuildResult result = BuildFixture.Build("#file: kustomization.yaml\nresources: [missing.yaml]\nnamespace: a\n", "");
        Assert.Null(result.Refusal);
        Assert.Equal("`missing.yaml`", Assert.Single(result.Unseen));
    }

    /// <summary>As kustomize does, which does not know the kind; the API server drops it again.</summary>
    [Fact]
    public void A_GatewayClass_gets_a_namespace_and_is_no_worse_for_it()
    {
        BuildResult result = BuildFixture.Build("#file: kustomization.yaml\nresources: [a.yaml]\nnamespace: shop\n#file: a.yaml\napiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: {name: a}\nspec: {controllerName: example.com/c}\n", "");
        Assert.Contains("namespace: shop", Assert.Single(result.Objects).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Aliases_in_aliases_end()
    {
        string bomb = string.Concat(Enumerable.Range(0, 40).Select(i => $"  a{i}: &a{i} [{(i == 0 ? "x" : string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10)))}]\n"));
        BuildResult result = BuildFixture.Build($"#file: kustomization.yaml\nresources: [a.yaml]\n#file: a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata: {{name: a}}\ndata:\n{bomb}", "");
        Assert.Equal("it is too large", result.Refusal?.Message);
    }

    public static TheoryData<string> Bombs => new()
    {
        // What merge keys bring together, key by key the same.
        "namePrefix: p-\n#file: a.yaml\n" + Map + string.Concat(Enumerable.Range(1, 19).Select(static i => $"  x{i}: &x{i} {{<<: [{string.Join(", ", Enumerable.Repeat($"*x{i - 1}", 9))}]}}\n")),
        // Every operation doubles the object.
        "patches:\n- target: {kind: ConfigMap}\n  patch: |\n" + string.Concat(Enumerable.Range(0, 40).Select(static i => $"    - {{op: copy, from: /data, path: /data/c{i}}}\n")) + "#file: a.yaml\n" + Map,
        "replacements:\n" + string.Concat(Enumerable.Range(0, 40).Select(static i => $"- source: {{kind: ConfigMap, fieldPath: data}}\n  targets: [{{select: {{kind: ConfigMap}}, fieldPaths: [data.c{i}], options: {{create: true}}}}]\n")) + "#file: a.yaml\n" + Map,
        // Every replacement doubles a text.
        "replacements:\n" + string.Concat(Enumerable.Repeat("- source: {kind: ConfigMap, fieldPath: data.text}\n  targets: [{select: {kind: ConfigMap}, fieldPaths: [data.text], options: {delimiter: x, index: 9}}]\n", 60)) + "#file: a.yaml\n" + Map,
        // Deeper than any stack.
        "replacements: [{source: {kind: ConfigMap, name: a}, targets: [{select: {kind: ConfigMap}, fieldPaths: [data" + string.Concat(Enumerable.Repeat(".a", 100_000)) + "], options: {create: true}}]}]\n#file: a.yaml\n" + Map,
    };

    private const string Map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  text: axb\n  x0: &x0 {k: v}\n";

    [Theory]
    [MemberData(nameof(Bombs))]
    public void What_makes_much_of_a_small_text_is_not_built(string bomb) =>
        Assert.Equal("it is too large", BuildFixture.Build("#file: kustomization.yaml\nresources: [a.yaml]\n" + bomb, "").Refusal?.Message);

    [Fact]
    public void Paths_of_patches_that_go_too_deep_are_refused() =>
        Assert.Equal("a `path` goes too deep", BuildFixture.Build("#file: kustomization.yaml\nresources: [a.yaml]\npatches:\n- target: {kind: ConfigMap}\n  patch: '[{op: add, path: " + string.Concat(Enumerable.Repeat("/data", 200)) + ", value: x}]'\n#file: a.yaml\n" + Map, "").Refusal?.Message);

    private static string Built(string name, string root) => string.Concat(Result(name, root).Objects.Select(static one => one.Text));

    private static BuildResult Result(string name, string root)
    {
        BuildResult result = BuildFixture.Build(File.ReadAllText(Path.Combine(BuildFixture.Folder(), name + ".yaml")), root);
        Assert.Null(result.Refusal);
        return result;
    }
}

/// <summary>A test against kubectl; where there is none it is reported as skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KubectlTheoryAttribute : TheoryAttribute
{
    public KubectlTheoryAttribute()
    {
        if (!Kubectl.IsHere)
        {
            Skip = "there is no kubectl on this machine";
        }
    }
}

internal static class Kubectl
{
    public static bool IsHere { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(static folder => File.Exists(Path.Combine(folder, "kubectl")));

    public static string Run(params string[] arguments)
    {
        (int exit, string output, string error) = Try(arguments);
        Assert.True(exit == 0, error);
        return output;
    }

    public static (int Exit, string Output, string Error) Try(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("kubectl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
