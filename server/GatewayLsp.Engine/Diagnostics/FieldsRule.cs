using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;
using GatewayLsp.Engine.Verdict;

namespace GatewayLsp.Engine.Diagnostics;

/// <summary>
/// A family of validation rules (CEL) of the schemas: they say that a value is wrong, this says where in it exactly and how to
/// repair it.
/// </summary>
internal abstract class FieldsRule : IRule
{
    public abstract string Code { get; }

    public abstract string Title { get; }

    public DiagnosticSeverity Severity => DiagnosticSeverity.Error;

    public DiagnosticSource Source => DiagnosticSource.Cel;

    public abstract RuleDoc Doc { get; }

    /// <summary>Reports the value as a whole, or what <see cref="Culprits"/> finds in it.</summary>
    public virtual void Report(BrokenRule broken, ObjectContext context)
    {
        bool isFound = false;
        foreach (YamlNode culprit in Culprits(broken))
        {
            isFound = true;
            Report(broken, culprit, context, Fixes(broken, culprit, context));
        }
        if (!isFound)
        {
            Report(broken, broken.Node, context, Fixes(broken, broken.Node, context));
        }
    }

    /// <summary>The nodes to blame.</summary>
    protected virtual IEnumerable<YamlNode> Culprits(BrokenRule broken) => [];

    protected virtual ImmutableArray<Fix> Fixes(BrokenRule broken, YamlNode culprit, ObjectContext context) => [];

    protected void Report(BrokenRule broken, YamlNode culprit, ObjectContext context, ImmutableArray<Fix> fixes) =>
        context.Report(this, Span(culprit, context), broken.Field, broken.Message, fixes, broken.Reason);

    /// <summary>Items of a list, with what they are.</summary>
    protected static IEnumerable<PlainMap> Items(PlainValue list) => list is PlainList { Items: var items } ? items.OfType<PlainMap>() : [];

    /// <summary>The node of a member that is written out; null when it is absent or a default.</summary>
    protected static YamlNode? NodeOf(PlainValue? map, string name) => (map as PlainMap)?.Find(name)?.Origin;

    protected static string TextOf(PlainValue? map, string name) => (map as PlainMap)?.Find(name) is PlainText text ? text.Value : "";

    /// <summary>A member as a text to compare: texts and numbers; empty for all else.</summary>
    protected static string KeyOf(PlainValue? map, string name) => (map as PlainMap)?.Find(name) switch
    {
        PlainText text => "=" + text.Value,
        PlainInteger number => number.Value.ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => "",
    };

    /// <summary>The nodes of those items that have the same key as one before them.</summary>
    protected static IEnumerable<YamlNode> Repeated(IEnumerable<PlainMap> items, Func<PlainMap, string?> keyOf, Func<PlainMap, YamlNode?> nodeOf)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (PlainMap item in items)
        {
            if (keyOf(item) is { } key && !seen.Add(key) && (nodeOf(item) ?? item.Origin) is { } node)
            {
                yield return node;
            }
        }
    }

    /// <summary>Offers to take an entry out.</summary>
    protected static ImmutableArray<Fix> Removal(YamlNode? value, ObjectContext context) =>
        value?.Owner is YamlEntry entry && new YamlEdits(context.Document).Remove(entry) is { } edit
            ? [new Fix($"Remove {Words.Shown(entry.Name)}", [edit], IsPreferred: false)] : [];

    /// <summary>Offers another text for a scalar that is written out.</summary>
    protected static ImmutableArray<Fix> Change(YamlNode? node, string text, string title) =>
        node is YamlScalar { IsMissing: false, Properties: null, Style: ScalarStyle.Plain or ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted } scalar
            ? [new Fix(title, scalar.Span, YamlText.Like(scalar, text), isPreferred: false)] : [];

    /// <summary>Offers to add a field with what its snippet has in it.</summary>
    protected static ImmutableArray<Fix> Addition(BrokenRule broken, string field, ObjectContext context, Schemas.JsonValue? value = null)
    {
        if (broken.Value.Origin is not YamlMapping mapping || broken.Schema.Find(field) is not { } property)
        {
            return [];
        }
        value ??= SnippetValue.Of(property.Schema) ?? Skeleton.Of(property.Schema, field);
        SpanEdit? edit = new YamlEdits(context.Document).Insert(mapping, mapping.FindOwn(field), field, value, broken.Schema);
        return edit is { } insertion ? [new Fix($"Add {Words.Shown(field)}", [insertion], IsPreferred: false)] : [];
    }

    /// <summary>A value, by its key when it is not on one line; the key itself when it leads to an object.</summary>
    private static TextSpan Span(YamlNode node, ObjectContext context) => Spans.OfValue(node, context.Document);
}
