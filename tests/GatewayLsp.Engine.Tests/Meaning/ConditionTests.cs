using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Meaning;

/// <summary>What a controller would say, in small cases: what is not as it should be, and nothing else.</summary>
public class ConditionTests
{
    private const string Head = "apiVersion: gateway.networking.k8s.io/v1\n";

    private static string Gateway(string listeners, string rest = "", string name = "g") =>
        $"{Head}kind: Gateway\nmetadata: {{name: {name}, namespace: n}}\nspec:\n  gatewayClassName: c\n{rest}  listeners:\n{listeners}---\n";

    private static string Route(string spec, string kind = "HTTPRoute", string ns = "n") => $"{Head}kind: {kind}\nmetadata: {{name: r, namespace: {ns}}}\nspec: {spec}\n---\n";

    private static string Set(string name, string listeners, string created = "", string ns = "n") =>
        $"{Head}kind: ListenerSet\nmetadata: {{name: {name}, namespace: {ns}{(created.Length > 0 ? ", creationTimestamp: " + created : "")}}}\nspec:\n  parentRef: {{name: g, namespace: n}}\n  listeners:\n{listeners}---\n";

    private const string Http = "  - {name: http, port: 80, protocol: HTTP}\n";

    private static void Check(string fixture, params string[] expected) => Assert.Equal(expected, ConditionCheck.Troubles(fixture));

    [Theory]
    [InlineData("  - {name: a, port: 80, protocol: HTTP}\n  - {name: b, port: 80, protocol: HTTP, hostname: x.io}\n", "")]
    [InlineData("  - {name: a, port: 80, protocol: HTTP, hostname: X.io}\n  - {name: b, port: 80, protocol: HTTP, hostname: x.io}\n", "a Hostname|b Hostname")]
    [InlineData("  - {name: a, port: 80, protocol: HTTP}\n  - {name: b, port: 80, protocol: TCP}\n", "a Protocol|b Protocol")]
    [InlineData("  - {name: a, port: 80, protocol: HTTP}\n  - {name: b, port: 80, protocol: TLS, hostname: b.io, tls: {mode: Passthrough}}\n", "a Protocol|b Protocol")]
    [InlineData("  - {name: a, port: 80, protocol: HTTP}\n  - {name: b, port: 80, protocol: UDP}\n", "")]
    [InlineData("  - {name: a, port: 80, protocol: UDP}\n  - {name: b, port: 80, protocol: UDP}\n", "a Protocol|b Protocol")]
    [InlineData("  - {name: a, port: 80, protocol: TCP}\n  - {name: b, port: 81, protocol: TCP}\n", "")]
    [InlineData("  - {name: a, port: 443, protocol: HTTPS, hostname: a.io}\n  - {name: b, port: 443, protocol: TLS, hostname: b.io, tls: {mode: Passthrough}}\n", "")]
    [InlineData("  - {name: a, port: 443, protocol: HTTPS, hostname: a.io}\n  - {name: b, port: 443, protocol: TLS, hostname: a.io, tls: {mode: Passthrough}}\n", "a Hostname|b Hostname")]
    [InlineData("  - {name: a, port: 80, protocol: HTTP, hostname: '{{ .a }}'}\n  - {name: b, port: 80, protocol: HTTP}\n", "")]
    public void Conflicts_within_a_gateway(string listeners, string expected)
    {
        string[] found = [.. ConditionCheck.Troubles(Gateway(listeners)).Where(t => t.Contains("Conflicted", StringComparison.Ordinal))];
        Assert.Equal(expected.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(e => $"Gateway/n/g#{e.Replace(" ", " Conflicted=", StringComparison.Ordinal)}Conflict"), found);
    }

    [Fact]
    public void A_gateway_without_a_good_listener_is_not_accepted() => Check(
        Gateway("  - {name: a, port: 80, protocol: HTTP}\n  - {name: b, port: 80, protocol: TCP}\n"),
        "Gateway/n/g Accepted=ListenersNotValid", "Gateway/n/g Programmed=Invalid",
        "Gateway/n/g#a Accepted=ProtocolConflict", "Gateway/n/g#a Programmed=ProtocolConflict", "Gateway/n/g#a Conflicted=ProtocolConflict",
        "Gateway/n/g#b Accepted=ProtocolConflict", "Gateway/n/g#b Programmed=ProtocolConflict", "Gateway/n/g#b Conflicted=ProtocolConflict");

