using System.Globalization;
using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics.Rules.Schema;

internal sealed class TooManyItemsRule : SchemaRule
{
    public override string Code => "too-many-items";

    public override string Title => "Too many items";

    public override RuleDoc Doc => new(
        "A list has more items, or a map more entries, than its field allows.",
        "The API server rejects the object. The limits keep objects small enough for etcd and rules cheap enough to check; split the object instead.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
        spec:
          parentRefs:
          - name: edge
          hostnames: [a.example.com, b.example.com, c.example.com, d.example.com, e.example.com, f.example.com, g.example.com, h.example.com, i.example.com, j.example.com, k.example.com, l.example.com, m.example.com, n.example.com, o.example.com, p.example.com, q.example.com]
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
        spec:
          parentRefs:
          - name: edge
          hostnames: ["*.example.com"]
        """,
        "There is no fix: only you know which items can go, or how to split the object.");

    public override void Report(SchemaIssue issue, ObjectContext context)
    {
        (int count, int? max, string noun) = issue.Node is YamlSequence list
            ? (list.Items.Length, issue.Schema.MaxItems, "item")
            : (((YamlMapping)issue.Node).Entries.Length, issue.Schema.MaxProperties, "entry");
        context.Report(this, Spans.OfHead(issue.Node, context.Document), issue.Field, string.Create(CultureInfo.InvariantCulture,
            $"{Words.Capital(Words.Subject(issue))} has {count} {(noun == "item" ? "items" : "entries")}; at most {max} {(max == 1 ? "is" : "are")} allowed."));
    }
}
