using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics;

/// <summary>
/// The findings of one state of a file. Kept with the file: as long as its text is the same and no object of it has other
/// findings, the answer is the same instance, so that those who pass it on need not look into it.
/// </summary>
internal sealed class FileFindings
{
    /// <summary>From that many documents or objects on, the work is shared out among threads.</summary>
    private const int Many = 64;

    private readonly DocumentContext _context;
    private readonly ImmutableArray<DocumentSlot> _documents;
    private readonly ImmutableArray<Diagnostic>[] _own;
    private readonly Subject[] _subjects;
    private readonly ImmutableArray<Diagnostic>[] _meaning;
    private readonly Duplicate[] _duplicates;
    private readonly ImmutableArray<FileDiagnostic> _all;
    private readonly Overlays _overlays;
    private DuplicateBasis _basis;
    private SettledFindings? _settled;

    private FileFindings(
        DocumentContext context, ImmutableArray<DocumentSlot> documents, ImmutableArray<Diagnostic>[] own, Subject[] subjects, ImmutableArray<Diagnostic>[] meaning,
        Duplicate[] duplicates, DuplicateBasis basis, Overlays overlays, ImmutableArray<FileDiagnostic> all)
    {
        _documents = documents;
        _overlays = overlays;
        _duplicates = duplicates;
        _basis = basis;
        _context = context;
        _own = own;
        _subjects = subjects;
        _meaning = meaning;
        _all = all;
    }

    /// <summary>An object that rules of meaning look at, and the place of its document in the file.</summary>
    private readonly record struct Subject(ManifestObject Object, int Document);

    public static ImmutableArray<FileDiagnostic> Of(Workspace workspace, WorkspaceFile file, DocumentContext context, CancellationToken cancel)
    {
        ManifestFile manifest = file.Manifest;
        var known = manifest.Findings is FileFindings before && before._context.Equals(context) ? before : null;
        bool isSameText = known is not null && known._documents == manifest.Documents;
        DocumentOverlap kept = known is null ? default : DocumentOverlap.Of(known._documents, manifest.Documents);
        ImmutableArray<Diagnostic>[] own = isSameText ? known!._own : OwnOf(manifest.Documents, context, known?._own ?? [], kept, cancel);
        Subject[] subjects = isSameText ? known!._subjects : SubjectsOf(manifest.Documents, context, known?._subjects ?? [], kept);
        bool isSettled = isSameText && known!._settled is { } settled && !workspace.HasClusters && settled.HoldIn(workspace.Resolver);
        ImmutableArray<Diagnostic>[] meaning = isSettled ? known!._meaning : MeaningOf(subjects, own, isSameText ? known!._meaning : [], workspace, manifest.Path, cancel);
        Workspace world = workspace.WorldOf(manifest.Path);
        DuplicateBasis basis = DuplicateBasis.Of(world, manifest.Path);
        Duplicate[] duplicates = isSameText && known!._basis.IsSame(basis) ? known._duplicates
            : context.IsPartial ? []
            : known is null ? DuplicateObjects.Of(world, manifest, basis)
            : DuplicateObjects.After(known._duplicates, known._basis, kept, world, manifest, basis);
        Overlays overlays = workspace.Overlays;
        if (isSameText && ReferenceEquals(known!._overlays, overlays) && ReferenceEquals(known._meaning, meaning) && known._duplicates.AsSpan().SequenceEqual(duplicates))
        {
            known._basis = basis;
            if (!isSettled && !workspace.HasClusters)
            {
                known._settled = SettledFindings.After(known._settled, subjects.Select(static one => one.Object), subjects.Length, workspace.Resolver);
            }
            return known._all;
        }
        var made = new FileFindings(
            context, manifest.Documents, own, subjects, meaning, duplicates, basis, overlays, Collect(workspace, manifest, context, own, subjects, meaning, duplicates, cancel));
        manifest.Findings = made;
        return made._all;
    }

