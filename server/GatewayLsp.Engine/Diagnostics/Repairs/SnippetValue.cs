using System.Collections.Immutable;
using System.Text;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics.Repairs;

/// <summary>The body that a schema offers for insertion, as a value: its placeholders filled with what they suggest.</summary>
internal static class SnippetValue
{
    /// <summary>Null when the schema has no snippet.</summary>
    public static JsonValue? Of(SchemaNode schema) =>
        schema.Snippet is { } snippet && new ManifestDocument(Filled(snippet)).Root is { } root ? ValueOf(root) : null;

    private static string Filled(string snippet)
    {
        var text = new StringBuilder();
        for (int i = 0; i < snippet.Length; i++)
        {
            if (snippet[i] == '$' && i + 1 < snippet.Length && snippet[i + 1] == '{')
            {
                int colon = snippet.IndexOf(':', i);
                int close = snippet.IndexOf('}', i);
                if (colon >= 0 && colon < close)
                {
                    text.Append(snippet, colon + 1, close - colon - 1);
                }
                i = close;
                continue;
            }
            text.Append(snippet[i]);
        }
        return text.ToString();
    }

    private static JsonValue ValueOf(YamlNode node)
    {
        switch (node)
        {
            case YamlMapping mapping:
                return JsonValue.OfMembers([.. mapping.Entries.Select(e => KeyValuePair.Create(e.Name, ValueOf(e.Value)))]);
            case YamlSequence sequence:
                return JsonValue.Of([.. sequence.Items.Select(ValueOf)]);
            case YamlScalar scalar:
                return ScalarResolver.KindOf(scalar) switch
                {
                    ScalarKind.Integer or ScalarKind.Float => JsonValue.NumberOf(scalar.Value),
                    ScalarKind.Boolean => JsonValue.Of(ScalarResolver.Truth(scalar.Value)),
                    _ => JsonValue.Of(scalar.Value),
                };
            default:
                return JsonValue.Null;
        }
    }
}
