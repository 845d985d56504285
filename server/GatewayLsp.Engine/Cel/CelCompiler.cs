using System.Collections.Immutable;
using GatewayLsp.Engine.Cel.Checking;
using GatewayLsp.Engine.Cel.Parsing;

namespace GatewayLsp.Engine.Cel;

/// <param name="Program">Null when there are problems.</param>
public sealed record CelCompilation(CelProgram? Program, ImmutableArray<CelProblem> Problems);

/// <summary>Turns expressions of the Common Expression Language into programs.</summary>
public static class CelCompiler
{
    /// <summary>
    /// Reads and checks an expression. A syntax error ends it; of the type checker's findings all come, in the order of the text.
    /// </summary>
    public static CelCompilation Compile(string expression, CelEnvironment environment)
    {
        CelSyntax syntax;
        try
        {
            syntax = CelParser.Parse(expression);
        }
        catch (CelSyntaxException error)
        {
            return new CelCompilation(null, [error.Problem]);
        }
        var binder = new Binder(environment);
        CelProgram? program = binder.Bind(syntax);
        return new CelCompilation(program, binder.Problems);
    }
}
