using GatewayLsp.Engine.Navigation;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Navigation;

public class RenameTests
{
    /// <summary>The rename of one thing changes that many places, and the others stay.</summary>
    [Theory]
    [InlineData("shop.yaml", "- name: cart", 1, "basket", "shop.yaml:18 27 37 56|run.yaml:32 42")]
    [InlineData("infra.yaml", "name: public", 1, "edge", "infra.yaml:11|shop.yaml:13")]
    [InlineData("shop.yaml", "sectionName: https", 1, "tls", "shop.yaml:15|infra.yaml:19")]
    [InlineData("shop.yaml", "- name: web", 1, "main", "shop.yaml:43 57|run.yaml:34 44")]
    [InlineData("infra.yaml", "name: istio", 1, "envoy", "infra.yaml:4 14")]
    [InlineData("infra.yaml", "name: cert", 1, "tls.cert", "infra.yaml:24 35")]
    [InlineData("run.yaml", "configMapRef: {name: ca", 1, "roots", "run.yaml:17|shop.yaml:63 68")]
    [InlineData("shop.yaml", "name: shop", 1, "store", "shop.yaml:4 10 38 51 69|grant.yaml:10|infra.yaml:30|run.yaml:5 23 40")]
    [InlineData("grant.yaml", "namespace: pay", 1, "bank", "grant.yaml:5|pay.yaml:5|shop.yaml:31")]
    [InlineData("shop.yaml", "name: cart\n", 1, "cart-route", "shop.yaml:9")]
    public void In_the_shop(string file, string text, int nth, string name, string expected)
    {
        WorkspaceFixture fixture = Shop.At(file, text, nth);
        RenameResult result = fixture.Analysis.Rename(fixture.Path, fixture.Cursor, name);
        Assert.Null(result.Refusal);
        Assert.Equal(expected, string.Join("|", result.Edits.Select(edit => $"{edit.Path}:{string.Join(" ", edit.Edits.Select(one => one.Range.Start.Line + 1))}")));

        // And back again: nothing but the name has changed.
        string renamed = NavigationCheck.Apply(fixture.Workspace, result);
        Assert.NotEqual(NavigationCheck.Apply(fixture.Workspace, RenameNothing), renamed);
    }

    [Theory]
    [InlineData("{name: shop$0-v1, namespace: shop}", "shop-v3", "# expect: GET /shop-v1 via front:80 -> shop-v3:80 90%, shop/shop-v3 5%, shop-v2 5%, mirror shop-v3")]
    [InlineData("{name: f$0ront, namespace: shop}", "edge", "# expect: GET /shop-v1 via edge:80 -> shop-v1:80 90%, shop/shop-v1 5%, shop-v2 5%, mirror shop-v1")]
    public void Expectations_follow(string at, string name, string expected)
    {
        const string Text = """
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: front, namespace: shop}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: shop-v1, namespace: shop}
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: shop, namespace: shop}
            spec:
              parentRefs: [{name: front}]
              rules:
              # expect: GET /shop-v1 via front:80 -> shop-v1:80 90%, shop/shop-v1 5%, shop-v2 5%, mirror shop-v1
              - backendRefs: [{name: shop-v1, port: 80}, {name: shop-v2, port: 80}]
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: other, namespace: other}
            spec:
              # expect: GET / -> shop-v1
              rules: [{backendRefs: [{name: shop-v1, port: 80}]}]
            """;
        WorkspaceFixture fixture = WorkspaceFixture.Parse(Text.Replace(at.Replace("$0", "", StringComparison.Ordinal), at, StringComparison.Ordinal));
        string renamed = NavigationCheck.Apply(fixture.Workspace, fixture.Analysis.Rename(fixture.Path, fixture.Cursor, name));
        Assert.Contains(expected + "\n", renamed, StringComparison.Ordinal);
        Assert.Contains("# expect: GET / -> shop-v1\n", renamed, StringComparison.Ordinal);
    }

