using GatewayLsp.Engine.Diagnostics.Rules.Metadata;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Verdict;

namespace GatewayLsp.Engine.Diagnostics.Rules.Core;

internal sealed class InvalidIngressRule : CoreRule
{
    public override string Code => "invalid-ingress";

    public override string Title => "Ingress that can not be served";

    public override RuleDoc Doc => new(
        "An Ingress has neither rules nor a default backend, a host that is no DNS name, a path that does not begin with `/`, or a backend that names not exactly one target with one port.",
        "The API server rejects the object.",
        """
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: store
        spec:
          rules:
          - host: store.example.com
            http:
              paths:
              - path: shop
                pathType: Prefix
                backend:
                  service:
                    name: store
                    port:
                      number: 80
        """,
        """
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: store
        spec:
          rules:
          - host: store.example.com
            http:
              paths:
              - path: /shop
                pathType: Prefix
                backend:
                  service:
                    name: store
                    port:
                      number: 80
        """,
        "There is no fix: what is meant is for you to say.");

    private static readonly string[] Forbidden = ["//", "/./", "/../", "%2f", "%2F"];

    protected override void CheckWhole(ObjectContext context)
    {
        if (!Is(context, "networking.k8s.io", "Ingress") || context.Object.At("spec") is not YamlMapping spec || ObjectContext.HasMerge(spec))
        {
            return;
        }
        if (spec.At("rules") is not YamlSequence { Items.Length: > 0 } && Lacks(spec, "defaultBackend"))
        {
            Report(context, spec, "spec", "An Ingress needs `rules` or a `defaultBackend`.");
        }
        if (spec.At("defaultBackend") is YamlMapping fallback)
        {
            CheckBackend(context, fallback, "spec.defaultBackend");
        }
        foreach ((YamlMapping rule, string at) in Items(spec.At("rules"), "spec.rules"))
        {
            CheckHost(context, rule.At("host"), at + ".host");
            foreach ((YamlMapping path, string field) in Items(rule.At("http", "paths"), at + ".http.paths"))
            {
                CheckPath(context, path, field);
                if (path.At("backend") is YamlMapping backend)
                {
                    CheckBackend(context, backend, field + ".backend");
                }
            }
        }
    }

    private void CheckHost(ObjectContext context, YamlNode? node, string field)
    {
        if (node is null || node.Text() is not { Length: > 0 } host)
        {
            return;
        }
        if (System.Net.IPAddress.TryParse(host, out _) && host.AsSpan().IndexOfAny(".:") >= 0)
        {
            Report(context, node, field, $"{Words.Shown(host)} is an IP address; a host is a DNS name.");
        }
        else if (NameSyntax.Subdomain(host.StartsWith("*.", StringComparison.Ordinal) ? host[2..] : host) is { } wanted)
        {
            Report(context, node, field, $"{Words.Shown(host)} can't be a host; it must be {wanted}, at most with `*.` in front.");
        }
    }

    private void CheckPath(ObjectContext context, YamlMapping path, string at)
    {
        string type = path.At("pathType").Text() ?? "";
        string text = path.At("path").Text() ?? "";
        YamlNode place = path.At("path") ?? path.At("pathType") ?? path;
        if (place is YamlScalar { IsOpaque: true })
        {
            return;
        }
        if (type is "Exact" or "Prefix")
        {
            if (!text.StartsWith('/'))
            {
                Report(context, place, at + ".path", $"A path of type `{type}` begins with `/`.");
            }
            else if (Array.Find(Forbidden, f => text.Contains(f, StringComparison.Ordinal)) is { } bad)
            {
                Report(context, place, at + ".path", $"A path of type `{type}` must not contain `{bad}`.");
            }
        }
        else if (type == "ImplementationSpecific" && text.Length > 0 && !text.StartsWith('/'))
        {
            Report(context, place, at + ".path", "A path begins with `/`.");
        }
    }

    private void CheckBackend(ObjectContext context, YamlMapping backend, string at)
    {
        if (ObjectContext.HasMerge(backend))
        {
            return;
        }
        bool hasService = !Lacks(backend, "service");
        if (hasService == !Lacks(backend, "resource"))
        {
            Report(context, backend, at, hasService ? "A backend is either a `service` or a `resource`, not both." : "A backend needs a `service` or a `resource`.",
                hasService ? CauseReason.Invalid : CauseReason.Required);
            return;
        }
        if (!hasService || backend.At("service") is not YamlMapping service || ObjectContext.HasMerge(service))
        {
            return;
        }
        YamlMapping? port = service.At("port") as YamlMapping;
        bool hasNumber = port is not null && !Lacks(port, "number");
        bool hasName = port is not null && !Lacks(port, "name");
        if (hasNumber && hasName)
        {
            Report(context, port!, at, "The port of a Service is given by `name` or by `number`, not by both.");
        }
        else if (!hasNumber && !hasName && !ObjectContext.HasMerge(port))
        {
            Report(context, (YamlNode?)port ?? service, at, "The port of the Service is missing: give its `number` or `name`.", CauseReason.Required);
        }
    }
}
