using GatewayLsp.Engine.Cel;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Cel;

/// <summary>Rules against schemas and data: names, types, absent fields, sets and keyed lists, and what templates leave open.</summary>
public sealed class SchemaTests
{
    private static readonly SchemaNode Root = new CrdSchemaReader().Read(ManifestFile.Parse("file:///schema.yaml", """
        type: object
        properties:
          metadata: {type: object}
          spec:
            type: object
            properties:
              count: {type: integer}
              ratio: {type: number}
              name: {type: string}
              flag: {type: boolean}
              size: {x-kubernetes-int-or-string: true}
              wait: {type: string, format: duration}
              at: {type: string, format: date-time}
              day: {type: string, format: date}
              blob: {type: string, format: byte}
              maybe: {type: string, nullable: true}
              maybes: {type: array, items: {type: string, nullable: true}}
              free: {type: object, x-kubernetes-preserve-unknown-fields: true}
              namespace: {type: string}
              a-b: {type: string}
              a.b: {type: string}
              a/b: {type: string}
              a__b: {type: string}
              "1x": {type: string}
              labels: {type: object, additionalProperties: {type: string}}
              names: {type: array, x-kubernetes-list-type: set, items: {type: string}}
              plain: {type: array, items: {type: string}}
              ports:
                type: array
                x-kubernetes-list-type: map
                x-kubernetes-list-map-keys: [name]
                items: {type: object, properties: {name: {type: string}, port: {type: integer}}}
              other: {type: object, properties: {name: {type: string}}}
              template: {type: object, x-kubernetes-embedded-resource: true, properties: {spec: {type: object, properties: {x: {type: integer}}}}}
        """).Documents[0].Document.Root!);

    private static readonly PlainValue Self = Map(
        ("metadata", Map(("name", Text("web")), ("namespace", Text("shop")))),
        ("spec", Map(
            ("count", Int(3)), ("ratio", Int(2)), ("name", Text("a")), ("flag", new PlainBoolean(true, null)), ("size", Text("5%")), ("wait", Text("90s")),
            ("at", Text("2025-01-31T12:00:00Z")), ("day", Text("2025-01-31")), ("blob", Text("aGk=")), ("maybe", new PlainNull(null)),
            ("maybes", List(new PlainNull(null), Text("x"))), ("free", Map(("any", Int(1)))), ("namespace", Text("n")), ("a-b", Text("dash")), ("a.b", Text("dot")),
            ("a/b", Text("slash")), ("a__b", Text("under")), ("labels", Map(("a", Text("1")), ("b-c", Text("2")))), ("names", List(Text("x"), Text("y"))),
            ("plain", List(Text("y"), Text("x"))), ("ports", List(Port("http", 80), Port("https", 443))),
            ("template", Map(("kind", Text("Pod")), ("metadata", Map(("name", Text("p")))), ("spec", Map(("x", Int(1)))))))));

    private static readonly PlainValue Old = Map(("spec", Map(
        ("names", List(Text("y"), Text("x"))), ("plain", List(Text("x"), Text("y"))), ("ports", List(Port("https", 443), Port("http", 80))))));

    private static readonly PlainValue Template = Map(("spec", Map(
        ("count", new PlainUnknown(null)), ("name", Text("a")), ("names", List(Text("x"), new PlainUnknown(null))), ("other", new PlainUnknown(null)))));

    public static TheoryData<string, string> Fields => CelCheck.Rows("""
        self.metadata.name => 'web'
        has(self.metadata.generateName) => false
        self.metadata.namespace => ? 14 the object has no field `namespace`
        self.spec.count => 3
        self.spec.ratio => 2.0
        self.spec.name == 'a' && self.spec.flag => true
        self.spec.size == '5%' => true
        self.spec.size == 5 => false
        self.spec.size + 1 => ! NoSuchOverload
        self.spec.wait == duration('90s') => true
        self.spec.at.getFullYear() => 2025
        self.spec.day == timestamp('2025-01-31T00:00:00Z') => true
        self.spec.blob => b'hi'
        has(self.spec.maybe) => false
        self.spec.maybe == 'x' => ! NoSuchKey
        self.spec.maybes.exists(m, m == 'x') => true
        self.spec.free.any => 1
        self.spec.__namespace__ => 'n'
        self.spec.namespace => ? 10 the object has no field `namespace`; it is written `__namespace__`
        self.spec.a__dash__b + self.spec.a__dot__b + self.spec.a__slash__b + self.spec.a__underscores__b => 'dashdotslashunder'
        self.spec.nmae => ? 10 the object has no field `nmae`; is it `name`?
        spec.name => ? 0 `spec` is no variable; fields are written `self.spec`
        self.spec.labels.a => '1'
        self.spec.labels['b-c'] => '2'
        self.spec.labels.all(k, size(self.spec.labels[k]) == 1) => true
        self.spec.labels.x => ! NoSuchKey
        has(self.spec.other) => false
        self.spec.other.name => ! NoSuchKey
        has(self.spec.other) && has(self.spec.other.name) => false
        self.spec.other == self.spec.template => ? 16 an object and an object can't be compared: they are never equal
        self.spec.other == null || true => true
        self.spec.count == null => ? 16 an int and null can't be compared: they are never equal
        self.spec.count == 'x' => ? 16 an int and a string can't be compared: they are never equal
        self.spec.template.kind + self.spec.template.metadata.name => 'Podp'
        self.spec.template.spec.x => 1
        self.spec.ports[0].port + self.spec.ports.filter(p, p.name == 'https')[0].port => 523
        self.spec.?name.orValue('') => 'a'
        self.?spec.?other.?name.orValue('none') => 'none'
        self.spec.?maybe.hasValue() => false
        """);

