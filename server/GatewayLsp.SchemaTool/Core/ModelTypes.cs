using System.Reflection;
using System.Text.Json.Serialization;
using k8s.Models;

namespace GatewayLsp.SchemaTool.Core;

/// <summary>The C# models of built-in kinds, seen by reflection.</summary>
internal static class ModelTypes
{
    public static Assembly Assembly => typeof(V1Service).Assembly;

    /// <summary>The documentation that the package brings along for its newest framework.</summary>
    public static string DocsPath
    {
        get
        {
            var package = typeof(ModelTypes).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(data => data.Key == "KubernetesClientFolder").Value!;
            return Directory.EnumerateFiles(package, "KubernetesClient.xml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).LastOrDefault() ?? package;
        }
    }

    public static Type Get(string name) => Assembly.GetType($"k8s.Models.{name}") ?? throw new Sources.SchemaSourceException(name, "the package has no such model");

    public static IEnumerable<(PropertyInfo Property, string Name)> Properties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => (property, name: property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name))
            .Where(pair => pair.name is not null)
            .Select(pair => (pair.property, pair.name!));

    /// <summary>A type made of fields, as opposed to a scalar of the package such as a quantity.</summary>
    public static bool IsModel(Type type) => type.Namespace == "k8s.Models" && type != typeof(IntOrString) && type != typeof(ResourceQuantity);

    /// <summary>Names of all models that the roots consist of.</summary>
    public static HashSet<string> Closure(IEnumerable<Type> roots)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<Type>(roots);
        while (open.TryPop(out var type))
        {
            if (names.Add(type.Name))
            {
                foreach (var (property, _) in Properties(type))
                {
                    var inner = property.PropertyType;
                    while (inner.IsGenericType)
                    {
                        inner = inner.GetGenericArguments()[^1];
                    }

                    if (IsModel(inner))
                    {
                        open.Push(inner);
                    }
                }
            }
        }

        return names;
    }
}
