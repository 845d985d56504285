using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Verdict;

namespace GatewayLsp.Engine.Diagnostics;

/// <summary>
/// Evaluates the validation rules of an object's schema for the editor. Other than the API server, which gives up on the whole
/// object, it goes on where the structure is right: nobody wants findings to come and go with every key that is being typed.
/// </summary>
internal static class FieldsChecker
{
    public static void Check(ObjectContext context, SchemaNode schema, ImmutableArray<SchemaIssue> issues)
    {
        // A patch is not the whole, and a template not yet what it will be.
        if (context.IsPartial || context.Document.IsTemplate || !RuleFacts.Of(schema).HasRules)
        {
            return;
        }
        HashSet<YamlNode> doubtful = Doubtful(issues, context.Document);
        bool isDamaged = !context.Document.Errors.IsEmpty;
        IReadOnlyList<BrokenRule> found = RuleWalk.Run(
            ObjectDecoder.Read(context.Object.Node, schema), schema, skip: doubtful.Count == 0 && !isDamaged ? null : IsDoubtful);
        context.Through = null;
        foreach (BrokenRule broken in found)
        {
            RuleCatalog.For(broken).Report(broken, context);
        }

        bool IsDoubtful(PlainValue value) =>
            value.Origin is { } node && (doubtful.Contains(node) || (isDamaged && context.Document.IsDamaged(node.Span)));
    }

    /// <summary>
    /// Values about which rules would say what is said already: all that hold something of the wrong structure; and of a text
    /// in the wrong form, the object or list that it stands in. An empty list whose items stand beside it is not empty.
    /// </summary>
    private static HashSet<YamlNode> Doubtful(ImmutableArray<SchemaIssue> issues, ManifestDocument document)
    {
        var nodes = new HashSet<YamlNode>();
        var formless = new HashSet<YamlNode>();
        foreach (SchemaIssue issue in issues)
        {
            bool isStructure = issue.Kind == SchemaIssueKind.UnknownField || CauseReason.IsBlocking(CauseReason.Of(issue.Kind));
            if (isStructure)
            {
                AddWithParents(issue.Node);
                if (issue is { Kind: SchemaIssueKind.UnknownField, Node: YamlMapping item } && DedentedItems.Of(item, issue.Schema, document) is { } items)
                {
                    AddWithParents(items.Opener.Mapping);
                }
            }
            else
            {
                formless.Add(issue.Node);
                if (issue.Node.Parent is { } parent)
                {
                    formless.Add(parent);
                }
            }
        }
        nodes.UnionWith(formless);
        return nodes;

        void AddWithParents(YamlNode node)
        {
            for (YamlNode? at = node; at is not null && nodes.Add(at); at = at.Parent)
            {
            }
        }
    }
}
