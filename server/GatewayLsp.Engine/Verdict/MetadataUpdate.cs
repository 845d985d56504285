using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Verdict;

/// <summary>
/// What an update may not do to the metadata of a stored object (ValidateObjectMetaUpdate). Fields that are left out keep what is
/// stored, and the API server puts back <c>creationTimestamp</c>, <c>generation</c> and <c>managedFields</c> by itself.
/// </summary>
internal static class MetadataUpdate
{
    public static IEnumerable<VerdictCause> Causes(ManifestObject one, ManifestObject old)
    {
        if (one.Name.Length > 0 && old.Name.Length > 0 && one.Name != old.Name)
        {
            yield return Changed(one, "name", $"The name of an object can't change: `{old.Name}` is stored.");
        }
        if (one.At("metadata", "name") is null or YamlScalar { Value: "", IsOpaque: false } && Text(one, "generateName") is { Length: > 0 })
        {
            yield return new VerdictCause("metadata.name", CauseReason.Required, "`metadata.name` is missing: an update names the stored object.", one.Node.HeadSpan());
        }
        if (one.Namespace.Length > 0 && old.Name.Length > 0 && one.Namespace != old.NamespaceOrDefault)
        {
            yield return Changed(one, "namespace", $"An object can't move to another namespace: it is stored in `{old.NamespaceOrDefault}`.");
        }
        foreach (string field in (string[])["uid", "resourceVersion"])
        {
            if (Text(one, field) is { Length: > 0 } now && Text(old, field) is { Length: > 0 } before && now != before)
            {
                yield return Changed(one, field, field == "uid"
                    ? "The `uid` is another one than that of the stored object."
                    : "The `resourceVersion` is not that of the stored object, which has changed since.");
            }
        }
        if (Text(one, "generateName") is { } start && start.AsSpan().ContainsAny('/', '%'))
        {
            yield return Changed(one, "generateName", "`generateName` can't have `/` or `%`.");
        }
        bool isDeleted = Text(old, "deletionTimestamp") is { Length: > 0 };
        if (!isDeleted && Text(one, "deletionTimestamp") is { Length: > 0 })
        {
            yield return Changed(one, "deletionTimestamp", "`deletionTimestamp` is set only by the API server, when an object is deleted.");
        }
        if (Text(one, "deletionGracePeriodSeconds") is { Length: > 0 } grace && grace != Text(old, "deletionGracePeriodSeconds"))
        {
            yield return Changed(one, "deletionGracePeriodSeconds", "`deletionGracePeriodSeconds` is set only by the API server, when an object is deleted.");
        }
        if (isDeleted && one.At("metadata", "finalizers") is YamlSequence finalizers)
        {
            HashSet<string?> known = [.. (old.At("metadata", "finalizers") as YamlSequence)?.Items.Select(item => item.Text()) ?? []];
            if (finalizers.Items.Any(item => item.Text() is { } text && !known.Contains(text)))
            {
                yield return new VerdictCause("metadata.finalizers", CauseReason.Forbidden, "An object that is being deleted takes no new finalizers.", finalizers.HeadSpan());
            }
        }
    }

    private static string? Text(ManifestObject one, string field) => one.At("metadata", field) is { } node && !node.IsNull() ? node.Text() : null;

    private static VerdictCause Changed(ManifestObject one, string field, string message) =>
        new("metadata." + field, CauseReason.Invalid, message, one.At("metadata", field)!.HeadSpan());
}
