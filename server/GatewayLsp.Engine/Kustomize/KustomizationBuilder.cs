using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Kustomize;

/// <summary>An object as it comes out of a kustomization.</summary>
internal readonly record struct BuiltObject(string Text, BuiltPlaces Places);

/// <summary>What a kustomization was built into, or why it was not.</summary>
/// <param name="Objects">Empty when it was not built.</param>
/// <param name="Refusal">Null when it was built.</param>
/// <param name="Unseen">What else belongs to it and is not here, such as addresses and charts.</param>
/// <param name="Inputs">The files that it was made from, with what they were then; null for one that is not there.</param>
internal sealed record BuildResult(
    ImmutableArray<BuiltObject> Objects, BuildProblem? Refusal, ImmutableArray<string> Unseen, ImmutableArray<(string Path, ManifestFile? File)> Inputs);

/// <summary>Why a kustomization is not built. The message is a clause, as in "is not built: ...".</summary>
/// <param name="At">Where the reason is written, if kustomize itself refuses for certain; else null.</param>
internal sealed record BuildProblem(string Path, string Message, BuildOrigin? At = null)
{
    public const string OutsideWords = " is outside of its folder, and kustomize takes only folders from there";

    /// <summary>True for a file that kubectl does not read from there, though other tools may.</summary>
    public bool IsOutside => Message.EndsWith(OutsideWords, StringComparison.Ordinal);
}

/// <summary>
/// Builds a kustomization from the files of the workspace, in the order that kustomize has (observed with version 5): resources, generators,
/// components, then patches, namespace, names, labels, annotations, JSON patches, replicas and replacements; at the end names
/// of objects where they are referred to. What kustomize would refuse, or this does not know how to follow, is a refusal of the
/// whole: half of a build would be nothing that is deployed anywhere.
/// </summary>
internal sealed class KustomizationBuilder
{
    private const int MaxDepth = 32;
    private const int MaxNodes = 1_500_000;
    private const int MaxObjects = 50_000;
    private const int MaxAffixes = 253;

    private readonly IReadOnlyDictionary<string, (string Path, ManifestDocument Document)> _byFolder;
    private readonly Func<string, ManifestFile?> _file;
    private readonly BuildBudget _budget;
    private readonly BuildReader _reader;
    private readonly Dictionary<string, ManifestFile?> _inputs = new(StringComparer.Ordinal);
    private readonly List<string> _unseen = [];

    /// <summary>The folders of the kustomizations under way, outermost first.</summary>
    private readonly List<string> _open = [];
    private readonly List<NameReference> _configured = [];
    private BuildProblem? _refusal;

    private KustomizationBuilder(IReadOnlyDictionary<string, (string, ManifestDocument)> byFolder, Func<string, ManifestFile?> file, CancellationToken cancel)
    {
        _byFolder = byFolder;
        _file = file;
        _budget = new BuildBudget(MaxNodes, cancel);
        _reader = new BuildReader(_budget);
    }

    public static BuildResult Build(
        string path, ManifestDocument document, IReadOnlyDictionary<string, (string Path, ManifestDocument Document)> byFolder, Func<string, ManifestFile?> file, CancellationToken cancel)
    {
        var builder = new KustomizationBuilder(byFolder, file, cancel);
        var objects = new List<BuildObject>();
        builder.Run(path, document, objects, 0);
        if (builder._budget.IsExhausted || objects.Count > MaxObjects)
        {
            builder._refusal = new BuildProblem(path, "it is too large");
        }
        if (builder._refusal is null)
        {
            NameReferences.Fix(objects, builder._configured);
            foreach (BuildObject one in objects)
            {
                WriteAnnotations(one);
            }
        }
        ImmutableArray<BuiltObject> built = builder._refusal is not null ? [] : [.. objects.Select(static one =>
        {
            (string text, BuiltPlaces places) = BuildWriter.Write(one.Root, "");
            return new BuiltObject(text, places.CalledBefore([.. one.Former.Select(static former => former.Name).Where(name => name != one.Name).Distinct(StringComparer.Ordinal)]));
        })];
        return new BuildResult(built, builder._refusal, [.. builder._unseen], [.. builder._inputs.Select(static one => (one.Key, one.Value))]);
    }

