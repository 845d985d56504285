using GatewayLsp.Engine.Diagnostics.Rules.Metadata;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Verdict;

namespace GatewayLsp.Engine.Diagnostics.Rules.Core;

internal sealed class InvalidContainerRule : CoreRule
{
    public override string Code => "invalid-container";

    public override string Title => "Container that can not be run";

    public override RuleDoc Doc => new(
        "A container of a pod has no `image`, a name that is no DNS label, or the name of another one.",
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
              containers:
              - name: store
                image: store:1
        """,
        "There is no fix: image and name are known to you only.");

    private static readonly string[] Lists = ["initContainers", "containers"];

    protected override void CheckWhole(ObjectContext context)
    {
        foreach ((YamlMapping pod, string at) in Pods(context))
        {
            var names = new HashSet<string>(StringComparer.Ordinal);
            foreach (string list in Lists)
            {
                foreach ((YamlMapping container, string field) in Items(pod.At(list), $"{at}.{list}"))
                {
                    if (!IsMisplaced(context, container))
                    {
                        Check(context, container, field, names);
                    }
                }
            }
            CheckRestart(context, pod, at);
        }
    }

    private void Check(ObjectContext context, YamlMapping container, string field, HashSet<string> names)
    {
        if (container.At("name") is { } name && name.Text() is { } text)
        {
            if (NameSyntax.Label(text) is { } wanted)
            {
                Report(context, name, FieldPath.Child(field, "name"), $"{Words.Shown(text)} can't be the name of a container; it must be {wanted}.", text.Length == 0 ? CauseReason.Required : CauseReason.Invalid);
            }
            else if (!names.Add(text))
            {
                Report(context, name, FieldPath.Child(field, "name"), $"Another container of the pod is called {Words.Shown(text)} already.", CauseReason.Duplicate);
            }
        }
        if (Lacks(container, "image") || container.At("image").Text() is "")
        {
            Report(context, container, FieldPath.Child(field, "image"), "A container needs an `image`.", CauseReason.Required);
        }
    }

    /// <summary>Workloads that keep pods running can't have pods that end.</summary>
    private void CheckRestart(ObjectContext context, YamlMapping pod, string at)
    {
        if (pod.At("restartPolicy") is { } policy && policy.Text() is { } text && IsWorkload(context) && text is "Never" or "OnFailure")
        {
            Report(context, policy, at + ".restartPolicy", $"The pods of {Words.WithArticle(context.Object.Kind)} run for ever: their `restartPolicy` can only be `Always`.", CauseReason.NotSupported);
        }
    }
}
