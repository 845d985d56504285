using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics.Rules.Kinds;

internal sealed class MissingKindRule : ObjectRule
{
    public override string Code => "missing-kind";

    public override string Title => "kind is missing";

    public override RuleDoc Doc => new(
        "The document has an `apiVersion` of Gateway API, but no `kind`.",
        "kubectl refuses the file. Nothing else about the object can be checked: the kind decides which fields it has.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        metadata:
          name: edge
        spec:
          gatewayClassName: example
          listeners:
          - name: http
            protocol: HTTP
            port: 80
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
        """,
        "Inserts the kind if only one of the group has all the fields that stand under `spec`; look at it before you apply it. Where the key is there in other capitals (`Kind`), it is renamed, which is safe.");

    public override void Check(ObjectContext context)
    {
        YamlMapping node = context.Object.Node;
        YamlEntry? entry = node.Find("kind");
        if ((entry is null && context.Object.Kind.Length > 0) || !Gvk.TryParse(context.Object.ApiVersion, "?", out Gvk gvk) || (entry is not null && !entry.Value.IsNull()) || entry?.IsUnfinished == true
            || context.IsPartial || context.Document.IsTemplate || ObjectContext.HasMerge(node) || DamagedRegion.Holds(context.Document, node))
        {
            return;
        }
        if (entry is null && node.Get("metadata") is YamlMapping && MisspeltHead.Report(this, "kind", context))
        {
            return;
        }
        if (!KnownGroups.IsOurs(context.Catalog, gvk.Group, orBuiltIn: false))
        {
            return;
        }
        string? guess = Guess(context, gvk);
        ImmutableArray<Fix> fixes = guess is not null
            && new YamlEdits(context.Document).Insert(node, entry, "kind", JsonValue.Of(guess), context.Catalog.Find(gvk with { Kind = guess }, context.Channel)) is { } insertion
            ? [new Fix($"Add `kind: {guess}`", [insertion], IsPreferred: false)]
            : [];
        string kinds = Words.List([.. KnownGroups.Kinds(context.Catalog, gvk.Group, context.Channel).Select(kind => $"`{kind}`")], "or");
        context.Report(this, (entry ?? node.Find("apiVersion") ?? node.Entries[0]).Key.Span, "kind",
            guess is null ? $"`kind` is missing; this group has {kinds}." : $"`kind` is missing; by its fields this is a `{guess}`.", fixes);
    }

    /// <summary>The one kind of the version that has all fields of the object's spec; null when none or several have.</summary>
    private static string? Guess(ObjectContext context, Gvk gvk)
    {
        if (context.Object.At("spec") is not YamlMapping { Entries.Length: > 0 } spec)
        {
            return null;
        }
        string? found = null;
        foreach (string kind in KnownGroups.Kinds(context.Catalog, gvk.Group, context.Channel))
        {
            SchemaNode? schema = context.Catalog.Find(gvk with { Kind = kind }, context.Channel)?.Child("spec");
            if (schema is not null && spec.Entries.All(entry => schema.Find(entry.Name) is not null))
            {
                if (found is not null)
                {
                    return null;
                }
                found = kind;
            }
        }
        return found;
    }
}
