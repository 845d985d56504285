using System.Text;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Cluster.Planning;

/// <summary>
/// Tells a text that somebody else fills in later, when something happens (an alert, a shell, Kubernetes before it starts a container), from a
/// value that should have been filled in before. The first has words of its own around the placeholders; the second has few or none.
/// </summary>
internal static class ForeignText
{
    /// <summary>What only Helm fills in.</summary>
    private static readonly string[] Helm = [".Values", ".Release", ".Chart", ".Files", ".Capabilities", "include ", "tpl "];

    private static readonly (string Open, string Close)[] Pairs = [("{{", "}}"), ("{%", "%}"), ("<%", "%>"), ("${", "}"), ("$(", ")")];

    /// <param name="isShell">The text is for a shell or for Kubernetes' own <c>$(NAME)</c>.</param>
    /// <param name="mayHaveVariables"><c>${NAME}</c> can be meant here; in fields of Kubernetes' own it is to be filled in, whatever stands around it.</param>
    public static bool Is(YamlScalar scalar, bool isShell, bool mayHaveVariables)
    {
        if (isShell && !Placeholders.IsIn(Without(scalar.Value, Pairs.AsSpan(^1..))))
        {
            return true;
        }
        if (!scalar.IsQuoted || (!mayHaveVariables && scalar.Value.Contains("${", StringComparison.Ordinal)) || Array.Exists(Helm, word => scalar.Value.Contains(word, StringComparison.Ordinal)))
        {
            return false;
        }
        string own = Without(scalar.Value, Pairs);
        return own.Any(char.IsLetter) && (isShell ? own : own.Trim()).Any(char.IsWhiteSpace);
    }

    /// <summary>What a text says outside of its placeholders.</summary>
    private static string Without(string text, ReadOnlySpan<(string Open, string Close)> pairs)
    {
        var rest = new StringBuilder(text);
        foreach ((string open, string close) in pairs)
        {
            text = rest.ToString();
            rest.Clear();
            int from = 0;
            for (int at = text.IndexOf(open, StringComparison.Ordinal); at >= 0; at = text.IndexOf(open, from, StringComparison.Ordinal))
            {
                int end = text.IndexOf(close, at, StringComparison.Ordinal);
                if (end < 0)
                {
                    break;
                }
                rest.Append(text, from, at - from);
                from = end + close.Length;
            }
            rest.Append(text, from, text.Length - from);
        }
        return rest.ToString();
    }
}
