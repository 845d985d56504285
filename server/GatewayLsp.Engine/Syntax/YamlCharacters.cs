namespace GatewayLsp.Engine.Syntax;

/// <summary>What separates tokens in YAML: far less than what Unicode calls white space. A no-break space, for one, is part of a text.</summary>
internal static class YamlCharacters
{
    /// <summary>True for a space, a tab, and the line breaks of YAML 1.1, which the parser knows (YAML 1.1, 5.4 and 5.5).</summary>
    public static bool IsBlankOrBreak(char c) => c is ' ' or '\t' or '\n' or '\r' or '\u0085' or '\u2028' or '\u2029';
}
