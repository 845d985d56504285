using System.Collections.Immutable;
using GatewayLsp.Engine.Hover;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Tests.Hover;

public class FieldDocumentationTests
{
    [Fact]
    public void All_that_is_known()
    {
        var schema = new SchemaNode
        {
            Types = SchemaTypes.String,
            Doc = "What it does.",
            Default = JsonValue.Of("a"),
            Enum = [JsonValue.Of("a"), JsonValue.Of("b"), JsonValue.Of("c")],
            Values = [new KnownValue(JsonValue.Of("a"), "First.", false), new KnownValue(JsonValue.Of("b"), "Second.", true)],
            Support = SupportLevel.Extended,
            Feature = "HTTPRouteX",
            Since = "v1.2.0",
            Link = "https://example.com/",
            Deprecated = "Use `d`.",
        };
        Assert.Equal(
            """
            **x** : string

            required · default `a` · experimental channel · extended support · since v1.2.0 · feature `HTTPRouteX`

            **Deprecated:** Use `d`.

            What it does.

            Allowed values:
            - `a`: First.
            - `b` (experimental channel): Second.
            - `c`

            [Specification](https://example.com/)
            """,
            FieldDocumentation.Of("x", new SchemaProperty("x", schema, IsRequired: true, IsExperimental: true)));
    }

    public static TheoryData<SchemaNode, string> Types => new()
    {
        { new SchemaNode { Types = SchemaTypes.Object }, "object" },
        { new SchemaNode { Types = SchemaTypes.Array, Items = new SchemaNode { Types = SchemaTypes.String } }, "list of string" },
        { new SchemaNode { Types = SchemaTypes.Object, AdditionalProperties = new SchemaNode { Types = SchemaTypes.String } }, "map of string" },
        { new SchemaNode { IntOrString = true }, "integer or string" },
        { new SchemaNode { Types = SchemaTypes.Integer | SchemaTypes.Boolean }, "integer or boolean" },
        { SchemaNode.Any, "any" },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void Type_names(SchemaNode schema, string name) => Assert.Equal(name, FieldDocumentation.TypeName(schema));

    public static TheoryData<SchemaNode, string> Bounds => new()
    {
        { new SchemaNode { Minimum = 1, Maximum = 65535 }, "1 to 65535" },
        { new SchemaNode { Minimum = 0, Maximum = 100 }, "0 to 100" },
        { new SchemaNode { Minimum = 0 }, "at least 0" },
        { new SchemaNode { Minimum = -1 }, "at least -1" },
        { new SchemaNode { MinLength = 1, MaxLength = 253 }, "1 to 253 characters" },
        { new SchemaNode { MinLength = 0, MaxLength = 10 }, "at most 10 characters" },
        { new SchemaNode { MinItems = 1, MaxItems = 1 }, "exactly 1 item" },
        { new SchemaNode { MaxItems = 16 }, "at most 16 items" },
        { new SchemaNode { MinProperties = 1 }, "at least 1 entry" },
        { new SchemaNode { MinProperties = 2, MultipleOf = 5 }, "at least 2 entries · multiple of 5" },
        { new SchemaNode(), "" },
    };

    [Theory]
    [MemberData(nameof(Bounds))]
    public void Limits(SchemaNode schema, string limits) => Assert.Equal(limits, FieldDocumentation.Limits(schema));

    [Fact]
    public void Long_lists_of_suggestions_are_cut_and_enums_are_not()
    {
        ImmutableArray<KnownValue> values = [.. Enumerable.Range(0, 20).Select(i => new KnownValue(JsonValue.Of($"v{i}"), null, false))];
        Assert.EndsWith("- `v11`\n- and 8 more", FieldDocumentation.Of("x", new SchemaNode { Values = values }), StringComparison.Ordinal);
        Assert.EndsWith("- `v19`", FieldDocumentation.Of("x", new SchemaNode { Values = values, Enum = [.. values.Select(v => v.Value)] }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("spec.rules[].x", "spec.rules[].x")]
    [InlineData("metadata.labels[a_b]", "metadata.labels[a\\_b]")]
    [InlineData("[x](http://evil)", "[x]\\(http://evil)")]
    [InlineData("<b>", "\\<b\\>")]
    public void Titles_are_text(string path, string shown) => Assert.StartsWith($"**{shown}** : any", FieldDocumentation.Of(path, SchemaNode.Any), StringComparison.Ordinal);
}
