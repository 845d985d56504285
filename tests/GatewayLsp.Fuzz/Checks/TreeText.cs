using System.Text;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Fuzz.Checks;

/// <summary>What a file means, as text: to compare two trees. With spans, also where everything stands; without, empty documents don't count.</summary>
internal static class TreeText
{
    public static string Of(ManifestFile file, bool spans)
    {
        var text = new StringBuilder();
        foreach (DocumentSlot slot in file.Documents)
        {
            if (!spans && slot.Document.Root is null or YamlScalar { IsMissing: true })
            {
                continue;
            }
            text.Append("--- ").Append(spans ? slot.Start : 0).Append('\n');
            Write(slot.Document.Root, text, spans);
            text.Append('\n');
        }
        return text.ToString();
    }

    private static void Write(YamlNode? node, StringBuilder to, bool spans)
    {
        if (node is null)
        {
            to.Append("nothing");
            return;
        }
        if (spans)
        {
            to.Append('<').Append(node.Span.Start).Append('+').Append(node.Span.Length).Append('>');
        }
        if (node.Properties is { } properties)
        {
            to.Append('&').Append(properties.Anchor).Append('!').Append(properties.Tag).Append(' ');
        }
        switch (node)
        {
            case YamlScalar scalar:
                to.Append(scalar.Style is ScalarStyle.Plain ? 'p' : 'q').Append('(').Append(scalar.Value).Append(')');
                break;
            case YamlAlias alias:
                to.Append('*').Append(alias.Name);
                break;
            case YamlMapping mapping:
                to.Append('{');
                foreach (YamlEntry entry in mapping.Entries)
                {
                    Write(entry.Key, to, spans);
                    to.Append(entry.IsUnfinished ? "?:" : ": ");
                    Write(entry.Value, to, spans);
                    to.Append(", ");
                }
                to.Append('}');
                break;
            case YamlSequence sequence:
                to.Append('[');
                foreach (YamlNode item in sequence.Items)
                {
                    Write(item, to, spans);
                    to.Append(", ");
                }
                to.Append(']');
                break;
        }
    }
}
