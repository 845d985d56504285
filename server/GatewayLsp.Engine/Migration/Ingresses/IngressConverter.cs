using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Migration.Ingresses;

/// <summary>Ingresses to Gateways and routes: who they are for, which listeners, which routes, in that order.</summary>
internal static class IngressConverter
{
    /// <param name="ingresses">Each with the path of its file.</param>
    public static IngressConversion Convert(Workspace workspace, IReadOnlyList<(string Path, ManifestObject Object)> ingresses, ConversionOptions options)
    {
        var conversion = new Conversion(workspace, options);
        IngressModel[] models = [.. ingresses.Select(one => IngressModel.Read(one.Path, one.Object))];
        var canaries = new List<IngressModel>();
        foreach (IngressModel ingress in models)
        {
            if (ingress.Object.Document.Errors.Length > 0)
            {
                conversion.Lost(ingress, ingress.Object.Node.Find("kind")?.Value ?? ingress.Object.Node, "Ingress", "The YAML has errors: mend them first. Nothing of it is converted.");
                ingress.TakeAll();
                continue;
            }
            (Controller controller, string ingressClass) = Controllers.Of(ingress, workspace);
            if (controller == Controller.Nginx && ingress.TakeFlag(NginxCanary.Flag))
            {
                canaries.Add(ingress);
                continue;
            }
            new IngressWork(conversion, ingress, controller, ingressClass).Run();
        }
        foreach (IngressModel canary in canaries)
        {
            NginxCanary.Merge(conversion, canary);
        }
        foreach (IngressModel ingress in models)
        {
            LostAnnotations.Tell(conversion, ingress);
        }
        return new IngressConversion(Write(conversion, ingresses), [.. ingresses.Select(one => one.Object)],
            [.. conversion.Notes.OrderBy(note => note.Path, StringComparer.Ordinal).ThenBy(note => note.Span.Start)]);
    }

    /// <summary>Namespaces are written as the Ingresses have them: none where none stood.</summary>
    private static string Write(Conversion conversion, IReadOnlyList<(string Path, ManifestObject Object)> ingresses)
    {
        bool Written(string ns) => ns != "default" || ingresses.Any(one => one.Object.Namespace == ns);
        IEnumerable<JsonValue> objects = conversion.Gateways.Select(gateway => gateway.ToJson(Written(gateway.Namespace)))
            .Concat(conversion.Routes.SelectMany(route => route.ToJson(Written(route.Namespace))));
        return string.Join("---\n", objects.Select(one => YamlText.Block(one, 0, "\n") + "\n"));
    }
}

/// <summary>One Ingress under conversion.</summary>
internal sealed class IngressWork(Conversion conversion, IngressModel ingress, Controller controller, string ingressClass)
{
    private readonly List<RouteDraft> _routes = [];

    public Conversion Conversion => conversion;

    public IngressModel Ingress => ingress;

    public IReadOnlyList<RouteDraft> Routes => _routes;

    public IEnumerable<RuleDraft> Rules => _routes.SelectMany(route => route.Rules);

    /// <summary>Ports that the controller listens on.</summary>
    public List<(string Protocol, int Port)> Ports { get; set; } = [("HTTP", 80)];

    /// <summary>Status code of the redirect from HTTP to HTTPS; null when there is none.</summary>
    public int? RedirectCode { get; set; }

    public bool IsPassthrough { get; set; }

    /// <summary>Certificates that the cloud keeps (GKE), in the listeners' options.</summary>
    public string? SharedCertificates { get; set; }

    public List<string> Aliases { get; } = [];

    public GatewayDraft Gateway { get; private set; } = null!;

    public void Run()
    {
        Gateway = controller switch
        {
            Controller.Alb => AlbAnnotations.Gateway(conversion, ingress, ingressClass),
            Controller.Gke => conversion.Gateway(ingress.Namespace, ingress.Name, controller, ingressClass),
            _ => conversion.Gateway(ingress.Namespace, ingressClass.Length > 0 ? GatewayDraft.Slug(ingressClass) : controller == Controller.Nginx ? "nginx" : "gateway", controller, ingressClass),
        };
        MakeRoutes();
        switch (controller)
        {
            case Controller.Nginx:
                NginxAnnotations.Apply(this);
                break;
            case Controller.Alb:
                AlbAnnotations.Apply(this);
                break;
            case Controller.Gke:
                GkeAnnotations.Apply(this);
                break;
            default:
                RedirectCode = null;
                break;
        }
        Attach();
        CarryCommon();
        conversion.Routes.AddRange(_routes);
    }

