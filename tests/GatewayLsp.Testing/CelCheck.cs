using System.Globalization;
using GatewayLsp.Engine.Cel;
using GatewayLsp.Engine.Cel.Values;
using GatewayLsp.Engine.Model;
using Xunit;

namespace GatewayLsp.Testing;

/// <summary>
/// Tables of expressions, one a line: <c>expression => value</c>, where the value is an expression too, <c>=> ! ErrorKind</c>,
/// <c>=> unknown</c>, or <c>=> ? column message</c> for what does not compile. A line that starts with <c>#</c> is a comment.
/// </summary>
public static class CelCheck
{
    private const string Arrow = " => ";

    public static TheoryData<string, string> Rows(string table)
    {
        var rows = new TheoryData<string, string>();
        foreach (string line in table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            int arrow = line.LastIndexOf(Arrow, StringComparison.Ordinal);
            if (!line.StartsWith('#'))
            {
                Assert.True(arrow > 0, $"no arrow in: {line}");
                rows.Add(line[..arrow].TrimEnd(), line[(arrow + Arrow.Length)..].Trim());
            }
        }
        return rows;
    }

    public static void Check(string expression, string expected) => Check(expression, expected, CelEnvironment.Untyped, new PlainNull(null));

    public static void Check(string expression, string expected, CelEnvironment environment, PlainValue self, PlainValue? oldSelf = null)
    {
        CelCompilation compilation = CelCompiler.Compile(expression, environment);
        if (expected.StartsWith('?'))
        {
            Assert.NotEmpty(compilation.Problems);
            Assert.Null(compilation.Program);
            Assert.Equal(expected[1..].Trim(), $"{compilation.Problems[0].Span.Start} {compilation.Problems[0].Message}");
            return;
        }
        Assert.True(compilation.Program is not null, string.Join("\n", compilation.Problems.Select(p => $"{p.Span.Start}: {p.Message}")));
        CelOutcome outcome = compilation.Program.Evaluate(self, oldSelf, new CelBudget());
        if (expected.StartsWith('!'))
        {
            Assert.True(outcome.Kind == CelOutcomeKind.Error, $"no error: {Shown(outcome)}");
            Assert.Equal(expected[1..].Trim(), outcome.Error.ToString());
        }
        else if (expected == "unknown")
        {
            Assert.True(outcome.Kind == CelOutcomeKind.Unknown, $"known: {Shown(outcome)}");
        }
        else
        {
            Assert.True(outcome.Kind == CelOutcomeKind.Value, $"no value: {Shown(outcome)}");
            string same = $"dyn({expression}) == dyn({expected}) && type({expression}) == type({expected})";
            CelCompilation comparison = CelCompiler.Compile(same, environment);
            Assert.True(comparison.Program is not null, $"the expected value does not compile: {expected}");
            Assert.True(comparison.Program.Evaluate(self, oldSelf, new CelBudget()).IsTrue, $"it is {Shown(outcome)}");
        }
    }

    private static string Shown(CelOutcome outcome)
    {
        if (outcome.Kind != CelOutcomeKind.Value)
        {
            return outcome.Message ?? outcome.Kind.ToString();
        }
        return outcome.Value switch
        {
            CelString text => $"'{text.Value}'",
            CelInt number => number.Value.ToString(CultureInfo.InvariantCulture),
            CelDouble number => number.Value.ToString("R", CultureInfo.InvariantCulture),
            CelBool flag => flag.Value ? "true" : "false",
            var value => value!.Kind.ToString(),
        };
    }
}
