namespace GatewayLsp.Engine.Tests.Diagnostics.Semantic;

/// <summary>
/// Documents of a small platform in which nearly everything meets everything else, well or badly: few names, few namespaces,
/// all kinds that rules of meaning look at.
/// </summary>
internal sealed class RandomPlatform(Random random)
{
    private const string Api = "apiVersion: gateway.networking.k8s.io/v1\n";

    private const string Plain = "spec: {gatewayClassName: c, allowedListeners: {namespaces: {from: All}}, listeners: [{name: l, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}]}\n";

    private static readonly string[] Spaces = ["a", "b", "c", ""];
    private static readonly string[] Hosts = ["x.io", "*.x.io", "a.x.io", "*.a.x.io", "y.io"];
    private static readonly string[] Protocols = ["HTTP", "HTTP", "HTTP", "HTTPS", "HTTPS", "TLS", "TCP", "UDP", "http", "ODD/x"];
    private static readonly string[] Paths = ["/", "/a", "/a/b", "/b"];

    public string Document() => random.Next(21) switch
    {
        0 or 1 => Object("Gateway", Name("g"), GatewaySpec()),
        2 => Object("ListenerSet", Name("ls"), $"spec:\n  parentRef: {{name: {Name("g")}{Namespace()}}}\n  listeners:\n{Listeners()}"),
        3 => Object("ReferenceGrant", Name("rg"), $"spec:\n  from: [{{group: gateway.networking.k8s.io, kind: {One("HTTPRoute", "Gateway", "ListenerSet", "GRPCRoute")}, namespace: {One("a", "b", "c")}}}]\n  to: [{{group: '', kind: {One("Service", "Secret", "ConfigMap")}{(Is(3) ? $", name: {Name("s")}" : "")}}}]\n"),
        4 or 5 => Object("Service", Name("s"), $"spec: {{ports: [{{name: p, port: {Port()}}}{(Is(3) ? ", {name: q, port: 90}" : "")}]}}\n", "apiVersion: v1\n"),
        6 => Object("Secret", Name("secret"), $"type: {One("kubernetes.io/tls", "Opaque")}\n", "apiVersion: v1\n"),
        7 => Object("ConfigMap", Name("ca"), "data: {ca.crt: none}\n", "apiVersion: v1\n"),
        8 => $"apiVersion: v1\nkind: Namespace\nmetadata: {{name: {One("a", "b", "c")}, labels: {{team: {One("red", "blue")}}}}}\n",
        9 => Object("BackendTLSPolicy", Name("p"), $"spec:\n  targetRefs: [{{group: '', kind: Service, name: {Name("s")}{(Is(3) ? $", sectionName: {One("p", "q", "r")}" : "")}}}]\n  validation: {{hostname: x.io, {(Is(2) ? "wellKnownCACertificates: System" : $"caCertificateRefs: [{{group: '', kind: ConfigMap, name: {Name("ca")}}}]")}}}\n"),
        10 => Object("TCPRoute", Name("t"), $"spec:\n  parentRefs: [{{name: {Name("g")}{Namespace()}}}]\n  rules: [{{backendRefs: [{Backend()}]}}]\n"),
        11 => Object("GRPCRoute", Name("r"), $"spec:\n  parentRefs: [{Parent()}]\n  hostnames: ['{One(Hosts)}']\n  rules:\n  - matches: [{{method: {{service: {One("s", "t")}}}}}]\n    backendRefs: [{Backend()}]\n"),
        12 => $"{Api}kind: GatewayClass\nmetadata: {{name: {One("c", "d")}}}\nspec: {{controllerName: example.com/x, parametersRef: {{group: '', kind: ConfigMap, name: {Name("ca")}, namespace: a}}}}\n",
        13 when Is(2) => Object("Certificate", Name("cert"), $"spec: {{secretName: {Name("secret")}}}\n", "apiVersion: cert-manager.io/v1\n"),
        13 => "# nothing\n",
        14 => $"{Api}kind: Gateway\nmetadata: {{name: {Name("g")}, namespace: a}}\n{(Is(2) ? Plain : Plain.Replace("port: 80", "port: 80, hostname: '*.x.io'", StringComparison.Ordinal))}",
        15 => $"{Api}kind: ListenerSet\nmetadata: {{name: {Name("ls")}, namespace: a}}\nspec:\n  parentRef: {{name: {Name("g")}}}\n  listeners: [{{name: l, port: 80, protocol: {One("HTTP", "HTTPS")}}}]\n",
        16 => $"{Api}kind: HTTPRoute\nmetadata: {{name: {Name("r")}, namespace: a}}\nspec:\n  parentRefs: [{{name: {Name("g")}}}]\n{(Is(3) ? "  hostnames: [a.x.io, b.y.io]\n" : "")}  rules: [{{matches: [{{path: {{type: PathPrefix, value: {One(Paths)}}}}}], backendRefs: [{{{(Is(4) ? "group: apps, kind: Deployment, " : "")}name: {Name("s")}, port: 80}}]}}]\n",
        _ => Object("HTTPRoute", Name("r"), HttpRouteSpec()),
    };

