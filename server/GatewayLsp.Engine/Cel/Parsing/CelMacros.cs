using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Cel.Parsing;

/// <summary>Recognises the macros: calls whose arguments are not evaluated first.</summary>
internal static class CelMacros
{
    /// <summary>The macro that a call means; the call itself when it is none.</summary>
    public static CelSyntax Expand(TextSpan span, CelSyntax? target, CelToken name, CelSyntax[] arguments)
    {
        if (target is null)
        {
            return name.Text == "has" && arguments.Length == 1 ? Presence(span, arguments[0]) : new CallSyntax(span, null, name.Text, name.Span, arguments);
        }
        (MacroKind Kind, int Variables, bool HasFilter)? macro = (name.Text, arguments.Length) switch
        {
            ("all", 2) => (MacroKind.All, 1, false),
            ("all", 3) => (MacroKind.All, 2, false),
            ("exists", 2) => (MacroKind.Exists, 1, false),
            ("exists", 3) => (MacroKind.Exists, 2, false),
            ("exists_one", 2) => (MacroKind.ExistsOne, 1, false),
            ("exists_one" or "existsOne", 3) => (MacroKind.ExistsOne, 2, false),
            ("filter", 2) => (MacroKind.Filter, 1, false),
            ("map", 2) => (MacroKind.Map, 1, false),
            ("map", 3) => (MacroKind.Map, 1, true),
            ("transformList", 3) => (MacroKind.TransformList, 2, false),
            ("transformList", 4) => (MacroKind.TransformList, 2, true),
            ("transformMap", 3) => (MacroKind.TransformMap, 2, false),
            ("transformMap", 4) => (MacroKind.TransformMap, 2, true),
            ("transformMapEntry", 3) => (MacroKind.TransformMapEntry, 2, false),
            ("transformMapEntry", 4) => (MacroKind.TransformMapEntry, 2, true),
            ("sortBy", 2) => (MacroKind.SortBy, 1, false),
            ("optMap", 2) => (MacroKind.OptMap, 1, false),
            ("optFlatMap", 2) => (MacroKind.OptFlatMap, 1, false),
            _ => null,
        };
        if (macro is not { } found)
        {
            return new CallSyntax(span, target, name.Text, name.Span, arguments);
        }
        string first = Variable(arguments[0]);
        string? second = found.Variables == 2 ? Variable(arguments[1]) : null;
        if (first == second)
        {
            throw new CelSyntaxException($"`{first}` names both variables", arguments[1].Span);
        }
        return new MacroSyntax(
            span, found.Kind, name.Span, target, first, second, found.HasFilter ? arguments[found.Variables] : null, arguments[^1]);
    }

    private static PresenceSyntax Presence(TextSpan span, CelSyntax argument) => argument is SelectSyntax { IsOptional: false } select
        ? new PresenceSyntax(span, select)
        : throw new CelSyntaxException("`has` asks for a field: write `has(a.b)`", argument.Span);

    private static string Variable(CelSyntax argument) => argument switch
    {
        NameSyntax { IsGlobal: false, Name: "__result__" or "@result" } => throw new CelSyntaxException("`__result__` can't name a variable", argument.Span),
        NameSyntax { IsGlobal: false, Name: var name } => name,
        _ => throw new CelSyntaxException("a name for the variable belongs here", argument.Span),
    };
}