    private void MakeRoutes()
    {
        bool isSingle = ingress.Rules.Select(rule => rule.Host).Distinct().Count() <= 1;
        foreach (var host in ingress.Rules.GroupBy(rule => rule.Host))
        {
            var route = new RouteDraft("HTTPRoute", ingress.Namespace, isSingle ? ingress.Name : GatewayDraft.Slug($"{ingress.Name}-{host.Key?.Replace("*", "wildcard", StringComparison.Ordinal) ?? "all"}"));
            if (host.Key is { } name)
            {
                route.Hostnames.Add(name.ToLowerInvariant());
                if (name.StartsWith("*.", StringComparison.Ordinal))
                {
                    conversion.Differs(ingress, host.First().Node.At("host")!, "host", $"`{name}` stands for names with one label more in an Ingress, for any number of labels here.");
                }
            }
            foreach (IngressPath path in host.SelectMany(rule => rule.Paths))
            {
                AddRule(route, path);
            }
            if (ingress.DefaultBackend is not null && host.Key is not null && !route.Rules.Exists(rule => rule.Path == ("PathPrefix", "/")))
            {
                AddDefault(route);
            }
            if (route.Rules.Count > 0)
            {
                _routes.Add(route);
            }
        }
        if (ingress.DefaultBackend is not null && !ingress.Rules.Any(rule => rule.Host is null))
        {
            var route = new RouteDraft("HTTPRoute", ingress.Namespace, ingress.Rules.IsEmpty ? ingress.Name : GatewayDraft.Slug(ingress.Name + "-default"));
            AddDefault(route);
            _routes.Add(route);
        }
        else if (ingress.DefaultBackend is not null && _routes.Find(route => route.Hostnames.Count == 0) is { } all && !all.Rules.Exists(rule => rule.Path == ("PathPrefix", "/")))
        {
            AddDefault(all);
        }
    }

    private void AddRule(RouteDraft route, IngressPath path)
    {
        (string, string)? match = path.Type switch
        {
            "Exact" => ("Exact", path.Path),
            "Prefix" => ("PathPrefix", path.Path),
            _ => PathTypes.OfImplementation(this, controller, path),
        };
        if (match is not { } found)
        {
            return;
        }
        var rule = new RuleDraft { Path = (found.Item1, found.Item2.StartsWith('/') || found.Item1 == "RegularExpression" ? found.Item2 : "/" + found.Item2), Origin = path };
        if (controller == Controller.Alb && AlbActions.Apply(this, rule))
        {
            route.Rules.Add(rule);
            return;
        }
        if (conversion.Backend(ingress, path.Backend) is { } backend)
        {
            rule.Backends.Add(backend);
            route.Rules.Add(rule);
        }
    }

    private void AddDefault(RouteDraft route)
    {
        if (conversion.Backend(ingress, ingress.DefaultBackend) is { } backend)
        {
            var rule = new RuleDraft { Path = ("PathPrefix", "/") };
            rule.Backends.Add(backend);
            route.Rules.Add(rule);
        }
    }

