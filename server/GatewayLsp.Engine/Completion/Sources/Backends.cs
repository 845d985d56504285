using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Completion.Sources;

/// <summary>Services, and what stands for them, that traffic can be sent to.</summary>
internal static class Backends
{
    private static readonly string[] ImportGroups = ["multicluster.x-k8s.io", "net.gke.io"];

    public static void AddNames(List<ValueOffer> offers, ValueSource source)
    {
        string kind = source.TargetKind("Service");
        bool wantsPort = !source.HasSibling("port") && source.MayHave("port");
        Func<ManifestObject, string?>? port = wantsPort ? OnlyPort : null;
        if (kind == "ServiceImport")
        {
            foreach (string group in ImportGroups)
            {
                if (source.TargetGroup is null || source.TargetGroup == group)
                {
                    ObjectNames.AddReferences(offers, source, source.Objects(group, kind), null, port);
                }
            }
            return;
        }
        ObjectNames.AddReferences(offers, source, source.Objects(kind), null, kind == "Service" ? port : null);
        if (source.Sibling("kind") is null && kind == "Service" && source.TargetGroup is null && source.MayHave("kind"))
        {
            foreach (string group in ImportGroups)
            {
                ObjectNames.AddReferences(offers, source, source.Objects(group, "ServiceImport"), null,
                    one => $"group: {group}\nkind: ServiceImport" + (port?.Invoke(one) is { } line ? "\n" + line : ""), rank: ValueSource.Near);
            }
        }
    }

    public static void AddPorts(List<ValueOffer> offers, ValueSource source)
    {
        foreach (ManifestObject service in Services(source))
        {
            foreach (YamlMapping entry in PortsOf(service))
            {
                if (entry.Get("port").Text() is { } text && ushort.TryParse(text, out ushort port))
                {
                    offers.Add(new ValueOffer(JsonValue.Of((long)port))
                    {
                        Kind = CompletionKind.Reference, Rank = ValueSource.Best, Detail = Join(entry.Get("name").Text(), entry.Get("appProtocol").Text() ?? entry.Get("protocol").Text(), service),
                    });
                }
            }
        }
    }

    public static void AddPortNames(List<ValueOffer> offers, ValueSource source)
    {
        foreach (ManifestObject service in Services(source))
        {
            foreach (YamlMapping entry in PortsOf(service))
            {
                if (entry.Get("name").Text() is { Length: > 0 } name)
                {
                    offers.Add(ValueOffer.Of(name) with { Kind = CompletionKind.Reference, Rank = ValueSource.Best, Detail = Join(entry.Get("port").Text(), entry.Get("protocol").Text(), service) });
                }
            }
        }
    }

    /// <summary>The Services that the reference names; a name alone may be meant in any namespace when its own has none.</summary>
    private static List<ManifestObject> Services(ValueSource source)
    {
        string kind = source.TargetKind("Service");
        string name = source.Sibling("name") ?? "";
        if (name.Length == 0 || kind is not ("Service" or "ServiceImport"))
        {
            return [];
        }
        var found = new List<ManifestObject>();
        foreach (string group in kind == "Service" ? [""] : ImportGroups)
        {
            found.AddRange(source.Index.Find(new ObjectKey(group, kind, source.TargetNamespace, name)).Select(one => one.Object));
        }
        return found.Count > 0 || source.HasSibling("namespace") ? found : source.Objects("", "Service").Where(one => one.Name == name).ToList();
    }

    private static string? OnlyPort(ManifestObject service)
    {
        string? only = null;
        foreach (YamlMapping entry in PortsOf(service))
        {
            if (only is not null || entry.Get("port").Text() is not { } port)
            {
                return null;
            }
            only = port;
        }
        return only is null ? null : "port: " + only;
    }

    private static IEnumerable<YamlMapping> PortsOf(ManifestObject service) =>
        service.At("spec", "ports") is YamlSequence list ? list.Items.Select(item => item.Resolved()).OfType<YamlMapping>() : [];

    private static string Join(string? first, string? second, ManifestObject service) =>
        string.Join(' ', new[] { first, second }.Where(part => !string.IsNullOrEmpty(part)).Append($"of {service.Kind} {service.NamespaceOrDefault}/{service.Name}"));
}
