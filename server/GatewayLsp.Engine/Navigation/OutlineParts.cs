using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Navigation;

/// <summary>A part of an object, before it has a place: the node that it is, and what it is called.</summary>
internal sealed record OutlinePart(YamlNode Node, string Name, string? Detail, StructureKind Kind, ImmutableArray<OutlinePart> Parts);

/// <summary>What of each kind is worth a line in the outline. Kinds that are not here are one line.</summary>
internal static class OutlineParts
{
    private const string Gateway = "gateway.networking.k8s.io";
    private const string GatewayX = "gateway.networking.x-k8s.io";

    public static ImmutableArray<OutlinePart> Of(ManifestObject one) => (one.Gvk.Group, one.Kind) switch
    {
        (Gateway, "Gateway" or "ListenerSet") or (GatewayX, "XListenerSet") => List(one.At("spec", "listeners"), StructureKind.Listener, ObjectLabels.Listener),
        (Gateway, "HTTPRoute" or "GRPCRoute" or "TLSRoute" or "TCPRoute" or "UDPRoute") =>
            List(one.At("spec", "rules"), StructureKind.Rule, rule => RouteLabels.Rule(rule, one.Kind), rule => RuleParts(rule, one.Kind)),
        (Gateway, "ReferenceGrant") =>
        [
            .. List(one.At("spec", "from"), StructureKind.Field, from => $"from {ObjectLabels.Word(from, "kind")} in {ObjectLabels.Word(from, "namespace")}"),
            .. List(one.At("spec", "to"), StructureKind.Field, to => ObjectLabels.Join("to", ObjectLabels.Word(to, "kind"), ObjectLabels.Word(to, "name"))),
        ],
        ("networking.k8s.io", "Ingress") => List(one.At("spec", "rules"), StructureKind.Rule, IngressHost, rule =>
            List(rule.At("http", "paths"), StructureKind.Match, IngressPath)),
        ("", "Service") or ("multicluster.x-k8s.io" or "net.gke.io", "ServiceImport") => List(one.At("spec", "ports"), StructureKind.Port, ObjectLabels.Port),
        ("", "ConfigMap" or "Secret") => [.. Keys(one.At("data")), .. Keys(one.At("stringData")), .. Keys(one.At("binaryData"))],
        ("", "Pod") => Containers(one.At("spec")),
        ("apps", "Deployment" or "StatefulSet" or "DaemonSet" or "ReplicaSet") or ("batch", "Job") => Containers(one.At("spec", "template", "spec")),
        ("batch", "CronJob") => Containers(one.At("spec", "jobTemplate", "spec", "template", "spec")),
        ("apiextensions.k8s.io", "CustomResourceDefinition") => List(one.At("spec", "versions"), StructureKind.Field, version => ObjectLabels.Word(version, "name")),
        _ => [.. Targets(one.At("spec", "targetRefs"))],
    };

    /// <summary>What stands beside an object's name.</summary>
    public static string? DetailOf(ManifestObject one)
    {
        string detail = one.Kind switch
        {
            "HTTPRoute" or "GRPCRoute" or "TLSRoute" => Hostnames(one.At("spec", "hostnames")),
            "Gateway" => ObjectLabels.Word(one.At("spec") as YamlMapping, "gatewayClassName"),
            "GatewayClass" => ObjectLabels.Word(one.At("spec") as YamlMapping, "controllerName"),
            "Service" => ObjectLabels.Word(one.At("spec") as YamlMapping, "type"),
            _ => "",
        };
        return detail.Length == 0 ? null : ObjectLabels.Cut(detail);
    }

    public static StructureKind KindOf(ManifestObject one) => one.Kind switch
    {
        "Gateway" or "ListenerSet" or "XListenerSet" when one.Gvk.Group is Gateway or GatewayX => StructureKind.Gateway,
        "HTTPRoute" or "GRPCRoute" or "TLSRoute" or "TCPRoute" or "UDPRoute" when one.Gvk.Group == Gateway => StructureKind.Route,
        "Service" when one.Gvk.Group.Length == 0 => StructureKind.Backend,
        "ServiceImport" => StructureKind.Backend,
        _ => StructureKind.Object,
    };

