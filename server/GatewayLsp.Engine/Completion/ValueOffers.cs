using System.Globalization;
using System.Text;
using GatewayLsp.Engine.Hover;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;
using GatewayLsp.Engine.Completion.Sources;

namespace GatewayLsp.Engine.Completion;

/// <summary>Offers values: what the schema knows, then what the workspace has.</summary>
internal static class ValueOffers
{
    /// <summary>More than anyone scrolls through; the list then says that it is not all.</summary>
    public const int MaxItems = 200;

    /// <summary>The values of a field, best first.</summary>
    public static List<ValueOffer> Find(CompletionRequest request, YamlNode node, YamlMapping? siblings, ObjectScope scope, SchemaNode? schema)
    {
        var offers = new List<ValueOffer>();
        if (scope.Path is ["apiVersion"] or ["kind"])
        {
            HeadValues.Add(offers, request, scope);
            return offers;
        }
        if (schema is null)
        {
            return offers;
        }
        var source = new ValueSource(request, node, siblings, scope, schema);
        WorkspaceValues.Add(offers, source);
        int index = 0;
        foreach (JsonValue value in ValueOrder.Of(schema))
        {
            KnownValue? known = schema.Values.FirstOrDefault(k => k.Value.Equals(value));
            offers.Add(new ValueOffer(value)
            {
                Kind = schema.Enum.IsEmpty ? CompletionKind.Value : CompletionKind.EnumMember,
                Detail = value.Equals(schema.Default) ? "default" : known?.IsExperimental == true ? "experimental" : null,
                Documentation = known is null ? () => FieldDocumentation.Of(node.Entry?.Name ?? "value", schema) : () => FieldDocumentation.OfValue(known),
                Rank = source.Rank(value, index++),
            });
        }
        return offers;
    }

    /// <summary>Shapes offers for the place at the cursor.</summary>
    public static void Add(List<CompletionItem> items, CompletionRequest request, List<ValueOffer> offers, string prefix, char band)
    {
        var seen = new HashSet<JsonValue>();
        int index = 0;
        foreach (ValueOffer offer in offers.OrderBy(o => o.Rank))
        {
            if (offer.Value.Kind is JsonKind.Array or JsonKind.Object || !seen.Add(offer.Value)
                || (offers.Count > MaxItems && !offer.Value.Text.Contains(request.Prefix, StringComparison.OrdinalIgnoreCase)))
            {
                continue;
            }
            if (index >= MaxItems)
            {
                request.IsTruncated = true;
                return;
            }
            string label = offer.Value.Kind == JsonKind.String && offer.Value.Text.Length > 0 ? offer.Value.Text : ScalarText.Of(offer.Value);
            (string text, bool snippet) = Text(request, offer, prefix);
            items.Add(new CompletionItem
            {
                Label = prefix + label,
                FilterText = prefix.Length > 0 ? (request.Place.Line.HasDash ? null : label) : request.FilterFor(label),
                Kind = offer.Kind,
                NewText = text,
                IsSnippet = snippet,
                SortText = string.Create(CultureInfo.InvariantCulture, $"{band}{index:d4}"),
                Detail = offer.Detail,
                Documentation = offer.Documentation,
                IsDeprecated = offer.IsDeprecated,
                AdditionalEdits = [.. offer.Above is { } above ? [request.LineAbove(above)] : (TextEdit[])[], .. BehindQuote(request, offer)],
                IsPreselected = index == 0 && prefix.Length == 0 && offer.Detail == "default",
            });
            index++;
        }
    }

    private static (string Text, bool IsSnippet) Text(CompletionRequest request, ValueOffer offer, string prefix)
    {
        CursorLine line = request.Place.Line;
        if (request.Place.Kind == PlaceKind.Value && line.Quote != '\0')
        {
            string inner = offer.Value.Kind == JsonKind.String ? offer.Value.Text : offer.Value.ToString();
            string text = ScalarText.Escape(inner, line.Quote);
            string? needed = line.IsQuoteClosed ? null : Needed(offer);
            return line.IsQuoteClosed ? (text, false)
                : needed is null ? (text + line.Quote, false)
                : (text + line.Quote + (request.Place.IsFlow ? Beside(needed, request.IsJson) : request.ShapeBehindValue("\n" + needed)), false);
        }
        bool snippet = offer.Snippet is not null;
        string value = offer.Snippet ?? ScalarText.Of(offer.Value, request.IsJson);
        if (request.IsJson && offer.Value.Kind == JsonKind.String && !value.StartsWith('"'))
        {
            value = "\"" + value + "\"";
        }
        if (request.Place is { Kind: PlaceKind.Value, IsFlow: true } && request.Below is null && offer is { Below: { } beside, Snippet: null })
        {
            return (request.Shape(value + Beside(beside, request.IsJson)), false);
        }
        if (request.Place.Kind != PlaceKind.Value || request.Place.IsFlow || request.Below is not null)
        {
            return (request.Shape(prefix + value), snippet);
        }
        string below = offer.Below is { } more ? "\n" + (snippet ? SnippetText.Escape(more) : more) : "";
        return ((line.NeedsBlank ? " " : "") + request.ShapeBehindValue(value + below), snippet);
    }

    /// <summary>What goes behind a quote that is closed already, so that it is no part of what is replaced.</summary>
    private static TextEdit[] BehindQuote(CompletionRequest request, ValueOffer offer)
    {
        CursorLine line = request.Place.Line;
        if (request.Place.Kind != PlaceKind.Value || line.Quote == '\0' || !line.IsQuoteClosed || Needed(offer) is not { } needed)
        {
            return [];
        }
        return [request.BehindQuote(request.Place.IsFlow ? Beside(needed, request.IsJson) : "\n" + needed)];
    }

    /// <summary>
    /// Of the entries that come along with a name, those without which it is the name of another object. Who writes quotes
    /// by hand is not given more than that.
    /// </summary>
    private static string? Needed(ValueOffer offer)
    {
        string needed = string.Join('\n', (offer.Below ?? "").Split('\n').Where(entry => entry.Split(':')[0] is "namespace" or "group" or "kind"));
        return needed.Length == 0 ? null : needed;
    }

    /// <summary>Further entries as they stand in braces.</summary>
    private static string Beside(string lines, bool isJson)
    {
        var text = new StringBuilder();
        foreach (string line in lines.Split('\n'))
        {
            string[] parts = line.Split(": ", 2);
            bool isBare = !isJson || parts[1].StartsWith('"') || parts[1].All(char.IsAsciiDigit);
            text.Append(", ").Append(isJson ? $"\"{parts[0]}\"" : parts[0]).Append(": ").Append(isBare ? parts[1] : ScalarText.Of(parts[1], asJson: true));
        }
        return text.ToString();
    }
}
