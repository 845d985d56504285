using GatewayLsp.Engine.Cel;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Fuzz.Cel;

/// <summary>
/// Tries random expressions on the lexer, parser, checker and evaluator, over random values. Nothing may throw or take long;
/// problems lie inside the expression; the same run gives the same result; what is known does not change when more is.
/// </summary>
internal sealed class CelFuzzer(FuzzOptions options, FailureLog log)
{
    private static readonly TimeSpan SlowAfter = TimeSpan.FromSeconds(2);

    private static readonly SchemaNode Integer = new() { Types = SchemaTypes.Integer };
    private static readonly SchemaNode Text = new() { Types = SchemaTypes.String };

    private static readonly CelEnvironment[] Environments =
    [
        CelEnvironment.Untyped,
        CelEnvironment.ForRule(new SchemaNode
        {
            Types = SchemaTypes.Object,
            Properties =
            [
                new SchemaProperty("a", new SchemaNode { Types = SchemaTypes.Array, Items = Integer, ListType = SchemaListType.Set }, IsRequired: false, IsExperimental: false),
                new SchemaProperty("b", new SchemaNode { Types = SchemaTypes.Object, AdditionalProperties = Text }, IsRequired: false, IsExperimental: false),
                new SchemaProperty("name", Text, IsRequired: false, IsExperimental: false),
                new SchemaProperty("any", SchemaNode.Any, IsRequired: false, IsExperimental: false),
            ],
        }, isResourceRoot: true),
        CelEnvironment.ForRule(Text, optionalOldSelf: true),
    ];

    private int _next = -1;
    private int _done;
    private int _compiled;
    private int _valued;

    public int Done => _done;

    /// <summary>Expressions that compiled in one environment at least, and evaluations that gave a value.</summary>
    public (int Compiled, int Valued) Depth => (_compiled, _valued);

    public void Run()
    {
        var threads = new Thread[Environment.ProcessorCount];
        for (int i = 0; i < threads.Length; i++)
        {
            threads[i] = new Thread(() =>
            {
                for (int n = Interlocked.Increment(ref _next); n < options.CelExpressions; n = Interlocked.Increment(ref _next))
                {
                    Try(n);
                }
            }, maxStackSize: 1 << 20);
            threads[i].Start();
        }
        foreach (Thread thread in threads)
        {
            thread.Join();
        }
    }

    private void Try(int number)
    {
        int seed = unchecked((options.Seed * 1_000_003) + number);
        string expression = new RandomExpressions(new Random(seed)).Next();
        var clock = CpuClock.OfThisThread();
        TimeSpan start = clock.Now();
        if (Broken(expression, seed, out bool compiled, out int valued) is { } failure)
        {
            log.Add(number, failure, expression, text => Broken(text, seed, out _, out _));
        }
        else if (clock.Now() - start > SlowAfter)
        {
            // Again, since the first time the code may have had to be compiled.
            start = clock.Now();
            Broken(expression, seed, out _, out _);
            if (clock.Now() - start > SlowAfter)
            {
                log.Add(number, new BrokenExpectation("slow expression"), expression, _ => null);
            }
        }
        Interlocked.Add(ref _compiled, compiled ? 1 : 0);
        Interlocked.Add(ref _valued, valued);
        Interlocked.Increment(ref _done);
    }

    private static Exception? Broken(string expression, int seed, out bool compiled, out int valued)
    {
        compiled = false;
        valued = 0;
        try
        {
            foreach (CelEnvironment environment in Environments)
            {
                CelCompilation result = CelCompiler.Compile(expression, environment);
                Expect.That(result.Program is null == result.Problems.Length > 0, "a program and problems, or neither");
                foreach (CelProblem problem in result.Problems)
                {
                    Expect.That(problem.Span.Start >= 0 && problem.Span.End <= expression.Length, "a problem outside of the expression");
                    Expect.That(problem.Message.Length > 0, "a problem without words");
                }
                if (result.Program is { } program)
                {
                    compiled = true;
                    valued += Evaluate(program, new Random(seed));
                }
            }
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    private static int Evaluate(CelProgram program, Random random)
    {
        var values = new RandomValues(random);
        int valued = 0;
        for (int i = 0; i < 3; i++)
        {
            PlainValue self = values.Next();
            PlainValue? old = random.Next(2) == 0 ? null : values.Next();
            CelOutcome one = program.Evaluate(self, old, new CelBudget());
            CelOutcome again = program.Evaluate(self, old, new CelBudget());
            Expect.That(one.Kind == again.Kind && one.IsTrue == again.IsTrue && one.Message == again.Message, "two evaluations differ");
            Expect.That(one.Kind != CelOutcomeKind.Error || one.Message is { Length: > 0 }, "an error without words");
            valued += one.Kind == CelOutcomeKind.Value ? 1 : 0;
            if (one.IsTrue || one.IsFalse)
            {
                CelOutcome blurred = program.Evaluate(values.Blurred(self), old, new CelBudget());
                Expect.That(blurred.IsTrue || blurred.IsFalse ? blurred.IsTrue == one.IsTrue : blurred.Kind != CelOutcomeKind.Value, "a rule decided by what is unknown");
            }
        }
        return valued;
    }
}