    [Fact]
    public void Hostnames_that_overlap_are_told_on_every_listener_concerned() => Check(
        Gateway("""
              - {name: a, port: 443, protocol: HTTPS, hostname: "foo.example.com"}
              - {name: b, port: 443, protocol: HTTPS, hostname: "foo.example.org"}
              - {name: c, port: 443, protocol: HTTPS, hostname: "*.example.com"}
              - {name: d, port: 444, protocol: HTTPS, hostname: "foo.example.com"}

            """.Replace("    - {", "  - {", StringComparison.Ordinal)),
        "Gateway/n/g#a OverlappingTLSConfig=OverlappingHostnames", "Gateway/n/g#c OverlappingTLSConfig=OverlappingHostnames");

    [Fact]
    public void The_older_listener_set_keeps_the_hostname() => Check(
        Gateway(Http, "  allowedListeners: {namespaces: {from: Same}}\n")
        + Set("a", "  - {name: x, port: 80, protocol: HTTP, hostname: x.io}\n", "2026-02-01T00:00:00Z")
        + Set("b", "  - {name: x, port: 80, protocol: HTTP, hostname: x.io}\n  - {name: t, port: 80, protocol: TCP}\n  - {name: y, port: 81, protocol: HTTP}\n", "2026-01-01T00:00:00Z"),
        "ListenerSet/n/a Accepted=ListenersNotValid", "ListenerSet/n/a Programmed=ListenersNotValid",
        "ListenerSet/n/a#x Accepted=HostnameConflict", "ListenerSet/n/a#x Programmed=HostnameConflict", "ListenerSet/n/a#x Conflicted=HostnameConflict",
        "ListenerSet/n/b#t Accepted=ProtocolConflict", "ListenerSet/n/b#t Programmed=ProtocolConflict", "ListenerSet/n/b#t Conflicted=ProtocolConflict");

    [Theory]
    [InlineData("", "n", "NotAllowed")]
    [InlineData("  allowedListeners: {namespaces: {from: Same}}\n", "n", "")]
    [InlineData("  allowedListeners: {namespaces: {from: Same}}\n", "m", "NotAllowed")]
    [InlineData("  allowedListeners: {namespaces: {from: All}}\n", "m", "")]
    [InlineData("  allowedListeners: {namespaces: {from: Selector, selector: {matchLabels: {kubernetes.io/metadata.name: m}}}}\n", "m", "")]
    [InlineData("  allowedListeners: {namespaces: {from: Selector, selector: {matchLabels: {team: m}}}}\n", "m", "NotAllowed")]
    public void Listener_sets_join_where_they_are_let_in(string allowed, string ns, string reason)
    {
        string[] expected = reason.Length == 0 ? [] : [$"ListenerSet/{ns}/a Accepted={reason}", $"ListenerSet/{ns}/a Programmed={reason}"];
        Check(Gateway(Http, allowed) + Set("a", "  - {name: x, port: 81, protocol: HTTP}\n", ns: ns), expected);
    }

    [Theory]
    [InlineData("{name: g}", "")]
    [InlineData("{name: g, sectionName: http, port: 80}", "")]
    [InlineData("{name: g, sectionName: other}", "NoMatchingParent")]
    [InlineData("{name: g, port: 81}", "NoMatchingParent")]
    [InlineData("{name: other}", "NoMatchingParent")]
    [InlineData("{name: g, sectionName: tls}", "NotAllowedByListeners")]
    [InlineData("{name: g, sectionName: grpc}", "NotAllowedByListeners")]
    [InlineData("{name: g, sectionName: host}", "NoMatchingListenerHostname")]
    [InlineData("{name: '{{ .x }}'}", "?")]
    [InlineData("{name: g, sectionName: '{{ .x }}'}", "?")]
    [InlineData("{name: w, kind: Waypoint, group: x.io}", "")]
    public void Reasons_come_in_order(string parent, string reason)
    {
        string listeners = Http + "  - {name: tls, port: 443, protocol: TLS, tls: {mode: Passthrough}}\n  - {name: grpc, port: 82, protocol: HTTP, allowedRoutes: {kinds: [{kind: GRPCRoute}]}}\n  - {name: host, port: 80, protocol: HTTP, hostname: '*.other.io'}\n";
        string[] found = ConditionCheck.Troubles(Gateway(listeners) + Route($"{{parentRefs: [{parent}], hostnames: [a.io]}}"));
        Assert.Equal(reason.Length == 0 ? [] : reason == "?" ? ["HTTPRoute/n/r@ Accepted?=Pending"] : [$"Accepted={reason}"],
            reason == "?" ? [.. found.Select(f => f.Replace("@g", "@", StringComparison.Ordinal))] : found.Select(f => f[(f.IndexOf(' ', StringComparison.Ordinal) + 1)..]));
    }