    /// <summary>Of two Services of one name in two namespaces each expectation means those that its request gets to.</summary>
    [Theory]
    [InlineData("namespace: a}\nspec: {ports", "/x -> new 90%, b/shop 10%|/x -> a/new 90%, b/shop 10%|/own -> new|/other -> shop|/none -> new")]
    [InlineData("namespace: b}\nspec: {ports", "/x -> shop 90%, b/new 10%|/x -> a/shop 90%, b/new 10%|/own -> shop|/other -> new|/none -> shop")]
    public void Expectations_follow_the_service_that_they_mean(string at, string expected)
    {
        string text = """
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: front, namespace: a}
            spec: {gatewayClassName: any, listeners: [{name: web, port: 80, protocol: HTTP}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: shop, namespace: a}
            spec: {ports: [{port: 80}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: shop, namespace: b}
            spec: {ports: [{port: 80}]}
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: all, namespace: a}
            spec:
              parentRefs: [{name: front}]
              rules:
              # expect: /x -> shop 90%, b/shop 10%
              # expect: /x -> a/shop 90%, b/shop 10%
              - matches: [{path: {value: /x}}]
                backendRefs: [{name: shop, port: 80, weight: 90}, {name: shop, namespace: b, port: 80, weight: 10}]
              # expect: /own -> shop
              - matches: [{path: {value: /own}}]
                backendRefs: [{name: shop, port: 80}]
              # expect: /other -> shop
              - matches: [{path: {value: /other}}]
                backendRefs: [{name: shop, namespace: b, port: 80}]
              # expect: /none -> shop
            """.ReplaceLineEndings("\n");
        WorkspaceFixture fixture = WorkspaceFixture.Parse(text.Replace("{name: shop, " + at, "{name: s$0hop, " + at, StringComparison.Ordinal));
        string renamed = NavigationCheck.Apply(fixture.Workspace, fixture.Analysis.Rename(fixture.Path, fixture.Cursor, "new"));
        Assert.Equal(expected.Split('|'), renamed.Split('\n').Where(line => line.Contains("# expect: ", StringComparison.Ordinal)).Select(line => line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..]));
    }

    [Fact]
    public void Replacements_of_kustomizations_follow()
    {
        WorkspaceFixture fixture = WorkspaceFixture.Parse("""
            #file: app/kustomization.yaml
            resources: [app.yaml]
            replacements:
            - path: more.yaml
            - source: {kind: Service, name: shop, fieldPath: metadata.name}
              targets:
              - {select: {kind: HTTPRoute, name: shop}, fieldPaths: ["spec.rules.*.backendRefs.[name=shop].port", 'spec.rules.0.filters.[name=shop]']}
              - {select: {kind: Service, name: shop}, reject: [{kind: Service, name: shop}]}
            #file: app/more.yaml
            - source: {kind: Service, name: shop}
              targets: [{select: {kind: GRPCRoute}, fieldPaths: ["spec.rules.*.backendRefs.[name=shop].port"]}]
            #file: app/app.yaml
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: shop}
            spec: {rules: [{backendRefs: [{name: shop, port: 80}]}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: s$0hop}
            """);
        RenameResult result = fixture.Analysis.Rename(fixture.Path, fixture.Cursor, "store");
        Assert.Equal(["app/app.yaml:4 8", "app/kustomization.yaml:4 6 7 7", "app/more.yaml:1"],
            result.Edits.Select(edit => $"{edit.Path}:{string.Join(" ", edit.Edits.Select(one => one.Range.Start.Line + 1))}"));
        Assert.Contains("backendRefs.[name=store].port\", 'spec.rules.0.filters.[name=shop]'", NavigationCheck.Apply(fixture.Workspace, result), StringComparison.Ordinal);
    }

    private static readonly RenameResult RenameNothing = new([], "", [], null);

    [Theory]
    [InlineData("shop.yaml", "- name: cart", 1, "Cart", "`Cart` can't be the name of a Service; it must be lower-case letters, digits and `-`, with a letter or digit at either end.")]
    [InlineData("shop.yaml", "- name: cart", 1, "1cart", "`1cart` can't be the name of a Service; it must be lower-case letters, digits and `-`, with a letter at the start.")]
    [InlineData("shop.yaml", "- name: cart", 1, "a.b", "`a.b` can't be the name of a Service; it must be lower-case letters, digits and `-`, with a letter or digit at either end.")]
    [InlineData("shop.yaml", "- name: cart", 1, "", "`` can't be the name of a Service; it must be lower-case letters, digits and `-`, with a letter or digit at either end.")]
    [InlineData("infra.yaml", "- name: https", 1, "http", "Gateway infra/public has a listener `http` already.")]
    [InlineData("infra.yaml", "- name: https", 1, "a_b", "`a_b` can't be the name of a listener; it must be lower-case letters, digits, `-` and `.`, with a letter or digit at either end of each part.")]
    [InlineData("shop.yaml", "name: shop", 1, "a.b", "`a.b` can't be the name of a Namespace; it must be lower-case letters, digits and `-`, with a letter or digit at either end.")]
    [InlineData("shop.yaml", "weight: 9", 1, "a", "There is no name here.")]
    [InlineData("shop.yaml", "port: 8080", 1, "a", "Only names can be renamed.")]
    public void Refusals(string file, string text, int nth, string name, string why)
    {
        WorkspaceFixture fixture = Shop.At(file, text, nth);
        RenameResult result = fixture.Analysis.Rename(fixture.Path, fixture.Cursor, name);
        Assert.Equal(why, result.Refusal);
        Assert.Empty(result.Edits);
    }

    [Theory]
    [InlineData("metadata: {name: $0a}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: b}\n", "b", "There is a Service default/b already, in manifest.yaml, line 7.")]
    [InlineData("metadata: {name: a, namespace: $0x}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: a, namespace: b}\n", "b", "The namespace b has a Service a already, in manifest.yaml, line 7.")]
    [InlineData("metadata: {name: a, namespace: d$0efault}\n", "b", "The namespace `default` can't be renamed: objects that name no namespace are in it.")]
    [InlineData("metadata:\n  name: a\n  labels:\n    x: &$0a 1\n    y: &b 2\n", "b", "There is an anchor `b` already in this document.")]
    [InlineData("metadata: {name: a, labels: {x: &$0a 1}}\n", "a b", "`a b` can't be the name of an anchor; it must be letters and digits without blanks, brackets and commas.")]
    public void Conflicts(string text, string name, string why)
    {
        WorkspaceFixture fixture = WorkspaceFixture.Parse("apiVersion: v1\nkind: Service\n" + text);
        Assert.Equal(why, fixture.Analysis.Rename(fixture.Path, fixture.Cursor, name).Refusal);
    }

    private const string Head = "apiVersion: gateway.networking.k8s.io/v1\nkind: TCPRoute\nmetadata: {name: r}\nspec:\n  rules:\n";
    private const string Service = "---\napiVersion: v1\nkind: Service\nmetadata: {name: 'a'}\n";

    [Theory]
    [InlineData("  - backendRefs: [{name: $0a}, {name: \"a\"}, {name: 'a'}, {name: a} # a\n    ]\n", "b", "  - backendRefs: [{name: b}, {name: \"b\"}, {name: 'b'}, {name: b} # a\n    ]\n", "'b'")]
    [InlineData("  - backendRefs: [{name: $0a}]\n", "y", "  - backendRefs: [{name: \"y\"}]\n", "'y'")]
    [InlineData("  - backendRefs: [{name: &x $0a}, {name: *x}]\n", "b", "  - backendRefs: [{name: &x b}, {name: *x}]\n", "'b'")]
    [InlineData("  - backendRefs: [&x {name: $0a}, *x]\n", "b", "  - backendRefs: [&x {name: b}, *x]\n", "'b'")]
    [InlineData("  - backendRefs: [{name: $0a}, {name: '{{ .x }}'}, {name: a{{ .y }}}, {name: other}]\n", "b", "  - backendRefs: [{name: b}, {name: '{{ .x }}'}, {name: a{{ .y }}}, {name: other}]\n", "'b'")]
    public void Quotes_and_aliases_are_kept(string rules, string name, string after, string service)
    {
        WorkspaceFixture fixture = WorkspaceFixture.Parse(Head + rules + Service);
        string expected = Head + after + Service.Replace("'a'", service, StringComparison.Ordinal);
        Assert.Equal($"#file: manifest.yaml\n{expected}", NavigationCheck.Apply(fixture.Workspace, fixture.Analysis.Rename(fixture.Path, fixture.Cursor, name)));
    }

    [Fact]
    public void An_alias_of_another_name_becomes_a_name_of_its_own()
    {
        WorkspaceFixture fixture = WorkspaceFixture.Parse("apiVersion: gateway.networking.k8s.io/v1\nkind: TCPRoute\nmetadata: {name: &n a}\nspec: {rules: [{backendRefs: [{name: *n}]}]}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: $0a}\n");
        Assert.Contains("{name: &n a}\nspec: {rules: [{backendRefs: [{name: b}]}]}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: b}", NavigationCheck.Apply(fixture.Workspace, fixture.Analysis.Rename(fixture.Path, fixture.Cursor, "b")), StringComparison.Ordinal);
    }

    [Fact]
    public void Anchors_are_renamed_with_their_aliases()
    {
        WorkspaceFixture fixture = WorkspaceFixture.Parse("a: &old {b: 1}\nc: *$0old\nd:\n  <<: *old\n---\ne: &old 1\n");
        Assert.Equal("#file: manifest.yaml\na: &new {b: 1}\nc: *new\nd:\n  <<: *new\n---\ne: &old 1\n", NavigationCheck.Apply(fixture.Workspace, fixture.Analysis.Rename(fixture.Path, fixture.Cursor, "new")));
    }

    private const string Exported = """
        {apiVersion: v1, kind: Service, metadata: {name: cart, namespace: shop}, spec: {ports: [{port: 80}]}}
        ---
        {apiVersion: multicluster.x-k8s.io/v1alpha1, kind: ServiceExport, metadata: {name: cart, namespace: shop}}
        ---
        {apiVersion: multicluster.x-k8s.io/v1alpha1, kind: ServiceImport, metadata: {name: cart, namespace: shop}, spec: {type: ClusterSetIP, ports: [{port: 80}]}}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: cart, namespace: shop}
        spec: {rules: [{backendRefs: [{name: cart, port: 80}, {group: multicluster.x-k8s.io, kind: ServiceImport, name: cart, port: 80}]}]}

        """;

    /// <summary>From whichever of them it is asked.</summary>
    [Theory]
    [InlineData("kind: Service, metadata: {name: ")]
    [InlineData("kind: ServiceExport, metadata: {name: ")]
    [InlineData("kind: ServiceImport, metadata: {name: ")]
    [InlineData("kind: ServiceImport, name: ")]
    public void An_exported_Service_keeps_its_export_and_import(string before)
    {
        WorkspaceFixture fixture = WorkspaceFixture.Parse(Exported.Insert(Exported.IndexOf(before, StringComparison.Ordinal) + before.Length, "$0"));
        string expected = Exported.Replace("cart", "basket", StringComparison.Ordinal).Replace("kind: HTTPRoute\nmetadata: {name: basket", "kind: HTTPRoute\nmetadata: {name: cart", StringComparison.Ordinal);
        Assert.Equal($"#file: manifest.yaml\n{expected}", NavigationCheck.Apply(fixture.Workspace, fixture.Analysis.Rename(fixture.Path, fixture.Cursor, "basket")));
    }

    [Fact]
    public void Without_an_export_a_Service_and_an_import_of_its_name_are_two_things()
    {
        string text = string.Concat(Exported.Split("---\n").Where((_, i) => i != 1).Select((part, i) => i == 0 ? part : "---\n" + part));
        WorkspaceFixture fixture = WorkspaceFixture.Parse(text.Insert(text.IndexOf("{name: cart", StringComparison.Ordinal) + 7, "$0"));
        string renamed = NavigationCheck.Apply(fixture.Workspace, fixture.Analysis.Rename(fixture.Path, fixture.Cursor, "basket"));
        Assert.Contains("kind: ServiceImport, metadata: {name: cart", renamed, StringComparison.Ordinal);
        Assert.Contains("[{name: basket, port: 80}, {group: multicluster.x-k8s.io, kind: ServiceImport, name: cart, port: 80}]", renamed, StringComparison.Ordinal);
    }

    [Fact]
    public void Kustomizations_follow()
    {
        WorkspaceFixture fixture = WorkspaceFixture.Parse("#file: svc.yaml\napiVersion: v1\nkind: Service\nmetadata: {name: $0a, namespace: n}\n#file: kustomization.yaml\napiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: n\npatches:\n- target: {kind: Service, name: a}\n  path: p.yaml\n- target: {kind: Deployment, name: a}\n");
        Assert.Equal(["svc.yaml:3", "kustomization.yaml:5"], fixture.Analysis.Rename(fixture.Path, fixture.Cursor, "b").Edits.Select(edit => $"{edit.Path}:{string.Join(" ", edit.Edits.Select(one => one.Range.Start.Line + 1))}"));
    }

    [Fact]
    public void What_a_rename_does_not_reach_is_said()
    {
        WorkspaceFixture fixture = WorkspaceFixture.Parse("#file: a.yaml\n" + Head + "  - backendRefs: [{name: $0cart}]\n#file: b.yaml\n" + Head + "  - backendRefs: [{name: '{{ .Release.Name }}-cart'}, {name: 'cartoon{{ 1 }}'}]\n");
        RenameResult result = fixture.Analysis.Rename(fixture.Path, fixture.Cursor, "basket");
        Assert.Equal("Rename Service default/cart to basket", result.Title);
        Assert.Equal(
            ["The Service default/cart itself is not in this workspace: only references to it were renamed.", "A value with a template expression mentions `cart` and was left as it is: b.yaml:6."], result.Notes.AsEnumerable());
    }

    [Theory]
    [InlineData("kind: Service\napiVersion: v1\nmetadata: {name: \"$0a\"}\n", "a", null)]
    [InlineData("kind: Service\napiVersion: v1\nmetadata: {name: '{{ $0a }}'}\n", null, null)]
    [InlineData("kind: Service\napiVersion: v1\nmeta$0data: {name: a}\n", null, null)]
    [InlineData("kind: Ser$0vice\napiVersion: v1\nmetadata: {name: a}\n", null, "Only names can be renamed.")]
    public void Prepare(string text, string? name, string? refusal)
    {
        WorkspaceFixture fixture = WorkspaceFixture.Parse(text);
        RenameOffer offer = fixture.Analysis.PrepareRename(fixture.Path, fixture.Cursor);
        Assert.Equal((name, refusal), (offer.Name, offer.Refusal));
        Assert.Equal(name, offer.Range is { } range ? NavigationCheck.Text(fixture.Workspace, fixture.Path, range) : null);
    }
}
