using System.Globalization;
using System.Text.Json;

namespace GatewayLsp.Engine.Migration.Ingresses;

/// <summary>Annotations of the AWS Load Balancer Controller for Application Load Balancers.</summary>
internal static class AlbAnnotations
{
    private const string P = Controllers.AlbPrefix;

    public static bool IsGrpc(IngressModel ingress) => ingress.Peek(P + "backend-protocol-version")?.ToUpperInvariant() is "GRPC";

    /// <summary>Each Ingress has a load balancer of its own, unless a group shares one, across namespaces.</summary>
    public static GatewayDraft Gateway(Conversion conversion, IngressModel ingress, IngressClassChoice choice)
    {
        if (ingress.Take(P + "group.name") is not { Length: > 0 } group)
        {
            return conversion.Gateway(ingress, "ingress/" + ingress.Owner, ingress.Name, choice);
        }
        if (conversion.Groups.TryGetValue(group, out GatewayDraft? shared))
        {
            shared.TakesAllNamespaces |= shared.Namespace != ingress.Namespace;
            return shared;
        }
        return conversion.Groups[group] = conversion.Gateway(ingress, "group/" + group, group, choice);
    }

    public static void Apply(IngressWork work)
    {
        IngressModel ingress = work.Ingress;
        Conversion conversion = work.Conversion;
        bool hasCertificate = ingress.Take(P + "certificate-arn") is { Length: > 0 };
        bool isTls = hasCertificate || !ingress.Tls.IsEmpty;
        work.Ports = Ports(work) ?? [isTls ? ("HTTPS", 443) : ("HTTP", 80)];
        if (hasCertificate)
        {
            conversion.Lost(ingress, P + "certificate-arn", "A Gateway names Secrets, not ARNs: name the certificate for the listener in a LoadBalancerConfiguration of the AWS controller, or leave it to the controller to find one by the listener's hostname.");
        }
        if (ingress.Take(P + "ssl-redirect") is { } target)
        {
            Redirect(work, target);
        }
        if (ingress.Take(P + "group.order") is not null)
        {
            conversion.Lost(ingress, P + "group.order", "Routes have no order: the more specific host and path win, then the older route. See that no rule depended on the order.");
        }
        if (ingress.Take(P + "scheme") is { } scheme)
        {
            conversion.Lost(ingress, P + "scheme", $"The AWS controller has this setting in `scheme` of a LoadBalancerConfiguration: write one with `{scheme}` and name it in `spec.infrastructure.parametersRef` of the Gateway.");
        }
        if (ingress.Take(P + "backend-protocol-version")?.ToUpperInvariant() is "GRPC")
        {
            NginxAnnotations.Grpc(work, null, P + "backend-protocol-version");
        }
        if (ingress.Take(P + "backend-protocol")?.ToUpperInvariant() is "HTTPS")
        {
            conversion.Lost(ingress, P + "backend-protocol", "TLS towards a backend is a BackendTLSPolicy for its Service, or a TargetGroupConfiguration of the AWS controller: write one.");
        }
        foreach (string name in ingress.AnnotationNames.Where(name => name.StartsWith(P + "conditions.", StringComparison.Ordinal) || name.StartsWith(P + "actions.", StringComparison.Ordinal)).ToArray())
        {
            AlbConditions.Check(work, name);
        }
        foreach (var host in ingress.Rules.GroupBy(rule => rule.Host))
        {
            TellOrder(work, [.. host.SelectMany(rule => rule.Paths)]);
        }
    }

    /// <summary>The value is the port that all HTTP listeners redirect to.</summary>
    private static void Redirect(IngressWork work, string target)
    {
        if (!int.TryParse(target, NumberStyles.None, CultureInfo.InvariantCulture, out int port) || port is 0 or > 65535)
        {
            work.Conversion.Lost(work.Ingress, P + "ssl-redirect", $"`{target}` is not a port, so there is no redirect. Write the port of the HTTPS listener.");
            return;
        }
        work.RedirectCode = 301;
        work.RedirectPort = port;
        if (!work.Ports.Exists(one => one.Protocol == "HTTPS"))
        {
            work.Ports.Add(("HTTPS", port));
        }
    }

    /// <summary>
    /// The load balancer tries exact paths, then prefixes, then patterns in the order in which they stand; a route takes the most specific.
    /// </summary>
    private static void TellOrder(IngressWork work, IngressPath[] paths)
    {
        for (int i = 0; i < paths.Length; i++)
        {
            if (paths[i].Type is "Exact" or "Prefix")
            {
                continue;
            }
            for (int k = 0; k < paths.Length; k++)
            {
                if (k != i && (paths[k].Type == "Prefix" || (k < i && paths[k].Type != "Exact")) && Covers(work, paths[k], paths[i].Path))
                {
                    work.Conversion.Differs(work.Ingress, paths[i].Node, "path", $"The load balancer tried `{paths[k].Path}` first, so that `{paths[i].Path}` got no requests; in a route the more specific path wins, and it gets them.");
                    break;
                }
            }
        }
    }

    private static bool Covers(IngressWork work, IngressPath path, string other)
    {
        if (path.Backend?.Service is { } service && work.Ingress.Has(P + "conditions." + service))
        {
            return false;
        }
        if (path.Type == "Prefix")
        {
            return other.StartsWith(path.Path.TrimEnd('/') + "/", StringComparison.Ordinal);
        }
        return path.Path.EndsWith('*') && path.Path.IndexOfAny(['*', '?']) == path.Path.Length - 1 && other.StartsWith(path.Path[..^1], StringComparison.Ordinal);
    }

    private static List<(string, int)>? Ports(IngressWork work)
    {
        if (work.Ingress.Take(P + "listen-ports") is not { } text)
        {
            return null;
        }
        var ports = new List<(string, int)>();
        if (AlbJson.Parse(text) is { ValueKind: JsonValueKind.Array } list)
        {
            foreach (JsonElement one in list.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.Object))
            {
                foreach (JsonProperty port in one.EnumerateObject())
                {
                    if (port.Name.ToUpperInvariant() is "HTTP" or "HTTPS" && port.Value.TryGetInt32Safe() is { } number and > 0 and < 65536)
                    {
                        (string, int) found = (port.Name.ToUpperInvariant(), number);
                        if (!ports.Contains(found))
                        {
                            ports.Add(found);
                        }
                    }
                }
            }
        }
        if (ports.Count == 0)
        {
            work.Conversion.Lost(work.Ingress, P + "listen-ports", "It can't be read: a list such as `[{\"HTTP\": 80}, {\"HTTPS\": 443}]` is expected. The usual port is taken.");
            return null;
        }
        return ports;
    }
}
