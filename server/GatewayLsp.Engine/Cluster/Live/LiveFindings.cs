using System.Collections.Immutable;
using System.Text;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Cluster.Live;

/// <summary>
/// The findings of a file as connected clusters complete them: negative conditions come in, and what is missing from the files
/// and present in a cluster goes. Kept with the file, and made anew only when an object of it changed in some cluster.
/// </summary>
internal sealed class LiveFindings
{
    private readonly ImmutableArray<FileDiagnostic> _own;
    private readonly TargetFindings[] _targets;
    private readonly ImmutableArray<FileDiagnostic> _judged;
    private readonly ImmutableArray<DocumentSlot> _documents;
    private readonly ImmutableArray<FileDiagnostic> _all;
    private readonly List<(ObservedResource Resource, ClusterDefinitions? Definitions)> _seen;
    private readonly List<Presence> _present;
    private LiveClusters _live;

    private LiveFindings(
        ImmutableArray<FileDiagnostic> own, ImmutableArray<DocumentSlot> documents, TargetFindings[] targets, ImmutableArray<FileDiagnostic> judged, LiveClusters live,
        List<(ObservedResource, ClusterDefinitions?)> seen, List<Presence> present, ImmutableArray<FileDiagnostic> all)
    {
        (_own, _documents, _targets, _judged, _live, _seen, _present, _all) = (own, documents, targets, judged, live, seen, present, all);
    }

    private readonly record struct Sight(ManifestObject Object, DocumentSlot Slot, ObservedCluster Cluster, ObservedResource Resource);

    /// <summary>Codes of findings about an object that the files lack.</summary>
    private static readonly ImmutableHashSet<string> Missing =
        ["backend-not-found", "invalid-certificate-ref", "invalid-ca-certificate-ref", "invalid-client-certificate-ref", "invalid-parameters", "target-not-found"];

    /// <param name="own">What the files alone say; the result is the same array when clusters have nothing to add.</param>
    public static ImmutableArray<FileDiagnostic> Of(Workspace workspace, WorkspaceFile file, ImmutableArray<FileDiagnostic> own, CancellationToken cancel)
    {
        ManifestFile manifest = file.Manifest;
        var known = manifest.LiveFindings as LiveFindings;
        bool isSame = known is not null && known._own == own && known._documents == manifest.Documents;
        if (isSame && ReferenceEquals(known!._live, workspace.Live))
        {
            return known._all;
        }
        TargetFindings[] targets = Targets(workspace, manifest, cancel);
        bool isJudgedSame = isSame && known!._targets.AsSpan().SequenceEqual(targets);
        ImmutableArray<FileDiagnostic> judged = isJudgedSame ? known!._judged : Judged(workspace, manifest, own, targets);
        List<Sight> sights = Look(workspace, manifest, cancel);
        List<Presence> present = Present(workspace, manifest, judged);
        if (isJudgedSame && known!.HasSeen(sights) && known._present.SequenceEqual(present))
        {
            known._live = workspace.Live;
            return known._all;
        }
        ImmutableArray<FileDiagnostic> all = Make(workspace, judged, sights, present, cancel);
        manifest.LiveFindings = new LiveFindings(own, manifest.Documents, targets, judged, workspace.Live, sights.ConvertAll(static one => (one.Resource, one.Cluster.Definitions)), present, all);
        return all;
    }

