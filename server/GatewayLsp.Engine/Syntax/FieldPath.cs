using System.Globalization;
using System.Text;

namespace GatewayLsp.Engine.Syntax;

/// <summary>The Kubernetes field path of a node (<c>spec.rules[0].matches[1].path.type</c>), as in an API server's causes.</summary>
public static class FieldPath
{
    /// <param name="within">The object that the path begins in; null for the document's root.</param>
    public static string Of(YamlNode node, YamlNode? within = null)
    {
        var parts = new List<string>();
        for (YamlNode? at = node; at is not null && !ReferenceEquals(at, within); at = at.Parent)
        {
            switch (at.Owner)
            {
                case YamlEntry entry:
                    parts.Add(Segment(entry.Name));
                    break;
                case YamlSequence sequence:
                    parts.Add("[" + sequence.Items.IndexOf(at).ToString(CultureInfo.InvariantCulture) + "]");
                    break;
            }
        }
        var path = new StringBuilder();
        for (int i = parts.Count - 1; i >= 0; i--)
        {
            if (path.Length > 0 && parts[i][0] != '[')
            {
                path.Append('.');
            }
            path.Append(parts[i]);
        }
        return path.ToString();
    }

    public static string Of(YamlEntry entry, YamlNode? within = null) => Of(entry.Value, within);

    /// <summary>Appends a key to a path; a key that is no plain word is bracketed, as the API server does with map keys.</summary>
    public static string Child(string path, string key)
    {
        string segment = Segment(key);
        return path.Length == 0 || segment[0] == '[' ? path + segment : path + "." + segment;
    }

    public static string Item(string path, int index) => path + "[" + index.ToString(CultureInfo.InvariantCulture) + "]";

    private static string Segment(string key)
    {
        foreach (char c in key)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '$'))
            {
                return "[" + key + "]";
            }
        }
        return key.Length == 0 ? "[]" : key;
    }
}
