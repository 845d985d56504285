using System.Diagnostics;
using GatewayLsp.Engine.Cel;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Tests.Cel;

/// <summary>Rules and data made to hang or break the evaluator: each ends soon, with a word about why.</summary>
public sealed class HostileTests
{
    /// <summary>Of time on the wall on a busy machine; alone each takes well under a second.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private static readonly PlainValue Thousand = new PlainList([.. Enumerable.Range(0, 1000).Select(i => (PlainValue)new PlainInteger(i, null))], null);

    [Theory]
    [InlineData("(", "1", ")", 10_000, "the expression is nested deeper than 250 levels")]
    [InlineData("[", "1", "]", 10_000, "the expression is nested deeper than 250 levels")]
    [InlineData("{1: ", "1", "}", 10_000, "the expression is nested deeper than 250 levels")]
    [InlineData("size(", "''", ")", 10_000, "the expression is nested deeper than 250 levels")]
    [InlineData("true ? true : ", "true", "", 5_000, "the expression is nested deeper than 250 levels")]
    [InlineData("[1].all(x, ", "true", ")", 5_000, "the expression is nested deeper than 250 levels")]
    [InlineData("", "1", " + 1", 10_000, "the expression builds up more than 700 levels")]
    [InlineData("", "self", ".a", 10_000, "the expression builds up more than 700 levels")]
    [InlineData("", "self", "[0]", 10_000, "the expression builds up more than 700 levels")]
    [InlineData("", "''", ".trim()", 10_000, "the expression builds up more than 700 levels")]
    [InlineData("", "'", "a", 200_000, "the expression is longer than 100000 characters")]
    public void Nesting_and_length_are_bounded(string before, string inner, string after, int times, string message)
    {
        string expression = string.Concat(Enumerable.Repeat(before, times)) + inner + string.Concat(Enumerable.Repeat(after, times));
        AssertSoon(() => Assert.Equal(message, Assert.Single(CelCompiler.Compile(expression, CelEnvironment.Untyped).Problems).Message));
    }