    /// <param name="at">Where the reason is written that kustomize refuses for. That is certain only while nothing is missing.</param>
    private void Refuse(string path, string message, BuildOrigin? at = null) => _refusal ??= new BuildProblem(path, message, _unseen.Count == 0 ? at : null);

    private ManifestFile? Input(string path)
    {
        if (!_inputs.TryGetValue(path, out ManifestFile? known))
        {
            _inputs[path] = known = _file(path);
        }
        return known;
    }

    /// <param name="objects">Empty, or for a component those of whoever includes it.</param>
    private void Run(string path, ManifestDocument document, List<BuildObject> objects, int depth)
    {
        Input(path);
        if (_refusal is not null || _budget.IsExhausted)
        {
            return;
        }
        if (depth > MaxDepth)
        {
            Refuse(path, "kustomizations include each other");
            return;
        }
        // Of a key that is there twice kustomize takes the last, here as nowhere else.
        if (document.Errors.Any(static error => error.Code != "duplicate-key") || _reader.Read(path, document, document.Root) is not BuildMapping own)
        {
            Refuse(path, "it can't be read");
            return;
        }
        if (!document.IsTemplate && KustomizationFields.Problem(document.Root) is { } wrong)
        {
            Refuse(path, wrong);
            return;
        }
        foreach (string key in (ReadOnlySpan<string>)["transformers", "openapi", "crds"])
        {
            if (own.Get(key) is BuildSequence { Items.Count: > 0 } or BuildMapping { Entries.Count: > 0 })
            {
                Refuse(path, $"`{key}` is not followed");
                return;
            }
        }
        foreach (string key in (ReadOnlySpan<string>)["helmCharts", "helmChartInflationGenerator", "generators"])
        {
            if (own.Get(key) is BuildSequence { Items.Count: > 0 })
            {
                _unseen.Add($"`{key}`");
            }
        }
        foreach (string configuration in Texts(own, "configurations"))
        {
            string from = RelativePath.Resolve(path, configuration);
            if (Input(from) is not { } file || !IsWithin(path, from))
            {
                Refuse(path, IsWithin(path, from) ? $"`{configuration}` is not there" : Outside(configuration));
                continue;
            }
            foreach (DocumentSlot slot in file.Documents)
            {
                _configured.AddRange(NameReferences.Read(_reader.Read(file.Path, slot.Document, slot.Document.Root) as BuildMapping));
            }
        }
        _open.Add(Folder(path));
        var missing = new List<string>();
        int before = objects.Count;
        foreach (string resource in Texts(own, "resources").Concat(Texts(own, "bases")))
        {
            Resource(path, resource, objects, missing, depth);
        }
        Miss(path, missing);
        if (_refusal is null && (Generators.Run(objects, own) ?? (objects.Count > before ? Twice(objects) : null)) is { } problem)
        {
            Refuse(path, problem);
        }
        foreach (string component in Texts(own, "components"))
        {
            if (KustomizeReach.IsRemote(component) || !_byFolder.TryGetValue(RelativePath.Resolve(path, component), out (string Path, ManifestDocument Document) below))
            {
                Refuse(path, $"the component `{component}` is not here");
                continue;
            }
            Below(path, component, below.Document, isComponent: true);
            Run(below.Path, below.Document, objects, depth + 1);
        }
        if (_refusal is null)
        {
            Transform(path, document, own, objects);
        }
        if (_refusal is null && Twice(objects) is { } twice)
        {
            Refuse(path, twice);
        }
        _open.RemoveAt(_open.Count - 1);
    }

    /// <summary>Whether a folder may be included: not one that is under way or above it, and of the right kind.</summary>
    private void Below(string path, string name, ManifestDocument document, bool isComponent)
    {
        string folder = RelativePath.Resolve(path, name);
        if (_open.Exists(open => open == folder || open.StartsWith(folder + "/", StringComparison.Ordinal)))
        {
            Refuse(path, "kustomizations include each other");
        }
        else if ((document.Root.At("kind").Text() == "Component") != isComponent)
        {
            Refuse(path, isComponent ? $"`{name}` is no component" : $"`{name}` is a component");
        }
    }