    [Theory]
    [InlineData("{from: Same}", "NotAllowedByListeners")]
    [InlineData("{from: All}", "")]
    [InlineData("{from: Selector, selector: {matchExpressions: [{key: team, operator: In, values: [a, b]}]}}", "")]
    [InlineData("{from: Selector, selector: {matchExpressions: [{key: team, operator: NotIn, values: [a, b]}]}}", "NotAllowedByListeners")]
    [InlineData("{from: Selector, selector: {matchLabels: {team: a}, matchExpressions: [{key: env, operator: DoesNotExist}]}}", "")]
    [InlineData("{from: Selector, selector: {matchLabels: {team: a}, matchExpressions: [{key: env, operator: Exists}]}}", "NotAllowedByListeners")]
    [InlineData("{from: Selector, selector: {}}", "")]
    [InlineData("{from: Selector, selector: {matchLabels: {team: '{{ .Values.team }}'}}}", "?")]
    public void Namespaces_of_routes(string namespaces, string reason)
    {
        string[] found = ConditionCheck.Troubles(
            Gateway($"  - {{name: http, port: 80, protocol: HTTP, allowedRoutes: {{namespaces: {namespaces}}}}}\n")
            + "apiVersion: v1\nkind: Namespace\nmetadata: {name: m, labels: {team: a}}\n---\n" + Route("{parentRefs: [{name: g, namespace: n}]}", ns: "m"));
        Assert.Equal(reason switch { "" => [], "?" => ["HTTPRoute/m/r@g Accepted?=Pending"], _ => [$"HTTPRoute/m/r@g Accepted={reason}"] }, found);
    }

    [Theory]
    [InlineData("{name: s, port: 80}", "")]
    [InlineData("{name: none, port: 80}", "BackendNotFound")]
    [InlineData("{name: s, port: 81}", "BackendNotFound")]
    [InlineData("{name: s, port: 80, kind: Deployment, group: apps}", "InvalidKind")]
    [InlineData("{name: s, port: 80, kind: Nonsense, group: nobody.io}", "InvalidKind")]
    [InlineData("{name: s, port: 80, namespace: m}", "RefNotPermitted")]
    [InlineData("{name: none, port: 80, namespace: m}", "RefNotPermitted")]
    [InlineData("{name: s, port: 80, namespace: granted}", "")]
    [InlineData("{name: t, port: 80, namespace: granted}", "RefNotPermitted")]
    [InlineData("{name: i, port: 80, kind: ServiceImport, group: multicluster.x-k8s.io}", "")]
    [InlineData("{name: i, port: 80, kind: ServiceImport, group: net.gke.io}", "")]
    [InlineData("{name: p, kind: InferencePool, group: inference.networking.k8s.io}", "")]
    [InlineData("{name: '{{ .x }}', port: 80}", "")]
    public void Backends(string backend, string reason)
    {
        string fixture = Gateway(Http)
            + "apiVersion: v1\nkind: Service\nmetadata: {name: s, namespace: n}\nspec: {ports: [{port: 80}]}\n---\n"
            + "apiVersion: v1\nkind: Service\nmetadata: {name: s, namespace: granted}\nspec: {ports: [{port: 80}]}\n---\n"
            + Head + "kind: ReferenceGrant\nmetadata: {name: x, namespace: granted}\nspec: {from: [{group: gateway.networking.k8s.io, kind: GRPCRoute, namespace: n}, {group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: n}], to: [{group: '', kind: Secret}, {group: '', kind: Service, name: s}]}\n---\n"
            + Head + "kind: ReferenceGrant\nmetadata: {name: x, namespace: m}\nspec: {from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: other}], to: [{group: '', kind: Service}]}\n---\n";
        string[] expected = reason.Length == 0 ? [] : [$"HTTPRoute/n/r@g ResolvedRefs={reason}"];
        Check(fixture + Route($"{{parentRefs: [{{name: g}}], rules: [{{backendRefs: [{backend}]}}]}}"), expected);
        Check(fixture + Route($"{{parentRefs: [{{name: g}}], rules: [{{backendRefs: [{{name: s, port: 80}}], filters: [{{type: RequestMirror, requestMirror: {{backendRef: {backend}}}}}]}}]}}"), expected);
    }

