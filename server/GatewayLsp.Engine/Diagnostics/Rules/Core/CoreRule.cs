using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Verdict;

namespace GatewayLsp.Engine.Diagnostics.Rules.Core;

/// <summary>
/// A check that the API server makes in code for kinds that are built in. Nothing is said about patches and templates, where
/// lines may be missing, nor about values that a template fills in.
/// </summary>
internal abstract class CoreRule : ObjectRule
{
    private static readonly string[] Workloads = ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"];

    public sealed override void Check(ObjectContext context)
    {
        if (!context.IsPartial && !context.Document.IsTemplate && context.Catalog.Find(context.Object.Gvk, context.Channel) is not null
            && !context.Document.IsDamaged(context.Object.Node.Span))
        {
            CheckWhole(context);
        }
    }

    protected abstract void CheckWhole(ObjectContext context);

    /// <summary>Shows the finding at a value; of a block at the key that leads to it.</summary>
    protected void Report(ObjectContext context, YamlNode node, string field, string message, string reason = CauseReason.Invalid) =>
        context.Report(this, Spans.OfValue(node, context.Document), field, message, reason: reason);

    protected static bool Is(ObjectContext context, string group, string kind) => context.Object.Gvk.Group == group && context.Object.Gvk.Kind == kind;

    protected static bool IsWorkload(ObjectContext context) => context.Object.Gvk.Group == "apps" && Workloads.Contains(context.Object.Gvk.Kind);

    /// <summary>The items of a list that are objects, with their paths.</summary>
    protected static IEnumerable<(YamlMapping Item, string Field)> Items(YamlNode? list, string field)
    {
        if (list.Resolved() is not YamlSequence sequence)
        {
            yield break;
        }
        for (int i = 0; i < sequence.Items.Length; i++)
        {
            if (sequence.Items[i].Resolved() is YamlMapping item && !ObjectContext.HasMerge(item))
            {
                yield return (item, FieldPath.Item(field, i));
            }
        }
    }

    /// <summary>True for an item that belongs into a list that the item before it opens, which another finding says.</summary>
    protected static bool IsMisplaced(ObjectContext context, YamlMapping item)
    {
        SchemaNode? own = context.Schema;
        foreach (YamlNode step in item.PathFrom(context.Object.Node))
        {
            own = step.Owner is YamlEntry entry ? own?.Child(entry.Name) : own?.Items;
        }
        return own is not null && DedentedItems.Of(item, own, context.Document)?.Proof(own) is not null;
    }

    /// <summary>The specs of the pods that an object makes, with their paths.</summary>
    protected static IEnumerable<(YamlMapping Spec, string Field)> Pods(ObjectContext context)
    {
        (string[] path, bool isKnown) = (context.Object.Gvk.Group, context.Object.Gvk.Kind) switch
        {
            ("", "Pod") => (new[] { "spec" }, true),
            ("batch", "Job") => (["spec", "template", "spec"], true),
            ("batch", "CronJob") => (["spec", "jobTemplate", "spec", "template", "spec"], true),
            _ => (["spec", "template", "spec"], IsWorkload(context)),
        };
        if (isKnown && context.Object.At(path) is YamlMapping spec && !ObjectContext.HasMerge(spec))
        {
            yield return (spec, string.Join('.', path));
        }
    }

    /// <summary>A member that is not there, or null. One that a template fills in is there.</summary>
    protected static bool Lacks(YamlMapping mapping, string name) => mapping.Find(name) is not { } entry || (entry.Value.IsNull() && !entry.IsUnfinished);
}