    /// <summary>
    /// Files that are not there. Where others of the kustomization are, kustomize would not find them either; where none is, the folder may
    /// be one of which only this file is open.
    /// </summary>
    private void Miss(string path, List<string> missing)
    {
        if (missing.Count == 0)
        {
            return;
        }
        if (_inputs.Any(one => one.Value is not null && one.Key != path && IsWithin(path, one.Key)))
        {
            Refuse(path, $"`{missing[0]}` is not there");
            return;
        }
        _unseen.AddRange(missing.Select(static one => $"`{one}`"));
    }

    private static string Folder(string path) => path[..Math.Max(0, path.LastIndexOf('/'))];

    /// <summary>True for what lies in the folder of a kustomization or below: kustomize reads no other files for it, only folders.</summary>
    internal static bool IsWithin(string path, string target) => target.StartsWith(path[..(path.LastIndexOf('/') + 1)], StringComparison.Ordinal);

    internal static string Outside(string name) => $"`{name}`{BuildProblem.OutsideWords}";

    private void Resource(string path, string resource, List<BuildObject> objects, List<string> missing, int depth)
    {
        if (_refusal is not null || _budget.IsExhausted)
        {
            return;
        }
        if (KustomizeReach.IsRemote(resource))
        {
            _unseen.Add($"`{resource}`");
            return;
        }
        string target = RelativePath.Resolve(path, resource);
        if (_byFolder.TryGetValue(target, out (string Path, ManifestDocument Document) below))
        {
            Below(path, resource, below.Document, isComponent: false);
            var own = new List<BuildObject>();
            Run(below.Path, below.Document, own, depth + 1);
            objects.AddRange(own);
            return;
        }
        ManifestFile? file = Input(target);
        if ((file is not null || KustomizeReach.IsFile(target)) && !IsWithin(path, target))
        {
            Refuse(path, Outside(resource));
            return;
        }
        if (file is null)
        {
            // Of files without these names nobody tells whether they are there.
            if (target.EndsWith(".yaml", StringComparison.Ordinal) || target.EndsWith(".yml", StringComparison.Ordinal))
            {
                missing.Add(resource);
            }
            else
            {
                _unseen.Add($"`{resource}`");
            }
            return;
        }
        foreach (DocumentSlot slot in file.Documents)
        {
            if (!slot.Document.Errors.IsEmpty || slot.Document.IsTemplate)
            {
                Refuse(path, $"`{resource}` can't be read");
                return;
            }
            foreach (ManifestObject one in ManifestObject.Of(slot.Document))
            {
                if (_reader.Read(file.Path, slot.Document, one.Node) is BuildMapping root && !_budget.IsExhausted)
                {
                    objects.Add(new BuildObject(root));
                }
            }
        }
    }

