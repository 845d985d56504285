using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Verdict;

/// <summary>
/// What the API server would answer to <c>kubectl apply --dry-run=server</c>, as far as it depends on the object and its
/// schema: kind, strict decoding, metadata, structure, validation rules, in this order and with the same consequences.
/// </summary>
public static class DryRun
{
    /// <summary>The verdict on everything in a document.</summary>
    /// <param name="old">What is stored already, for an update; null for a creation.</param>
    public static DryRunResult Of(ManifestDocument document, SchemaCatalog catalog, Channel channel, ManifestDocument? old = null, int? minor = null)
    {
        if (Unreadable(document) is { } unreadable)
        {
            return unreadable;
        }
        ImmutableArray<ManifestObject> objects = ManifestObject.Of(document);
        if (objects.IsEmpty)
        {
            return Refused([new VerdictCause("kind", CauseReason.Required, "This is not a Kubernetes object: `apiVersion` and `kind` are missing.", document.Root?.Span)]);
        }
        ImmutableArray<ManifestObject> before = old is null ? [] : ManifestObject.Of(old);
        if (objects.Length == 1)
        {
            return Of(objects[0], catalog, channel, before is [var single] ? single : null, minor);
        }
        var causes = ImmutableArray.CreateBuilder<VerdictCause>();
        foreach (ManifestObject one in objects)
        {
            causes.AddRange(Of(one, catalog, channel, before.FirstOrDefault(o => o.Gvk == one.Gvk && o.Name == one.Name && o.Namespace == one.Namespace), minor).Causes);
        }
        return new DryRunResult(causes.Count == 0, causes.DrainToImmutable());
    }

    /// <summary>The verdict on one object.</summary>
    /// <param name="minor">Minor version of Gateway API that the server has; null for the bundled one.</param>
    public static DryRunResult Of(ManifestObject one, SchemaCatalog catalog, Channel channel, ManifestObject? old = null, int? minor = null)
    {
        if (Unreadable(one.Document) is { } unreadable)
        {
            return unreadable;
        }
        var context = new DocumentContext(catalog, new WorkspaceSettings { Channel = channel }, IsPartial: false);
        // Of a version that is gone by now only the head is known, so it is judged by no more than that.
        if ((catalog.Find(one.Gvk, channel) ?? (catalog.IsOfCluster || !EarlierReleases.IsServed(one.Gvk, channel, minor) ? null : catalog.FindAny(one.Gvk))) is not { } schema)
        {
            return Refused([NoKind(one, catalog, channel)]);
        }
        DryRunResult result = Masked(one.Document, new ObjectVerdict(one, schema, context, old).Result());
        return minor is { } target ? WithVersion(result, one, catalog, channel, target) : result;
    }

    private static DryRunResult Masked(ManifestDocument document, DryRunResult result) =>
        result.Causes.Any(cause => cause.Span is { } span && SecretText.Holds(document, span))
            ? result with { Causes = [.. result.Causes.Select(cause => cause.Span is { } span && SecretText.Holds(document, span) ? cause with { Message = SecretText.Masked(document, cause.Message, cause.Field) } : cause)] }
            : result;

    /// <summary>A kind that is newer than the server has no verdict of its own; a newer field is unknown there.</summary>
    private static DryRunResult WithVersion(DryRunResult result, ManifestObject one, SchemaCatalog catalog, Channel channel, int minor)
    {
        NewerPart[] newer = [.. NewerParts.Of(one, catalog, channel, minor)];
        if (newer.Length == 0)
        {
            return result;
        }
        IEnumerable<VerdictCause> causes = newer.Select(part => part.IsKind
            ? new VerdictCause("", CauseReason.NoKindMatch, NewerParts.Message(part, one, minor), part.Entry.Value.Span)
            : new VerdictCause(part.Field, CauseReason.UnknownField, NewerParts.Message(part, one, minor), part.Entry.Key.Span));
        return Refused(newer[0].IsKind ? causes : result.Causes.Concat(causes));
    }

    /// <summary>True when nothing is known about the kind, so that a refusal only says that it is not among those that we know.</summary>
    public static bool IsUnknownKind(ManifestObject one, SchemaCatalog catalog, Channel channel) =>
        one.ApiVersion.Length > 0 && one.Kind.Length > 0 && catalog.Find(one.Gvk, channel) is null
        && catalog.Explain(one.Gvk, channel).Availability is KindAvailability.Unknown or KindAvailability.Foreign;

    internal static DryRunResult Refused(IEnumerable<VerdictCause> causes) =>
        new(false, [.. causes.OrderBy(c => c.Field, StringComparer.Ordinal)]);

    private static DryRunResult? Unreadable(ManifestDocument document)
    {
        List<VerdictCause>? causes = null;
        foreach (SyntaxError error in document.Errors)
        {
            if (error.Code != StrictDecoding.DuplicateKey)
            {
                (causes ??= []).Add(new VerdictCause("", CauseReason.Unreadable, error.Message, error.Span) { Code = error.Code });
            }
        }
        // Tens of objects may stand in the document; it is counted once for all of them.
        if (document.Memo.Get(typeof(Aliasing), () => new Counted(Aliasing.FirstOfTooMany(document.Root))).Alias is { } alias)
        {
            (causes ??= []).Add(new VerdictCause("", CauseReason.Unreadable, "Aliases of aliases make far more of this document than is written; kubectl refuses to unfold it.", alias.Span));
        }
        return causes is null ? null : Masked(document, Refused(causes));
    }

    private sealed record Counted(YamlAlias? Alias);

    private static VerdictCause NoKind(ManifestObject one, SchemaCatalog catalog, Channel channel)
    {
        if (one.ApiVersion.Length == 0 || one.Kind.Length == 0)
        {
            string missing = one.Kind.Length == 0 ? "kind" : "apiVersion";
            return new VerdictCause(missing, CauseReason.Required, $"`{missing}` is missing.", one.Node.Span);
        }
        string message = catalog.Explain(one.Gvk, channel).Reason ?? $"No kind `{one.Kind}` is known in `{one.ApiVersion}`.";
        return new VerdictCause("", CauseReason.NoKindMatch, message, (one.Node.Find("apiVersion") ?? one.Node.Find("kind"))?.Value.Span ?? one.Node.Span);
    }
}