    /// <summary>A text with something small changed, as somebody does who types.</summary>
    public string Touch(string text)
    {
        (string from, string to)[] changes =
        [
            ("port: 80", "port: 81"), ("port: 81", "port: 80"), ("name: s1", "name: s2"), ("name: g0", "name: g1"), ("namespace: a", "namespace: b"),
            ("namespace: b", "namespace: a"), ("HTTPS", "HTTP"), ("x.io", "y.io"), ("/a", "/b"), ("weight: 0", "weight: 1"), ("team: red", "team: blue"),
            ("from: Same", "from: All"), ("from: All", "from: Same"), ("metadata", "# a remark\nmetadata"), ("spec:", "spec: # a remark"), ("kind: Service", "kind: Servic"),
            ("name: r0", "name: {{ .x }}"), ("{{ .x }}", "r0"),
        ];
        (string from, string to) change = changes[random.Next(changes.Length)];
        int at = text.IndexOf(change.from, StringComparison.Ordinal);
        return at < 0 ? text : text[..at] + change.to + text[(at + change.from.Length)..];
    }

    private string GatewaySpec() =>
        $"spec:\n  gatewayClassName: {One("c", "d")}\n"
        + (Is(3) ? $"  allowedListeners: {{namespaces: {{from: {One("Same", "All", "None")}}}}}\n" : "")
        + (Is(4) ? $"  infrastructure: {{parametersRef: {{group: '', kind: ConfigMap, name: {Name("ca")}}}}}\n" : "")
        + (Is(4) ? $"  tls: {{backend: {{clientCertificateRef: {{name: {Name("secret")}{Namespace()}}}}}}}\n" : "")
        + (Is(6) ? "  addresses: [{type: example.com/odd, value: x}]\n" : "")
        + $"  listeners:\n{Listeners()}";

    private string Listeners() => string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(i =>
        $"  - {{name: l{i}, port: {Port()}, protocol: {One(Protocols)}{(Is(2) ? $", hostname: '{One(Hosts)}'" : "")}"
        + (Is(2) ? $", tls: {{certificateRefs: [{{name: {Name("secret")}{Namespace()}}}]}}" : "")
        + $", allowedRoutes: {{namespaces: {{from: {One("Same", "All", "All", "Selector, selector: {matchLabels: {team: red}}", "Selector, selector: {matchLabels: {team: green}}")}}}{(Is(5) ? $", kinds: [{{kind: {One("HTTPRoute", "TCPRoute")}}}]" : "")}}}}}\n"));

    private string HttpRouteSpec() =>
        $"spec:\n  parentRefs: [{Parent()}{(Is(3) ? ", " + Parent() : "")}]\n"
        + (Is(4) ? "" : $"  hostnames: ['{One(Hosts)}'{(Is(3) ? $", '{One(Hosts)}'" : "")}]\n")
        + "  rules:\n" + string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => HttpRule()));

    private string HttpRule() =>
        $"  - matches: [{{path: {{type: {One("PathPrefix", "Exact")}, value: {One(Paths)}}}}}]\n"
        + (random.Next(5) switch
        {
            0 => "    filters: [{type: RequestRedirect, requestRedirect: {scheme: http}}]\n",
            1 => $"    filters: [{{type: RequestMirror, requestMirror: {{backendRef: {Backend()}}}}}]\n    backendRefs: [{Backend()}]\n",
            _ => $"    backendRefs: [{Backend()}]\n",
        });

    private string Parent() => random.Next(6) switch
    {
        0 => $"{{kind: ListenerSet, name: {Name("ls")}{Namespace()}}}",
        1 => $"{{group: '', kind: Service, name: {Name("s")}}}",
        2 => $"{{name: {Name("g")}{Namespace()}, sectionName: l{random.Next(3)}}}",
        _ => $"{{name: {Name("g")}{Namespace()}}}",
    };

    private string Backend() => $"{{name: {Name("s")}{Namespace()}, port: {Port()}{(Is(5) ? ", weight: 0" : "")}}}";

    private string Object(string kind, string name, string body, string api = Api)
    {
        string time = Is(3) ? $", creationTimestamp: '2026-01-0{random.Next(1, 4)}T00:00:00Z'" : "";
        return $"{api}kind: {kind}\nmetadata: {{name: {name}{Namespace()}{time}}}\n{body}";
    }

    private string Namespace() => One(Spaces) is { Length: > 0 } ns ? $", namespace: {ns}" : "";

    private string Name(string prefix) => prefix + random.Next(3);

    private int Port() => 80 + random.Next(2);

    private bool Is(int of) => random.Next(of) == 0;

    private string One(params string[] of) => of[random.Next(of.Length)];
}
