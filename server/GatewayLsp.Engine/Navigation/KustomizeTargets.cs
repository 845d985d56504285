using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Navigation;

/// <summary>Objects that kustomizations name as the targets of patches. (A target may be a pattern; such a one names nobody.)</summary>
internal static class KustomizeTargets
{
    public static IEnumerable<Occurrence> Of(Workspace workspace, ObjectKey key)
    {
        foreach ((ManifestDocument document, string path) in workspace.Kustomizations)
        {
            foreach (string list in (string[])["patches", "patchesJson6902"])
            {
                foreach (YamlMapping patch in RouteLabels.Items(document.Root.At(list)))
                {
                    if (patch.Get("target") is YamlMapping target && Means(target, key))
                    {
                        YamlNode name = target.Find("name")!.Value;
                        yield return Occurrence.Use(path, document, name);
                    }
                }
            }
        }
    }

    private static bool Means(YamlMapping target, ObjectKey key) =>
        target.Get("name").Text() == key.Name && target.Get("kind").Text() == key.Kind
        && Fits(target.Get("group"), key.Group) && Fits(target.Get("namespace"), key.Namespace);

    private static bool Fits(YamlNode? wanted, string actual) => wanted.IsNull() || wanted.Text() == actual;
}