    private void Transform(string path, ManifestDocument document, BuildMapping own, List<BuildObject> objects)
    {
        var patches = new BuildPatches(path, document, _reader, _budget, Input, _unseen.Count > 0);
        string? problem = patches.Apply(own.Get("patchesStrategicMerge"), objects) ?? patches.Apply(own.Get("patches"), objects);
        if (problem is not null)
        {
            Refuse(path, problem, patches.RefusedAt);
            return;
        }
        if (own.Get("namespace") is BuildScalar { IsNull: false, Value.Length: > 0 } ns && NameTransformers.Namespace(objects, ns) is { } unfit)
        {
            Refuse(path, unfit);
            return;
        }
        if ((own.TextAt("namePrefix") ?? "").Length + (own.TextAt("nameSuffix") ?? "").Length > MaxAffixes)
        {
            Refuse(path, "`namePrefix` and `nameSuffix` are longer than any name");
            return;
        }
        if (own.TextAt("namePrefix") is { Length: > 0 } prefix)
        {
            NameTransformers.Affix(objects, prefix, isPrefix: true);
        }
        if (own.TextAt("nameSuffix") is { Length: > 0 } suffix)
        {
            NameTransformers.Affix(objects, suffix, isPrefix: false);
        }
        problem = Mappings(own, "labels").Select(labels => NameTransformers.Labels(objects, labels, _budget)).FirstOrDefault(static wrong => wrong is not null)
            ?? (own.Get("commonLabels") is BuildMapping common ? NameTransformers.CommonLabels(objects, common, _budget) : null)
            ?? (own.Get("commonAnnotations") is BuildMapping annotations ? NameTransformers.Annotations(objects, annotations, _budget) : null)
            ?? (Mappings(own, "patchesJson6902").Any(static one => one.Get("target") is not BuildMapping target || string.IsNullOrEmpty(target.TextAt("name"))) ? "a patch of `patchesJson6902` does not name its target" : null)
            ?? patches.Apply(own.Get("patchesJson6902"), objects);
        if (problem is not null)
        {
            Refuse(path, problem, patches.RefusedAt);
            return;
        }
        foreach (BuildMapping replicas in Mappings(own, "replicas"))
        {
            if (replicas.TextAt("name") is { } name && replicas.Get("count") is BuildScalar count && NameTransformers.Replicas(objects, name, count, _unseen.Count > 0) is { } nothing)
            {
                Refuse(path, nothing);
                return;
            }
        }
        foreach (BuildMapping replacement in Mappings(own, "replacements").SelectMany(one => InFiles(path, one)))
        {
            if (Replacements.Apply(objects, replacement, _budget) is { } unmet)
            {
                Refuse(path, unmet);
                return;
            }
        }
    }

    /// <summary>A replacement, or those of the file that it leads to.</summary>
    private IEnumerable<BuildMapping> InFiles(string path, BuildMapping replacement)
    {
        if (replacement.TextAt("path") is not { Length: > 0 } name)
        {
            return [replacement];
        }
        string target = RelativePath.Resolve(path, name);
        if (Input(target) is not { } file || !IsWithin(path, target))
        {
            Refuse(path, IsWithin(path, target) ? $"`{name}` is not there" : Outside(name));
            return [];
        }
        return file.Documents.Select(slot => _reader.Read(file.Path, slot.Document, slot.Document.Root))
            .SelectMany(static root => root is BuildSequence list ? list.Items.OfType<BuildMapping>() : root is BuildMapping one ? [one] : []);
    }

    /// <summary>Annotations come out as texts, whatever they were.</summary>
    private static void WriteAnnotations(BuildObject one)
    {
        if (one.Root.At("metadata", "annotations") is not BuildMapping annotations)
        {
            return;
        }
        foreach (BuildEntry entry in annotations.Entries)
        {
            if (entry.Value is BuildScalar { IsPlain: true, IsNull: false, IsOpaque: false, Tag: null } scalar)
            {
                entry.Value = BuildScalar.Text(scalar.Value, scalar.Origin);
            }
        }
    }

    /// <summary>An object that comes twice: kustomize builds nothing then.</summary>
    private static string? Twice(List<BuildObject> objects)
    {
        var seen = new HashSet<((string Group, string Version), BuildIdentity)>();
        foreach (BuildObject one in objects)
        {
            BuildIdentity identity = one.Identity;
            if (identity.Name.Length > 0 && !seen.Add((one.GroupVersion, identity with { Namespace = one.IsNamespaced() ? identity.EffectiveNamespace : "" })))
            {
                return $"{identity.Kind} {identity.Name} comes twice";
            }
        }
        return null;
    }

    private static IEnumerable<string> Texts(BuildMapping own, string key) =>
        own.Get(key) is BuildSequence items ? items.Items.OfType<BuildScalar>().Where(static one => !one.IsNull && one.Value.Length > 0).Select(static one => one.Value) : [];

    private static IEnumerable<BuildMapping> Mappings(BuildMapping own, string key) => own.Get(key) is BuildSequence items ? items.Items.OfType<BuildMapping>() : [];
}