    /// <summary>What the documents of a file say by themselves; other files are not looked at.</summary>
    public static ImmutableArray<FileDiagnostic> Alone(Workspace workspace, WorkspaceFile file, DocumentContext context, CancellationToken cancel) =>
        Collect(workspace, file.Manifest, context, OwnOf(file.Manifest.Documents, context, [], default, cancel), [], [], [], cancel);

    /// <param name="known">What was found before; taken over for the documents that were kept.</param>
    private static ImmutableArray<Diagnostic>[] OwnOf(
        ImmutableArray<DocumentSlot> documents, DocumentContext context, ImmutableArray<Diagnostic>[] known, DocumentOverlap kept, CancellationToken cancel)
    {
        var own = new ImmutableArray<Diagnostic>[documents.Length];
        known.AsSpan(0, kept.Head).CopyTo(own);
        known.AsSpan(known.Length - kept.Tail).CopyTo(own.AsSpan(own.Length - kept.Tail));
        Each(documents.Length - kept.Head - kept.Tail, i => own[kept.Head + i] = DocumentDiagnostics.Of(documents[kept.Head + i].Document, context), cancel);
        return own;
    }

    private static Subject[] SubjectsOf(ImmutableArray<DocumentSlot> documents, DocumentContext context, Subject[] known, DocumentOverlap kept)
    {
        if (context.IsPartial)
        {
            return [];
        }
        var subjects = new List<Subject>(known.Length + 1);
        int next = 0;
        for (; next < known.Length && known[next].Document < kept.Head; next++)
        {
            subjects.Add(known[next]);
        }
        for (int i = kept.Head; i < documents.Length - kept.Tail; i++)
        {
            foreach (ManifestObject one in ManifestObject.Of(documents[i].Document))
            {
                if (SemanticDiagnostics.HasRules(one))
                {
                    subjects.Add(new Subject(one, i));
                }
            }
        }
        for (; next < known.Length; next++)
        {
            if (kept.IndexAfter(known[next].Document) is var index and >= 0)
            {
                subjects.Add(known[next] with { Document = index });
            }
        }
        return [.. subjects];
    }

    /// <param name="known">What was found before for these subjects; the same instance comes back when nothing else is found now.</param>
    private static ImmutableArray<Diagnostic>[] MeaningOf(
        Subject[] subjects, ImmutableArray<Diagnostic>[] own, ImmutableArray<Diagnostic>[] known, Workspace workspace, string path, CancellationToken cancel)
    {
        if (subjects.Length == 0)
        {
            return known.Length == 0 ? known : [];
        }
        Resolver resolver = workspace.WorldOf(path).Resolver;
        bool hasClusters = workspace.HasClusters;
        int same = 0;
        if (subjects.Length < Many && known.Length == subjects.Length)
        {
            cancel.ThrowIfCancellationRequested();
            while (same < subjects.Length && Meaning(same) == known[same])
            {
                same++;
            }
            if (same == subjects.Length)
            {
                return known;
            }
        }
        var meaning = new ImmutableArray<Diagnostic>[subjects.Length];
        Each(subjects.Length, i => meaning[i] = Meaning(i), cancel);
        return known.AsSpan().SequenceEqual(meaning) ? known : meaning;

        ImmutableArray<Diagnostic> Meaning(int i) => hasClusters
            ? ClusterFindings.Of(subjects[i].Object, own[subjects[i].Document], workspace.WorldsOf(path, subjects[i].Object.Document))
            : SemanticDiagnostics.Of(subjects[i].Object, own[subjects[i].Document], resolver);
    }

    private static void Each(int count, Action<int> work, CancellationToken cancel)
    {
        if (count >= Many)
        {
            Parallel.For(0, count, new ParallelOptions { CancellationToken = cancel }, work);
            return;
        }
        for (int i = 0; i < count; i++)
        {
            cancel.ThrowIfCancellationRequested();
            work(i);
        }
    }

