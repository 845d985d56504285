using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Navigation;

/// <summary>What runs pods, and which Service selects them.</summary>
internal static class Workloads
{
    public static readonly ImmutableArray<(string Group, string Kind)> Kinds =
    [
        ("apps", "Deployment"), ("apps", "StatefulSet"), ("apps", "DaemonSet"), ("apps", "ReplicaSet"), ("argoproj.io", "Rollout"),
        ("batch", "Job"), ("batch", "CronJob"), ("", "Pod"),
    ];

    /// <summary>The workloads of the Service's namespace whose pods have all labels of its selector; none for a Service without selector.</summary>
    public static IEnumerable<IndexedObject> SelectedBy(Workspace workspace, ManifestObject service)
    {
        if (service.At("spec", "selector") is not YamlMapping { Entries.Length: > 0 } selector)
        {
            yield break;
        }
        foreach ((string group, string kind) in Kinds)
        {
            foreach (IndexedObject found in workspace.Index.OfKind(group, kind))
            {
                if (found.Object.NamespaceOrDefault == service.NamespaceOrDefault && Matches(selector, LabelsOf(found.Object)))
                {
                    yield return found;
                }
            }
        }
    }

    /// <summary>The Services that select the workload's pods.</summary>
    public static IEnumerable<IndexedObject> Selecting(Workspace workspace, ManifestObject workload)
    {
        if (!Kinds.Contains((workload.Gvk.Group, workload.Kind)))
        {
            yield break;
        }
        YamlMapping? labels = LabelsOf(workload);
        foreach (IndexedObject found in workspace.Index.OfKind("", "Service"))
        {
            if (found.Object.NamespaceOrDefault == workload.NamespaceOrDefault
                && found.Object.At("spec", "selector") is YamlMapping { Entries.Length: > 0 } selector && Matches(selector, labels))
            {
                yield return found;
            }
        }
    }

    /// <summary>The container ports of a workload, also those of init containers that go on running.</summary>
    public static IEnumerable<YamlMapping> PortsOf(ManifestObject workload)
    {
        YamlNode? pod = PodOf(workload);
        foreach (string list in (string[])["containers", "initContainers"])
        {
            foreach (YamlMapping container in RouteLabels.Items(pod.At("spec", list)))
            {
                foreach (YamlMapping port in RouteLabels.Items(container.Get("ports")))
                {
                    yield return port;
                }
            }
        }
    }

    private static YamlNode? PodOf(ManifestObject workload) => workload.Kind switch
    {
        "Pod" => workload.Node,
        "CronJob" => workload.At("spec", "jobTemplate", "spec", "template"),
        _ => workload.At("spec", "template"),
    };

    public static YamlMapping? LabelsOf(ManifestObject workload) => PodOf(workload).At("metadata", "labels") as YamlMapping;

    /// <summary>What a template fills in matches nothing here: a guess is no place to go to.</summary>
    public static bool Matches(YamlMapping selector, YamlMapping? labels)
    {
        foreach (YamlEntry entry in selector.Entries)
        {
            if (labels?.Get(entry.Name).Text() is not { } label || entry.Value.Text() != label)
            {
                return false;
            }
        }
        return labels is not null;
    }
}
