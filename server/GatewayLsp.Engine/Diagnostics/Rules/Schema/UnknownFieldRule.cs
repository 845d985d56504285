using System.Collections.Immutable;
using System.Globalization;
using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Diagnostics.Rules.Schema;

internal sealed class UnknownFieldRule : SchemaRule
{
    /// <summary>Objects with more fields than this are not listed in a message.</summary>
    private const int MaxListed = 10;

    public override string Code => "unknown-field";

    public override string Title => "Unknown field";

    public override RuleDoc Doc => new(
        "The object has a field that its kind does not have in this version. When the name is close to one that exists, the message names it.",
        "The API server refuses unknown fields when it is asked to be strict, as `kubectl` does. Without strictness it drops them silently: what you meant does not happen, and nothing tells you.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
        spec:
          hostname:
          - store.example.com
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
        spec:
          hostnames:
          - store.example.com
        """,
        "When the field would be right with another indentation, that is offered first; it is never applied unseen. Where the fields of an item stand below their list without a dash, the dash is offered; where items stand left of the list that they belong to, their indentation. Renaming to the nearest field that is not set yet is offered and is part of \"fix all\"; the value stays as it is. Removing the field with its value is offered too, and is never applied unseen.");

    public override void Report(SchemaIssue issue, ObjectContext context)
    {
        YamlEntry entry = issue.Entry!;
        if (MissingDash.Of(entry, issue.Schema, context.Document) is { } dash)
        {
            Report(dash, issue, context);
            return;
        }
        if (issue.Through is null && DedentedItems.Of(entry.Mapping, issue.Schema, context.Document) is { } items)
        {
            Report(items, issue, context);
            return;
        }
        var free = new List<string>();
        foreach (SchemaProperty property in issue.Schema.Properties)
        {
            if (issue.Node is not YamlMapping mapping || mapping.Find(property.Name) is null)
            {
                free.Add(property.Name);
            }
        }
        string? nearest = NearestName.Of(issue.Name, free);
        string place = Place(issue, context.Object);
        ImmutableArray<Fix>.Builder fixes = ImmutableArray.CreateBuilder<Fix>();
        Reindentation? reindentation = context.Schema is { } root && issue.Through is null ? Reindentation.Of(entry, context.Object, root, context.Document) : null;
        if (reindentation is not null)
        {
            fixes.Add(reindentation.Fix(entry, context.Document));
        }
        string message = issue.Name.Length == 0 ? $"A key is missing{place}: the quotes are empty."
            : $"There is no field {Words.Shown(issue.Name)}{place}{Advice(reindentation, nearest, issue, free)}{(reindentation is null ? Successor(nearest, issue, context) : "")}";
        if (nearest is not null && entry.Key is YamlScalar key)
        {
            fixes.Add(new Fix($"Rename to `{nearest}`", key.Span, YamlText.Like(key, nearest), isPreferred: reindentation is null && IsOnlyOne(entry, nearest, issue, free)));
        }
        if (new YamlEdits(context.Document).Remove(entry) is { } removal)
        {
            fixes.Add(new Fix(issue.Name.Length == 0 ? "Remove the empty key" : $"Remove {Words.Shown(issue.Name)}", [removal], IsPreferred: false));
        }
        context.Report(this, entry.Key.Span, issue.Field, message, fixes.DrainToImmutable());
    }

    /// <summary>What there is to say of the field alone, for those that are told together with another one and are refused one by one.</summary>
    public static string Plain(SchemaIssue issue, ManifestObject one) => $"There is no field {Words.Shown(issue.Name)}{Place(issue, one)}.";

    private static string Place(SchemaIssue issue, ManifestObject one) => Words.In(issue.Field) is { Length: > 0 } inside ? inside : $" in {one.Kind}";

    /// <summary>Said once, at the first of the fields: the others are right where that one belongs.</summary>
    private void Report(MissingDash dash, SchemaIssue issue, ObjectContext context)
    {
        if (!ReferenceEquals(dash.Fields[0], issue.Entry))
        {
            return;
        }
        TextSpan key = dash.Fields[0].Key.Span;
        ImmutableArray<Fix> fixes = [MissingDash.Fix(dash.Fields, context.Document)];
        if (MissingDash.IsGlued(dash.Fields[0]))
        {
            context.Report(RuleCatalog.Find("missing-space")!, key, issue.Field, "A space is missing after the `-`; without it this is no item of a list.", fixes);
            return;
        }
        string place = Place(issue, context.Object);
        context.Report(this, key, issue.Field, $"There is no field {Words.Shown(issue.Name)}{place}; with `- ` before it, it is an item of {Words.Shown(dash.List.Name)}.", fixes);
    }

    /// <summary>Said once, too: all that follows from the forgotten indentation goes with it.</summary>
    private void Report(DedentedItems items, SchemaIssue issue, ObjectContext context)
    {
        if (ReferenceEquals(items.Proof(issue.Schema), issue.Entry))
        {
            context.Report(this, issue.Entry!.Key.Span, issue.Field, $"There is no field {Words.Shown(issue.Name)}{Words.In(issue.Field)}{items.Advice(context.Document)}",
                [items.Fix(context.Document)]);
        }
    }

    /// <summary>What took the place of a field of early Gateway API versions, unless the advice says so already.</summary>
    private static string Successor(string? nearest, SchemaIssue issue, ObjectContext context) =>
        context.Kind?.Origin == KindOrigin.GatewayApi && OldFields.Successor(issue.Name) is { } text
        && (nearest is null || !text.Contains($"`{nearest}`", StringComparison.Ordinal))
            ? " " + text
            : "";

    private static string Advice(Reindentation? reindentation, string? nearest, SchemaIssue issue, List<string> free)
    {
        if (reindentation is not null)
        {
            return string.Create(CultureInfo.InvariantCulture, $"; indented by {reindentation.Column} spaces, it is a field {reindentation.Place}.");
        }
        if (nearest is not null)
        {
            return $"; did you mean `{nearest}`?";
        }
        return issue.Schema.Properties.Length switch
        {
            0 => "; it takes no fields.",
            <= MaxListed when free.Count > 0 => $"; it may also have {Words.List(free.ConvertAll(name => $"`{name}`"), "and")}.",
            _ => ".",
        };
    }

    /// <summary>Two unknown fields of one object can't both become the same one.</summary>
    private static bool IsOnlyOne(YamlEntry entry, string nearest, SchemaIssue issue, List<string> free)
    {
        foreach (YamlEntry other in entry.Mapping.Entries)
        {
            if (!ReferenceEquals(other, entry) && issue.Schema.Child(other.Name) is null && NearestName.Of(other.Name, free) == nearest)
            {
                return false;
            }
        }
        return true;
    }
}
