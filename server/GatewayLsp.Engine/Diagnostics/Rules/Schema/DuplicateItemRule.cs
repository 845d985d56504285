using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics.Rules.Schema;

internal sealed class DuplicateItemRule : SchemaRule
{
    public override string Code => "duplicate-item";

    public override string Title => "Duplicate item";

    public override RuleDoc Doc => new(
        "Two items of a list have the same key, or are equal where each may occur only once. Keys that are left out count with their defaults.",
        "The API server rejects the object: server-side apply tells items apart by their keys.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          gatewayClassName: example
          listeners:
          - name: http
            protocol: HTTP
            port: 80
          - name: http
            protocol: HTTP
            port: 8080
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          gatewayClassName: example
          listeners:
          - name: http
            protocol: HTTP
            port: 80
          - name: http-alt
            protocol: HTTP
            port: 8080
        """,
        "Removing the second of two equal values is safe. Removing an object with the same key is offered too but never applied unseen, because the rest of it may differ.");

    public override void Report(SchemaIssue issue, ObjectContext context)
    {
        YamlNode at = issue.Node;
        string message = $"The same item is already in the list{Words.In(issue.Field)}; each item may be there only once.";
        if (issue.Node is YamlMapping mapping)
        {
            (at, string keys) = Keys(mapping, issue.Schema);
            message = $"An item with {keys} is already in the list; {Words.List([.. issue.Schema.ListMapKeys.Select(k => $"`{k}`")], "and")} must differ{Words.In(issue.Field)}.";
        }
        context.Report(this, Spans.OfValue(at, context.Document), issue.Field, message, Fixes(issue, context.Document));
    }

    /// <summary>The value of the first key that is written, and all of them for the message.</summary>
    private static (YamlNode At, string Keys) Keys(YamlMapping mapping, SchemaNode schema)
    {
        YamlNode? at = null;
        var keys = new List<string>();
        foreach (string key in schema.ListMapKeys)
        {
            if (mapping.Find(key) is { } entry)
            {
                at ??= entry.Value;
                keys.Add(Words.Shown($"{key}: {entry.Value.Text()}"));
            }
        }
        return (at ?? mapping, keys.Count == 0 ? "the same key" : Words.List(keys, "and"));
    }

    private static ImmutableArray<Fix> Fixes(SchemaIssue issue, ManifestDocument document)
    {
        foreach (YamlSequence list in Lists(issue.Node))
        {
            for (int i = 0; i < list.Items.Length; i++)
            {
                if (ReferenceEquals(list.Items[i].Resolved(), issue.Node) && !ReferenceEquals(list.Items[i], issue.First)
                    && new YamlEdits(document).Remove(list, i) is { } removal)
                {
                    return [new Fix("Remove the second one", [removal], issue.Node is YamlScalar)];
                }
            }
        }
        return [];
    }

    private static IEnumerable<YamlSequence> Lists(YamlNode node) => node.Owner is YamlSequence list ? [list] : [];
}
