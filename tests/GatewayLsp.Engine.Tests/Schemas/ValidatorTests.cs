using System.Collections.Immutable;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Tests.Schemas;

/// <summary>The validator against small schemas: nulls, defaults, merge keys, combinations, hostile texts.</summary>
public sealed class ValidatorTests
{
    private static readonly SchemaNode Text = new() { Types = SchemaTypes.String };
    private static readonly SchemaNode Whole = new() { Types = SchemaTypes.Integer, Format = "int32" };

    [Theory]
    [InlineData("a: null", "")]
    [InlineData("a: ~\nb: x", "")]
    [InlineData("n: null", "")]
    [InlineData("l: [null]", "InvalidType l[0]")]
    [InlineData("l: [x, ]", "")]
    [InlineData("m: {x: null}", "")]
    [InlineData("m: {x: 1}", "InvalidType m.x")]
    [InlineData("m: {x.y/z: 1}", "InvalidType m[x.y/z]")]
    [InlineData("i: 2147483648", "OutOfRange i")]
    [InlineData("i: 1e3", "")]
    [InlineData("i: 1_000", "")]
    [InlineData("i: .inf", "InvalidType i")]
    [InlineData("i: 9223372036854775808", "OutOfRange i")]
    [InlineData("i: !!str 80", "InvalidType i")]
    [InlineData("a: !!str 80", "")]
    [InlineData("p: http", "")]
    [InlineData("p: 80", "")]
    [InlineData("p: true", "InvalidType p")]
    [InlineData("o: {anything: [1, {}]}", "")]
    public void Values(string text, string expected) => Assert.Equal(expected, Show(text, Object(
        ("a", Text), ("b", Text), ("n", new SchemaNode { Types = SchemaTypes.String, Nullable = true }),
        ("l", new SchemaNode { Types = SchemaTypes.Array, Items = Text }),
        ("m", new SchemaNode { Types = SchemaTypes.Object, AdditionalProperties = Text }),
        ("i", Whole), ("p", new SchemaNode { IntOrString = true }),
        ("o", new SchemaNode { Types = SchemaTypes.Object, PreserveUnknownFields = true }))));

    [Theory]
    [InlineData("{}", "MissingRequired a")]
    [InlineData("a: null", "MissingRequired a")]
    [InlineData("a: x", "")]
    [InlineData("a: ''", "")]
    [InlineData("<<: {a: x}", "")]
    [InlineData("d: null\na: x", "")]
    public void RequiredFieldsMayBeNullableOrHaveDefaults(string text, string expected)
    {
        SchemaNode schema = new()
        {
            Types = SchemaTypes.Object,
            Required = ["a", "d"],
            Properties = [Property("a", Text), Property("d", new SchemaNode { Types = SchemaTypes.String, Default = JsonValue.Of("x") })],
        };
        Assert.Equal(expected, Show(text, schema));
    }

    [Theory]
    [InlineData("base: &b {a: 1}\nc: {<<: *b}", "InvalidType base.a")]
    [InlineData("base: &b {a: x}\nc: {<<: *b, a: z}", "")]
    [InlineData("base: &b {a: x}\nc: {<<: [*b, {z: 1}]}", "UnknownField c.z")]
    [InlineData("base: &b {a: x}\nc: *b", "")]
    [InlineData("base: &b {a: 1}\nc: *b", "InvalidType base.a")]
    public void AliasesAndMergeKeysAreFollowedAndToldOnce(string text, string expected)
    {
        SchemaNode inner = Object(("a", Text));
        Assert.Equal(expected, Show(text, Object(("base", inner), ("c", inner)), distinctNodes: true));
    }

    [Theory]
    [InlineData("l: [{n: x}, {n: x, p: UDP}]", "")]
    [InlineData("l: [{n: x}, {n: x, p: TCP}]", "Duplicate l[1]")]
    [InlineData("l: [{n: x}, {n: z}, {n: x}, {n: x}]", "Duplicate l[2]")]
    [InlineData("l: [{p: UDP}, {p: UDP}]", "MissingRequired l[0].n;MissingRequired l[1].n")]
    [InlineData("s: [a, b, a, a, b]", "Duplicate s[2];Duplicate s[4]")]
    [InlineData("s: ['1', 1]", "InvalidType s[1]")]
    public void ListKeysCountWithTheirDefaults(string text, string expected)
    {
        SchemaNode item = new()
        {
            Types = SchemaTypes.Object,
            Required = ["n"],
            Properties = [Property("n", Text), Property("p", new SchemaNode { Types = SchemaTypes.String, Default = JsonValue.Of("TCP") })],
        };
        Assert.Equal(expected, Show(text, Object(
            ("l", new SchemaNode { Types = SchemaTypes.Array, Items = item, ListType = SchemaListType.Map, ListMapKeys = ["n", "p"] }),
            ("s", new SchemaNode { Types = SchemaTypes.Array, Items = Text, ListType = SchemaListType.Set }))));
    }

