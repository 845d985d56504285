using System.Collections.Immutable;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.Cluster;

/// <summary><c>/version</c> of an API server.</summary>
/// <param name="GitVersion">E.g. <c>v1.36.4-eks-1a2b3c4</c>.</param>
public sealed record ClusterVersion(string GitVersion, string Major, string Minor)
{
    public override string ToString() => GitVersion;
}

/// <summary>A page of objects of a kind.</summary>
/// <param name="Namespace">Empty: all namespaces, or a cluster-scoped kind.</param>
public sealed record ListRequest(ServedKind Kind, string Namespace = "")
{
    /// <summary>Objects a page; 0: as many as there are.</summary>
    public int Limit { get; init; } = 500;

    /// <summary>From the page before; null for the first.</summary>
    public string? Continue { get; init; }

    public string? LabelSelector { get; init; }

    public string? FieldSelector { get; init; }

    /// <summary>Ask for <c>PartialObjectMetadata</c>.</summary>
    public bool MetadataOnly { get; init; }

    /// <summary>Keep <c>metadata.managedFields</c>.</summary>
    public bool ManagedFields { get; init; }
}

/// <param name="ResourceVersion">Of the list, to watch from.</param>
/// <param name="Continue">Asks for the next page; null after the last.</param>
public sealed record ResourcePage(ImmutableArray<ObservedResource> Items, string ResourceVersion, string? Continue);

/// <summary>Changes of a kind from a resourceVersion on.</summary>
public sealed record WatchRequest(ServedKind Kind, string Namespace, string ResourceVersion)
{
    public string? LabelSelector { get; init; }

    public string? FieldSelector { get; init; }

    public bool MetadataOnly { get; init; }

    public bool ManagedFields { get; init; }

    /// <summary>After this time the server ends the watch in good order.</summary>
    public TimeSpan ServerTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>No byte for so long (bookmarks come about once a minute): the connection counts as dead.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromMinutes(2);
}

public enum WatchEventKind : byte { Added, Modified, Deleted, Bookmark, Error }

/// <summary>An <see cref="WatchEventKind.Error"/> is always the last one.</summary>
/// <param name="Resource">Null for bookmarks and errors.</param>
/// <param name="ResourceVersion">Where to watch on from; empty for errors.</param>
public sealed record WatchEvent(WatchEventKind Kind, ObservedResource? Resource, string ResourceVersion, ClusterError? Error = null);

/// <summary>How a write is made.</summary>
public sealed record WriteOptions
{
    public const string DefaultManager = "gateway-lsp";

    public string FieldManager { get; init; } = DefaultManager;

    /// <summary>Everything but storing: <c>dryRun=All</c>.</summary>
    public bool DryRun { get; init; }

    /// <summary>Server-side apply only: take fields that others own. Only by the user's explicit choice.</summary>
    public bool Force { get; init; }

    /// <summary><c>Strict</c> refuses unknown and duplicate fields, <c>Warn</c> warns, <c>Ignore</c> says nothing.</summary>
    public string FieldValidation { get; init; } = "Strict";
}

/// <summary>What a write came to.</summary>
/// <param name="Resource">The object after it; managed fields included.</param>
/// <param name="IsCreated">The object was not there before.</param>
/// <param name="Warnings">The server's <c>Warning</c> headers, redacted and bounded.</param>
public sealed record Written(ObservedResource Resource, bool IsCreated, ImmutableArray<string> Warnings);

public enum PatchKind : byte
{
    /// <summary>RFC 7386.</summary>
    Merge,

    /// <summary>RFC 6902.</summary>
    Json,
}

public enum DeletePropagation : byte { Background, Foreground, Orphan }

public sealed record DeleteOptions
{
    public bool DryRun { get; init; }

    /// <summary>Only if it is still this object.</summary>
    public string? Uid { get; init; }

    /// <summary>Only if it is still this state.</summary>
    public string? ResourceVersion { get; init; }

    public DeletePropagation Propagation { get; init; } = DeletePropagation.Background;
}

/// <param name="IsPending">Finalizers hold the object back: it is marked, not gone.</param>
public sealed record Deleted(bool IsPending, ImmutableArray<string> Warnings);

/// <summary>May the user do this? An empty <c>Namespace</c> means all of them; an empty <c>Name</c> any.</summary>
/// <param name="Resource">Plural, with a subresource after a slash where one is meant.</param>
public sealed record AccessQuestion(string Verb, string Group, string Resource, string Namespace = "", string Name = "");

/// <param name="Reason">The server's word; may be empty.</param>
public sealed record AccessReview(bool IsAllowed, string Reason);

public sealed record AccessRule(ImmutableArray<string> Verbs, ImmutableArray<string> Groups, ImmutableArray<string> Resources, ImmutableArray<string> Names);

/// <summary>What the user may do in a namespace (SelfSubjectRulesReview).</summary>
/// <param name="IsIncomplete">The server could not tell all: what no rule allows may be allowed all the same.</param>
public sealed record AccessRules(ImmutableArray<AccessRule> Rules, bool IsIncomplete)
{
    public Answer Allows(string verb, string group, string resource)
    {
        foreach (AccessRule rule in Rules)
        {
            if (rule.Names.IsEmpty && Has(rule.Verbs, verb) && Has(rule.Groups, group) && Has(rule.Resources, resource))
            {
                return Answer.Yes;
            }
        }
        return IsIncomplete ? Answer.Unknown : Answer.No;
    }

    private static bool Has(ImmutableArray<string> values, string value) => values.Contains("*") || values.Contains(value);
}

/// <summary>A document of a server as UTF-8 JSON.</summary>
public sealed record JsonText(ReadOnlyMemory<byte> Utf8);
