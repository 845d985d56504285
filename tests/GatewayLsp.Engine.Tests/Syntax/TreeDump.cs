using System.Text;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Tests.Syntax;

/// <summary>A tree as one line of text, so that a table can show what came out.</summary>
internal static class TreeDump
{
    public static string Of(YamlNode? node)
    {
        var text = new StringBuilder();
        Write(node, text);
        return text.ToString();
    }

    private static void Write(YamlNode? node, StringBuilder to)
    {
        if (node?.Properties?.Anchor is { } anchor)
        {
            to.Append('&').Append(anchor).Append(' ');
        }
        switch (node)
        {
            case null:
                to.Append("nothing");
                break;
            case YamlScalar { IsMissing: true }:
                to.Append('~');
                break;
            case YamlScalar scalar:
                to.Append(scalar.IsOpaque ? "?" : "").Append(scalar.Value.Replace("\n", "\\n", StringComparison.Ordinal));
                break;
            case YamlAlias alias:
                to.Append('*').Append(alias.Name);
                break;
            case YamlMapping mapping:
                to.Append('{');
                foreach (YamlEntry entry in mapping.Entries)
                {
                    to.Append(to[^1] == '{' ? "" : ", ");
                    Write(entry.Key, to);
                    to.Append(entry.IsUnfinished ? "?" : "").Append(": ");
                    Write(entry.Value, to);
                }
                to.Append('}');
                break;
            case YamlSequence sequence:
                to.Append('[');
                foreach (YamlNode item in sequence.Items)
                {
                    to.Append(to[^1] == '[' ? "" : ", ");
                    Write(item, to);
                }
                to.Append(']');
                break;
        }
    }
}
