using BenchmarkDotNet.Attributes;
using GatewayLsp.Engine.Cel;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Benchmarks;

/// <summary>Validation rules as definitions have them: compiled once, evaluated for each object.</summary>
[MemoryDiagnoser]
public class CelBenchmarks
{
    private const string Presence = "!(has(self.first) && has(self.second)) && (!has(self.first) || self.first.startsWith('a'))";
    private const string Pattern = "self.items.all(i, i.name.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$'))";
    private const string Unique = "self.items.all(a, self.items.exists_one(b, a.name == b.name && a.port == b.port))";

    private static readonly SchemaNode Text = new() { Types = SchemaTypes.String };

    private static readonly SchemaNode Schema = new()
    {
        Types = SchemaTypes.Object,
        Properties =
        [
            Field("first", Text), Field("second", Text),
            Field("items", new SchemaNode
            {
                Types = SchemaTypes.Array,
                Items = new SchemaNode { Types = SchemaTypes.Object, Properties = [Field("name", Text), Field("port", new SchemaNode { Types = SchemaTypes.Integer })] },
            }),
        ],
    };

    private static readonly CelEnvironment Environment = CelEnvironment.ForRule(Schema);

    private static readonly PlainValue Self = Map(
        ("first", new PlainText("abc", null)),
        ("items", new PlainList([.. Enumerable.Range(0, 16).Select(i => Map(("name", new PlainText($"item-{i}", null)), ("port", new PlainInteger(8000 + i, null))))], null)));

    private readonly CelProgram _presence = Compiled(Presence);
    private readonly CelProgram _pattern = Compiled(Pattern);
    private readonly CelProgram _unique = Compiled(Unique);

    /// <summary>Read and checked; the environment is there.</summary>
    [Benchmark]
    public bool Compile() => CelCompiler.Compile(Unique, Environment).Program is not null;

    /// <summary>Two optional fields.</summary>
    [Benchmark]
    public bool EvaluatePresence() => _presence.Evaluate(Self, null, new CelBudget()).IsTrue;

    /// <summary>Sixteen texts, each against a pattern.</summary>
    [Benchmark]
    public bool EvaluatePattern() => _pattern.Evaluate(Self, null, new CelBudget()).IsTrue;

    /// <summary>Sixteen items, each with each.</summary>
    [Benchmark]
    public bool EvaluateUnique() => _unique.Evaluate(Self, null, new CelBudget()).IsTrue;

    private static CelProgram Compiled(string expression) => CelCompiler.Compile(expression, Environment).Program!;

    private static SchemaProperty Field(string name, SchemaNode schema) => new(name, schema, IsRequired: false, IsExperimental: false);

    private static PlainValue Map(params (string Name, PlainValue Value)[] members) =>
        new PlainMap([.. members.Select(m => KeyValuePair.Create(m.Name, m.Value))], null);
}
