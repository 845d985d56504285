using System.Collections.Immutable;
using System.Globalization;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Navigation;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Conditions;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Engine.Syntax;
using Route = GatewayLsp.Engine.Model.Route;

namespace GatewayLsp.Engine.Topology.Building;

/// <summary>Routes, where they are attached, and their rules with all that these lead to.</summary>
internal sealed class RouteNodes(GraphDraft draft, GatewayNodes gateways, BackendNodes backends)
{
    private const int MaxHostnames = 2;

    private readonly RedirectEdges _redirects = new(draft, gateways);

    public void Add(Route route)
    {
        ResolvedRoute resolved = draft.Resolver.Route(route);
        ObjectKey key = Resolver.KeyOf(route);
        string id = TopologyIds.Of(key);
        string[] hostnames = [.. route.Hostnames.Select(one => one.Value ?? "?")];
        draft.Add(new TopologyNode
        {
            Id = id, Kind = TopologyNodeKind.Route, Object = key, Label = route.Name, Namespace = route.Namespace, Place = draft.PlaceOf(route.Object),
            Detail = Few(hostnames), Facts = [.. hostnames.Select(one => new TopologyFact("hostname", one))],
        });
        draft.Claim(route.Object.Document, route.Object.Node, id);
        foreach (ParentStatus status in RouteConditions.Of(resolved))
        {
            Attach(route, id, status.Parent, status.Conditions);
        }
        foreach (ResolvedParent parent in resolved.Parents)
        {
            if (parent.Outcome == AttachOutcome.ForeignParent)
            {
                Edge(gateways.Parent(parent.Ref), id, route, parent, [], null);
            }
        }
        Status(id, resolved);
        YamlNode? written = route.Object.At("spec", "rules");
        for (int i = 0; i < route.Rules.Length; i++)
        {
            Rule(resolved, id, i, isWritten: written is YamlSequence);
        }
    }

    /// <summary>An edge from every listener that takes it; where none does, from those that it asks, with the reason.</summary>
    private void Attach(Route route, string id, ResolvedParent parent, ImmutableArray<Condition> conditions)
    {
        Condition accepted = conditions[0];
        if (parent.Ref.IsService)
        {
            Edge(Frontend(route, parent), id, route, parent, [], accepted);
            return;
        }
        bool hasEdge = false;
        foreach (AttachedListener at in parent.Listeners)
        {
            if (gateways.Of(at.Listener.Listener) is { } listener)
            {
                Edge(listener, id, route, parent, at.Hostnames, accepted);
                hasEdge = true;
            }
        }
        foreach (ResolvedListener candidate in hasEdge ? [] : parent.Candidates)
        {
            if (gateways.Of(candidate.Listener) is { } listener)
            {
                Edge(listener, id, route, parent, [], accepted);
                hasEdge = true;
            }
        }
        if (!hasEdge && parent.Ref.IsKnown)
        {
            Edge(gateways.Parent(parent.Ref), id, route, parent, [], accepted);
        }
    }

    private void Edge(string from, string id, Route route, ResolvedParent parent, ImmutableArray<string> hostnames, Condition? accepted)
    {
        string edge = TopologyIds.Edge(from, TopologyEdgeKind.Attaches, id);
        if (draft.HasEdge(edge))
        {
            return;
        }
        bool isNew = route.Hostnames.Length != hostnames.Length || !route.Hostnames.Select(one => one.Value).SequenceEqual(hostnames, StringComparer.Ordinal);
        draft.Add(new TopologyEdge
        {
            Id = edge, From = from, To = id, Kind = TopologyEdgeKind.Attaches, Place = draft.PlaceOf(route.Object.Document, parent.Ref.Node.HeadSpan()),
            // What the route or the listener says itself stands there already.
            Label = isNew && !IsOnlyOf(from, hostnames) ? Few(hostnames) : "", Facts = [.. hostnames.Select(one => new TopologyFact("hostname", one))],
        });
        if (accepted is not null)
        {
            draft.Mark(edge, [accepted]);
        }
    }

    private bool IsOnlyOf(string listener, ImmutableArray<string> hostnames) =>
        hostnames.Length == 1 && draft.Find(listener)?.FactsNamed("hostname").FirstOrDefault() == hostnames[0];

    /// <summary>The front of a Service, and who comes to it: everybody, or the namespace of a consumer's route.</summary>
    private string Frontend(Route route, ResolvedParent parent)
    {
        string service = TopologyIds.Of(parent.Ref.Key);
        string front = TopologyIds.Frontend(service);
        Presence presence = parent.Target is not null ? Presence.Present : parent.Outcome == AttachOutcome.Unknown ? Presence.Unknown : Presence.Absent;
        draft.Add(new TopologyNode
        {
            Id = front, Kind = TopologyNodeKind.Frontend, Object = parent.Ref.Key, Label = parent.Ref.Name, Namespace = parent.Ref.Namespace, Detail = "within the mesh",
            Presence = presence, Place = parent.Target is { } target ? draft.PlaceOf(target.Object) : null,
            State = presence switch { Presence.Absent => TopologyState.Error, Presence.Unknown => TopologyState.Unknown, _ => TopologyState.Ok },
        });
        string ns = parent.Ref.CrossesNamespaces ? route.Namespace : "";
        string client = TopologyIds.MeshClients(ns);
        draft.Add(new TopologyNode { Id = client, Kind = TopologyNodeKind.Client, Label = "Mesh clients", Detail = ns.Length == 0 ? "pods of any namespace" : "pods of " + ns });
        string enters = TopologyIds.Edge(client, TopologyEdgeKind.Enters, front);
        if (!draft.HasEdge(enters))
        {
            draft.Add(new TopologyEdge { Id = enters, From = client, To = front, Kind = TopologyEdgeKind.Enters });
        }
        return front;
    }

