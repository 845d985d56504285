using System.Reflection;
using System.Text.Json.Nodes;
using GatewayLsp.SchemaTool.Expansion;
using GatewayLsp.SchemaTool.Sources;
using k8s;

namespace GatewayLsp.SchemaTool.Core;

/// <summary>Built-in kinds of Kubernetes, from the models of the KubernetesClient package.</summary>
internal static class CoreKinds
{
    private const string Area = "core";

    public static IEnumerable<ExpandedKind> Load(string schemas, TypeLibrary types)
    {
        var folder = Path.Combine(schemas, Area);
        var facts = new CoreFacts(folder);
        var models = facts.Kinds.Select(kind => ModelTypes.Get(Text(folder, kind, "model"))).ToList();
        var refs = new RefExpander(types);
        var made = new ModelSchemas(facts, XmlDocs.Read(ModelTypes.DocsPath, ModelTypes.Closure(models)), refs);
        var kinds = facts.Kinds.Zip(models, (kind, model) => Expand(folder, kind, model, made.Make(model), refs)).ToList();
        facts.CheckAllUsed();
        return kinds;
    }

    private static ExpandedKind Expand(string folder, JsonObject kind, Type model, JsonObject schema, RefExpander refs)
    {
        var entity = model.GetCustomAttribute<k8s.Models.KubernetesEntityAttribute>() ?? throw new SchemaSourceException(model.Name, "is no kind");
        var isCluster = (string?)kind["scope"] == "Cluster";
        var properties = (JsonObject)schema["properties"]!;
        foreach (var name in (ReadOnlySpan<string>)["apiVersion", "kind", "metadata"])
        {
            properties.Remove(name);
        }

        var apiVersion = entity.Group.Length == 0 ? entity.ApiVersion : $"{entity.Group}/{entity.ApiVersion}";
        var root = ObjectRoot.Around(refs, schema, apiVersion, entity.Kind, !isCluster);
        Keywords.Check($"{folder} {entity.Kind}", root);
        return new ExpandedKind(Area, entity.Group, entity.ApiVersion, entity.Kind, entity.PluralName, isCluster)
        {
            Description = Text(folder, kind, "description"),
            Link = (string?)kind["link"],
            IsPreferred = true,
            ServedInExperimental = true,
            Standard = root,
            Experimental = root,
        };
    }

    private static string Text(string folder, JsonObject kind, string key) => (string?)kind[key] ?? throw new SchemaSourceException(folder, $"a kind has no {key}");
}
