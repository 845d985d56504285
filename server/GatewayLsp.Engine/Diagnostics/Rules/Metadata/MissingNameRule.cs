using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Verdict;

namespace GatewayLsp.Engine.Diagnostics.Rules.Metadata;

internal sealed class MissingNameRule : ObjectRule
{
    public override string Code => "missing-name";

    public override string Title => "Object without a name";

    public override RuleDoc Doc => new(
        "The object has neither `metadata.name` nor `metadata.generateName`, or an empty one.",
        "The API server rejects the object; `kubectl apply` needs `name`.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          namespace: shop
        spec: {}
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
          namespace: shop
        spec: {}
        """,
        "Inserts a `name` with a placeholder, which is for you to replace.");

    public override void Check(ObjectContext context)
    {
        YamlMapping node = context.Object.Node;
        if (context.IsPartial || context.Document.IsTemplate || context.Kind is null || HasText(node.At("metadata", "generateName")) || HasText(node.At("metadata", "name")))
        {
            return;
        }
        YamlEntry? metadata = node.Find("metadata");
        YamlNode? value = metadata?.Value.Resolved();
        if (metadata?.IsUnfinished == true || ObjectContext.HasMerge(node) || ObjectContext.HasMerge(value as YamlMapping) || (value is not null and not YamlMapping && !value.IsNull()) || DamagedRegion.Holds(context.Document, value as YamlMapping ?? node))
        {
            return;
        }
        if (value is YamlMapping or null && node.Find("name") is not null)
        {
            // It stands beside the metadata, by its indentation: `unknown-field` says so.
            return;
        }
        if (IsMisspelt(value as YamlMapping ?? node, value is YamlMapping ? "name" : "metadata", context))
        {
            return;
        }
        YamlEntry? name = (value as YamlMapping)?.Find("name");
        context.Report(this, name?.Key.Span ?? metadata?.Key.Span ?? Spans.OfHead(node, context.Document), "metadata.name",
            "`metadata.name` is missing: every object needs a name.", Fixes(context, metadata, value as YamlMapping, name), CauseReason.Required);
    }

    /// <summary>A template's value counts, and a value of the wrong type is another finding.</summary>
    private static bool HasText(YamlNode? node) => node is not null && !node.IsNull() && node is not YamlScalar { Value: "" };

    /// <summary>An unknown field that is meant to be this one is reported already.</summary>
    private static bool IsMisspelt(YamlMapping mapping, string name, ObjectContext context)
    {
        SchemaNode? schema = context.Catalog.Find(context.Object.Gvk, context.Channel);
        schema = name == "name" ? schema?.Child("metadata") : schema;
        return mapping.Entries.Any(entry => NearestName.IsNear(entry.Name, name) && schema?.Child(entry.Name) is null);
    }

    private static ImmutableArray<Fix> Fixes(ObjectContext context, YamlEntry? metadata, YamlMapping? mapping, YamlEntry? name)
    {
        JsonValue placeholder = JsonValue.Of("example");
        SchemaNode? schema = context.Catalog.Find(context.Object.Gvk, context.Channel);
        var edits = new YamlEdits(context.Document);
        SpanEdit? edit = mapping is not null
            ? edits.Insert(mapping, name, "name", placeholder, schema?.Child("metadata"))
            : edits.Insert(context.Object.Node, metadata, "metadata", JsonValue.OfMembers([new("name", placeholder)]), schema);
        return edit is { } insertion ? [new Fix("Add `name: example`", [insertion], IsPreferred: false)] : [];
    }
}
