using System.Text;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Model;

/// <summary>The values that Secrets of a document hold: they are shown nowhere but in the document itself.</summary>
public static class SecretText
{
    /// <summary>Stands for a value, or a part of one.</summary>
    public const string Mask = "***";

    private static readonly string[] Maps = ["data", "stringData"];

    /// <summary>True when the span is in a value of a Secret. A Secret whose head is unfinished is one, too.</summary>
    public static bool Holds(ManifestDocument document, TextSpan span) =>
        MapsOf(document).Any(map => span.Start < map.Value.Span.End && span.End > map.Value.Span.Start);

    /// <summary>The document's lines with signs in the place of values, each as long as what it stands for; keys stay.</summary>
    public static LineIndex LinesOf(ManifestDocument document)
    {
        char[]? text = null;
        foreach (YamlNode value in MapsOf(document).SelectMany(static map => map.Value is YamlMapping all ? all.Entries.Select(static entry => entry.Value) : [map.Value]))
        {
            foreach (ref char c in (text ??= document.Text.ToCharArray()).AsSpan(value.Span.Start, value.Span.Length))
            {
                c = char.IsWhiteSpace(c) ? c : '*';
            }
        }
        return text is null ? document.Lines : new LineIndex(new string(text));
    }

    /// <summary>A sentence about a value without what it quotes; names of fields and keys stay.</summary>
    /// <param name="message">Quotes in backticks.</param>
    /// <param name="field">Path of the field that it is about.</param>
    public static string Masked(ManifestDocument document, string message, string? field)
    {
        HashSet<string> names = [.. Maps, .. MapsOf(document).Select(static map => map.Value).OfType<YamlMapping>().SelectMany(static map => map.Entries).Select(static entry => entry.Name)];
        var masked = new StringBuilder(message.Length);
        string[] parts = message.Split('`');
        for (int i = 0; i < parts.Length; i++)
        {
            bool isQuoted = (i & 1) == 1 && i + 1 < parts.Length;
            bool isName = parts[i].Length < 2 || parts[i] == field || names.Contains(parts[i]);
            masked.Append(i > 0 ? "`" : "").Append(isQuoted && !isName ? Mask : parts[i]);
        }
        return masked.ToString();
    }

    /// <summary>Most documents are told by a look at their text, without being read.</summary>
    private static IEnumerable<YamlEntry> MapsOf(ManifestDocument document) => !document.Text.Contains("Secret", StringComparison.Ordinal) ? []
        : ManifestObject.Of(document).Where(static one => one.Kind == "Secret").SelectMany(static one => Maps.Select(map => one.Node.Find(map)).OfType<YamlEntry>());
}
