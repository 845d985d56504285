using System.Text;
using GatewayLsp.Engine.Completion;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Server.Protocol;

/// <summary>Guesses as tab stops: equal ones are one stop, so that they are changed together.</summary>
internal static class TabStops
{
    public static IReadOnlyList<LspTextEdit> In(IReadOnlyList<TextEdit> edits)
    {
        var stops = new Dictionary<string, int>(StringComparer.Ordinal);
        var converted = new LspTextEdit[edits.Count];
        for (var i = 0; i < converted.Length; i++)
        {
            converted[i] = edits[i].Guessed.IsEmpty
                ? Convert.ToLsp(edits[i])
                : new LspTextEdit(Convert.ToLsp(edits[i].Range), NewText: null, Snippet: new SnippetValue(Snippet(edits[i], stops)));
        }

        return converted;
    }

    private static string Snippet(TextEdit edit, Dictionary<string, int> stops)
    {
        var snippet = new StringBuilder();
        var at = 0;
        foreach (var guess in edit.Guessed)
        {
            var text = edit.NewText.Substring(guess.Start, guess.Length);
            stops.TryAdd(text, stops.Count + 1);
            snippet.Append(SnippetText.Escape(edit.NewText[at..guess.Start])).Append(SnippetText.Placeholder(stops[text], text));
            at = guess.End;
        }

        return snippet.Append(SnippetText.Escape(edit.NewText[at..])).ToString();
    }
}