    private static ImmutableArray<OutlinePart> RuleParts(YamlMapping rule, string routeKind)
    {
        List<YamlMapping> backends = RouteLabels.Items(rule.Get("backendRefs"));
        return
        [
            .. List(rule.Get("matches"), StructureKind.Match, match => RouteLabels.Match(match, routeKind)),
            .. List(rule.Get("filters"), StructureKind.Field, RouteLabels.Filter),
            .. List(rule.Get("backendRefs"), StructureKind.Backend, backend => RouteLabels.Backend(backend, backends)),
        ];
    }

    private static ImmutableArray<OutlinePart> Containers(YamlNode? pod) =>
    [
        .. List(pod.At("initContainers"), StructureKind.Field, container => ObjectLabels.Join("init", ObjectLabels.Word(container, "name")), ContainerPorts, Image),
        .. List(pod.At("containers"), StructureKind.Field, container => ObjectLabels.Word(container, "name"), ContainerPorts, Image),
    ];

    private static ImmutableArray<OutlinePart> ContainerPorts(YamlMapping container) =>
        List(container.Get("ports"), StructureKind.Port, ObjectLabels.ContainerPort);

    private static string? Image(YamlMapping container) => ObjectLabels.Word(container, "image") is { Length: > 0 } image ? ObjectLabels.Cut(image) : null;

    private static ImmutableArray<OutlinePart> Targets(YamlNode? targets) =>
        List(targets, StructureKind.Field, target => ObjectLabels.Join("for", ObjectLabels.Word(target, "kind"), ObjectLabels.Word(target, "name"), ObjectLabels.Word(target, "sectionName")));

    /// <summary>Names only: the values of a Secret appear nowhere.</summary>
    private static ImmutableArray<OutlinePart> Keys(YamlNode? map)
    {
        if (map is not YamlMapping mapping)
        {
            return [];
        }
        var keys = ImmutableArray.CreateBuilder<OutlinePart>(mapping.Entries.Length);
        foreach (YamlEntry entry in mapping.Entries)
        {
            keys.Add(new OutlinePart(entry.Key, Named(ObjectLabels.Cut(entry.Name), "key"), null, StructureKind.Field, []));
        }
        return keys.DrainToImmutable();
    }

    private static string IngressHost(YamlMapping rule) => ObjectLabels.Word(rule, "host") is { Length: > 0 } host ? host : "*";

    private static string IngressPath(YamlMapping path)
    {
        string value = ObjectLabels.Word(path, "path");
        string sign = ObjectLabels.Word(path, "pathType") switch { "Exact" => "", "Prefix" => "/*", _ => "*" };
        YamlMapping? service = path.At("backend", "service") as YamlMapping;
        YamlMapping? port = service?.Get("port") as YamlMapping;
        string number = ObjectLabels.Word(port, "number") is { Length: > 0 } known ? known : ObjectLabels.Word(port, "name");
        string target = ObjectLabels.Word(service, "name") is { Length: > 0 } name ? name : ObjectLabels.Word(path.At("backend", "resource") as YamlMapping, "name");
        return (sign.Length == 2 ? value.TrimEnd('/') : value.Length == 0 ? "/" : value) + sign + (target.Length == 0 ? "" : " → " + target) + (number.Length == 0 ? "" : ":" + number);
    }

    private static string Hostnames(YamlNode? list) =>
        list is YamlSequence hosts ? string.Join(", ", hosts.Items.Select(host => host.Text()).OfType<string>().Take(4)) : "";

    private static ImmutableArray<OutlinePart> List(
        YamlNode? list, StructureKind kind, Func<YamlMapping, string> name, Func<YamlMapping, ImmutableArray<OutlinePart>>? parts = null,
        Func<YamlMapping, string?>? detail = null)
    {
        if (list is not YamlSequence sequence)
        {
            return [];
        }
        var items = ImmutableArray.CreateBuilder<OutlinePart>(sequence.Items.Length);
        foreach (YamlNode item in sequence.Items)
        {
            if (item.Resolved() is YamlMapping mapping)
            {
                items.Add(new OutlinePart(item, Named(name(mapping), kind.ToString().ToLowerInvariant()), detail?.Invoke(mapping), kind, parts?.Invoke(mapping) ?? []));
            }
        }
        return items.DrainToImmutable();
    }

    /// <summary>Editors refuse symbols without a name.</summary>
    private static string Named(string label, string orElse) => string.IsNullOrWhiteSpace(label) ? orElse : label;
}