    [Fact]
    public void What_nobody_declared_is_unknown_unless_the_workspace_is_complete()
    {
        string route = Route("{parentRefs: [{name: g}], rules: [{backendRefs: [{name: s, port: 80}]}]}");
        Assert.Equal(["HTTPRoute/n/r@g Accepted=NoMatchingParent", "HTTPRoute/n/r@g ResolvedRefs=BackendNotFound"], ConditionCheck.Troubles(route));
        Assert.Equal(["HTTPRoute/n/r@g Accepted?=Pending"], ConditionCheck.Troubles(route, isComplete: false));
        Assert.Equal(["HTTPRoute/n/r@g Accepted=NoMatchingParent"], ConditionCheck.Troubles(Gateway(Http, name: "h") + route, isComplete: false));
    }

    [Fact]
    public void Meshes_take_routes_of_their_services() => Check(
        "apiVersion: v1\nkind: Service\nmetadata: {name: s, namespace: m}\nspec: {ports: [{name: http, port: 80}]}\n---\n"
        + Route("{parentRefs: [{name: s, kind: Service, group: '', namespace: m}, {name: s, kind: Service, group: '', namespace: m, port: 80}, {name: s, kind: Service, group: '', namespace: m, port: 81}, {name: t, kind: Service, group: '', namespace: m}]}", "GRPCRoute"),
        "GRPCRoute/n/r@s Accepted=NoMatchingParent", "GRPCRoute/n/r@t Accepted=NoMatchingParent");

    /// <summary>GEP-1294: a mesh exposes nothing that was not there before, so nobody has to grant it; a Gateway does.</summary>
    [Theory]
    [InlineData("{name: s, kind: Service, group: '', namespace: m}", "")]
    [InlineData("{name: s, kind: Service, group: '', namespace: m}, {name: g}", "HTTPRoute/n/r@g ResolvedRefs=RefNotPermitted HTTPRoute/n/r@s ResolvedRefs=RefNotPermitted")]
    public void Routes_of_a_mesh_need_no_grant(string parents, string expected) => Assert.Equal(expected, string.Join(' ', ConditionCheck.Troubles(
        Gateway(Http) + "apiVersion: v1\nkind: Service\nmetadata: {name: s, namespace: m}\nspec: {ports: [{name: http, port: 80}]}\n---\n"
        + Route($"{{parentRefs: [{parents}], rules: [{{backendRefs: [{{name: s, namespace: m, port: 80}}]}}]}}")).Order(StringComparer.Ordinal)));

    /// <summary>A Secret that something among the files makes is in no file.</summary>
    [Theory]
    [InlineData("apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: {name: c, namespace: n}\nspec: {secretName: made}\n", true)]
    [InlineData("apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: c, namespace: n}\nspec: {target: {name: made}}\n", true)]
    [InlineData("apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: made, namespace: n}\n", true)]
    [InlineData("apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: {name: c, namespace: n}\nspec: {secretName: other}\n", false)]
    public void Certificates_that_others_make_are_there(string maker, bool isThere) => Assert.Equal(isThere, !ConditionCheck.Troubles(
        Gateway("  - {name: https, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: made}]}}\n")
        + "apiVersion: v1\nkind: Secret\nmetadata: {name: unrelated, namespace: n}\ntype: kubernetes.io/tls\n---\n" + maker)
        .Any(line => line.Contains("InvalidCertificateRef", StringComparison.Ordinal)));