    [Fact]
    public void What_the_limits_allow_runs_on_a_small_stack()
    {
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                foreach ((string before, string inner, string after, int times) in new[]
                {
                    ("(", "1", ")", 249), ("", "1", " + 1", 650), ("[", "1", "]", 249), ("[1].all(x, ", "true", ")", 240), ("true ? true : ", "true", "", 240),
                    ("!", "true", "", 5000), ("-", "1", "", 5000), ("", "true", " && true", 5000), ("size([", "1", "])", 120), ("", "' '", ".trim()", 650), ("", "[1]", ".map(x, x)", 650),
                })
                {
                    string expression = string.Concat(Enumerable.Repeat(before, times)) + inner + string.Concat(Enumerable.Repeat(after, times));
                    CelCompilation compiled = CelCompiler.Compile(expression, CelEnvironment.Untyped);
                    Assert.Empty(compiled.Problems);
                    Assert.Equal(CelOutcomeKind.Value, compiled.Program!.Evaluate(new PlainNull(null), null, new CelBudget()).Kind);
                }
            }
            catch (Exception error)
            {
                failure = error;
            }
        }, maxStackSize: 1 << 20);
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }

    [Theory]
    [InlineData("self.all(a, self.all(b, self.all(c, self.all(d, true))))")]
    [InlineData("self.map(a, self.map(b, self.map(c, self))).size() > 0")]
    [InlineData("self.filter(a, self.exists(b, self.exists(c, c < 0))).size() > 0")]
    [InlineData("self.transformMap(a, b, self.transformMap(c, d, self.transformMap(e, f, f))).size() > 0")]
    [InlineData("['aaaaaaaaaaaaaaaa'].map(a, a+a+a+a).map(a, a+a+a+a).map(a, a+a+a+a).map(a, a+a+a+a).map(a, a+a+a+a).map(a, a+a+a+a).map(a, a+a+a+a).map(a, a+a+a+a).map(a, a+a+a+a).map(a, a+a+a+a).map(a, a+a+a+a)[0] == ''")]
    [InlineData("[self].map(a, a+a).map(a, a+a).map(a, a+a).map(a, a+a).map(a, a+a).map(a, a+a).map(a, a+a).map(a, a+a).map(a, a+a).map(a, a+a).map(a, a+a).map(a, a+a).map(a, a+a).map(a, a+a).map(a, a+a).map(a, a+a).size() > 0")]
    [InlineData("[self].map(a, [a,a]).map(a, [a,a]).map(a, [a,a]).map(a, [a,a]).map(a, [a,a]).map(a, [a,a]).map(a, [a,a]).map(a, [a,a]).map(a, [a,a]).map(a, [a,a]).map(a, [a,a]).map(a, [a,a]).map(a, [a,a]).map(a, [a,a]).map(a, [a,a]).map(a, [a,a]).map(a, a == a)[0]")]
    [InlineData("[self].map(a, [a,a]).map(a, [a,a]).map(a, [a,a]).map(a, [a,a]).map(a, [a,a]).map(a, [a,a]).map(a, [a,a]).map(a, [a,a]).map(a, [a,a]).map(a, [a,a]).map(a, [a,a]).map(a, [a,a]).map(a, [a,a]).map(a, [a,a]).map(a, [a,a]).map(a, [a,a]).map(a, '%s'.format([a]))[0] == ''")]
    [InlineData("lists.range(999999).map(x, lists.range(999999)).size() > 0")]
    [InlineData("lists.range(900000).distinct().size() > 0")]
    [InlineData("'a'.replace('', lists.range(20000).map(x, 'aaaaaaaaaaaaaaaaaaaa').join()).replace('a', lists.range(20000).map(x, 'aaaaaaaaaaaaaaaaaaaa').join()) == ''")]
    [InlineData("sets.equivalent(self.map(x, dyn(x)), self.map(x, dyn(x + 1)) + self.map(x, dyn(x))) && self.all(x, sets.contains(self, self))")]
    public void Costs_are_bounded(string rule) => AssertSoon(() =>
    {
        CelCompilation compiled = CelCompiler.Compile(rule, CelEnvironment.ForRule(new SchemaNode { Types = SchemaTypes.Array, Items = new SchemaNode { Types = SchemaTypes.Integer } }));
        Assert.Empty(compiled.Problems);
        var budget = new CelBudget();
        CelOutcome outcome = compiled.Program!.Evaluate(Thousand, null, budget);
        Assert.Equal(CelOutcomeKind.Error, outcome.Kind);
        Assert.Equal(CelErrorKind.CostExceeded, outcome.Error);
    });

    [Fact]
    public void A_budget_is_shared_by_the_rules_of_an_object()
    {
        CelProgram program = CelCompiler.Compile("self.all(a, self.exists(b, b >= 0 && a >= 0))", CelEnvironment.ForRule(
            new SchemaNode { Types = SchemaTypes.Array, Items = new SchemaNode { Types = SchemaTypes.Integer } })).Program!;
        var budget = new CelBudget(perObject: 20_000);
        int runs = 0;
        while (program.Evaluate(Thousand, null, budget).IsTrue)
        {
            runs++;
        }
        Assert.InRange(runs, 1, 5);
        Assert.True(budget.IsExhausted);
        Assert.Equal(CelErrorKind.CostExceeded, program.Evaluate(Thousand, null, budget).Error);
    }

    [Theory]
    [InlineData("(a+)+$")]
    [InlineData("(a|aa)+$")]
    [InlineData("^(([a-z])+.)+[A-Z]([a-z])+$")]
    [InlineData("(.*a){20}")]
    public void No_pattern_is_catastrophic(string pattern) => AssertSoon(() =>
    {
        CelProgram program = CelCompiler.Compile($"self.matches(r'{pattern}')", CelEnvironment.ForRule(new SchemaNode { Types = SchemaTypes.String })).Program!;
        program.Evaluate(new PlainText(new string('a', 50_000) + "!", null), null, new CelBudget());
    });

    [Fact]
    public void A_pattern_out_of_the_data_is_bounded_too() => AssertSoon(() =>
    {
        CelProgram program = CelCompiler.Compile("'a'.matches(self)", CelEnvironment.ForRule(new SchemaNode { Types = SchemaTypes.String })).Program!;
        Assert.Equal(CelErrorKind.CostExceeded, program.Evaluate(new PlainText(new string('a', 10_000_000), null), null, new CelBudget()).Error);
        Assert.Equal(CelErrorKind.InvalidArgument, program.Evaluate(new PlainText(new string('a', 1_000_000), null), null, new CelBudget()).Error);
        Assert.Equal(CelErrorKind.InvalidArgument, program.Evaluate(new PlainText(new string('(', 5_000), null), null, new CelBudget()).Error);
        Assert.Equal(CelErrorKind.InvalidArgument, program.Evaluate(new PlainText("(a{1000}){1000}", null), null, new CelBudget()).Error);
        // Right for the API server, too large for the engine here: nobody is blamed.
        Assert.Equal(CelOutcomeKind.Unknown, program.Evaluate(new PlainText(string.Concat(Enumerable.Repeat("[a-z]{900}", 40)), null), null, new CelBudget()).Kind);
    });

    [Theory]
    [InlineData("quantity(self).add(1) == quantity('1')", "1e999999999")]
    [InlineData("quantity(self).add(1) == quantity('1')", "1e-999999999")]
    [InlineData("isSemver(self) || isIP(self) || isCIDR(self) || isURL(self)", null)]
    [InlineData("duration(self) == duration('1s')", null)]
    [InlineData("self.split('').size() > 0 && self.replace('', '--') != self && self.charAt(100) == '1'", null)]
    public void Large_texts_end_soon(string rule, string? text) => AssertSoon(() =>
    {
        CelProgram program = CelCompiler.Compile(rule, CelEnvironment.ForRule(new SchemaNode { Types = SchemaTypes.String })).Program!;
        program.Evaluate(new PlainText(text ?? new string('1', 3_000_000), null), null, new CelBudget());
    });

    private static void AssertSoon(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        Assert.True(Stopwatch.GetElapsedTime(start) < Soon, $"took {Stopwatch.GetElapsedTime(start)}");
    }
}