    /// <summary>A route that some parents take works there; one that none takes does not work at all.</summary>
    private void Status(string id, ResolvedRoute resolved)
    {
        ImmutableArray<ParentStatus> parents = RouteConditions.Of(resolved);
        bool hasHome = parents.Any(parent => ConditionMarks.StateOf(parent.Conditions[0]) == TopologyState.Ok);
        foreach (ParentStatus parent in parents)
        {
            Condition accepted = parent.Conditions[0];
            TopologyState state = ConditionMarks.StateOf(accepted);
            if (state == TopologyState.Error || (state != TopologyState.Ok && !hasHome))
            {
                draft.Mark(id, state == TopologyState.Error && hasHome ? TopologyState.Warning : state, accepted.Reason, accepted.Message);
            }
        }
        if (!parents.IsEmpty)
        {
            // The same for every parent.
            draft.Mark(id, parents[0].Conditions[1..]);
        }
    }

    private void Rule(ResolvedRoute resolved, string owner, int index, bool isWritten)
    {
        Route route = resolved.Route;
        RouteRule rule = route.Rules[index];
        YamlMapping? node = isWritten ? rule.Node as YamlMapping : null;
        string id = draft.Unused(TopologyIds.Part(owner, "rule", rule.Name ?? index.ToString(CultureInfo.InvariantCulture)));
        string matches = node is null ? "/*" : RouteLabels.Matches(node, route.Kind);
        List<YamlMapping> filters = RouteLabels.Items(node?.Get("filters"));
        var facts = ImmutableArray.CreateBuilder<TopologyFact>();
        foreach (YamlMapping match in RouteLabels.Items(node?.Get("matches")))
        {
            facts.Add(new TopologyFact("match", RouteLabels.Match(match, route.Kind)));
        }
        foreach (YamlMapping filter in filters)
        {
            facts.Add(new TopologyFact("filter", RouteLabels.Filter(filter)));
        }
        if (rule is HttpRouteRule http)
        {
            Timeouts(facts, http);
        }
        draft.Add(new TopologyNode
        {
            Id = id, Kind = TopologyNodeKind.Rule, Object = Resolver.KeyOf(route), Parent = owner, Index = index, Namespace = route.Namespace,
            Label = rule.Name is null ? matches : ObjectLabels.Cut($"{rule.Name}: {matches}"), Detail = RuleDetail(rule), Facts = new(facts.DrainToImmutable()),
            Place = draft.PlaceOf(route.Object.Document, rule.Node.HeadSpan()),
        });
        if (isWritten)
        {
            draft.Claim(route.Object.Document, rule.Node, id);
        }
        draft.Add(new TopologyEdge { Id = TopologyIds.Edge(owner, TopologyEdgeKind.Matches, id), From = owner, To = id, Kind = TopologyEdgeKind.Matches });
        foreach (RuleIssue issue in resolved.RuleIssues)
        {
            if (ReferenceEquals(issue.Rule, rule))
            {
                draft.Mark(id, TopologyState.Error, issue.AreFiltersIncompatible ? ConditionReasons.IncompatibleFilters : ConditionReasons.UnsupportedValue,
                    issue.AreFiltersIncompatible ? "The rule can't both redirect and rewrite." : "The rule has a match or filter of a type that does not exist.");
            }
        }
        backends.Add(resolved, rule, id);
        _redirects.Add(resolved, rule, id);
    }

    private static void Timeouts(ImmutableArray<TopologyFact>.Builder facts, HttpRouteRule rule)
    {
        if (rule.RequestTimeout is { } request)
        {
            facts.Add(new TopologyFact("timeout", "request " + Seconds(request)));
        }
        if (rule.BackendRequestTimeout is { } backend)
        {
            facts.Add(new TopologyFact("timeout", "backendRequest " + Seconds(backend)));
        }
        if (rule.RetryPolicy is { Attempts: { } attempts })
        {
            facts.Add(new TopologyFact("retry", string.Create(CultureInfo.InvariantCulture, $"{attempts} attempts")));
        }
        if (rule.HasSessionPersistence)
        {
            facts.Add(new TopologyFact("session", "persistent"));
        }
    }

    /// <summary>What is done to a request on its way; mirrors and redirects have edges of their own.</summary>
    private static string RuleDetail(RouteRule rule)
    {
        var parts = new List<string>();
        bool isRedirect = false;
        foreach (RouteFilter filter in rule.Filters)
        {
            isRedirect |= filter.Type == RouteFilterType.RequestRedirect;
            string? part = filter.Type switch
            {
                RouteFilterType.RequestHeaderModifier => "request headers",
                RouteFilterType.ResponseHeaderModifier => "response headers",
                RouteFilterType.UrlRewrite => "rewrite",
                RouteFilterType.Cors => "CORS",
                RouteFilterType.ExtensionRef => filter.Extension?.Kind is { Length: > 0 } kind ? kind : "extension",
                _ => null,
            };
            if (part is not null && !parts.Contains(part))
            {
                parts.Add(part);
            }
        }
        if (rule is { BackendRefs.IsEmpty: true, HasOpenBackends: false, HasOpenFilters: false } && !isRedirect)
        {
            parts.Add("no backend");
        }
        return string.Join(" · ", parts);
    }

    private static string Seconds(TimeSpan time) => time == TimeSpan.Zero ? "unlimited" : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s");

    private static string Few(IReadOnlyCollection<string> items) => items.Count <= MaxHostnames
        ? string.Join(", ", items)
        : string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", items.Take(MaxHostnames))} +{items.Count - MaxHostnames}");
}