    [Theory]
    [InlineData("[{type: URLRewrite, urlRewrite: {hostname: a.io}}, {type: RequestRedirect, requestRedirect: {hostname: b.io}}]", "Accepted=IncompatibleFilters")]
    [InlineData("[{type: Nonsense}]", "Accepted=UnsupportedValue")]
    [InlineData("[{type: '{{ .x }}'}]", "")]
    public void Rules_that_nobody_can_carry_out(string filters, string expected)
    {
        string bad = $"{{filters: {filters}}}";
        Check(Gateway(Http) + Route($"{{parentRefs: [{{name: g}}], rules: [{bad}]}}"), expected.Length == 0 ? [] : [$"HTTPRoute/n/r@g {expected}"]);
        Check(Gateway(Http) + Route($"{{parentRefs: [{{name: g}}], rules: [{{}}, {bad}]}}"), expected.Length == 0 ? [] : ["HTTPRoute/n/r@g PartiallyInvalid=UnsupportedValue"]);
    }

    /// <summary>Settings are seldom beside the Gateways: those of an implementation's own kind are missing where others of their like are.</summary>
    [Theory]
    [InlineData("{group: gateway.nginx.org, kind: NginxProxy, name: p}", "", true)]
    [InlineData("{group: '', kind: ConfigMap, name: p}", "", true)]
    [InlineData("{group: '', kind: ConfigMap, name: p}", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: q, namespace: n}\n", false)]
    [InlineData("{group: invalid.io, kind: Odd, name: p}", "", false)]
    public void Settings_that_are_kept_elsewhere(string reference, string beside, bool isFine)
    {
        var settings = new WorkspaceSettings { IsComplete = true, AreParametersElsewhere = true };
        string parameters = $"parametersRef: {reference}";
        string[] found = ConditionCheck.Troubles(WorkspaceFixture.Parse(Gateway(Http, $"  infrastructure: {{{parameters}}}\n") + beside, settings).Analysis);
        Assert.Equal(isFine ? [] : ["Gateway/n/g Accepted=InvalidParameters", "Gateway/n/g Programmed=Invalid"], found);
        string ofClass = Head + $"kind: GatewayClass\nmetadata: {{name: c}}\nspec: {{controllerName: x.io/y, {parameters.Replace("name: p", "name: p, namespace: n", StringComparison.Ordinal)}}}\n---\n";
        Assert.Equal(isFine, ConditionCheck.Troubles(WorkspaceFixture.Parse(ofClass + Gateway(Http) + beside, settings).Analysis).Length == 0);
        Assert.NotEmpty(ConditionCheck.Troubles(ofClass + Gateway(Http) + beside));
    }

    [Theory]
    [InlineData("addresses: [{type: IPAddress, value: 10.0.0.1}, {type: Hostname, value: a.io}]", "")]
    [InlineData("addresses: [{type: odd.io/thing, value: x}]", "UnsupportedAddress")]
    [InlineData("infrastructure: {parametersRef: {group: x.io, kind: P, name: p}}", "InvalidParameters")]
    [InlineData("infrastructure: {parametersRef: {group: '', kind: ConfigMap, name: p}}", "")]
    public void Gateways_as_a_whole(string field, string reason)
    {
        string[] expected = reason.Length == 0 ? [] : [$"Gateway/n/g Accepted={reason}", "Gateway/n/g Programmed=Invalid"];
        Check(Gateway(Http, $"  {field}\n") + "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: p, namespace: n}\n", expected);
    }

    [Fact]
    public void A_class_with_bad_parameters_holds_up_its_gateways() => Check(
        Head + "kind: GatewayClass\nmetadata: {name: c}\nspec: {controllerName: x.io/y, parametersRef: {group: '', kind: ConfigMap, name: p, namespace: n}}\n---\n" + Gateway(Http),
        "GatewayClass/c Accepted=InvalidParameters", "Gateway/n/g Accepted?=Pending", "Gateway/n/g Programmed?=Pending");

    [Fact]
    public void Attached_routes_are_counted_once_and_only_when_accepted()
    {
        string fixture = Gateway(Http + "  - {name: other, port: 81, protocol: HTTP}\n")
            + Route("{parentRefs: [{name: g}, {name: g, sectionName: http}]}")
            + Route("{parentRefs: [{name: g}], rules: [{filters: [{type: Nonsense}]}]}", "HTTPRoute", "n").Replace("name: r,", "name: s,", StringComparison.Ordinal);
        var gateway = WorkspaceFixture.Parse(fixture, new WorkspaceSettings { IsComplete = true }).Analysis.Conditions()[0];
        Assert.Equal(["http 1", "other 1"], gateway.Listeners!.Value.Select(l => $"{l.Name} {l.AttachedRoutes}"));
    }
}
