using System.Collections.Immutable;
using System.Text;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Cluster.Planning;

/// <summary>A finding about an object of a cluster.</summary>
public sealed record ClusterIssue(ObjectKey Object, string Code, DiagnosticSeverity Severity, string? Field, string Message);

/// <summary>What a plan does to the findings about a cluster's objects: warnings and errors only.</summary>
public sealed record IssueComparison(ImmutableArray<ClusterIssue> Introduced, ImmutableArray<ClusterIssue> Fixed, ImmutableArray<ClusterIssue> Unchanged)
{
    public static readonly IssueComparison None = new([], [], []);

    /// <param name="before">The cluster's objects as they are, by identity, as JSON.</param>
    /// <param name="after">As they will be.</param>
    /// <param name="whole">The kinds of which these are all objects that the cluster has.</param>
    public static IssueComparison Of(IReadOnlyDictionary<ObjectKey, ReadOnlyMemory<byte>> before, IReadOnlyDictionary<ObjectKey, ReadOnlyMemory<byte>> after,
        ImmutableHashSet<GroupKind> whole, Channel channel, CancellationToken cancellation)
    {
        HashSet<ClusterIssue> old = Find(before, whole, channel, cancellation);
        HashSet<ClusterIssue> now = Find(after, whole, channel, cancellation);
        return new IssueComparison(Sorted(now.Where(issue => !old.Contains(issue))), Sorted(old.Where(issue => !now.Contains(issue))), Sorted(now.Where(old.Contains)));
    }

    private static ImmutableArray<ClusterIssue> Sorted(IEnumerable<ClusterIssue> issues) =>
        [.. issues.OrderBy(issue => issue.Severity).ThenBy(issue => issue.Object.ToString(), StringComparer.Ordinal).ThenBy(issue => issue.Code, StringComparer.Ordinal)];

    private static HashSet<ClusterIssue> Find(IReadOnlyDictionary<ObjectKey, ReadOnlyMemory<byte>> objects, ImmutableHashSet<GroupKind> whole, Channel channel,
        CancellationToken cancellation)
    {
        var host = new AnalysisHost();
        // What could not be read may be there all the same: nothing is called missing for that.
        host.Apply(new WorkspaceChange.Configured(WorkspaceSettings.Default with { Channel = channel, WholeKinds = whole }));
        bool areGrantsKnown = whole.Contains(new GroupKind(ApiGroups.Gateway, "ReferenceGrant"));
        foreach ((ObjectKey key, ReadOnlyMemory<byte> json) in objects)
        {
            host.Apply(new WorkspaceChange.OnDisk(key + ".json", Encoding.UTF8.GetString(json.Span)));
        }
        Workspace workspace = host.Current;
        var analysis = new Analysis(workspace);
        var issues = new HashSet<ClusterIssue>();
        foreach (string path in workspace.Files.Keys)
        {
            foreach (FileDiagnostic found in analysis.Diagnose(path, cancellation))
            {
                Diagnostic one = found.Diagnostic;
                if (one.Code == "ref-not-permitted" && !areGrantsKnown)
                {
                    continue; // A grant that could not be read may permit it.
                }
                // Live objects hold what the server added; only what the objects mean together is of interest.
                // What the controller there may not support is to be known before, even where it is not certain.
                if ((one.Severity <= DiagnosticSeverity.Warning || one.Code == "unsupported-feature") && one.Source == DiagnosticSource.Semantic && one.Object is { } about)
                {
                    issues.Add(new ClusterIssue(ResourceIndex.KeyOf(about, workspace.Catalog), one.Code, one.Severity, one.Field, one.Message));
                }
            }
        }
        return issues;
    }
}