    /// <summary>Listeners, and which routes are at which.</summary>
    private void Attach()
    {
        var redirected = new List<string?>();
        foreach (RouteDraft route in _routes)
        {
            string?[] hosts = route.Hostnames.Count == 0 ? [null] : [.. route.Hostnames.Concat(Aliases).Distinct()];
            foreach (string? host in hosts)
            {
                if (host is not null && !route.Hostnames.Contains(host))
                {
                    route.Hostnames.Add(host);
                }
                if (IsPassthrough && host is not null)
                {
                    Parent(route, Gateway.Listen("TLS", 443, host, [], isPassthrough: true));
                    continue;
                }
                IngressTls[] certificates = [.. ingress.Tls.Where(tls => Covers(tls, host))];
                bool isTls = certificates.Length > 0 || SharedCertificates is not null || Ports.Exists(port => port.Protocol == "HTTPS");
                bool redirects = isTls && RedirectCode is not null && (Ports.Exists(p => p.Protocol == "HTTP"));
                foreach ((string protocol, int port) in isTls && !Ports.Exists(p => p.Protocol == "HTTPS") ? [.. Ports, ("HTTPS", 443)] : Ports)
                {
                    if (protocol == "HTTP" && redirects)
                    {
                        continue;
                    }
                    Parent(route, protocol == "HTTP" ? Gateway.Listen("HTTP", port, null, [])
                        : Gateway.Listen("HTTPS", port, host, certificates.Select(tls => tls.Secret).OfType<string>(), options: SharedCertificates));
                }
                if (redirects)
                {
                    redirected.Add(host);
                }
            }
        }
        foreach (IngressTls tls in ingress.Tls.Where(tls => tls.Secret is null && controller != Controller.Alb && SharedCertificates is null && !IsPassthrough))
        {
            conversion.Lost(ingress, tls.Node, "tls", "No Secret is named here: the controller's own certificate was used. An HTTPS listener needs one in `tls.certificateRefs`; add it.");
        }
        Redirect(redirected);
    }

    private void Redirect(List<string?> hosts)
    {
        if (hosts.Count == 0)
        {
            return;
        }
        // A route has sixteen hosts at most; one for all hosts needs none.
        string[][] parts = hosts.Contains(null) ? [[]] : [.. hosts.OfType<string>().Distinct().Chunk(RouteDraft.MaxRules)];
        for (int i = 0; i < parts.Length; i++)
        {
            var route = new RouteDraft("HTTPRoute", ingress.Namespace, GatewayDraft.Slug($"{ingress.Name}-to-https{(i == 0 ? "" : $"-{i + 1}")}"));
            route.Hostnames.AddRange(parts[i]);
            foreach ((string _, int port) in Ports.Where(p => p.Protocol == "HTTP"))
            {
                Parent(route, Gateway.Listen("HTTP", port, null, []));
            }
            var rule = new RuleDraft { Path = ("PathPrefix", "/"), Redirects = true };
            int https = Ports.Where(p => p.Protocol == "HTTPS").Select(p => p.Port).FirstOrDefault(443);
            rule.Filters.Add(Json.Filter("RequestRedirect", "requestRedirect", Json.Map(
                ("scheme", JsonValue.Of("https")), ("port", https == 443 ? null : JsonValue.Of(https)), ("statusCode", JsonValue.Of(RedirectCode!.Value)))));
            route.Rules.Add(rule);
            _routes.Add(route);
        }
    }

    private void Parent(RouteDraft route, string? listener)
    {
        if (listener is null)
        {
            conversion.Lost(ingress, ingress.Object.Node, "rules", $"A Gateway has {GatewayDraft.MaxListeners} listeners at most: put the rest into ListenerSets or Gateways of their own.");
            return;
        }
        JsonValue parent = Json.Map(("name", JsonValue.Of(Gateway.Name)), ("namespace", Gateway.Namespace == ingress.Namespace ? null : JsonValue.Of(Gateway.Namespace)), ("sectionName", JsonValue.Of(listener)));
        if (!route.Parents.Contains(parent))
        {
            route.Parents.Add(parent);
        }
    }

    /// <summary>Annotations of helpers that read them on Gateways, too.</summary>
    private void CarryCommon()
    {
        foreach (string name in ingress.AnnotationNames.Where(name => name.StartsWith("cert-manager.io/", StringComparison.Ordinal)).ToArray())
        {
            if (ingress.Take(name) is { } value)
            {
                Gateway.Annotations[name] = value;
                conversion.Differs(ingress, name, "cert-manager reads it on the Gateway, where it stands now, if its support of Gateway API is switched on.");
            }
        }
    }

    private static bool Covers(IngressTls tls, string? host) =>
        tls.Hosts.IsEmpty || (host is not null && tls.Hosts.Any(name => name.Equals(host, StringComparison.OrdinalIgnoreCase)
            || (name.StartsWith("*.", StringComparison.Ordinal) && host.EndsWith(name[1..], StringComparison.OrdinalIgnoreCase))));
}
