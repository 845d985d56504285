using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics.Rules.Core;

internal sealed class SelectorMismatchRule : CoreRule
{
    public override string Code => "selector-mismatch";

    public override string Title => "Selector that does not match the template";

    public override RuleDoc Doc => new(
        "The `selector` of a workload is empty, or the labels of its own pod template do not fit it.",
        "The API server rejects the object. The workload would make pods that it does not find again.",
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
                app: shop
            spec:
              containers:
              - name: store
                image: store:1
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
        "There is no fix: either the selector or the labels are right.");

    protected override void CheckWhole(ObjectContext context)
    {
        if (!IsWorkload(context) || context.Object.At("spec", "selector") is not YamlMapping selector || ObjectContext.HasMerge(selector))
        {
            return;
        }
        if (selector.At("matchLabels") is not YamlMapping { Entries.Length: > 0 } && selector.At("matchExpressions") is not YamlSequence { Items.Length: > 0 })
        {
            Report(context, selector, "spec.selector", $"The `selector` of {Words.WithArticle(context.Object.Kind)} must not be empty: it would match every pod.");
            return;
        }
        YamlMapping? labels = context.Object.At("spec", "template", "metadata", "labels") as YamlMapping;
        if (selector.At("matchLabels") is not YamlMapping wanted || ObjectContext.HasMerge(labels) || context.Object.At("spec", "template") is not YamlMapping template || ObjectContext.HasMerge(template))
        {
            return;
        }
        foreach (YamlEntry entry in wanted.Entries)
        {
            YamlEntry? label = labels?.Find(entry.Name);
            if (entry.IsMerge || entry.Value is YamlScalar { IsOpaque: true } || label?.Value is YamlScalar { IsOpaque: true } || (label is not null && label.Value.Text() == entry.Value.Text()))
            {
                continue;
            }
            YamlNode place = label?.Value ?? (YamlNode?)labels ?? entry.Value;
            Report(context, place, "spec.template.metadata.labels",
                $"The labels of the template must fit the `selector`, which asks for {Words.Shown(entry.Name + "=" + entry.Value.Text())}.");
            return;
        }
    }
}
