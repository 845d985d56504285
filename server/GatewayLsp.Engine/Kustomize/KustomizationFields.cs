using System.Collections.Frozen;
using System.Collections.Immutable;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Kustomize;

/// <summary>
/// The fields of a kustomization and their types: kustomize reads it as JSON, strictly, and refuses what it does not know. What only later
/// versions know is known here.
/// </summary>
internal static class KustomizationFields
{
    private const int MaxDepth = 32;

    private const string Gvk = "group:s version:s kind:s";
    private const string Selector = Gvk + " name:s namespace:s annotationSelector:s labelSelector:s";
    private const string Generator = "namespace:s name:s behavior:s literals:[s files:[s envs:[s env:s options:generatorOptions";

    /// <summary>By the name of a type its fields with theirs: a text, a truth value, a whole number, anything; <c>[</c> a list, <c>{</c> a mapping of.</summary>
    private static readonly FrozenDictionary<string, FrozenDictionary<string, (string Name, string Type)>> Types = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["kustomization"] = "apiVersion:s kind:s metadata:metadata openapi:{s namePrefix:s nameSuffix:s namespace:s commonLabels:{s labels:[label commonAnnotations:{s "
            + "patchesStrategicMerge:[s patchesJson6902:[patch patches:[patch images:[image imageTags:[image replacements:[replacement replicas:[replica vars:[var "
            + "sortOptions:* resources:[s components:[s crds:[s bases:[s configMapGenerator:[configMap secretGenerator:[secret helmGlobals:* helmCharts:[* "
            + "helmChartInflationGenerator:[* generatorOptions:generatorOptions configurations:[s generators:[s transformers:[s validators:[s buildMetadata:[s",
        ["metadata"] = "name:s namespace:s labels:{s annotations:{s",
        ["label"] = "pairs:{s includeSelectors:b includeTemplates:b fields:[fieldSpec",
        ["fieldSpec"] = Gvk + " path:s create:b",
        ["patch"] = "path:s patch:s target:selector options:{b",
        ["selector"] = Selector,
        ["image"] = "name:s newName:s tagSuffix:s newTag:s digest:s",
        ["replacement"] = "source:source targets:[target path:s sourceValue:s",
        ["source"] = Gvk + " name:s namespace:s fieldPath:s options:replacementOptions",
        ["target"] = "select:selector reject:[selector fieldPaths:[s options:replacementOptions",
        ["replacementOptions"] = "delimiter:s index:i encoding:s create:b",
        ["replica"] = "name:s count:i",
        ["var"] = "name:s objref:* fieldref:*",
        ["configMap"] = Generator,
        ["secret"] = Generator + " type:s",
        ["generatorOptions"] = "labels:{s annotations:{s disableNameSuffixHash:b immutable:b",
    }.ToFrozenDictionary(static type => type.Key, static type => FieldsOf(type.Value), StringComparer.Ordinal);

    /// <summary>Null when kustomize can read it; else why not, as a clause.</summary>
    public static string? Problem(YamlNode? root)
    {
        if (root.Resolved() is not YamlMapping kustomization)
        {
            return "it is not a kustomization";
        }
        string? kind = kustomization.At("kind").Text();
        string expected = kind == "Component" ? "kustomize.config.k8s.io/v1alpha1" : "kustomize.config.k8s.io/v1beta1";
        return Problem(root, "kustomization", "", 0)
            ?? (kind is { Length: > 0 } and not ("Kustomization" or "Component") ? $"its kind is {kind}"
            : kustomization.At("apiVersion").Text() is { Length: > 0 } version && version != expected ? $"its `apiVersion` is not `{expected}`"
            : null);
    }

    private static string? Problem(YamlNode? written, string type, string path, int depth)
    {
        YamlNode? node = written.Resolved();
        if (type == "*" || depth > MaxDepth || node is null or YamlScalar { IsOpaque: true } || (node is YamlScalar empty && ScalarResolver.KindOf(empty) == ScalarKind.Null))
        {
            return null;
        }
        switch (type[0])
        {
            case '[':
                return node is not YamlSequence list ? $"`{path}` is not a list"
                    : First(list.Items, item => Problem(item, type[1..], path, depth + 1));
            case '{':
                return node is not YamlMapping map ? $"`{path}` is not a mapping"
                    : First(map.Entries, entry => entry.IsMerge ? null : Problem(entry.Value, type[1..], Below(path, entry.Name), depth + 1));
        }
        if (type.Length > 1)
        {
            return node is not YamlMapping fields ? $"`{path}` is not a mapping"
                : First(fields.Entries, entry => entry.IsMerge ? null : Field(entry, type, path, depth));
        }
        ScalarKind kind = node is YamlScalar scalar ? ScalarResolver.KindOf(scalar) : ScalarKind.Null;
        return type switch
        {
            "s" when kind != ScalarKind.String => $"`{path}` is not a text",
            "b" when kind != ScalarKind.Boolean => $"`{path}` is not true or false",
            "i" when kind != ScalarKind.Integer => $"`{path}` is not a whole number",
            _ => null,
        };
    }

    /// <summary>Kustomize takes names in any case; whatever else here reads kustomizations does not.</summary>
    private static string? Field(YamlEntry entry, string type, string path, int depth)
    {
        string name = Below(path, entry.Name);
        return !Types[type].TryGetValue(entry.Name, out (string Name, string Type) known) ? $"kustomize has no field `{name}`"
            : known.Name != entry.Name ? $"`{name}` is not followed: it is written `{Below(path, known.Name)}`"
            : Problem(entry.Value, known.Type, name, depth + 1);
    }

    private static FrozenDictionary<string, (string Name, string Type)> FieldsOf(string fields) =>
        fields.Split(' ').Select(static field => field.Split(':')).ToFrozenDictionary(static field => field[0], static field => (field[0], field[1]), StringComparer.OrdinalIgnoreCase);

    private static string? First<T>(ImmutableArray<T> items, Func<T, string?> problem)
    {
        foreach (T item in items)
        {
            if (problem(item) is { } found)
            {
                return found;
            }
        }
        return null;
    }

    private static string Below(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
