using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Schemas;

/// <summary>Fields of the bundled kinds, of every channel: a tree must not depend on settings or on other files.</summary>
internal sealed class BundledFieldPlaces : IFieldPlaces
{
    public static readonly BundledFieldPlaces Instance = new();

    private BundledFieldPlaces()
    {
    }

    public bool? Has(string apiVersion, string kind, IReadOnlyList<string?> path, string name)
    {
        if (!Gvk.TryParse(apiVersion, kind, out Gvk gvk) || SchemaCatalog.Bundled.FindAny(gvk) is not { } schema)
        {
            return null;
        }
        foreach (string? key in path)
        {
            SchemaNode? next = key is null ? schema.Items : schema.Child(key);
            if (next is null)
            {
                return null;
            }
            schema = next;
        }
        return schema.Find(name) is not null ? true : schema.Properties.Length == 0 ? null : false;
    }
}
