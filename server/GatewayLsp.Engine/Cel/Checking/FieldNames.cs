using System.Text;

namespace GatewayLsp.Engine.Cel.Checking;

/// <summary>Names of fields as expressions write them, by the escaping rules of Kubernetes.</summary>
public static class FieldNames
{
    private static readonly HashSet<string> Words = new(StringComparer.Ordinal)
    {
        "true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package",
        "namespace", "return", "var", "void", "while",
    };

    /// <summary>Null when no expression can name the field.</summary>
    public static string? Escape(string name)
    {
        if (name.Length == 0 || char.IsAsciiDigit(name[0]))
        {
            return null;
        }
        if (Words.Contains(name))
        {
            return $"__{name}__";
        }
        StringBuilder? escaped = null;
        for (int i = 0; i < name.Length; i++)
        {
            char c = name[i];
            string? to = c switch
            {
                '_' when i + 1 < name.Length && name[i + 1] == '_' => "__underscores__",
                '.' => "__dot__",
                '-' => "__dash__",
                '/' => "__slash__",
                _ => null,
            };
            if (to is not null)
            {
                (escaped ??= new StringBuilder(name, 0, i, name.Length + 16)).Append(to);
                i += c == '_' ? 1 : 0;
            }
            else if (char.IsAsciiLetterOrDigit(c) || c == '_')
            {
                escaped?.Append(c);
            }
            else
            {
                return null;
            }
        }
        return escaped?.ToString() ?? name;
    }
}
