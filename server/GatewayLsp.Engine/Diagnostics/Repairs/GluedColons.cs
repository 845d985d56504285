using System.Text.RegularExpressions;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Diagnostics.Repairs;

/// <summary>
/// A plain text where an object belongs, and each of its lines is a field of that object with no space behind the colon
/// (<c>- name:a</c>). Only a field's own name makes it one: <c>http://x</c> and <c>image:tag</c> are texts.
/// </summary>
internal static partial class GluedColons
{
    [GeneratedRegex(@"(?<=^|[\n\r])[ \t]*(?<key>[A-Za-z][\w.\-/]*):(?=[\w""'$])[^\n\r:]*", RegexOptions.CultureInvariant)]
    private static partial Regex Line { get; }

    /// <summary>The colons behind which a space is missing, as offsets of the document; empty when it is anything else.</summary>
    public static List<(TextSpan Key, string Name)> Find(YamlScalar scalar, SchemaNode schema, ManifestDocument document)
    {
        var found = new List<(TextSpan, string)>();
        if (scalar is not { Style: ScalarStyle.Plain, IsOpaque: false } || (schema.Types & (SchemaTypes.Object | SchemaTypes.String)) != SchemaTypes.Object)
        {
            return found;
        }
        int line = document.Lines.LineStart(document.Lines.LineOf(scalar.Span.Start));
        if (scalar.Parent is not YamlSequence { IsFlow: true } && document.Text.AsSpan(line, scalar.Span.Start - line).ContainsAnyExcept(' ', '-'))
        {
            // Behind another key on its line a space would not make an object of it.
            return found;
        }
        string text = document.Text.Substring(scalar.Span.Start, scalar.Span.Length);
        int reached = 0;
        foreach (Match match in Line.Matches(text))
        {
            Group key = match.Groups["key"];
            if (!text.AsSpan(reached, match.Index - reached).IsWhiteSpace() || schema.Child(key.Value) is null)
            {
                return [];
            }
            // Read as a value of its own, a quote that nothing closes or an escape that says nothing would be the next error.
            string value = match.Value[(match.Value.IndexOf(':', StringComparison.Ordinal) + 1)..].TrimEnd();
            if (value[0] is '"' or '\'' && (value.Length < 2 || value[^1] != value[0] || value.AsSpan(1, value.Length - 2).IndexOfAny('\\', value[0]) >= 0))
            {
                return [];
            }
            found.Add((new TextSpan(scalar.Span.Start + key.Index, key.Length + 1), key.Value));
            reached = match.Index + match.Length;
        }
        return text.AsSpan(reached).IsWhiteSpace() ? found : [];
    }
}
