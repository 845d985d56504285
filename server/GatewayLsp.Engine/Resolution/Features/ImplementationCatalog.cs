using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;

namespace GatewayLsp.Engine.Resolution.Features;

/// <summary>The implementations that are known, by what manifests and users call them. The tables are read when first asked for.</summary>
public static class ImplementationCatalog
{
    private const string Prefix = "implementations/";

    private static readonly Lazy<ImmutableArray<Implementation>> Read = new(ReadAll);
    private static readonly Lazy<FrozenDictionary<string, Implementation>> ByName = new(() => Index(one => [one.Id]));
    private static readonly Lazy<FrozenDictionary<string, Implementation>> ByClass = new(() => Index(one => one.Classes));
    private static readonly Lazy<FrozenDictionary<string, Implementation>> ByController = new(() => Index(one => one.Controllers.Keys));

    /// <summary>By id.</summary>
    public static ImmutableArray<Implementation> All => Read.Value;

    public static Implementation? Named(string id) => ByName.Value.GetValueOrDefault(id);

    /// <summary>That of a well-known GatewayClass.</summary>
    public static Implementation? OfClass(string className) => ByClass.Value.GetValueOrDefault(className);

    public static Implementation? OfController(string controllerName) => ByController.Value.GetValueOrDefault(controllerName);

    private static FrozenDictionary<string, Implementation> Index(Func<Implementation, IEnumerable<string>> names) =>
        All.SelectMany(one => names(one).Select(name => (name, one))).ToFrozenDictionary(pair => pair.name, pair => pair.one, StringComparer.Ordinal);

    private static ImmutableArray<Implementation> ReadAll()
    {
        Assembly assembly = typeof(ImplementationCatalog).Assembly;
        var all = new List<Implementation>();
        foreach (string name in assembly.GetManifestResourceNames())
        {
            if (name.StartsWith(Prefix, StringComparison.Ordinal))
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                all.Add(Implementation.Read(name[Prefix.Length..], reader.ReadToEnd()));
            }
        }
        return [.. all.OrderBy(one => one.Id, StringComparer.Ordinal)];
    }
}
