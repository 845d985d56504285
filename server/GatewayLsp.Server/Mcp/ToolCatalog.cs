using GatewayLsp.Server.Cli;

namespace GatewayLsp.Server.Mcp;

/// <summary>All tools. None writes: to apply, the user runs <c>gateway-lsp apply</c>, sees the difference and confirms it.</summary>
internal static class ToolCatalog
{
    private static readonly ToolParameter Channel =
        new("channel", "Release channel of the CRDs in the cluster; default: standard.", Choices: ["standard", "experimental"]);

    private static readonly ToolParameter Release =
        new("gateway_api_version", $"Minor version of the Gateway API in the cluster; default: {CliOptions.BundledVersion}. What is newer is told.", Choices: CliOptions.GatewayApiVersions);

    private static readonly EngineTool[] Offline =
    [
        new("check", "Check manifests",
            "Find what is wrong with Kubernetes Gateway API manifests (Gateway, HTTPRoute, GRPCRoute, ReferenceGrant, BackendTLSPolicy, Service ...): "
            + "YAML, fields, the API server's rules, and meaning: routes that do not attach, absent backends, missing grants, conflicts, shadowed rules. "
            + "Each finding has a code, its place (0-based line and character) and often fixes as text edits.",
            ReadsManifests: true, [Channel, Release], given => ["check", "--format", "json", .. Of(given, "channel"), .. Of(given, "gateway_api_version")]),
        new("dry_run", "What the API server would answer",
            "Tell for each object whether the API server would accept it, and if not the causes with their fields. No cluster is asked.",
            ReadsManifests: true, [Channel, Release], given => ["dry-run", "--format", "json", .. Of(given, "channel"), .. Of(given, "gateway_api_version")]),
        new("conditions", "What a controller would write into status",
            "Tell the conditions (Accepted, ResolvedRefs, Programmed, Conflicted ...) with reasons that a conformant controller would write for "
            + "Gateways, listeners, routes per parent and policies. What is given counts as all there is in the cluster.",
            ReadsManifests: true, [Channel], given => ["conditions", "--format", "json", .. Of(given, "channel")]),
        new("trace", "Follow a request",
            "Tell which listener, route, rule and filters a request meets, which backends get it with which share, what arrives there, and why "
            + "other routes lost. Nothing is sent.",
            ReadsManifests: true,
            [
                new("url", "What is requested, such as https://shop.example.com/api/items?x=1.", IsRequired: true),
                new("gateway", "NAMESPACE/NAME of the Gateway that gets the request; default: the only one there is."),
                new("from", "Instead of a Gateway: the namespace of a pod in a mesh that sends the request to the Service in the URL."),
                new("method", "HTTP method; default: GET."),
                new("headers", "Headers, each as `Name: value`.", IsList: true),
                new("protocol", "What the client speaks; default: what the URL says.", Choices: ["http", "grpc", "tls", "tcp", "udp"]),
                new("port", "Port of the listener or Service."),
                new("sni", "Server name of the TLS handshake; default: the host."),
                Channel,
            ],
            given =>
            [
                "trace", "--format", "json", .. Of(given, "gateway"), .. Of(given, "from"), .. Of(given, "method"), .. Of(given, "protocol"),
                .. Of(given, "port"), .. Of(given, "sni"), .. Of(given, "channel"), .. given.All("headers").Select(header => "--header=" + header),
                "--", given.One("url")!,
            ]),
        new("topology", "Draw the way of requests",
            "Draw clients, Gateways, listeners, routes, rules, backends with their shares and workloads as a graph.",
            ReadsManifests: true,
            [
                new("format", "Form of the drawing; default: mermaid.", Choices: ["mermaid", "dot", "json", "svg"]),
                new("namespace", "Only what is in this namespace, with the ways to it and on from it."),
                new("host", "Only what requests for this host can come to."),
                new("gateway", "Only this Gateway (NAMESPACE/NAME) and what it leads to."),
                Channel,
            ],
            given => ["topology", .. Of(given, "format"), .. Of(given, "namespace"), .. Of(given, "host"), .. Of(given, "gateway"), .. Of(given, "channel")]),
        new("migrate", "Migrate old manifests",
            "Show as a unified diff how old manifests (networking.x-k8s.io, v1alpha2, v1beta1, forwardTo and other old fields) become "
            + "gateway.networking.k8s.io/v1, and what a human has to decide. No file is changed.",
            ReadsManifests: true, [], _ => ["migrate", "--diff"]) { Nothing = "Nothing to migrate." },
        new("convert_ingress", "Convert Ingresses",
            "Make Gateways and HTTPRoutes out of Ingresses, with the annotations of ingress-nginx, the AWS Load Balancer Controller and GKE.",
            ReadsManifests: true, [], _ => ["convert", "ingress"]),
        new("explain", "Explain a finding",
            "Explain a code of a finding: what it means, why it matters, an example and its fix. Without a code: all codes.",
            ReadsManifests: false, [new("code", "Code of a finding, such as backend-not-found.")],
            given => ["rules", .. given.One("code") is { } code ? (string[])["--", code] : []]),
    ];

    /// <param name="contexts">Contexts of the kubeconfig that the user let assistants read; with none, no cluster is asked.</param>
    public static IReadOnlyList<EngineTool> For(IReadOnlyList<string> contexts, string? kubeconfig) => contexts.Count == 0 ? Offline :
    [
        .. Offline,
        new EngineTool("cluster_status", "What the controllers of a cluster say",
            "Tell what the controllers of a live cluster say of its Gateways, listeners, routes and policies: conditions with reasons, addresses, attached routes.",
            ReadsManifests: false,
            [new("context", "Context of the kubeconfig.", IsRequired: true, Choices: [.. contexts])],
            given => ["status", "--format", "json", .. Of(given, "context"), .. kubeconfig is null ? (string[])[] : ["--kubeconfig=" + kubeconfig]])
        {
            IsLive = true,
        },
    ];

    /// <summary>As one word, so that a value that begins with a dash stays a value.</summary>
    private static string[] Of(ToolArguments given, string name) => given.One(name) is { } value ? [$"--{name.Replace('_', '-')}={value}"] : [];
}
