using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Resolution;

/// <summary>
/// A folder that Flux (<c>Kustomization</c>) or Argo CD (<c>Application</c>, <c>ApplicationSet</c>) deploys, and what they make of its objects
/// on the way. What that comes to is not worked out: it is unknown.
/// </summary>
/// <param name="Folder">From the root of some repository, without slashes at its ends; empty where it may be any.</param>
/// <param name="Options">The fields of a kustomization that count for it: <c>patches</c>, <c>namePrefix</c> ...</param>
/// <param name="Namespace">The namespace that all objects get; null for none.</param>
/// <param name="IsOpaque">True when something is run that may change anything.</param>
internal sealed record DeployedFolder(string Folder, YamlNode? Options, YamlNode? Namespace, bool IsOpaque)
{
    public const string FluxGroup = "kustomize.toolkit.fluxcd.io";
    public const string ArgoGroup = "argoproj.io";

    public bool Moves => IsOpaque || !Namespace.IsNull();

    public bool Renames => IsOpaque || !Options.At("namePrefix").IsNull() || !Options.At("nameSuffix").IsNull();

    /// <summary>True for a document that may hold such an object.</summary>
    public static bool MayBeIn(ManifestDocument document) =>
        document.Text.Contains(FluxGroup, StringComparison.Ordinal)
        || (document.Text.Contains(ArgoGroup + "/", StringComparison.Ordinal) && document.Text.Contains("Application", StringComparison.Ordinal));

    public static IEnumerable<DeployedFolder> Of(ManifestDocument document)
    {
        if (!MayBeIn(document))
        {
            yield break;
        }
        foreach (ManifestObject one in ManifestObject.Of(document))
        {
            YamlNode? spec = one.At("spec");
            switch (one.Gvk.Group, one.Kind)
            {
                case (FluxGroup, "Kustomization"):
                    yield return new DeployedFolder(FolderOf(spec.At("path")), spec, spec.At("targetNamespace"), !spec.At("components").IsNull());
                    break;
                case (ArgoGroup, "Application"):
                    foreach (DeployedFolder folder in OfApplication(spec))
                    {
                        yield return folder;
                    }
                    break;
                case (ArgoGroup, "ApplicationSet"):
                    foreach (DeployedFolder folder in OfApplication(spec.At("template").At("spec")))
                    {
                        yield return spec.At("templatePatch").IsNull() ? folder : folder with { IsOpaque = true };
                    }
                    break;
            }
        }
    }

    private static IEnumerable<DeployedFolder> OfApplication(YamlNode? spec)
    {
        foreach (YamlNode? source in spec.At("sources") is YamlSequence list ? (IEnumerable<YamlNode?>)list.Items : [spec.At("source")])
        {
            YamlNode? options = source.At("kustomize");
            bool isOpaque = !options.At("components").IsNull() || !source.At("plugin").IsNull();
            if (source is not null && !source.At("path").IsNull() && (isOpaque || !options.IsNull()))
            {
                yield return new DeployedFolder(FolderOf(source.At("path")), options, options.At("namespace"), isOpaque);
            }
        }
    }

    private static string FolderOf(YamlNode? path)
    {
        if (path is not YamlScalar { IsOpaque: false } || path.Text() is not { } text)
        {
            return "";
        }
        string folder = text.Trim('/');
        while (folder.StartsWith("./", StringComparison.Ordinal))
        {
            folder = folder[2..].TrimStart('/');
        }
        return folder is "." || folder.Contains("..", StringComparison.Ordinal) || folder.Contains('{', StringComparison.Ordinal) ? "" : folder;
    }
}
