using System.Collections.Immutable;
using System.Numerics;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Resolution;

/// <summary>
/// Reads the references that the objects of a document make. What is not known (half-typed, filled in by a template)
/// makes no reference. Found once per document.
/// </summary>
public static class ReferenceFinder
{
    /// <summary>Nodes visited per document: lists of aliases of lists of aliases could be endless otherwise.</summary>
    private const int VisitBudget = 200_000;

    /// <summary>In the order of the objects; within one, by the places of the table.</summary>
    public static ImmutableArray<ObjectReference> Of(ManifestDocument document) =>
        document.Memo.Get(typeof(ReferenceFinder), () => new References(Read(document))).Items;

    private static ImmutableArray<ObjectReference> Read(ManifestDocument document)
    {
        var found = ImmutableArray.CreateBuilder<ObjectReference>();
        int budget = VisitBudget;
        foreach (ManifestObject one in ManifestObject.Of(document))
        {
            foreach (ReferenceRule rule in ReferenceTable.Of(one.Gvk.Group, one.Kind))
            {
                Walk(one, one.Node, rule, 0, found, ref budget);
            }
        }
        return found.DrainToImmutable();
    }

    private static void Walk(
        ManifestObject from, YamlNode? node, ReferenceRule rule, int step, ImmutableArray<ObjectReference>.Builder found, ref int budget)
    {
        if (--budget < 0 || node is null)
        {
            return;
        }
        if (step == rule.Path.Length)
        {
            if (Read(from, node, rule) is { } reference)
            {
                found.Add(reference);
            }
            return;
        }
        (string key, bool isList) = rule.Path[step];
        YamlNode? value = (node as YamlMapping)?.Get(key);
        if (!isList)
        {
            Walk(from, value, rule, step + 1, found, ref budget);
        }
        else if (value is YamlSequence list)
        {
            foreach (YamlNode item in list.Items)
            {
                Walk(from, item.Resolved(), rule, step + 1, found, ref budget);
            }
        }
    }

    private static ObjectReference? Read(ManifestObject from, YamlNode node, ReferenceRule rule)
    {
        if (rule.Shape == ReferenceShape.Name)
        {
            return node.Text() is { Length: > 0 } only
                ? new ObjectReference(from, node, node, rule.Role, rule.Group, rule.Kind, from.NamespaceOrDefault, only)
                : null;
        }
        if (node is not YamlMapping mapping)
        {
            return null;
        }
        string groupKey = rule.Shape == ReferenceShape.Typed ? "apiGroup" : "group";
        bool fixedKind = rule.Shape == ReferenceShape.IngressService;
        string? group = fixedKind ? rule.Group : TextOr(mapping, groupKey, rule.Group);
        string? kind = fixedKind ? rule.Kind : TextOr(mapping, "kind", rule.Kind);
        string? ns = rule.Shape == ReferenceShape.Object ? TextOr(mapping, "namespace", from.NamespaceOrDefault) : from.NamespaceOrDefault;
        string? name = TextOr(mapping, "name", rule.Role == ReferenceRole.Grant ? "" : null);
        if (group is null || ns is null || name is null || kind is not { Length: > 0 } || (name.Length == 0 && rule.Role != ReferenceRole.Grant))
        {
            return null;
        }
        YamlNode? port = mapping.Get("port");
        return new ObjectReference(from, mapping, mapping.Get("name"), rule.Role, group, kind, ns.Length == 0 ? from.NamespaceOrDefault : ns, name)
        {
            SectionName = mapping.Get("sectionName").Text(),
            Port = NumberOf(fixedKind ? port.At("number") : port),
            PortName = fixedKind ? port.At("name").Text() : null,
        };
    }

    /// <summary>The text under a key, the default when it is left out, null when it can't be known.</summary>
    private static string? TextOr(YamlMapping mapping, string key, string? orElse)
    {
        YamlNode? value = mapping.Get(key);
        return value.IsNull() ? orElse : value.Text();
    }

    private static int? NumberOf(YamlNode? node) =>
        node is YamlScalar { IsOpaque: false } scalar && ScalarResolver.KindOf(scalar) == ScalarKind.Integer
        && ScalarResolver.TryInteger(scalar.Value, out BigInteger number) && number > 0 && number <= 65535
            ? (int)number
            : null;

    private sealed record References(ImmutableArray<ObjectReference> Items);
}
