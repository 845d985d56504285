using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Cluster.Planning;

/// <summary>
/// An object of a manifest as JSON, read as kubectl reads it: aliases and merge keys unfolded, YAML 1.1's scalars. A placeholder that
/// nobody filled in is not sent, since it would replace the value that the cluster has; a text for somebody else (an alert, a
/// script, <c>$(NAME)</c> in a container's arguments) is no placeholder.
/// </summary>
public static class ManifestJson
{
    private const int MaxDepth = 100;

    /// <summary>Aliases may repeat a piece many times.</summary>
    private const int MaxNodes = 500_000;

    /// <summary>Where texts of other languages stand.</summary>
    private static readonly string[] Foreign = ["data", "annotations"];

    /// <summary>What a shell may read, and where Kubernetes itself fills in <c>$(NAME)</c>.</summary>
    private static readonly string[] Shell = ["args", "command", "env"];

    /// <summary>Null for what can't be sent: templates, damaged text, too deep or too large.</summary>
    public static JsonObject? Of(ManifestObject one) => Of(one, out _);

    /// <param name="unfilled">The value with a placeholder for which nothing is sent; null when that is not the reason.</param>
    public static JsonObject? Of(ManifestObject one, out YamlScalar? unfilled)
    {
        unfilled = null;
        if (one.Document.IsTemplate || !one.Document.Errors.IsEmpty)
        {
            return null;
        }
        var reader = new Reader();
        JsonNode? read = reader.Read(one.Node, 0, one.Gvk is { Group: "", Kind: "Secret" } ? Place.Secret : Place.Own);
        unfilled = reader.Unfilled;
        return read is JsonObject tree && !reader.HasFailed ? WithHead(tree, one) : null;
    }

    /// <summary>Items of lists may leave their heads to the list.</summary>
    private static JsonObject WithHead(JsonObject tree, ManifestObject one)
    {
        if (tree.ContainsKey("apiVersion") && tree.ContainsKey("kind"))
        {
            return tree;
        }
        var whole = new JsonObject { ["apiVersion"] = one.ApiVersion, ["kind"] = one.Kind };
        foreach ((string name, JsonNode? value) in tree)
        {
            if (name is not ("apiVersion" or "kind"))
            {
                whole[name] = value?.DeepClone();
            }
        }
        return whole;
    }

    /// <summary>Whose text a value may be.</summary>
    private enum Place
    {
        Own,
        Foreign,
        Shell,

        /// <summary>A text in a Secret is not risked for anything.</summary>
        Secret,
    }

    private sealed class Reader
    {
        private readonly MergedEntries _merged = new();
        private int _nodes;

        public bool HasFailed { get; private set; }

        public YamlScalar? Unfilled { get; private set; }

        public JsonNode? Read(YamlNode? node, int depth, Place place)
        {
            if (HasFailed || depth > MaxDepth || ++_nodes > MaxNodes)
            {
                HasFailed = true;
                return null;
            }
            switch (node.Resolved())
            {
                case YamlMapping mapping:
                    var map = new JsonObject();
                    foreach (YamlEntry entry in _merged.Of(mapping))
                    {
                        if (entry.Key is not YamlScalar { IsOpaque: false })
                        {
                            Unfilled ??= entry.Key as YamlScalar;
                            HasFailed = true;
                            return null;
                        }
                        map[entry.Name] = Read(entry.Value, depth + 1, Below(place, entry.Name));
                    }
                    return map;
                case YamlSequence sequence:
                    var list = new JsonArray();
                    foreach (YamlNode item in sequence.Items)
                    {
                        list.Add(Read(item, depth + 1, place));
                    }
                    return list;
                case YamlScalar scalar:
                    if (scalar.IsOpaque && (place is Place.Secret || !ForeignText.Is(scalar, place is Place.Shell, mayHaveVariables: place is not Place.Own)))
                    {
                        Unfilled ??= scalar;
                        HasFailed = true;
                    }
                    return Scalar(scalar);
                default:
                    return null;
            }
        }

        private static Place Below(Place place, string name) => place is not Place.Own ? place
            : Array.IndexOf(Shell, name) >= 0 ? Place.Shell : Array.IndexOf(Foreign, name) >= 0 ? Place.Foreign : place;

        private static JsonNode? Scalar(YamlScalar scalar)
        {
            switch (ScalarResolver.KindOf(scalar))
            {
                case ScalarKind.Null:
                    return null;
                case ScalarKind.Boolean:
                    return ScalarResolver.Truth(scalar.Value);
                case ScalarKind.Integer when ScalarResolver.TryInteger(scalar.Value, out BigInteger integer):
                    return JsonNode.Parse(integer.ToString(CultureInfo.InvariantCulture));
                case ScalarKind.Float when ScalarResolver.TryNumber(scalar.Value, out double number) && double.IsFinite(number):
                    return number;
                default:
                    return scalar.Value;
            }
        }
    }
}
