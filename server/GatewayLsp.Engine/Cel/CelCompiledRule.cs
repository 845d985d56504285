using System.Collections.Immutable;
using GatewayLsp.Engine.Cel.Checking;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Cel;

/// <summary>A rule ready to run.</summary>
/// <param name="Program">Gives a bool; null when the rule has problems.</param>
/// <param name="Message">Gives the text of <see cref="CelRule.MessageExpression"/>; null when there is none or it has problems.</param>
/// <param name="Problems">Of the rule, with spans in <see cref="CelRule.Expression"/>.</param>
/// <param name="MessageProblems">With spans in <see cref="CelRule.MessageExpression"/>.</param>
public sealed record CelCompiledRule(
    CelRule Rule, CelProgram? Program, CelProgram? Message, ImmutableArray<CelProblem> Problems, ImmutableArray<CelProblem> MessageProblems)
{
    /// <summary>It compares with the old value, so it runs on updates only unless the old value is optional.</summary>
    public bool IsTransition => Program is { UsesOldSelf: true };

    /// <param name="schema">Of the value that the rule stands at.</param>
    /// <param name="isResourceRoot">The place is the whole object.</param>
    public static CelCompiledRule Compile(CelRule rule, SchemaNode schema, bool isResourceRoot = false)
    {
        CelEnvironment environment = CelEnvironment.ForRule(schema, rule.OptionalOldSelf, isResourceRoot);
        CelCompilation compiled = Typed(rule.Expression, environment, CelTypeKind.Bool, "a rule gives a bool");
        CelCompilation? message = rule.MessageExpression is { } text ? Typed(text, environment, CelTypeKind.String, "a message gives a string") : null;
        return new CelCompiledRule(rule, compiled.Program, message?.Program, compiled.Problems, message?.Problems ?? []);
    }

    private static CelCompilation Typed(string expression, CelEnvironment environment, CelTypeKind kind, string demand)
    {
        CelCompilation compiled = CelCompiler.Compile(expression, environment);
        return compiled.Program is not { } program || program.ResultType.Kind == kind || program.ResultType.Kind == CelTypeKind.Dyn
            ? compiled
            : new CelCompilation(null, [new CelProblem($"{demand}, this one {program.ResultType}", new TextSpan(0, expression.Length))]);
    }
}
