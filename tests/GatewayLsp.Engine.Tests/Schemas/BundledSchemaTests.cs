using System.Diagnostics;
using System.Text.RegularExpressions;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Tests.Schemas;

/// <summary>What holds for every bundled schema.</summary>
public sealed partial class BundledSchemaTests
{
    [Fact]
    public void Every_field_of_every_kind_is_documented()
    {
        var missing = new List<string>();
        ForEachNode((kind, path, node) =>
        {
            if (!path.EndsWith(']') && !path.EndsWith('*') && !path.Contains('|', StringComparison.Ordinal) && path.Contains('.', StringComparison.Ordinal) && string.IsNullOrWhiteSpace(node.Description))
            {
                missing.Add($"{kind} {path}");
            }
        });
        Assert.True(missing.Count == 0, string.Join('\n', missing.Distinct().Take(40)));
        Assert.All(SchemaCatalog.Bundled.Kinds, kind => Assert.False(string.IsNullOrWhiteSpace(kind.Description), kind.Gvk.ToString()));
    }

    [Fact]
    public void Enums_defaults_and_known_values_fit_their_types_and_limits()
    {
        var wrong = new List<string>();
        ForEachNode((kind, path, node) =>
        {
            foreach (var value in node.Enum.Concat(node.Values.Select(known => known.Value)).Concat(node.Default is { } standard ? [standard] : []))
            {
                if (!Fits(node, value))
                {
                    wrong.Add($"{kind} {path}: {value}");
                }
            }

            foreach (var known in node.Values)
            {
                if (!node.Enum.IsEmpty && !node.Enum.Contains(known.Value))
                {
                    wrong.Add($"{kind} {path}: {known.Value} is documented and not allowed");
                }
            }
        });
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Distinct().Take(40)));
    }

    [Fact]
    public void Patterns_are_regular_expressions_and_list_keys_are_fields()
    {
        ForEachNode((kind, path, node) =>
        {
            if (node.Pattern is { } pattern)
            {
                Assert.NotNull(new Regex(pattern));
            }

            Assert.All(node.ListMapKeys, key => Assert.True(node.Items?.Find(key) is not null, $"{kind} {path}: {key}"));
            Assert.All(node.Required, name => Assert.True(node.Properties.IsEmpty || node.Find(name)!.IsRequired, $"{kind} {path}: {name}"));
            Assert.All(node.Properties, property => Assert.Same(property, node.Find(property.Name)));
        });
    }

    [Fact]
    public void Links_are_complete_addresses()
    {
        ForEachNode((kind, path, node) => Assert.True(node.Link is null || LinkPattern().IsMatch(node.Link), $"{kind} {path}: {node.Link}"));
        Assert.All(SchemaCatalog.Bundled.Kinds, kind => Assert.True(kind.Link is null || LinkPattern().IsMatch(kind.Link), kind.Link));
    }

    [Fact]
    public void Decoding_is_quick_enough_to_happen_at_the_first_keystroke()
    {
        _ = SchemaCatalog.Bundled.Find(new("gateway.networking.k8s.io", "v1", "HTTPRoute"), Channel.Experimental);
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < 5; i++)
        {
            var clock = Stopwatch.StartNew();
            var catalog = new SchemaCatalog(SchemaPack.ReadEmbedded());
            Assert.NotNull(catalog.Find(new("gateway.networking.k8s.io", "v1", "HTTPRoute"), Channel.Standard));
            best = clock.Elapsed < best ? clock.Elapsed : best;
        }

        // Measured: far below a millisecond; the bound leaves room for a loaded machine and unoptimized code.
        Assert.True(best < TimeSpan.FromMilliseconds(20), best.ToString());
    }

    private static bool Fits(SchemaNode node, JsonValue value)
    {
        var type = value.Kind switch
        {
            JsonKind.String => SchemaTypes.String,
            JsonKind.Number => value.Text.Contains('.', StringComparison.Ordinal) ? SchemaTypes.Number : SchemaTypes.Integer | SchemaTypes.Number,
            JsonKind.Boolean => SchemaTypes.Boolean,
            JsonKind.Array => SchemaTypes.Array,
            JsonKind.Object => SchemaTypes.Object,
            _ => SchemaTypes.Any,
        };
        if (type == SchemaTypes.Any)
        {
            return node.Nullable;
        }

        return node.Allows(type)
            && (value.Kind != JsonKind.String || Matches(node, value.Text))
            && (!value.TryGetDecimal(out var number) || (!(number < node.Minimum) && !(number > node.Maximum)));
    }

    private static bool Matches(SchemaNode node, string text) =>
        !(text.Length < node.MinLength) && !(text.Length > node.MaxLength) && (node.Pattern is null || Regex.IsMatch(text, node.Pattern));

    private static void ForEachNode(Action<Gvk, string, SchemaNode> visit)
    {
        var seen = new HashSet<SchemaNode>(ReferenceEqualityComparer.Instance);
        foreach (var kind in SchemaCatalog.Bundled.Kinds)
        {
            foreach (var channel in (ReadOnlySpan<Channel>)[Channel.Standard, Channel.Experimental])
            {
                if (SchemaCatalog.Bundled.Find(kind.Gvk, channel) is { } root)
                {
                    Walk(kind.Gvk, "", root);
                }
            }
        }

        Assert.True(seen.Count > 1000);

        void Walk(Gvk kind, string path, SchemaNode node)
        {
            if (!seen.Add(node))
            {
                return;
            }

            visit(kind, path, node);
            foreach (var property in node.Properties)
            {
                Walk(kind, $"{path}.{property.Name}", property.Schema);
            }

            foreach (var branch in node.OneOf.Concat(node.AnyOf).Concat(node.AllOf).Concat(node.Not is null ? [] : [node.Not]))
            {
                Walk(kind, $"{path}|", branch);
            }

            if (node.Items is { } items)
            {
                Walk(kind, $"{path}[]", items);
            }

            if (node.AdditionalProperties is { } values)
            {
                Walk(kind, $"{path}.*", values);
            }
        }
    }

    [GeneratedRegex(@"^https://[a-z0-9.-]+/\S*$")]
    private static partial Regex LinkPattern();
}
