namespace GatewayLsp.Engine.Migration.Ingresses;

/// <summary>What Ingresses that name the same host are to each other: controllers merge them.</summary>
internal sealed class SharedHosts
{
    private readonly List<IngressWork> _works;
    private readonly HashSet<(GatewayDraft, string)> _regex = [];
    private readonly Dictionary<(GatewayDraft, string), List<IngressWork>> _byHost = [];

    public SharedHosts(List<IngressWork> works)
    {
        _works = works;
        foreach (IngressWork work in works)
        {
            foreach (string host in work.Ingress.Rules.Select(rule => Key(rule.Host)).Distinct(StringComparer.Ordinal))
            {
                if (!_byHost.TryGetValue((work.Gateway, host), out List<IngressWork>? all))
                {
                    _byHost[(work.Gateway, host)] = all = [];
                }
                all.Add(work);
                if (work.Controller == Controller.Nginx && NginxRewrite.UsesRegex(work.Ingress))
                {
                    _regex.Add((work.Gateway, host));
                }
            }
        }
    }

    /// <summary>True when one Ingress of the host has its paths read as expressions: ingress-nginx does it for all of them then.</summary>
    public bool IsRegex(GatewayDraft gateway, RouteDraft route) => _regex.Contains((gateway, Key(route.Hostnames.FirstOrDefault())));

    /// <summary>True when other Ingresses of the host are not for gRPC: routes of two kinds for one host of a listener shut each other out.</summary>
    public bool HasOtherThanGrpc(IngressWork work, RouteDraft route) =>
        _byHost.TryGetValue((work.Gateway, Key(route.Hostnames.FirstOrDefault())), out List<IngressWork>? all)
        && all.Exists(other => !NginxAnnotations.IsGrpc(other.Ingress) && !AlbAnnotations.IsGrpc(other.Ingress));

    /// <summary>Of several rules for the same host and path only the first ever got requests; a default backend gives way to all others.</summary>
    public void Merge(Conversion conversion)
    {
        foreach (var gateway in _works.GroupBy(work => work.Gateway))
        {
            var routes = gateway.SelectMany(work => work.Routes).ToArray();
            foreach (var host in routes.GroupBy(route => Key(route.Hostnames.FirstOrDefault())))
            {
                bool hasRoot = host.Any(route => route.Rules.Exists(rule => rule.IsForAll && !rule.IsDefault));
                var seen = new Dictionary<(string, string), (RouteDraft Route, RuleDraft Rule)>();
                foreach (RouteDraft route in host)
                {
                    foreach (RuleDraft rule in route.Rules.ToArray())
                    {
                        if (rule.IsDefault && hasRoot)
                        {
                            route.Rules.Remove(rule);
                        }
                        else if (rule.Conditions.Count == 0 && !seen.TryAdd((rule.Path.Type, Normal(rule.Path.Value)), (route, rule)))
                        {
                            route.Rules.Remove(rule);
                            (RouteDraft first, _) = seen[(rule.Path.Type, Normal(rule.Path.Value))];
                            string shown = host.Key.Length == 0 ? "all hosts" : $"host `{host.Key}`";
                            conversion.Lost(route.Source, rule.At, "path", ReferenceEquals(first.Source, route.Source)
                                ? $"This Ingress has the path `{rule.Path.Value}` of {shown} twice; the first one counts, and this one is left out."
                                : $"The Ingress `{first.Source.Name}` has the path `{rule.Path.Value}` of {shown}, too, and the older Ingress counts. `{first.Source.Name}` is taken for the older one, and this path is left out; delete the path from the Ingress that is not meant and convert again if that is wrong.");
                        }
                    }
                }
            }
            foreach (IngressWork work in gateway)
            {
                work.Routes.RemoveAll(route => route.Rules.Count == 0);
            }
        }
        conversion.Routes.RemoveAll(route => route.Rules.Count == 0);
    }

    private static string Normal(string path) => path.Length > 1 ? path.TrimEnd('/') : path;

    private static string Key(string? host) => host?.ToLowerInvariant() ?? "";
}
