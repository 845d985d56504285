using System.Buffers;
using System.Globalization;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Syntax;

/// <summary>Characters that YAML forbids (YAML 1.1, 5.1): the Kubernetes clients refuse a file with one, our parser would not.</summary>
internal static class ControlCharacters
{
    private static readonly SearchValues<char> Forbidden = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Where(c => c is not ('\t' or '\n' or '\r')).Select(c => (char)c), '\u007f', '\ufffe', '\uffff']);

    /// <returns>What the parser is to read: to it a NUL is the end of the text, behind which its offsets are wrong.</returns>
    public static string Report(string text, List<SyntaxError> errors)
    {
        int at = text.AsSpan().IndexOfAny(Forbidden);
        if (at >= 0)
        {
            string code = ((int)text[at]).ToString("X4", CultureInfo.InvariantCulture);
            errors.Add(new SyntaxError("control-character", new TextSpan(at, 1),
                $"The control character U+{code} is not allowed in YAML; write it as an escape in double quotes or remove it."));
            return text.Replace('\0', ' ');
        }
        return text;
    }
}