    private bool HasSeen(List<Sight> sights)
    {
        if (sights.Count != _seen.Count)
        {
            return false;
        }
        for (int i = 0; i < sights.Count; i++)
        {
            if (!ReferenceEquals(sights[i].Resource, _seen[i].Resource) || !ReferenceEquals(sights[i].Cluster.Definitions, _seen[i].Definitions))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>For each document what the definitions of its clusters change; empty when they change nothing in the whole file.</summary>
    private static TargetFindings[] Targets(Workspace workspace, ManifestFile manifest, CancellationToken cancel)
    {
        if (!workspace.Live.HasDefinitions)
        {
            return [];
        }
        ImmutableArray<DocumentSlot> documents = manifest.Documents;
        var targets = new TargetFindings[documents.Length];
        bool isSame = true;
        for (int i = 0; i < documents.Length; i++)
        {
            cancel.ThrowIfCancellationRequested();
            targets[i] = TargetFindings.Of(workspace, manifest.Path, documents[i].Document);
            isSame &= ReferenceEquals(targets[i], TargetFindings.Same);
        }
        return isSame ? [] : targets;
    }

    /// <summary>The findings as the definitions of the clusters have it.</summary>
    private static ImmutableArray<FileDiagnostic> Judged(Workspace workspace, ManifestFile manifest, ImmutableArray<FileDiagnostic> own, TargetFindings[] targets)
    {
        if (targets.Length == 0)
        {
            return own;
        }
        var gone = new HashSet<(ManifestDocument, string, TextSpan, string)>();
        foreach ((DocumentSlot slot, TargetFindings target) in manifest.Documents.Zip(targets))
        {
            foreach (Diagnostic one in target.Gone)
            {
                gone.Add((slot.Document, one.Code, one.Span, one.Message));
            }
        }
        var judged = own.RemoveAll(one => gone.Contains((one.Slot.Document, one.Diagnostic.Code, one.Diagnostic.Span, one.Diagnostic.Message))).ToBuilder();
        foreach ((DocumentSlot slot, TargetFindings target) in manifest.Documents.Zip(targets))
        {
            judged.AddRange(target.Added.Where(one => FileFindings.IsTold(workspace, manifest.Path, one)).Select(one => new FileDiagnostic(one, slot)));
        }
        return [.. judged.OrderBy(static one => one.Slot.Start + one.Diagnostic.Span.Start)];
    }

    /// <summary>The objects of Gateway API in the file that clusters have and are not content with.</summary>
    private static List<Sight> Look(Workspace workspace, ManifestFile manifest, CancellationToken cancel)
    {
        var sights = new List<Sight>();
        foreach (DocumentSlot slot in manifest.Documents)
        {
            cancel.ThrowIfCancellationRequested();
            ImmutableArray<ObservedCluster> clusters = workspace.Live.For(workspace, manifest.Path, slot.Document);
            if (clusters.IsEmpty)
            {
                continue;
            }
            foreach (ManifestObject one in ManifestObject.Of(slot.Document))
            {
                if (one.Gvk.Group != ApiGroups.Gateway)
                {
                    continue;
                }
                foreach (ObservedCluster cluster in clusters)
                {
                    // What a cluster was that is lost may have been repaired since.
                    if (cluster.State == ConnectionState.Connected && LiveLookup.KeyIn(cluster, one, workspace) is { } key && cluster.Find(key) is { } resource
                        && resource.Health == Applying.LiveHealth.Unhealthy)
                    {
                        sights.Add(new Sight(one, slot, cluster, resource));
                    }
                }
            }
        }
        return sights;
    }

    /// <summary>For each finding about a missing object whether some cluster has it.</summary>
    private static List<Presence> Present(Workspace workspace, ManifestFile manifest, ImmutableArray<FileDiagnostic> own)
    {
        var present = new List<Presence>();
        foreach (FileDiagnostic one in own)
        {
            if (Missing.Contains(one.Diagnostic.Code))
            {
                present.Add(PresenceOf(workspace, manifest, one));
            }
        }
        return present;
    }

    private static Presence PresenceOf(Workspace workspace, ManifestFile manifest, FileDiagnostic one)
    {
        foreach (ObjectReference reference in ReferenceFinder.Of(one.Slot.Document))
        {
            if (reference.NameNode is { } name && name.Span == one.Diagnostic.Span)
            {
                ObjectKey key = reference.Target(workspace.Catalog);
                ImmutableArray<ObservedCluster> clusters = workspace.Live.For(workspace, manifest.Path, one.Slot.Document);
                // Every cluster that the file may go to has to have it.
                return !clusters.IsEmpty && clusters.All(cluster => cluster.Has(key) == Presence.Present)
                    && workspace.WorldOf(manifest.Path, one.Slot.Document).Index.Find(key).IsEmpty ? Presence.Present : Presence.Unknown;
            }
        }
        return Presence.Unknown;
    }

    private static ImmutableArray<FileDiagnostic> Make(
        Workspace workspace, ImmutableArray<FileDiagnostic> own, List<Sight> sights, List<Presence> present, CancellationToken cancel)
    {
        bool isDisabled = workspace.Settings.DisabledRules.Contains(RuleCatalog.LiveCondition.Code);
        var added = new List<FileDiagnostic>();
        foreach (Sight sight in isDisabled ? [] : sights)
        {
            cancel.ThrowIfCancellationRequested();
            Add(workspace, own, sight, added);
        }
        if (added.Count == 0 && !present.Contains(Presence.Present))
        {
            return own;
        }
        int next = 0;
        var all = ImmutableArray.CreateBuilder<FileDiagnostic>(own.Length + added.Count);
        foreach (FileDiagnostic one in own)
        {
            if (!Missing.Contains(one.Diagnostic.Code) || present[next++] != Presence.Present)
            {
                all.Add(one);
            }
        }
        all.AddRange(added);
        return [.. all.OrderBy(static one => one.Slot.Start + one.Diagnostic.Span.Start)];
    }

    private static void Add(Workspace workspace, ImmutableArray<FileDiagnostic> own, Sight sight, List<FileDiagnostic> added)
    {
        LiveStatus status = LiveStatus.Of(sight.Resource);
        bool hasDrifted = LiveDrift.Of(sight.Object, sight.Resource, sight.Cluster, workspace) is { IsEmpty: false };
        bool hasBadListener = status.Facts.Any(static fact => fact is { Listener: not null, IsBad: true });
        foreach (LiveFact fact in status.Facts)
        {
            // That listeners are not valid is told where they are; that what is not accepted is not programmed goes without saying.
            if (!fact.IsBad || (fact is { Listener: null, Parent: null, Reason: "ListenersNotValid" } && hasBadListener)
                || (fact.Type == "Programmed" && status.Facts.Any(other => other.Listener == fact.Listener && other is { IsBad: true, Type: not "Programmed" })))
            {
                continue;
            }
            Diagnostic finding = RuleCatalog.LiveCondition.Finding(sight.Object, fact, sight.Cluster, hasDrifted);
            if (!IsSaid(own, sight, fact.Reason) && !sight.Slot.Document.IsDamaged(finding.Span))
            {
                added.Add(new FileDiagnostic(finding, sight.Slot));
            }
        }
    }

    /// <summary>Codes are the words of the conditions: the files alone may tell the same.</summary>
    private static bool IsSaid(ImmutableArray<FileDiagnostic> own, Sight sight, string reason)
    {
        string code = CodeOf(reason);
        foreach (FileDiagnostic one in own)
        {
            if (one.Diagnostic.Code == code && ReferenceEquals(one.Diagnostic.Object, sight.Object))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary><c>BackendNotFound</c> is <c>backend-not-found</c>, <c>InvalidCACertificateRef</c> is <c>invalid-ca-certificate-ref</c>.</summary>
    private static string CodeOf(string reason)
    {
        var code = new StringBuilder(reason.Length + 4);
        for (int i = 0; i < reason.Length; i++)
        {
            bool isNewWord = i > 0 && char.IsAsciiLetterUpper(reason[i]) && (!char.IsAsciiLetterUpper(reason[i - 1]) || (i + 1 < reason.Length && char.IsAsciiLetterLower(reason[i + 1])));
            code.Append(isNewWord ? "-" : "").Append(char.ToLowerInvariant(reason[i]));
        }
        return code.ToString();
    }
}
