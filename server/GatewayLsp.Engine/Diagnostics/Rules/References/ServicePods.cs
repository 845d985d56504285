using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Navigation;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics.Rules.References;

/// <summary>
/// What the files say of the pods behind a Service. Pods come from operators and other repositories, too, so a Service is only held to a workload
/// that it is meant for by its name: one that is called as the Service is, or as its selector says.
/// </summary>
internal static class ServicePods
{
    private static readonly string[] NameLabels = ["app", "app.kubernetes.io/name", "k8s-app", "name"];
    private static readonly (string Group, string Kind)[] Kinds = [("apps", "Deployment"), ("apps", "StatefulSet"), ("apps", "DaemonSet"), ("argoproj.io", "Rollout")];

    /// <summary>The selector of a Service, where all of it is known.</summary>
    public static YamlMapping? SelectorOf(Service service, SemanticContext context) =>
        service.IsExternalName || !context.IsSound || context.Resolver.IsShared || service.Object.Document.IsTemplate || context.IsChanged(service, "spec.selector")
            || service.Object.At("spec", "selector") is not YamlMapping { Entries.Length: > 0 } selector || !IsKnown(selector) ? null : selector;

    /// <summary>The workload that it is meant for; null where there is none, or several, or where it is not known what becomes of it.</summary>
    public static ManifestObject? Meant(Service service, YamlMapping selector, SemanticContext context)
    {
        Dependencies resolver = context.Resolver;
        string? own = Unsettled.PathOf(resolver, service);
        foreach (string name in NameLabels.Select(label => selector.Get(label).Text()).OfType<string>().Prepend(service.Name).Distinct(StringComparer.Ordinal))
        {
            foreach ((string group, string kind) in Kinds)
            {
                ImmutableList<IndexedObject> found = resolver.Objects(new ObjectKey(group, kind, service.Namespace, name));
                if (found.Count == 1 && own is not null && ComeTogether(resolver, own, found[0].Path) && LabelsOf(found[0].Object) is not null
                    && (resolver.Overlays.IsEmpty || !Unsettled.IsChanged(resolver, found[0], ["spec.template"])))
                {
                    return found[0].Object;
                }
            }
        }
        return null;
    }

    public static bool Fits(YamlMapping selector, ManifestObject workload) => Workloads.Matches(selector, LabelsOf(workload));

    /// <summary>Workloads of the files that the selector fits, or may fit.</summary>
    public static IEnumerable<ManifestObject> Fitting(Service service, YamlMapping selector, SemanticContext context)
    {
        foreach ((string group, string kind) in Workloads.Kinds)
        {
            foreach (ImmutableList<IndexedObject> same in context.Resolver.KindObjects(group, kind).Values)
            {
                foreach (IndexedObject one in same)
                {
                    // Without a namespace in the file it may come into any.
                    bool isThere = one.Object.NamespaceOrDefault == service.Namespace || one.Object.Namespace.Length == 0 || service.Object.Namespace.Length == 0;
                    if (isThere && (LabelsOf(one.Object) is not { } labels || Workloads.Matches(selector, labels)))
                    {
                        yield return one.Object;
                    }
                }
            }
        }
    }

    /// <summary>The labels of its pods, where all of them are known.</summary>
    private static YamlMapping? LabelsOf(ManifestObject workload) =>
        !workload.Document.IsTemplate && Workloads.LabelsOf(workload) is { } labels && IsKnown(labels) ? labels : null;

    private static bool IsKnown(YamlMapping labels) => labels.Entries.All(static entry => !entry.IsMerge && entry.Value.Text() is not null);

    /// <summary>Files of one folder or one kustomization are applied together.</summary>
    private static bool ComeTogether(Dependencies resolver, string one, string other) =>
        resolver.IsComplete || one == other || Folder(one).SequenceEqual(Folder(other)) || resolver.Kustomized.ComeTogether(one, other);

    private static ReadOnlySpan<char> Folder(string path) => path.AsSpan(0, Math.Max(0, path.LastIndexOf('/')));
}
