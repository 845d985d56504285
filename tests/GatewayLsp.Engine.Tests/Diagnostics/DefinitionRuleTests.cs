using System.Diagnostics;
using System.Text;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Diagnostics;

/// <summary>Definitions of kinds in the workspace: what is wrong in them is said at its place, and hostile ones cost little.</summary>
public sealed class DefinitionRuleTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private static string Definition(string spec) => $$"""
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata:
          name: widgets.example.com
        spec:
          group: example.com
          names: {kind: Widget, plural: widgets, singular: widget, listKind: WidgetList}
          scope: Namespaced
          versions:
          - name: v1
            served: true
            storage: true
            schema:
              openAPIV3Schema:
                type: object
                properties:
                  spec: {{spec}}

        """;

    [Theory]
    [InlineData("{type: strin}", "invalid-definition 'strin'")]
    [InlineData("{type: string, pattern: 'a('}", "invalid-definition ''a(''")]
    [InlineData("{type: string, pattern: '(?=a)'}", "invalid-definition ''(?=a)''")]
    [InlineData("{type: object, $ref: '#/definitions/x'}", "invalid-definition '$ref'")]
    [InlineData("{type: object, properties: {a: {type: string}}, x-kubernetes-validations: [{rule: 'self.b == 1'}]}", "invalid-definition 'b'")]
    [InlineData("{type: object, properties: {a: {type: string}}, x-kubernetes-validations: [{rule: 'self.a'}]}", "invalid-definition ''self.a''")]
    [InlineData("{type: object, properties: {a: {type: string}}, x-kubernetes-validations: [{rule: 'self.a =='}]}", "invalid-definition '='")]
    [InlineData("{type: object, properties: {a: {type: string}}, x-kubernetes-validations: [{rule: 'self.a == \"x\"', messageExpression: '1'}]}", "invalid-definition ''1''")]
    [InlineData("{type: object, properties: {a: {type: string}}, x-kubernetes-validations: [{rule: 'self.a == oldSelf.a', messageExpression: '\"not \" + self.a'}]}", null)]
    [InlineData("{type: object, x-kubernetes-preserve-unknown-fields: true}", null)]
    public void WhatIsWrongIsSaidAtItsPlace(string spec, string? expected)
    {
        FileDiagnostic[] found = [.. DiagnosticCheck.Find(Definition(spec))];
        Assert.Equal(expected is null ? [] : [expected], found.Select(f => $"{f.Diagnostic.Code} '{f.Slot.Document.Text.Substring(f.Diagnostic.Span.Start, f.Diagnostic.Span.Length)}'"));
    }

    [Fact]
    public void RuleInALiteralBlockIsUnderlinedInItsLine() => DiagnosticCheck.Check(Definition("""

                    type: object
                    properties: {host: {type: string}}
                    x-kubernetes-validations:
                    - rule: |
                        self.host.size() > 0 &&
                        self.port > 0
        """), "invalid-definition 'port' spec.versions[0].schema.openAPIV3Schema.properties.spec.x-kubernetes-validations[0].rule");

    [Fact]
    public void VersionThatADefinitionDoesNotServeIsReported()
    {
        string definition = Definition("{type: object, properties: {a: {type: string}}}");
        DiagnosticCheck.Check(definition + "---\napiVersion: example.com/v2\nkind: Widget\nmetadata:\n  name: w\n", "unknown-version 'example.com/v2' apiVersion");
        DiagnosticCheck.Check(definition + "---\napiVersion: example.com/v1\nkind: Widget\nmetadata:\n  name: w\n");
        DiagnosticCheck.Check(definition + "---\napiVersion: example.com/v2\nkind: Gadget\nmetadata:\n  name: w\n");
    }

    public static TheoryData<string, string> Hostile => new()
    {
        { "regex that backtracks", "{type: object, properties: {a: {type: string, pattern: '^(a+)+$'}}}" },
        { "regex with nested repetition", "{type: object, properties: {a: {type: string, pattern: '((a{1,100}){1,100}){1,100}'}}}" },
        { "regex that is long", $"{{type: object, properties: {{a: {{type: string, pattern: '{new string('(', 9000)}'}}}}}}" },
        { "macros nested ten deep", $"{{type: object, properties: {{a: {{type: array, items: {{type: integer}}}}}}, x-kubernetes-validations: [{{rule: '{Macros(10)}'}}]}}" },
        { "expression nested deep", $"{{type: object, x-kubernetes-validations: [{{rule: '{new string('(', 5000)}1{new string(')', 5000)} == 1'}}]}}" },
        { "schema that refers to itself", "&s {type: object, properties: {a: *s}}" },
        { "schema by a reference to itself", "{type: object, properties: {a: {$ref: '#'}}}" },
        { "aliases of aliases", "{type: object, properties: {a: &a {type: object, properties: {x: {type: string}}}, " + string.Join(", ", Enumerable.Range(0, 24).Select(i => $"b{i}: &b{i} {{type: object, properties: {{x: *{(i == 0 ? "a" : $"b{i - 1}")}, y: *{(i == 0 ? "a" : $"b{i - 1}")}}}}}")) + "}}" },
        { "enum of a hundred thousand", $"{{type: object, properties: {{a: {{type: string, enum: [{string.Join(", ", Enumerable.Range(0, 100_000).Select(i => "v" + i))}]}}}}}}" },
        { "nesting of ten thousand", string.Concat(Enumerable.Repeat("{type: object, properties: {a: ", 10_000)) + "{type: string}" + new string('}', 20_000) },
        { "ten megabytes", $"{{type: object, properties: {{{string.Join(", ", Enumerable.Range(0, 160_000).Select(i => $"field{i:D7}: {{type: string, description: 'A field of it.'}}"))}}}}}" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void HostileDefinitionsCostLittle(string what, string spec)
    {
        string text = Definition(spec) + $"---\napiVersion: example.com/v1\nkind: Widget\nmetadata:\n  name: w\nspec:\n  a: {new string('a', 2000)}!\n";
        long before = GC.GetTotalAllocatedBytes();
        var clock = Stopwatch.StartNew();
        DiagnosticCheck.Find(text);
        // Ten megabytes of YAML are read at some megabytes a second; all else is bounded by what is written.
        TimeSpan limit = text.Length > 1_000_000 ? 4 * Limit : Limit;
        Assert.True(clock.Elapsed < limit, $"{what}: {clock.Elapsed}");
        Assert.True(GC.GetTotalAllocatedBytes() - before < 3_000_000_000, $"{what}: {(GC.GetTotalAllocatedBytes() - before) >> 20} MB");
    }

    [Fact]
    public void SchemaBeyondTheBoundsIsToldOf()
    {
        var fields = new StringBuilder("{type: object, properties: {");
        for (int i = 0; i < 61_000; i++)
        {
            fields.Append("f").Append(i).Append(": {type: string}, ");
        }
        Diagnostic finding = DiagnosticCheck.Single(Definition(fields.Append("}}").ToString()));
        Assert.Equal((DiagnosticSeverity.Information, "invalid-definition"), (finding.Severity, finding.Code));
        Assert.Contains("too large to be read to its end", finding.Message, StringComparison.Ordinal);
    }

    private static string Macros(int depth) => depth == 0 ? "true" : $"self.a.all(x{depth}, {Macros(depth - 1)})";
}
