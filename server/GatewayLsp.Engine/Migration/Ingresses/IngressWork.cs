using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Migration.Ingresses;

/// <summary>One Ingress under conversion.</summary>
internal sealed class IngressWork
{
    private readonly List<RouteDraft> _routes = [];

    public IngressWork(Conversion conversion, IngressModel ingress, IngressClassChoice choice)
    {
        Conversion = conversion;
        Ingress = ingress;
        Controller = choice.Controller;
        Gateway = Controller switch
        {
            Controller.Alb => AlbAnnotations.Gateway(conversion, ingress, choice),
            Controller.Gke => conversion.Gateway(ingress, "ingress/" + ingress.Owner, ingress.Name, choice),
            _ => conversion.Gateway(ingress, $"class/{Controller}/{choice.ClassName}", choice.ClassName.Length > 0 ? choice.ClassName : Controller == Controller.Nginx ? "nginx" : "gateway", choice),
        };
    }

    public Conversion Conversion { get; }

    public IngressModel Ingress { get; }

    public Controller Controller { get; }

    public GatewayDraft Gateway { get; }

    public List<RouteDraft> Routes => _routes;

    /// <summary>True when nothing but gRPC is spoken with the backends.</summary>
    public bool IsGrpc => _routes.Count > 0 && _routes.TrueForAll(route => route.IsGrpc);

    public IEnumerable<RuleDraft> Rules => _routes.SelectMany(route => route.Rules);

    /// <summary>Ports that the controller listens on.</summary>
    public List<(string Protocol, int Port)> Ports { get; set; } = [("HTTP", 80)];

    /// <summary>Status code of the redirect from HTTP to HTTPS; null when there is none.</summary>
    public int? RedirectCode { get; set; }

    /// <summary>Port that the redirect leads to; null: that of the HTTPS listener.</summary>
    public int? RedirectPort { get; set; }

    public bool IsPassthrough { get; set; }

    /// <summary>Certificates that the cloud keeps (GKE), in the listeners' options.</summary>
    public string? SharedCertificates { get; set; }

    /// <summary>True when one virtual server for a host serves all Ingresses that name the host, with one certificate.</summary>
    public bool SharesHosts => Controller is Controller.Nginx or Controller.Other;

    public static string RouteScope(string ns) => "route " + ns;

    public void MakeRules(SharedHosts hosts)
    {
        MakeRoutes();
        switch (Controller)
        {
            case Controller.Nginx:
                NginxAnnotations.Apply(this, hosts);
                break;
            case Controller.Alb:
                AlbAnnotations.Apply(this);
                break;
            case Controller.Gke:
                GkeAnnotations.Apply(this);
                break;
        }
        CarryCommon();
        Conversion.Routes.AddRange(_routes);
    }

    /// <summary>A new route whose name begins with the Ingress's.</summary>
    public RouteDraft NewRoute(string kind, string end) =>
        new(kind, Ingress, Conversion.Names.Give(RouteScope(Ingress.Namespace), end.Length == 0 ? Ingress.Owner : $"{Ingress.Owner}/{end}", end.Length == 0 ? Ingress.Name : Names.Slug($"{Ingress.Name}-{end}")));

    /// <summary>The route for a host of this Ingress (null: all hosts), made when there is none.</summary>
    public RouteDraft RouteFor(string? host)
    {
        if (_routes.Find(route => host is null ? route.Hostnames.Count == 0 : route.Hostnames.Contains(host)) is { } known)
        {
            return known;
        }
        string?[] hosts = [.. Ingress.Rules.Select(rule => rule.Host?.ToLowerInvariant()).Distinct()];
        bool isOnly = hosts.Length == 0 || (hosts is [var only] && only == host);
        RouteDraft route = NewRoute("HTTPRoute", isOnly ? "" : host is null ? Ingress.Rules.Any(rule => rule.Host is null) ? "all" : "default" : host.Replace("*", "wildcard", StringComparison.Ordinal));
        if (host is not null)
        {
            route.Hostnames.Add(host);
        }
        _routes.Add(route);
        return route;
    }

