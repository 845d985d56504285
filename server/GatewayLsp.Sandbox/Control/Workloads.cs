using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using GatewayLsp.Sandbox.Api;
using GatewayLsp.Sandbox.Net;
using GatewayLsp.Sandbox.Objects;
using GatewayLsp.Sandbox.Storage;
using GatewayLsp.Sandbox.Traffic;

namespace GatewayLsp.Sandbox.Control;

/// <summary>Makes Deployments run: Pods with an echo server each, and the status of both.</summary>
internal sealed class Workloads(Cluster cluster, ObjectWriter writer, Deleter deleter, HttpHub hub, LoopbackAddresses addresses, Authority authority) : IDisposable
{
    /// <summary>Pods of one Deployment: enough to see a rollout, few enough for any machine.</summary>
    private const int MaxReplicas = 20;

    private static readonly TimeSpan ProbePeriod = TimeSpan.FromSeconds(1);
    private static readonly ResourceName Pods = new("", "pods");
    private static readonly ResourceName Deployments = new("apps", "deployments");
    private static readonly ResourceName Services = new("", "services");

    private readonly Dictionary<ObjectPlace, PodServer> _servers = [];
    private readonly Dictionary<ObjectPlace, long> _downSince = [];
    private readonly Lock _gate = new();

    /// <summary>The running pods.</summary>
    public ImmutableArray<(ObjectPlace Place, PodServer Server)> Running
    {
        get
        {
            lock (_gate)
            {
                return [.. _servers.Select(one => (one.Key, one.Value))];
            }
        }
    }

    public PodServer? Server(ObjectPlace pod)
    {
        lock (_gate)
        {
            return _servers.GetValueOrDefault(pod);
        }
    }

    /// <summary>The fault of a pod as it is to be now; asked for each pod at each turn.</summary>
    public Func<ObjectPlace, ImmutableArray<string>, PodFault> FaultOf { get; set; } = static (_, _) => PodFault.None;

    /// <summary>True when it has to be called again soon, since a probe is due.</summary>
    public bool Sync()
    {
        foreach (StoredObject deployment in cluster.Store.Objects(Deployments).Values)
        {
            Scale(deployment);
        }
        bool isDue = Serve();
        foreach (StoredObject deployment in cluster.Store.Objects(Deployments).Values)
        {
            WriteStatus(deployment);
        }
        return isDue;
    }

    public void Dispose()
    {
        foreach ((_, PodServer server) in Running)
        {
            server.Dispose();
        }
    }

    /// <summary>True when the pod's labels hold all that the selector asks for.</summary>
    public static bool Selects(Dictionary<string, string> selector, Dictionary<string, string> labels) =>
        selector.Count > 0 && selector.All(wanted => labels.TryGetValue(wanted.Key, out string? value) && value == wanted.Value);

    public static bool IsReady(StoredObject pod) =>
        pod.Body.At("status", "conditions").Items().Any(one => one.At("type").Text() == "Ready" && one.At("status").Text() == "True");

    private static bool Owns(StoredObject owner, StoredObject pod) => pod.Body.At("metadata", "ownerReferences").Items().Any(one => one.At("uid").Text() == owner.Uid);

    private static string HashOf(StoredObject deployment) => RandomNames.Of(Json.Text(deployment.Body.At("spec", "template")), 10);

