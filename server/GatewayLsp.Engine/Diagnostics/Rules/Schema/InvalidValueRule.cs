using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Diagnostics.Rules.Listeners;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Diagnostics.Rules.Schema;

internal sealed class InvalidValueRule : SchemaRule
{
    public override string Code => "invalid-value";

    public override string Title => "Value of the wrong form";

    public override RuleDoc Doc => new(
        "A text does not have the form that its field wants: a name with capitals, a hostname with a port, a duration without a unit.",
        "The API server rejects the object.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
        spec:
          hostnames:
          - Store.example.com
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
        "When the text fits in lower case, without blanks at its ends, with `-` for `_`, or without invisible characters and curly quotes, that is offered, but not applied unseen: other objects may refer to the name.");

    public override void Report(SchemaIssue issue, ObjectContext context)
    {
        var scalar = (YamlScalar)issue.Node;
        if (ListInText(scalar, context.Document) is { Length: > 0 } dashes)
        {
            int column = context.Document.Lines.PositionOf(((YamlSequence)scalar.Owner!).Dashes[scalar.ItemIndex()]).Character;
            context.Report(RuleCatalog.Find("bad-indentation")!, new TextSpan(dashes[0], 1), issue.Field,
                $"At this indentation, this line continues the text above; {Words.Count(column, "space")} would make it the next item.",
                [new Fix($"Indent by {Words.Count(column, "space")}", [.. dashes.Select(dash => Indented(dash, column, context.Document))])]);
            return;
        }
        string subject = Words.Capital(Words.Subject(issue));
        string message = scalar.Value.Length == 0
            ? $"{subject} is empty; it must be {PatternWords.Of(issue.Schema.Pattern!)}."
            : LookAlikes.In(scalar.Value) is { } odd ? $"{subject} has {odd.Name} in it; it must be {PatternWords.Of(issue.Schema.Pattern!)}."
            : $"{subject} can't be {Words.Shown(scalar.Value)}; it must be {PatternWords.Of(issue.Schema.Pattern!)}.";
        context.Report(this, Spans.OfValue(scalar, context.Document), issue.Field, message, Fixes(issue, scalar));
    }

    /// <summary>The dashes of lines that are indented too far to be items, so that they are part of the text of the item above.</summary>
    private static int[] ListInText(YamlScalar scalar, ManifestDocument document)
    {
        if (scalar.Style != ScalarStyle.Plain || scalar.Owner is not YamlSequence { IsFlow: false } list || list.Dashes.Length != list.Items.Length)
        {
            return [];
        }
        var dashes = new List<int>();
        int last = document.Lines.LineOf(Math.Max(scalar.Span.Start, scalar.Span.End - 1));
        for (int line = document.Lines.LineOf(scalar.Span.Start) + 1; line <= last; line++)
        {
            ReadOnlySpan<char> text = document.Lines.Line(line);
            int column = text.IndexOfAnyExcept(' ');
            if (column < 0 || !text[column..].StartsWith("- "))
            {
                return [];
            }
            dashes.Add(document.Lines.LineStart(line) + column);
        }
        return [.. dashes];
    }

    private static SpanEdit Indented(int dash, int column, ManifestDocument document)
    {
        int start = document.Lines.LineStart(document.Lines.LineOf(dash));
        return new SpanEdit(TextSpan.FromBounds(start, dash), new string(' ', column));
    }

    /// <summary>In lower case, a listener's protocol that nobody has only looks like one of an implementation.</summary>
    private static bool IsProtocol(SchemaIssue issue) => issue.Field.EndsWith("].protocol", StringComparison.Ordinal);

    private static ImmutableArray<Fix> Fixes(SchemaIssue issue, YamlScalar scalar)
    {
        if (scalar.Properties is not null || scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded)
        {
            return [];
        }
        bool isProtocol = IsProtocol(issue);
        if (isProtocol && UnsupportedProtocolRule.Carriers(scalar.Value) is { Length: > 0 } carriers)
        {
            return [.. carriers.Select(text => new Fix($"Change to {Words.Shown(text)}", scalar.Span, YamlText.Like(scalar, text), isPreferred: false))];
        }
        string trimmed = scalar.Value.Trim();
        string lower = trimmed.ToLowerInvariant();
        foreach (string text in isProtocol ? [trimmed] : (string[])[trimmed, lower, lower.Replace('_', '-'), LookAlikes.In(trimmed)?.Meant ?? ""])
        {
            if (text.Length > 0 && text != scalar.Value && SchemaFacts.Of(issue.Schema).Pattern!.IsMatch(text))
            {
                return [new Fix($"Change to {Words.Shown(text)}", scalar.Span, YamlText.Like(scalar, text), isPreferred: false)];
            }
        }
        return [];
    }
}
