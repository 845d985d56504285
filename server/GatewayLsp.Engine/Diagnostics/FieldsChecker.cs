using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;
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
        bool isTrusted = issues.IsEmpty && context.Document.Errors.IsEmpty;
        IReadOnlyList<BrokenRule> found = RuleWalk.Run(ObjectDecoder.Read(context.Object.Node, schema), schema, skip: isTrusted ? null : IsDoubtful);
        context.Through = null;
        foreach (BrokenRule broken in found)
        {
            RuleCatalog.For(broken).Report(broken, context);
        }

        bool IsDoubtful(string path, PlainValue value)
        {
            if (value.Origin is { } node && context.Document.IsDamaged(node.Span))
            {
                return true;
            }
            foreach (SchemaIssue issue in issues)
            {
                bool isUnsure = issue.Kind == SchemaIssueKind.UnknownField || CauseReason.IsBlocking(CauseReason.Of(issue.Kind));
                if (isUnsure ? IsBelow(issue.Field, path) : IsDirectlyBelow(issue.Field, path))
                {
                    return true;
                }
            }
            return false;
        }
    }

    private static bool IsBelow(string field, string path) =>
        path.Length == 0 || (field.StartsWith(path, StringComparison.Ordinal) && (field.Length == path.Length || field[path.Length] is '.' or '['));

    /// <summary>A text of the wrong form makes the rules of its object and its list say the same once more.</summary>
    private static bool IsDirectlyBelow(string field, string path) =>
        IsBelow(field, path) && field.AsSpan(path.Length).LastIndexOfAny('.', '[') <= 0;
}
