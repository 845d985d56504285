using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Verdict;

namespace GatewayLsp.Engine.Diagnostics.Rules.Core;

internal sealed class InvalidVolumeRule : CoreRule
{
    public override string Code => "invalid-volume";

    public override string Title => "Missing or duplicate volume";

    public override RuleDoc Doc => new(
        "Two volumes of a pod have the same name, a container mounts one that the pod does not have, or mounts two at one path.",
        "The API server rejects the object.",
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: store
        spec:
          selector:
            matchLabels:
              app: store
          template:
            metadata:
              labels:
                app: store
            spec:
              containers:
              - name: store
                image: store:1
                volumeMounts:
                - name: data
                  mountPath: /data
        """,
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: store
        spec:
          selector:
            matchLabels:
              app: store
          template:
            metadata:
              labels:
                app: store
            spec:
              volumes:
              - name: data
                emptyDir: {}
              containers:
              - name: store
                image: store:1
                volumeMounts:
                - name: data
                  mountPath: /data
        """,
        "There is no fix: the volume is known to you only.");

    protected override void CheckWhole(ObjectContext context)
    {
        foreach ((YamlMapping pod, string at) in Pods(context))
        {
            HashSet<string>? known = Volumes(context, pod, at);
            foreach ((YamlMapping container, string place) in Items(pod.At("containers"), at + ".containers"))
            {
                var paths = new HashSet<string>(StringComparer.Ordinal);
                foreach ((YamlMapping mount, string field) in Items(container.At("volumeMounts"), place + ".volumeMounts"))
                {
                    if (mount.At("name") is { } name && name.Text() is { Length: > 0 } text && known?.Contains(text) == false)
                    {
                        Report(context, name, FieldPath.Child(field, "name"), $"The pod has no volume {Words.Shown(text)}.", CauseReason.NotFound);
                    }
                    if (mount.At("mountPath") is { } path && path.Text() is { Length: > 0 } where && !paths.Add(where))
                    {
                        Report(context, path, FieldPath.Child(field, "mountPath"), $"Another volume is mounted at {Words.Shown(where)} already.");
                    }
                }
            }
        }
    }

    /// <summary>The names of the volumes; null when they can't be known, because a template makes them or claims become volumes.</summary>
    private HashSet<string>? Volumes(ObjectContext context, YamlMapping pod, string at)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        bool isKnown = pod.At("volumes") is null or YamlSequence;
        foreach ((YamlMapping claim, _) in Items(context.Object.At("spec", "volumeClaimTemplates"), "spec.volumeClaimTemplates"))
        {
            names.Add(claim.At("metadata", "name").Text() ?? "");
        }
        foreach ((YamlMapping volume, string field) in Items(pod.At("volumes"), at + ".volumes"))
        {
            if (volume.At("name") is not { } name || name.Text() is not { } text)
            {
                isKnown = false;
            }
            else if (!names.Add(text) && !Is(context, "apps", "StatefulSet"))
            {
                Report(context, name, FieldPath.Child(field, "name"), $"Another volume is called {Words.Shown(text)} already.", CauseReason.Duplicate);
            }
        }
        return isKnown ? names : null;
    }
}