    private void MakeRoutes()
    {
        foreach (IngressRule rule in Ingress.Rules)
        {
            string? host = rule.Host?.ToLowerInvariant();
            if (host is not null && !IsHostname(host))
            {
                Conversion.Lost(Ingress, rule.Node.At("host")!, "host", $"`{rule.Host}` is not a hostname that a route can have, so the rules for it are left out. A hostname has labels of a-z, 0-9 and `-`, joined by dots; only the first label can be `*`.");
                continue;
            }
            if (host is not null && host.StartsWith("*.", StringComparison.Ordinal))
            {
                Conversion.Differs(Ingress, rule.Node.At("host")!, "host", $"In an Ingress, `{host}` matches hosts with exactly one more label; in a route it matches hosts with any number of them.");
            }
            foreach (IngressPath path in rule.Paths)
            {
                AddRule(host, path);
            }
        }
        _routes.RemoveAll(route => route.Rules.Count == 0);
        if (Ingress.DefaultBackend is null)
        {
            return;
        }
        foreach (RouteDraft route in _routes.ToArray())
        {
            AddDefault(route);
        }
        if (!_routes.Exists(route => route.Hostnames.Count == 0))
        {
            AddDefault(RouteFor(null));
        }
        _routes.RemoveAll(route => route.Rules.Count == 0);
    }

    private void AddRule(string? host, IngressPath path)
    {
        (string Type, string Value)? match = path.Type switch
        {
            "Exact" => ("Exact", path.Path),
            "Prefix" => ("PathPrefix", path.Path),
            _ => PathTypes.OfImplementation(this, Controller, path, path.Path),
        };
        if (match is not { } found)
        {
            return;
        }
        var rule = new RuleDraft { Path = PathTypes.Rooted(found), At = path.Node, Origin = path };
        if (Controller == Controller.Alb && path.Backend?.Service is not null)
        {
            AlbConditions? conditions = AlbConditions.Of(this, path.Backend.Service);
            if (!AlbActions.Apply(this, rule, path.Backend) && !AddBackend(rule, path.Backend))
            {
                return;
            }
            if (conditions is null)
            {
                RouteFor(host).Rules.Add(rule);
            }
            else
            {
                conditions.Add(this, rule, host);
            }
            return;
        }
        if (AddBackend(rule, path.Backend))
        {
            RouteFor(host).Rules.Add(rule);
        }
    }

    private void AddDefault(RouteDraft route)
    {
        if (Ingress.DefaultBackend is not { } backend || route.Rules.Exists(rule => rule.IsForAll))
        {
            return;
        }
        var rule = new RuleDraft { Path = ("PathPrefix", "/"), At = backend.Node, IsDefault = true };
        if ((Controller == Controller.Alb && AlbActions.Apply(this, rule, backend)) || AddBackend(rule, backend))
        {
            route.Rules.Add(rule);
        }
    }

    private bool AddBackend(RuleDraft rule, IngressBackend? backend)
    {
        if (Conversion.Backend(Ingress, backend) is not { } made)
        {
            return false;
        }
        rule.Backends.Add(made);
        return true;
    }

    /// <summary>Annotations of helpers that read them on Gateways, too.</summary>
    private void CarryCommon()
    {
        foreach (string name in Ingress.AnnotationNames.Where(name => name.StartsWith("cert-manager.io/", StringComparison.Ordinal)).ToArray())
        {
            if (Ingress.Take(name) is not { } value)
            {
                continue;
            }
            if (Gateway.Annotations.TryGetValue(name, out string? other) && other != value)
            {
                Conversion.Lost(Ingress, name, $"The Gateway `{Gateway.Name}` already has this annotation with the value `{other}`, from another Ingress. Give the hosts of one of them a Gateway of their own, or make the Certificate by hand.");
                continue;
            }
            Gateway.Annotations[name] = value;
            Conversion.Differs(Ingress, name, $"The annotation is on the Gateway `{Gateway.Name}` now. cert-manager reads it there when its support of Gateway API is switched on.");
        }
    }

    /// <summary>True for what the API takes as the hostname of a route or listener.</summary>
    public static bool IsHostname(string host) => Names.IsValid(host.StartsWith("*.", StringComparison.Ordinal) ? host[2..] : host) && host.Length <= 253;
}
