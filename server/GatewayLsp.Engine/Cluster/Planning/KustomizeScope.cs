using System.Collections.Immutable;
using System.Text;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Clusters;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Cluster.Planning;

/// <summary>An object as our own builder makes it of a kustomization: it knows from where each field comes.</summary>
/// <param name="Deployed">The workspace that was built.</param>
public sealed record BuiltOrigin(Workspace Deployed, ScopedObject Built) : FieldOrigin
{
    public override SourcePlace? Of(string? field) => Deployed.SourceOf(Built.Path, Built.Slot, FieldPlace.SpanOf(Built, field));
}

/// <summary>One kustomization by itself, whoever else uses it: the files that it is made of, and what becomes of them.</summary>
public sealed class KustomizeScope
{
    /// <summary>Files of one kustomization; more is a slip.</summary>
    private const int MaxFiles = 10_000;

    /// <summary>Fields of a kustomization that change no object.</summary>
    private static readonly string[] Naming = ["apiVersion", "kind", "metadata", "resources", "bases", "sortOptions"];

    private static readonly string[] Names = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

    private readonly Workspace _alone;
    private readonly string _path;

    private KustomizeScope(Workspace alone, string path) => (_alone, _path) = (alone, path);

    /// <summary>The files that it is made of, as far as the workspace has them.</summary>
    public IEnumerable<string> Files => _alone.Files.Keys;

    /// <param name="workspace">The files to take it from.</param>
    /// <param name="path">The file of the kustomization.</param>
    public static KustomizeScope Of(Workspace workspace, string path)
    {
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.Configured(workspace.Settings with { Clusters = ClusterMap.None }));
        Copy(workspace, path, host);
        var tried = new HashSet<string>(StringComparer.Ordinal);
        for (bool isMore = true; isMore && tried.Count < MaxFiles;)
        {
            isMore = false;
            foreach (string named in host.Current.MissingOfKustomizations())
            {
                isMore |= tried.Add(named) && FileOf(workspace, named) is { } file && host.Current.File(file) is null && Copy(workspace, file, host);
            }
        }
        return new KustomizeScope(host.Current, path);
    }

    /// <summary>The file of the kustomization that a folder of the workspace has; null for none.</summary>
    public static string? KustomizationOf(Workspace workspace, string folder) =>
        Array.Find(Names, name => workspace.File($"{folder}/{name}") is not null) is { } found ? $"{folder}/{found}" : null;

    /// <summary>
    /// What our own builder makes of it, as text. Only where that is exactly what kustomize makes; else null, and why.
    /// </summary>
    public string? Build(out string reason)
    {
        reason = "";
        if (Generator() is { } list)
        {
            reason = $"`{list}` makes names and contents that are not worked out here";
        }
        else if (_alone.RefusalOf(_path, out _) is { } refusal)
        {
            reason = refusal;
        }
        else if (_alone.KustomizationNotes is [var note, ..])
        {
            reason = note;
        }
        else if (Built() is { } built)
        {
            return built.GetText();
        }
        else if (Resources() is { Length: > 0 } resources)
        {
            return resources;
        }
        else if (_alone.File(_path) is null)
        {
            reason = "the kustomization can't be read";
        }
        else
        {
            reason = "the kustomization names nothing to build";
        }
        return null;
    }

    /// <summary>The objects of what was built, here or by kustomize itself, with the places in files that they come from, as far as these are known.</summary>
    public ImmutableArray<ScopedObject> WithOrigins(Workspace built)
    {
        ImmutableArray<ScopedObject> objects = ApplyScope.All(built);
        if (Built() is null)
        {
            return objects;
        }
        Workspace deployed = _alone.Deployed;
        var known = new Dictionary<ObjectKey, ScopedObject>();
        foreach (ScopedObject one in ApplyScope.Built(deployed, _path))
        {
            known.TryAdd(ResourceIndex.KeyOf(one.Object, deployed.Catalog), one);
        }
        return [.. objects.Select(one => known.TryGetValue(ResourceIndex.KeyOf(one.Object, built.Catalog), out ScopedObject? same) ? one with { Origin = new BuiltOrigin(deployed, same) } : one)];
    }

    private ManifestFile? Built() =>
        _alone.Deployed is { } deployed && deployed.File(_path)?.Manifest is { } made && !ReferenceEquals(made, _alone.File(_path)?.Manifest) ? made : null;

    /// <summary>All objects as they stand in the files, for kustomizations that do nothing but name them; null for others.</summary>
    private string? Resources()
    {
        var text = new StringBuilder();
        foreach ((string _, WorkspaceFile file) in _alone.Files.OrderBy(static one => one.Key, StringComparer.Ordinal))
        {
            foreach (ManifestDocument document in file.Manifest.Documents.Select(static slot => slot.Document).Where(static one => one.Root is not null))
            {
                if (!_alone.IsKustomization(document))
                {
                    text.Append(document.Text.StartsWith("---", StringComparison.Ordinal) ? "" : "---\n").Append(document.Text).Append(document.Text.EndsWith('\n') ? "" : "\n");
                }
                else if (document.Root is not YamlMapping mapping || mapping.Entries.Any(static entry => Array.IndexOf(Naming, entry.Name) < 0))
                {
                    return null;
                }
            }
        }
        return text.ToString();
    }

    private string? Generator()
    {
        foreach (WorkspaceFile file in _alone.Files.Values)
        {
            foreach (DocumentSlot slot in file.Manifest.Documents)
            {
                if (_alone.IsKustomization(slot.Document))
                {
                    foreach (string list in (ReadOnlySpan<string>)["configMapGenerator", "secretGenerator", "helmCharts", "generators", "transformers"])
                    {
                        if (slot.Document.Root.At(list) is not null)
                        {
                            return list;
                        }
                    }
                }
            }
        }
        return null;
    }

    private static string? FileOf(Workspace workspace, string named) => workspace.File(named) is not null ? named : KustomizationOf(workspace, named.TrimEnd('/'));

    private static bool Copy(Workspace workspace, string path, AnalysisHost host)
    {
        if (workspace.File(path) is not { } file)
        {
            return false;
        }
        host.Apply(new WorkspaceChange.OnDisk(path, file.Manifest.GetText()));
        return true;
    }
}
