using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Resolution.Clusters;

/// <summary>How manifests themselves say which cluster they are for.</summary>
public static class ClusterMarks
{
    /// <summary>
    /// Annotation of an object: the name of its cluster. It counts for the whole document. A kustomization that gives it to all of
    /// its objects (<c>commonAnnotations</c>) says so of whatever it pulls in.
    /// </summary>
    public const string Annotation = "gateway-lsp.dev/cluster";

    /// <summary>Annotation of a Gateway of GKE: the name of the config cluster of its fleet, where no setting tells it.</summary>
    public const string ConfigClusterAnnotation = "gateway-lsp.dev/config-cluster";

    /// <summary>First line of a file: counts for all of its documents without the annotation.</summary>
    public const string Comment = "# gateway-lsp: cluster=";

    /// <summary>What the annotation of a document's first object says; null without.</summary>
    public static string? Of(ManifestDocument document)
    {
        if (!document.Text.Contains(Annotation, StringComparison.Ordinal))
        {
            return null;
        }
        if (Named(document.Root.At("commonAnnotations")) is { } common)
        {
            return common;
        }
        foreach (ManifestObject one in ManifestObject.Of(document))
        {
            if (Named(one.At("metadata", "annotations")) is { } name)
            {
                return name;
            }
        }
        return null;
    }

    private static string? Named(YamlNode? annotations) =>
        (annotations as YamlMapping)?.Get(Annotation) is YamlScalar { IsOpaque: false, Value: { Length: > 0 } name } ? name : null;

    /// <summary>What the first line of a file says; null without.</summary>
    public static string? Of(ManifestFile? file)
    {
        if (file is not { Documents: [var first, ..] } || !first.Document.Text.StartsWith(Comment, StringComparison.Ordinal))
        {
            return null;
        }
        ReadOnlySpan<char> rest = first.Document.Text.AsSpan(Comment.Length);
        int end = rest.IndexOfAny('\r', '\n');
        ReadOnlySpan<char> name = (end < 0 ? rest : rest[..end]).Trim();
        return name.IsEmpty ? null : name.ToString();
    }
}