    private static ImmutableArray<FileDiagnostic> Collect(
        Workspace workspace, ManifestFile manifest, DocumentContext context, ImmutableArray<Diagnostic>[] own, Subject[] subjects,
        ImmutableArray<Diagnostic>[] meaning, Duplicate[] duplicates, CancellationToken cancel)
    {
        Overlays overlays = workspace.Overlays;
        int nextDuplicate = 0;
        var found = ImmutableArray.CreateBuilder<FileDiagnostic>();
        ImmutableArray<DocumentSlot> documents = manifest.Documents;
        int next = 0;
        for (int i = 0; i < documents.Length; i++)
        {
            Add(own[i], documents[i]);
            for (; next < subjects.Length && subjects[next].Document == i; next++)
            {
                Add(meaning[next], documents[i]);
            }
            for (; nextDuplicate < duplicates.Length && duplicates[nextDuplicate].Document == i; nextDuplicate++)
            {
                Add(RuleCatalog.DuplicateObject.Findings(duplicates[nextDuplicate]), documents[i]);
            }
            if (workspace.IsKustomization(documents[i].Document))
            {
                int before = found.Count;
                foreach (DocumentSlot patch in InlinePatches.Of(documents[i]))
                {
                    cancel.ThrowIfCancellationRequested();
                    Add(InlinePatches.InPlace(patch.Document, DocumentDiagnostics.Of(patch.Document, context with { IsPartial = true })), patch);
                }
                if (found.Count > before)
                {
                    found.Sort(static (a, b) => a.Range.Start.CompareTo(b.Range.Start));
                }
            }
        }
        return found.DrainToImmutable();

        void Add(ImmutableArray<Diagnostic> diagnostics, DocumentSlot slot)
        {
            foreach (Diagnostic diagnostic in diagnostics)
            {
                if (IsTold(diagnostic, context.Settings, overlays, manifest.Path))
                {
                    found.Add(new FileDiagnostic(InFile(diagnostic, manifest.Path), slot));
                }
            }
        }
    }

    /// <summary>False for findings of rules that are switched off, and for those about what a kustomization changes.</summary>
    public static bool IsTold(Workspace workspace, string path, Diagnostic diagnostic) => IsTold(diagnostic, workspace.Settings, workspace.Overlays, path);

    private static bool IsTold(Diagnostic diagnostic, WorkspaceSettings settings, Overlays overlays, string path) =>
        !settings.DisabledRules.Contains(diagnostic.Code)
        && (overlays.IsEmpty || diagnostic.Object is not { } one || !IsChanged(diagnostic, overlays.FieldsOf(path, one, withAdded: false)));

    /// <summary>
    /// True when a kustomization changes what the finding is about. An unknown field stays one, and where a route is attached its hostnames and parents decide together.
    /// </summary>
    private static bool IsChanged(Diagnostic diagnostic, ImmutableArray<string> changed)
    {
        if (changed.IsEmpty || diagnostic.Source == DiagnosticSource.Yaml || diagnostic.Code is "unknown-field" or "duplicate-object" || diagnostic.Field is not { } field)
        {
            return false;
        }
        return Overlays.Touch(changed, field)
            || (diagnostic.Source == DiagnosticSource.Semantic && IsOfAttachment(field) && (Overlays.Touch(changed, "spec.hostnames") || Overlays.Touch(changed, "spec.parentRefs")));
    }

    private static bool IsOfAttachment(string field) =>
        field.StartsWith("spec.hostnames", StringComparison.Ordinal) || field.StartsWith("spec.parentRefs", StringComparison.Ordinal);

    /// <summary>A document that explains itself does not know its file; here it is known.</summary>
    private static Diagnostic InFile(Diagnostic diagnostic, string path) =>
        diagnostic.Related is [{ Path.Length: 0 }, ..]
            ? diagnostic with { Related = [.. diagnostic.Related.Select(r => r.Path.Length == 0 ? r with { Path = path } : r)] }
            : diagnostic;
}