    /// <summary>Pods of a template that is no longer so are replaced all at once.</summary>
    private void Scale(StoredObject deployment)
    {
        long replicas = Math.Clamp(deployment.Body.At("spec", "replicas").Number() ?? 1, 0, MaxReplicas);
        string hash = HashOf(deployment);
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < replicas; i++)
        {
            wanted.Add($"{deployment.Place.Name}-{hash}-{RandomNames.Of(string.Create(CultureInfo.InvariantCulture, $"{deployment.Uid}/{i}"), 5)}");
        }
        ApiResource resource = cluster.Registry.Find(Pods)!;
        foreach (StoredObject pod in cluster.Store.Objects(Pods).Values.Where(pod => pod.Place.Namespace == deployment.Place.Namespace && Owns(deployment, pod)))
        {
            if (!wanted.Remove(pod.Place.Name))
            {
                deleter.Remove(resource, pod);
            }
        }
        foreach (string name in wanted.Order(StringComparer.Ordinal))
        {
            Create(resource, deployment, name, hash);
        }
    }

    private void Create(ApiResource resource, StoredObject deployment, string name, string hash)
    {
        JsonNode? template = deployment.Body.At("spec", "template");
        JsonObject metadata = (template.At("metadata") as JsonObject)?.Copy() ?? [];
        metadata["name"] = name;
        metadata["namespace"] = deployment.Place.Namespace;
        metadata.Child("labels")["pod-template-hash"] = hash;
        metadata["ownerReferences"] = new JsonArray(new JsonObject
        {
            ["apiVersion"] = "apps/v1", ["kind"] = "Deployment", ["name"] = deployment.Place.Name, ["uid"] = deployment.Uid, ["controller"] = true, ["blockOwnerDeletion"] = true,
        });
        JsonObject spec = (template.At("spec") as JsonObject)?.Copy() ?? [];
        spec["nodeName"] = cluster.Name + "-node";
        var pod = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Pod", ["metadata"] = metadata, ["spec"] = spec };
        try
        {
            lock (cluster.Store.Gate)
            {
                // Deleted meanwhile, it owns no more pods: nobody would take this one away.
                if (cluster.Store.Find(Deployments, deployment.Place)?.Uid != deployment.Uid)
                {
                    return;
                }
                writer.Create(resource, "v1", deployment.Place.Namespace, pod, new WriteOptions(false, StatusWriter.Manager, "Ignore", false));
            }
        }
        catch (ApiFailure)
        {
            // Its namespace is going, or its template is none that a Pod can be made of: the Deployment stays unready.
        }
    }

    private bool Serve()
    {
        ImmutableSortedDictionary<ObjectPlace, StoredObject> pods = cluster.Store.Objects(Pods);
        StoredObject[] services = [.. cluster.Store.Objects(Services).Values];
        lock (_gate)
        {
            foreach (ObjectPlace gone in _servers.Keys.Where(place => !pods.ContainsKey(place)).ToArray())
            {
                _servers[gone].Dispose();
                _servers.Remove(gone);
                _downSince.Remove(gone);
            }
        }
        bool isDue = false;
        foreach (StoredObject pod in pods.Values)
        {
            Dictionary<string, string> labels = pod.Body.At("metadata", "labels").Texts();
            StoredObject[] selecting = [.. services.Where(service => service.Place.Namespace == pod.Place.Namespace && Selects(service.Body.At("spec", "selector").Texts(), labels))];
            PodPort[] ports = [.. Ports(pod, selecting)];
            ImmutableArray<string> names = [.. selecting.Select(service => service.Place.Name).Order(StringComparer.Ordinal)];
            var identity = new PodIdentity(
                cluster.Name, pod.Place.Namespace, pod.Place.Name, pod.Body.At("metadata", "ownerReferences").Items().FirstOrDefault().At("name").Text() ?? pod.Place.Name,
                labels.GetValueOrDefault("version", ""), names);
            PodServer server = ServerOf(pod, identity, ports);
            server.Fault = FaultOf(pod.Place, names);
            isDue |= WriteStatus(pod, server);
        }
        return isDue;
    }

    private PodServer ServerOf(StoredObject pod, PodIdentity identity, PodPort[] ports)
    {
        lock (_gate)
        {
            if (!_servers.TryGetValue(pod.Place, out PodServer? server))
            {
                _servers[pod.Place] = server = new PodServer(hub, identity, addresses, ports, name => CertificateFor(pod.Place, name));
            }
            else
            {
                server.Identity = identity;
                server.Ensure(ports);
            }
            return server;
        }
    }

    /// <summary>That of a Secret which the pod mounts, else one that the sandbox makes for the name.</summary>
    private X509Certificate2 CertificateFor(ObjectPlace pod, string serverName)
    {
        JsonNode? volumes = cluster.Store.Find(Pods, pod)?.Body.At("spec", "volumes");
        var secrets = cluster.Store.Objects(new ResourceName("", "secrets"));
        var trust = new TrustStore(secrets, secrets, null);
        X509Certificate2[] mounted = [.. volumes.Items().Select(one => one.At("secret", "secretName").Text()).OfType<string>().Select(name => trust.Pair(pod.Namespace, name)).OfType<X509Certificate2>()];
        return TrustStore.Choose(mounted, serverName) ?? authority.Issue(serverName.Length > 0 ? serverName : pod.Name);
    }

    /// <summary>Ports that containers name, and those that Services send to.</summary>
    private static IEnumerable<PodPort> Ports(StoredObject pod, StoredObject[] services)
    {
        var named = new Dictionary<string, int>(StringComparer.Ordinal);
        var found = new HashSet<PodPort>();
        foreach (JsonNode? port in pod.Body.At("spec", "containers").Items().SelectMany(container => container.At("ports").Items()))
        {
            if (port.At("containerPort").Number() is > 0 and < 65536 and var number)
            {
                found.Add(new PodPort((int)number, port.At("protocol").Text() == "UDP"));
                if (port.At("name").Text() is { } name)
                {
                    named[name] = (int)number;
                }
            }
        }
        foreach (JsonNode? port in services.SelectMany(service => service.Body.At("spec", "ports").Items()))
        {
            if (TargetPort(port, named) is { } target)
            {
                found.Add(new PodPort(target, port.At("protocol").Text() == "UDP"));
            }
        }
        return found;
    }

    /// <summary>The number of a Service port's target; null when it is a name that no container has.</summary>
    public static int? TargetPort(JsonNode? port, Dictionary<string, int> named)
    {
        JsonNode? target = port.At("targetPort") ?? port.At("port");
        return target.Text() is { } name ? named.TryGetValue(name, out int number) ? number : null
            : target.Number() is > 0 and < 65536 and var given ? (int)given : null;
    }

    private bool WriteStatus(StoredObject pod, PodServer server)
    {
        bool isReady = true;
        bool isDue = false;
        if (server.Fault.IsDown)
        {
            // As with a real probe some time goes by until anybody notices.
            long since;
            lock (_gate)
            {
                since = _downSince.TryGetValue(pod.Place, out long known) ? known : _downSince[pod.Place] = cluster.Store.Clock.GetTimestamp();
            }
            isReady = cluster.Store.Clock.GetElapsedTime(since) < ProbePeriod;
            isDue = isReady;
        }
        else
        {
            lock (_gate)
            {
                _downSince.Remove(pod.Place);
            }
        }
        string now = JsonPaths.Stamp(cluster.Store.Clock.GetUtcNow());
        writer.Modify(cluster.Registry.Find(Pods)!, pod.Place, "status", StatusWriter.Manager, body =>
        {
            JsonNode? known = body.At("status", "conditions");
            string startTime = body.At("status", "startTime").Text() ?? now;
            var conditions = new JsonArray();
            foreach (string type in (string[])["Initialized", "Ready", "ContainersReady", "PodScheduled"])
            {
                bool holds = isReady || type is "Initialized" or "PodScheduled";
                JsonObject condition = StatusWriter.Condition(known, type, holds ? "True" : "False", holds ? "" : "ContainersNotReady", "", null, now);
                condition.Remove(holds ? "reason" : "message");
                condition.Remove("message");
                conditions.Add((JsonNode)condition);
            }
            body["status"] = new JsonObject
            {
                ["phase"] = "Running", ["podIP"] = server.Address.ToString(), ["podIPs"] = new JsonArray(new JsonObject { ["ip"] = server.Address.ToString() }),
                ["hostIP"] = "127.0.0.1", ["startTime"] = startTime, ["conditions"] = conditions,
                ["containerStatuses"] = new JsonArray([.. body.At("spec", "containers").Items().Select(container => (JsonNode)new JsonObject
                {
                    ["name"] = container.At("name")?.DeepClone(), ["image"] = container.At("image")?.DeepClone(), ["imageID"] = "", ["ready"] = isReady, ["started"] = true, ["restartCount"] = 0,
                    ["state"] = new JsonObject { ["running"] = new JsonObject { ["startedAt"] = startTime } },
                })]),
            };
        });
        return isDue;
    }

    private void WriteStatus(StoredObject deployment)
    {
        StoredObject[] pods = [.. cluster.Store.Objects(Pods).Values.Where(pod => pod.Place.Namespace == deployment.Place.Namespace && Owns(deployment, pod))];
        int ready = pods.Count(IsReady);
        long wanted = deployment.Body.At("spec", "replicas").Number() ?? 1;
        string now = JsonPaths.Stamp(cluster.Store.Clock.GetUtcNow());
        writer.Modify(cluster.Registry.Find(Deployments)!, deployment.Place, "status", StatusWriter.Manager, body =>
        {
            JsonNode? known = body.At("status", "conditions");
            bool isAvailable = ready >= wanted;
            var status = new JsonObject { ["observedGeneration"] = body.At("metadata", "generation").Number() ?? 1 };
            foreach ((string name, int count) in ((string, int)[])[("replicas", pods.Length), ("updatedReplicas", pods.Length), ("readyReplicas", ready), ("availableReplicas", ready)])
            {
                if (count > 0)
                {
                    status[name] = count;
                }
            }
            if (wanted > ready)
            {
                status["unavailableReplicas"] = wanted - ready;
            }
            JsonObject available = StatusWriter.Condition(known, "Available", isAvailable ? "True" : "False", isAvailable ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
                isAvailable ? "All pods are ready." : "Some pods are not ready.", null, now);
            JsonObject progressing = StatusWriter.Condition(known, "Progressing", "True", "NewReplicaSetAvailable", "The pods of the present template are made.", null, now);
            foreach (JsonObject condition in (JsonObject[])[available, progressing])
            {
                condition["lastUpdateTime"] = condition["lastTransitionTime"]!.DeepClone();
            }
            status["conditions"] = new JsonArray(available, progressing);
            body["status"] = status;
        });
    }
}
