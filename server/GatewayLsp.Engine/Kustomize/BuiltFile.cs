using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Expectations;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Kustomize;

/// <summary>What a kustomization was built into, as a file, or why it was not.</summary>
internal sealed class BuiltFile
{
    private readonly BuildResult _result;
    private readonly Dictionary<ManifestDocument, BuiltPlaces> _places;

    private Dictionary<ManifestDocument, DocumentSlot>? _slots;

    private BuiltFile(DeployedRoot root, BuildResult result, ManifestFile? manifest, Dictionary<ManifestDocument, BuiltPlaces> places)
    {
        Root = root;
        _result = result;
        Manifest = manifest;
        _places = places;
    }

    public DeployedRoot Root { get; }

    public string Path => Root.Path;

    public string Folder => Path[..Math.Max(0, Path.LastIndexOf('/'))];

    /// <summary>Null when it is not built.</summary>
    public ManifestFile? Manifest { get; }

    public BuildProblem? Refusal => _result.Refusal;

    /// <summary>The finding of what kustomize refuses it for, where that is written; null when it is built, or when that is not certain.</summary>
    public (string Path, FileDiagnostic Finding)? RefusalFinding =>
        Refusal is { At: { } at } && SlotOf(at) is { } slot ? (at.Path, new FileDiagnostic(RuleCatalog.KustomizationRefused.Finding(Root.Name, Refusal.Message, at.Span) with { BuiltBy = [Path] }, slot)) : null;

    /// <summary>What else belongs to it and is not here.</summary>
    public ImmutableArray<string> Unseen => _result.Unseen;

    /// <summary>The files that it takes the place of: what went into it, and itself.</summary>
    public IEnumerable<string> Consumed => _result.Inputs.Select(static one => one.Path).Append(Path);

    /// <summary>Whether a text that went into it may have expectations: cheap, and sometimes true of one that has none.</summary>
    public bool HasExpectations => Manifest is not null && _result.Inputs.Any(static input => input.File?.Documents.Any(static slot => ExpectationReader.MayHave(slot.Document)) == true);

    /// <summary>The places that the parts of a built document are written in.</summary>
    public IEnumerable<BuildOrigin> OriginsOf(ManifestDocument document) => _places.TryGetValue(document, out BuiltPlaces? places) ? places.Origins : [];

    public BuildOrigin? Origin(ManifestDocument document, TextSpan span) => _places.TryGetValue(document, out BuiltPlaces? places) ? places.Find(span) : null;

    /// <summary>The same for what is one key or one value, whole or in part.</summary>
    public BuildOrigin? ExactOrigin(ManifestDocument document, TextSpan span) => _places.TryGetValue(document, out BuiltPlaces? places) ? places.Find(span, isExact: true) : null;

    /// <summary>True when it gives another name to an object of that kind and name.</summary>
    public bool Renames(string kind, string name) => Manifest is not null && Manifest.Documents.Any(slot =>
        _places.TryGetValue(slot.Document, out BuiltPlaces? places) && places.FormerNames.Contains(name) && ManifestObject.Of(slot.Document).Any(one => one.Kind == kind));

    /// <summary>The place in its file of a document that something comes from; a patch in a kustomization's text has a document of its own.</summary>
    public DocumentSlot? SlotOf(BuildOrigin origin) => SlotOf(origin.Document);

    public DocumentSlot? SlotOf(ManifestDocument document) => (_slots ??= Slots()).TryGetValue(document, out DocumentSlot slot) ? slot : null;

    private Dictionary<ManifestDocument, DocumentSlot> Slots()
    {
        var slots = new Dictionary<ManifestDocument, DocumentSlot>(ReferenceEqualityComparer.Instance);
        foreach ((_, ManifestFile? file) in _result.Inputs)
        {
            foreach (DocumentSlot slot in file?.Documents ?? [])
            {
                slots[slot.Document] = slot;
                // Only kustomizations have patches in their text; for others this finds none.
                foreach (DocumentSlot patch in InlinePatches.Of(slot))
                {
                    slots[patch.Document] = patch;
                }
            }
        }
        return slots;
    }

    /// <summary>The file of resources that most of its objects come from, where at least half of them come from such files that others have, too; else null.</summary>
    /// <param name="isShared">Whether others have a file.</param>
    public string? BaseOf(Func<string, bool> isShared)
    {
        int shared = 0;
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (BuiltPlaces places in _places.Values)
        {
            if (places.Home is { } from && Root.Reach.Files.Contains(from) && isShared(from))
            {
                shared++;
                counts[from] = counts.GetValueOrDefault(from) + 1;
            }
        }
        return shared > 0 && shared * 2 >= _places.Count ? counts.MaxBy(static one => one.Value).Key : null;
    }

    public bool IsUpToDate(Workspace whole)
    {
        foreach ((string path, ManifestFile? file) in _result.Inputs)
        {
            if (!ReferenceEquals(whole.File(path)?.Manifest, file))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>As if it could not be built.</summary>
    public BuiltFile Withdrawn() => new(Root, _result, null, []);

    /// <param name="known">What it was before: objects that came out the same keep their documents, and all that was made of them.</param>
    public static BuiltFile Of(DeployedRoot root, DeploymentPlan plan, Workspace whole, BuiltFile? known, CancellationToken cancel)
    {
        BuildResult result = KustomizationBuilder.Build(root.Path, root.Document, plan.ByFolder, path => whole.File(path)?.Manifest, cancel);
        if (result.Refusal is not null || result.Objects.IsEmpty)
        {
            return new BuiltFile(root, result, null, []);
        }
        var before = new Dictionary<string, ManifestDocument>(StringComparer.Ordinal);
        foreach (DocumentSlot slot in known?.Manifest?.Documents ?? [])
        {
            before.TryAdd(slot.Document.Text, slot.Document);
        }
        var documents = new List<ManifestDocument>(result.Objects.Length);
        var places = new Dictionary<ManifestDocument, BuiltPlaces>(result.Objects.Length, ReferenceEqualityComparer.Instance);
        foreach (BuiltObject one in result.Objects)
        {
            ManifestDocument document = before.Remove(one.Text, out ManifestDocument? same) ? same : new ManifestDocument(one.Text) { IsBuilt = true };
            documents.Add(document);
            places[document] = one.Places;
        }
        ManifestFile? manifest = known?.Manifest;
        bool isSame = manifest is not null && manifest.Documents.Length == documents.Count;
        for (int i = 0; isSame && i < documents.Count; i++)
        {
            isSame = ReferenceEquals(manifest!.Documents[i].Document, documents[i]);
        }
        return new BuiltFile(root, result, isSame ? manifest : ManifestFile.Of(root.Path, documents), places);
    }

    /// <summary>The identities of its objects.</summary>
    public IEnumerable<ObjectKey> Keys(Schemas.SchemaCatalog catalog) =>
        Manifest is null ? [] : Manifest.Documents.SelectMany(static slot => ManifestObject.Of(slot.Document)).Where(static one => one.Name.Length > 0).Select(one => ResourceIndex.KeyOf(one, catalog));
}