    public static TheoryData<string, string> Changes => CelCheck.Rows("""
        self.spec.names == oldSelf.spec.names => true
        self.spec.plain == oldSelf.spec.plain => false
        self.spec.ports == oldSelf.spec.ports => true
        self.spec.names + ['y', 'z'] => ['x', 'y', 'z']
        self.spec.plain + ['y'] => ['y', 'x', 'y']
        (self.spec.ports + oldSelf.spec.ports).size() => 2
        sets.equivalent(self.spec.plain, oldSelf.spec.plain) => true
        """);

    public static TheoryData<string, string> Unknowns => CelCheck.Rows("""
        self.spec.count > 1 => unknown
        has(self.spec.count) => unknown
        self.spec.count > 1 && false => false
        false && self.spec.count > 1 => false
        self.spec.count > 1 || self.spec.name == 'a' => true
        self.spec.count > 1 && 1 / 0 > 0 => unknown
        1 / 0 > 0 && self.spec.count > 1 => unknown
        1 / 0 > 0 || self.spec.count > 1 => unknown
        self.spec.count > 1 ? 1 : 2 => unknown
        !(self.spec.count > 1) => unknown
        self.spec.count == self.spec.count => unknown
        self.spec.count + 1 / 0 => unknown
        self.spec.other.name == 'x' => unknown
        has(self.spec.other.name) => unknown
        self.spec.names.size() => 2
        self.spec.names[0] => 'x'
        self.spec.names[1] => unknown
        'x' in self.spec.names => true
        'z' in self.spec.names => unknown
        self.spec.names.all(n, n != 'x') => false
        self.spec.names.all(n, n == 'x') => unknown
        self.spec.names.exists(n, n == 'x') => true
        self.spec.names.exists_one(n, n == 'x') => unknown
        self.spec.names.filter(n, n == 'x') => unknown
        self.spec.names.map(n, n + '!')[0] => 'x!'
        self.spec.names == ['a', 'b'] => false
        self.spec.names == ['a', 'x'] => unknown
        self.spec.names == ['a'] => false
        self.spec.names.join() => unknown
        [self.spec.count, 1].max() => unknown
        [1, self.spec.count][0] => 1
        [self.spec.count] == [dyn(1)] => unknown
        [self.spec.count, 1] == [dyn(1), 2] => false
        string(self.spec.count) => unknown
        '%d'.format([self.spec.count]) => unknown
        self.spec.?count.hasValue() => unknown
        self.spec.?other.?name.orValue('x') => unknown
        [0, 1].all(x, x > 0 && self.spec.count > 1) => false
        """);

    [Theory, MemberData(nameof(Fields))]
    public void Fields_have_the_types_that_the_schema_declares(string rule, string expected) =>
        CelCheck.Check(rule, expected, CelEnvironment.ForRule(Root, isResourceRoot: true), Self);

    [Theory, MemberData(nameof(Changes))]
    public void Sets_and_keyed_lists_do_not_mind_the_order(string rule, string expected) =>
        CelCheck.Check(rule, expected, CelEnvironment.ForRule(Root, isResourceRoot: true), Self, Old);

    [Theory, MemberData(nameof(Unknowns))]
    public void What_a_template_fills_in_is_unknown(string rule, string expected) =>
        CelCheck.Check(rule, expected, CelEnvironment.ForRule(Root, isResourceRoot: true), Template);

    [Theory]
    [InlineData("oldSelf.hasValue()", "false", false)]
    [InlineData("oldSelf.hasValue()", "true", true)]
    [InlineData("oldSelf.orValue(5)", "5", false)]
    [InlineData("self > oldSelf.orValue(5)", "false", false)]
    [InlineData("oldSelf.optMap(o, o == self).orValue(true)", "false", true)]
    public void An_optional_old_value_may_be_missing(string rule, string expected, bool hasOld) =>
        CelCheck.Check(rule, expected, CelEnvironment.ForRule(new SchemaNode { Types = SchemaTypes.Integer }, optionalOldSelf: true), Int(3), hasOld ? Int(2) : null);

    [Fact]
    public void A_transition_rule_is_told_apart()
    {
        CelEnvironment environment = CelEnvironment.ForRule(new SchemaNode { Types = SchemaTypes.Integer });
        Assert.True(CelCompiler.Compile("self == oldSelf", environment).Program!.UsesOldSelf);
        Assert.False(CelCompiler.Compile("self == 1", environment).Program!.UsesOldSelf);
        Assert.False(CelCompiler.Compile("[self].all(oldSelf, oldSelf > 0)", environment).Program!.UsesOldSelf);
    }

    [Fact]
    public void Data_of_the_wrong_type_is_an_error_where_it_is_used()
    {
        CelEnvironment environment = CelEnvironment.ForRule(Root);
        PlainValue broken = Map(("spec", Map(("count", Text("three")), ("names", Text("x")))));
        CelCheck.Check("self.spec.count > 1", "! InvalidData", environment, broken);
        CelCheck.Check("self.spec.names.size() > 1", "! InvalidData", environment, broken);
        CelCheck.Check("has(self.spec.name)", "false", environment, broken);
        CelCheck.Check("true", "true", environment, Text("x"));
        CelCheck.Check("has(self.spec)", "! InvalidData", environment, Text("x"));
    }

    private static PlainValue Text(string value) => new PlainText(value, null);

    private static PlainValue Int(long value) => new PlainInteger(value, null);

    private static PlainValue List(params PlainValue[] items) => new PlainList(items, null);

    private static PlainValue Map(params (string Name, PlainValue Value)[] members) =>
        new PlainMap([.. members.Select(m => KeyValuePair.Create(m.Name, m.Value))], null);

    private static PlainValue Port(string name, long port) => Map(("name", Text(name)), ("port", Int(port)));
}