    [Theory]
    [InlineData("{}", "InvalidCombination ")]
    [InlineData("a: x", "")]
    [InlineData("a: x\nb: z", "InvalidCombination ")]
    public void OneOfWantsExactlyOne(string text, string expected) => Assert.Equal(expected, Show(text, new SchemaNode
    {
        Types = SchemaTypes.Object,
        Properties = [Property("a", Text), Property("b", Text)],
        OneOf = [new SchemaNode { Required = ["a"] }, new SchemaNode { Required = ["b"] }],
    }));

    [Theory]
    [InlineData("v: 10.0.0.1", "")]
    [InlineData("v: '::1'", "")]
    [InlineData("v: host", "InvalidFormat v")]
    [InlineData("t: Name\nv: host", "")]
    [InlineData("t: Address\nv: host", "InvalidFormat v")]
    public void NearestFormIsTheOneToBlame(string text, string expected)
    {
        SchemaNode address = new() { Enum = [JsonValue.Of("Address")] };
        Assert.Equal(expected, Show(text, new SchemaNode
        {
            Types = SchemaTypes.Object,
            Properties = [Property("t", new SchemaNode { Types = SchemaTypes.String, Default = JsonValue.Of("Address") }), Property("v", Text)],
            OneOf =
            [
                new SchemaNode { Properties = [Property("t", address), Property("v", new SchemaNode { AnyOf = [new() { Format = "ipv4" }, new() { Format = "ipv6" }] })] },
                new SchemaNode { Properties = [Property("t", new SchemaNode { Not = address })] },
            ],
        }));
    }

    [Fact]
    public void AllOfAndNotAndCounts()
    {
        SchemaNode schema = new()
        {
            Types = SchemaTypes.Object,
            AdditionalProperties = Whole,
            MaxProperties = 2,
            AllOf = [new SchemaNode { MinProperties = 1 }],
            Not = new SchemaNode { Required = ["bad"] },
        };
        Assert.Equal("TooFew ", Show("{}", schema));
        Assert.Equal("TooMany ", Show("{a: 1, b: 2, c: 3}", schema));
        Assert.Equal("InvalidCombination ", Show("{bad: 1}", schema));
        Assert.Equal("", Show("{a: 1}", schema));
    }

    [Fact]
    public void AliasBombsCostNoMoreThanTheirText()
    {
        string bomb = "l0: &l0 [x, x, x, x, x, x, x, x, x, x]\n"
            + string.Concat(Enumerable.Range(1, 40).Select(i => $"l{i}: &l{i} [{string.Join(", ", Enumerable.Repeat($"*l{i - 1}", 10))}]\n"));
        SchemaNode lists = Text;
        for (int i = 0; i < 60; i++)
        {
            lists = new SchemaNode { Types = SchemaTypes.Array | SchemaTypes.String, Items = lists };
        }
        Assert.Equal("", Show(bomb, new SchemaNode { Types = SchemaTypes.Object, AdditionalProperties = lists }));
        string merges = "m0: &m0 {a: x}\n" + string.Concat(Enumerable.Range(1, 60).Select(i => $"m{i}: &m{i} {{<<: [*m{i - 1}, *m{i - 1}], k{i}: x}}\n"));
        Assert.Equal("", Show(merges, new SchemaNode { Types = SchemaTypes.Object, AdditionalProperties = new() { Types = SchemaTypes.Object, AdditionalProperties = Text } }));
    }

    [Fact]
    public void FindingsAreBounded() => Assert.Equal(
        SchemaValidator.MaxIssues, Issues(string.Concat(Enumerable.Range(0, 5_000).Select(i => $"k{i}: 1\n")), Object(("a", Text))).Length);

    private static SchemaNode Object(params (string Name, SchemaNode Schema)[] fields) =>
        new() { Types = SchemaTypes.Object, Properties = [.. fields.Select(f => Property(f.Name, f.Schema))] };

    private static SchemaProperty Property(string name, SchemaNode schema) => new(name, schema, IsRequired: false, IsExperimental: false);

    private static ImmutableArray<SchemaIssue> Issues(string text, SchemaNode schema)
    {
        var document = new ManifestDocument(text);
        return SchemaValidator.Validate(Assert.IsType<YamlMapping>(document.Root), schema, new SchemaValidation(document));
    }

    private static string Show(string text, SchemaNode schema, bool distinctNodes = false)
    {
        IEnumerable<SchemaIssue> issues = Issues(text, schema);
        return string.Join(';', (distinctNodes ? issues.DistinctBy(i => i.Node) : issues).Select(i => $"{i.Kind} {i.Field}"));
    }
}
