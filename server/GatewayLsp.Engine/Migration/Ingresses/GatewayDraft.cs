using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Migration.Ingresses;

/// <summary>
/// A Gateway in the making. Listeners beyond those that one may have go into ListenerSets, which keep them at the same address.
/// </summary>
internal sealed class GatewayDraft(Names names, string ns, string name, string className)
{
    // Limits of the API.
    public const int MaxListeners = 64;
    private const int MaxCertificates = 64;

    private readonly List<ListenerDraft> _listeners = [];

    public string Namespace => ns;

    public string Name => name;

    public string ClassName => className;

    /// <summary>True when an Ingress of another namespace is behind it, too.</summary>
    public bool TakesAllNamespaces { get; set; }

    public bool HasListenerSets => _listeners.Count > MaxListeners;

    public List<JsonValue> Addresses { get; } = [];

    public SortedDictionary<string, string> Annotations { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// Makes or finds the listener of that protocol, port and host; the certificates of several Ingresses come together in it.
    /// The answer is what a route of that namespace names as its parent.
    /// </summary>
    public JsonValue Listen(string routeNamespace, string protocol, int port, string? host, IEnumerable<JsonValue>? certificates = null, string? options = null)
    {
        int at = _listeners.FindIndex(one => one.Protocol == protocol && one.Port == port && one.Host == host);
        if (at < 0)
        {
            int standard = protocol == "HTTP" ? 80 : 443;
            string wanted = protocol.ToLowerInvariant() + (port == standard ? "" : $"-{port}") + (host is null ? "" : "-" + host.Replace("*", "wildcard", StringComparison.Ordinal));
            string key = $"{protocol}/{port}/{host}";
            at = _listeners.Count;
            _listeners.Add(new ListenerDraft(names.Give($"listener {ns}/{name}", key, Names.Slug(wanted)), protocol, port, host));
        }
        ListenerDraft listener = _listeners[at];
        foreach (JsonValue certificate in certificates ?? [])
        {
            if (listener.Certificates.Count < MaxCertificates && !listener.Certificates.Contains(certificate))
            {
                listener.Certificates.Add(certificate);
            }
        }
        listener.Options ??= options;
        bool isOwn = at < MaxListeners;
        return Json.Map(
            ("kind", isOwn ? null : JsonValue.Of("ListenerSet")),
            ("name", JsonValue.Of(isOwn ? name : SetName(at))),
            ("namespace", ns == routeNamespace ? null : JsonValue.Of(ns)),
            ("sectionName", JsonValue.Of(listener.Name)));
    }

    /// <summary>The Gateway, then its ListenerSets; nothing when no rule came to a listener.</summary>
    public IEnumerable<JsonValue> ToJson(bool withNamespace)
    {
        if (_listeners.Count == 0)
        {
            yield break;
        }
        JsonValue? ownNamespace = withNamespace ? JsonValue.Of(ns) : null;
        yield return Json.Map(
            ("apiVersion", JsonValue.Of(MigrationTarget.V1)),
            ("kind", JsonValue.Of("Gateway")),
            ("metadata", Json.Map(
                ("name", JsonValue.Of(name)),
                ("namespace", ownNamespace),
                ("annotations", Annotations.Count == 0 ? null : JsonValue.OfMembers([.. Annotations.Select(a => new KeyValuePair<string, JsonValue>(a.Key, JsonValue.Of(a.Value)))])))),
            ("spec", Json.Map(
                ("gatewayClassName", JsonValue.Of(className)),
                ("addresses", Json.List(Addresses.Distinct().Take(16))),
                ("allowedListeners", HasListenerSets ? Json.Map(("namespaces", Json.Map(("from", JsonValue.Of("Same"))))) : null),
                ("listeners", Listeners(_listeners.Take(MaxListeners))))));
        for (int at = MaxListeners; at < _listeners.Count; at += MaxListeners)
        {
            yield return Json.Map(
                ("apiVersion", JsonValue.Of(MigrationTarget.V1)),
                ("kind", JsonValue.Of("ListenerSet")),
                ("metadata", Json.Map(("name", JsonValue.Of(SetName(at))), ("namespace", ownNamespace))),
                ("spec", Json.Map(
                    ("parentRef", Json.Map(("name", JsonValue.Of(name)))),
                    ("listeners", Listeners(_listeners.Skip(at).Take(MaxListeners))))));
        }
    }

    private string SetName(int at) => names.Give($"set {ns}", $"{name}/{at / MaxListeners}", $"{name}-listeners-{at / MaxListeners + 1}");

    private JsonValue? Listeners(IEnumerable<ListenerDraft> some) => Json.List(some.OrderBy(one => one.Protocol == "HTTP" ? 0 : 1).Select(one => one.ToJson(TakesAllNamespaces)));

    private sealed record ListenerDraft(string Name, string Protocol, int Port, string? Host)
    {
        public List<JsonValue> Certificates { get; } = [];

        /// <summary>Certificates that the cloud keeps (GKE).</summary>
        public string? Options { get; set; }

        public JsonValue ToJson(bool takesAll) => Json.Map(
            ("name", JsonValue.Of(Name)),
            ("hostname", Json.Text(Host)),
            ("port", JsonValue.Of(Port)),
            ("protocol", JsonValue.Of(Protocol)),
            ("tls", Protocol == "TLS" ? Json.Map(("mode", JsonValue.Of("Passthrough")))
                : Certificates.Count > 0 || Options is not null
                    ? Json.Map(("mode", JsonValue.Of("Terminate")), ("certificateRefs", Json.List(Certificates)), ("options", Options is null ? null : Json.Map(("networking.gke.io/pre-shared-certs", JsonValue.Of(Options)))))
                    : null),
            ("allowedRoutes", takesAll ? Json.Map(("namespaces", Json.Map(("from", JsonValue.Of("All"))))) : null));
    }
}
